"""The sign-in of a municipality, the rules by which it gives functions, the workers that it knows, the sessions that it opened."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Team, User
from nabij.access.roles import FUNCTIONS
from nabij.kernel.privacy import Privacy
from nabij.signin.oidc.claims import NEEDS_A_TEAM
from nabij.signin.oidc.kinds import KINDS
from nabij.territory.models import OfMunicipality


class Directory(OfMunicipality):
    """An OpenID provider of one municipality. Its secret is encrypted with a key outside the database."""

    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField(max_length=60)
    issuer = models.URLField(max_length=300)
    client = models.CharField(max_length=200)
    secret = models.BinaryField()
    scope = models.CharField(max_length=200)
    key_claim = models.CharField(max_length=60)
    address_claim = models.CharField(max_length=60, blank=True)
    organisation_claim = models.CharField(max_length=60)
    organisation = models.CharField(max_length=300)
    proof_claim = models.CharField(max_length=60, blank=True)
    proof_values = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_open = models.BooleanField(default=False)

    privacy = Privacy(
        purpose="single sign-on of workers",
        retention="stays",
        plain="id municipality kind name issuer client secret scope key_claim address_claim organisation_claim organisation"
        " proof_claim proof_values is_open",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "issuer", "client"],
                name="one_directory_once",
                violation_error_message=_("Deze aanmelddienst staat er al."),
            ),
            models.CheckConstraint(
                name="directory_says_of_which_town",
                condition=~Q(organisation="") & ~Q(organisation_claim="") & ~Q(key_claim=""),
                violation_error_message=_("Zeg waaraan je ziet dat iemand van je gemeente is."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Rule(OfMunicipality):
    """One value of one claim gives a function, in a team where the function wants one."""

    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="rules")
    claim = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    function = models.CharField(max_length=30)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        purpose="which function a directory gives",
        retention="stays",
        plain="id municipality directory claim value function team",
    )

    def get_function_display(self) -> str:
        """Return the function as people call it; one that is no longer there by its slug."""
        return str(FUNCTIONS[self.function].name) if self.function in FUNCTIONS else self.function

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["directory", "claim", "value", "function", "team"],
                nulls_distinct=False,
                name="one_rule_once",
                violation_error_message=_("Deze regel staat er al."),
            ),
            models.CheckConstraint(
                name="rule_has_a_team_where_needed",
                condition=Q(team__isnull=False) | ~Q(function__in=sorted(NEEDS_A_TEAM)),
                violation_error_message=_("Kies een team: deze functie werkt altijd in een team."),
            ),
        ]


class Link(OfMunicipality):
    """A worker and the lasting key that a directory has for him; once it is there, an e-mail address decides nothing."""

    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="links")
    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    linked_by = models.UUIDField()

    privacy = Privacy(
        purpose="whose account a sign-in of the directory opens",
        retention="until it is taken away",
        worker="worker subject linked_by",
        plain="id municipality directory linked_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["directory", "subject"],
                name="one_worker_a_subject",
                violation_error_message=_("Deze sleutel hoort al bij een andere medewerker."),
            ),
            models.UniqueConstraint(
                fields=["directory", "worker"],
                name="one_subject_a_worker",
                violation_error_message=_("Deze medewerker is al verbonden. Maak hem eerst los."),
            ),
        ]


class Visit(OfMunicipality):
    """A session that a directory opened: asked again now and then, and ended when the directory says so."""

    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=255)
    sid = models.CharField(max_length=255, blank=True)
    refresh = models.BinaryField(default=bytes)
    asked = models.DateTimeField()
    confirmed = models.DateTimeField()
    began_at = models.DateTimeField()
    began_by = models.UUIDField()

    privacy = Privacy(
        purpose="a session ends when the directory says so",
        retention="until the session ends, at most a day",
        worker="worker session_key subject sid refresh began_by",
        plain="id municipality directory asked confirmed began_at",
    )

    class Meta:
        indexes = [models.Index(fields=["directory", "subject"], name="visits_of_subject")]
