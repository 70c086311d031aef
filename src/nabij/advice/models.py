"""Questions to an expert, with what they open and what was answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Basis, User
from nabij.households.models import Household
from nabij.kernel.privacy import Privacy
from nabij.territory.models import OfMunicipality


class Question(OfMunicipality):
    """A question about one household to one expert; `parts` is what of the file the expert reads for it."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    expert = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    basis = models.OneToOneField(Basis, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    parts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    answer = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    privacy = Privacy(
        purpose="advice on how to help",
        retention="with the file",
        personal="household words answer",
        worker="expert asked_by closed_by",
        plain="id municipality basis parts asked_at closed_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="question_has_words",
                condition=~Q(words=""),
                violation_error_message=_("Schrijf wat je wilt weten."),
            ),
            models.CheckConstraint(
                name="answer_is_of_a_closed_question",
                condition=Q(answer="") | Q(closed_at__isnull=False),
                violation_error_message=_("Een antwoord sluit de vraag."),
            ),
        ]
        indexes = [
            models.Index(fields=["household", "asked_at"], name="question_of_household"),
            models.Index(fields=["expert", "closed_at"], name="question_to_expert"),
        ]
