"""What came of unusual looking, as dated rows; and the street that a worker lives in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.kernel.privacy import Privacy
from nabij.oversight.rules import Rule
from nabij.territory.models import OfMunicipality


class FollowUp(OfMunicipality):
    """One step in following something unusual up; a next step is a next row, none is changed or taken away."""

    class Outcome(models.TextChoices):
        ASKED = "asked", _("gevraagd aan de medewerker")
        EXPLAINED = "explained", _("verklaard")
        NOT_IN_ORDER = "not_in_order", _("niet in orde")

    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20)
    day = models.DateField()
    reference = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="that unusual looking is asked about, and what came of it",
        retention="5 years after the last step",
        personal="reference",
        worker="worker rule day outcome words noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_up_rule_is_known",
                condition=Q(rule__in=[rule.value for rule in Rule]),
                violation_error_message=_("Deze regel bestaat niet."),
            ),
            models.CheckConstraint(
                name="follow_up_outcome_is_known",
                condition=Q(outcome__in=["asked", "explained", "not_in_order"]),
                violation_error_message=_("Duid aan wat ervan kwam."),
            ),
            models.CheckConstraint(
                name="follow_up_outcome_has_words",
                condition=Q(outcome="asked") | ~Q(words=""),
                violation_error_message=_("Schrijf op wat de medewerker zei, of wat er niet in orde is."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "day"], name="follow_up_by_day")]


class HomeStreet(OfMunicipality):
    """The street where a worker lives, without a number: so that who looks at the neighbours is seen to."""

    worker = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=10)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="to see that nobody looks into files of neighbours without a reason",
        retention="as long as somebody works here",
        worker="worker street postcode noted_by",
        plain="id municipality noted_at",
    )
