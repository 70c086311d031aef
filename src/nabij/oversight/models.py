"""What came of unusual looking, as dated rows; the street that a worker lives in; and who asked for access in an emergency."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Basis, User
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


class Emergency(OfMunicipality):
    """That somebody asked for access in an emergency, and in which words; whether or not a file opened."""

    class State(models.TextChoices):
        OPENED = "opened", _("geopend")
        NOT_OPENED = "not_opened", _("niets geopend")
        HELD_BACK = "held_back", _("tegengehouden")

    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=20, choices=State.choices)
    household_id = models.UUIDField(null=True)
    basis = models.OneToOneField(Basis, null=True, on_delete=models.PROTECT, related_name="+")
    initial = models.CharField(max_length=1, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()

    privacy = Privacy(
        purpose="that access in an emergency has a reason, and is reviewed",
        retention="5 years after it was asked",
        personal="household_id initial reason",
        worker="worker state asked_by",
        plain="id municipality basis asked_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_state_is_known",
                condition=Q(state__in=["opened", "not_opened", "held_back"]),
                violation_error_message=_("Zo staat het niet met een noodtoegang."),
            ),
            models.CheckConstraint(
                name="emergency_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Schrijf in je eigen woorden waarom dit niet kan wachten."),
            ),
            models.CheckConstraint(
                name="emergency_opened_has_a_file",
                condition=Q(state="opened", household_id__isnull=False, basis__isnull=False)
                | ~Q(state="opened") & Q(household_id__isnull=True, basis__isnull=True),
                violation_error_message=_("Alleen een noodtoegang die openging, hoort bij een gezin."),
            ),
            models.CheckConstraint(
                name="emergency_is_asked_by_oneself",
                condition=Q(asked_by=F("worker_id")),
                violation_error_message=_("Noodtoegang vraagt iedereen voor zichzelf."),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-asked_at"], name="emergency_by_moment"),
            models.Index(fields=["household_id"], name="emergency_of_household"),
        ]


class EmergencyWord(OfMunicipality):
    """What is said of an emergency access afterwards: one remark of who is in charge, one outcome of a privacy officer."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("opmerking")
        JUSTIFIED = "justified", _("terecht")
        REFUSED = "refused", _("geweigerd: niet terecht")

    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.UUIDField()

    privacy = Privacy(
        purpose="that access in an emergency is reviewed by somebody else",
        retention="5 years after it was asked",
        personal="text",
        worker="kind said_by",
        plain="id municipality emergency said_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_word_is_known",
                condition=Q(kind__in=["remark", "justified", "refused"]),
                violation_error_message=_("Duid aan of dit terecht was."),
            ),
            models.CheckConstraint(
                name="emergency_word_has_words",
                condition=~Q(text=""),
                violation_error_message=_("Schrijf in een paar woorden waarom je dit vindt."),
            ),
            models.UniqueConstraint(
                fields=["emergency"],
                condition=Q(kind="remark"),
                name="one_remark_an_emergency",
                violation_error_message=_("Hier staat al een opmerking bij."),
            ),
            models.UniqueConstraint(
                fields=["emergency"],
                condition=~Q(kind="remark"),
                name="one_outcome_an_emergency",
                violation_error_message=_("Deze noodtoegang is al nagekeken."),
            ),
        ]
