"""The second factor of a worker, the sessions that are open, invitations, and how often was guessed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.kernel.privacy import Privacy
from nabij.territory.models import OfMunicipality


class Factor(OfMunicipality):
    """What a worker has beside a password. The secret is encrypted with a key outside the database, of this use alone."""

    class Kind(models.TextChoices):
        APP = "app", _("app met codes")
        PASSKEY = "passkey", _("passkey")
        CODES = "codes", _("herstelcodes")

    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=60, blank=True)
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    last_used = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()

    privacy = Privacy(
        purpose="sign-in: a second proof of who it is",
        retention="until it is taken away",
        worker="worker kind name secret last_step last_used added_by",
        plain="id municipality added_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "kind"],
                name="one_app_and_one_sheet_of_codes",
                condition=Q(kind__in=["app", "codes"]),
                violation_error_message=_("Je hebt al een app met codes. Haal die eerst weg."),
            ),
            models.CheckConstraint(
                name="factor_kind_is_known",
                condition=Q(kind__in=["app", "passkey", "codes"]),
                violation_error_message=_("Deze soort tweede stap bestaat niet."),
            ),
        ]
        indexes = [models.Index(fields=["worker"], name="factors_of_worker")]


class SignedIn(OfMunicipality):
    """One session: on what it was opened, since when, when it was last used. The session itself is Django's."""

    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=80)
    address = models.CharField(max_length=45, blank=True)
    last_used = models.DateTimeField()
    began_at = models.DateTimeField()
    began_by = models.UUIDField()

    privacy = Privacy(
        purpose="a worker sees where the account is signed in, and ends it",
        retention="until the session ends",
        worker="worker session_key browser address last_used began_by",
        plain="id municipality began_at",
    )

    class Meta:
        indexes = [models.Index(fields=["worker"], name="sessions_of_worker")]


class Invitation(OfMunicipality):
    """A link that the administrator hands over, with which a worker chooses a password, once. Only its hash is kept."""

    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64, unique=True)
    ends = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    used_at = models.DateTimeField(null=True)
    used_by = models.UUIDField(null=True)

    privacy = Privacy(
        purpose="a first password, or a new one, that nobody else knows",
        retention="30 days after it ends",
        worker="worker mark made_by used_by",
        plain="id municipality ends made_at used_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_use_is_paired",
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
                violation_error_message=_("Wie een uitnodiging gebruikt, wordt genoteerd."),
            )
        ]
        indexes = [models.Index(fields=["worker"], name="invitations_of_worker")]


class Guess(models.Model):
    """How often a wrong password or code came, for an account or from an address: keyed hashes, whether or not it exists."""

    mark = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=64, blank=True)
    failures = models.PositiveIntegerField()
    last_failure = models.DateTimeField()
    closed_until = models.DateTimeField()
    untold = models.BooleanField(default=False)

    privacy = Privacy(
        purpose="against guessing passwords and codes",
        retention="2 days after the last wrong one",
        worker="mark account failures last_failure closed_until",
        plain="untold",
    )
