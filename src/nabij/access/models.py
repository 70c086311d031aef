"""Workers, teams, posts, bases of access, who is helped elsewhere, the flat table that the second wall reads, and drafts."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.utils.translation import gettext_lazy as _

from nabij.access.roles import FUNCTIONS, Ground
from nabij.kernel.privacy import Privacy
from nabij.territory.models import Centre, Municipality, Neighbourhood, OfMunicipality


class Period(Func):
    """The days from one date up to and without another; no end is open."""

    function = "daterange"
    output_field = DateRangeField()


class Hours(Func):
    """The time from one moment up to and without another."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


DAYS = Period(F("valid_from"), F("valid_until"))


def in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a period does not end before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
        violation_error_message=_("Een periode kan niet eindigen voor ze begint."),
    )


class User(AbstractBaseUser):
    """A worker who signs in, in one municipality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    phone = models.CharField(max_length=30, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    demo_function = models.CharField(max_length=30, blank=True)

    objects = BaseUserManager()
    USERNAME_FIELD = "email"

    privacy = Privacy(
        purpose="sign-in and who is in charge",
        retention="as long as the trail names them",
        worker="email name phone languages password last_login is_active demo_function",
        plain="id municipality",
    )

    def __str__(self) -> str:
        return self.name


class Team(OfMunicipality):
    """Who works together; with a territory, or (the central Sociaal Huis, experts) without."""

    name = models.CharField(max_length=100)
    centre = models.ForeignKey(Centre, null=True, on_delete=models.PROTECT, related_name="+")
    is_central = models.BooleanField(default=False)

    privacy = Privacy(purpose="who may", retention="stays", plain="id municipality name centre is_central")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="one_team_a_name",
                violation_error_message=_("Er is al een team met deze naam."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TeamArea(OfMunicipality):
    """A wijk that a team serves; a wijk has one team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="areas")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="+")

    privacy = Privacy(purpose="who may", retention="stays", plain="id municipality team neighbourhood")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood"],
                name="one_team_a_wijk",
                violation_error_message=_("Deze wijk heeft al een team."),
            )
        ]


# Two functions at once are well, but not beside one of these.
APART = Case(When(function="director", then=1), When(function="privacy_officer", then=2), default=0)


class Post(OfMunicipality):
    """A function that somebody has, in a team or a centre, for a period."""

    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    function = models.CharField(max_length=30, choices=[(slug, f.name) for slug, f in FUNCTIONS.items()])
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="posts")
    centre = models.ForeignKey(Centre, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    privacy = Privacy(
        purpose="who may",
        retention="as long as the trail names them",
        worker="worker function valid_from valid_until",
        plain="id municipality team centre",
    )

    class Meta:
        constraints = [
            in_order("post_in_order"),
            models.CheckConstraint(
                name="team_function_has_a_team",
                condition=Q(team__isnull=False) | ~Q(function__in=["social_worker", "coordinator"]),
                violation_error_message=_("Kies een team: deze functie werkt altijd in een team."),
            ),
            ExclusionConstraint(
                name="apart_from_files",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (APART, RangeOperators.NOT_EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Directie en de functionaris voor gegevensbescherming hebben er geen andere functie bij: zo bereiken "
                    "ze nooit een dossier. Beëindig eerst de andere functie."
                ),
            ),
        ]


def _one_at_a_time(name: str, ground: str, sentence: Any) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[("household_id", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
        condition=Q(ground=ground),
        violation_error_message=sentence,
    )


class Basis(OfMunicipality):
    """The ground on which a worker or a team reaches a household, with its period; ended, never overwritten."""

    household_id = models.UUIDField()
    worker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=[(ground.value, ground.value) for ground in Ground])
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField(default=0, db_default=0)
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    grace_until = models.DateField(null=True)
    # Whether this household ever asked to be helped elsewhere: only then need the wall ask from whom it is hidden. A trigger.
    ever_elsewhere = models.BooleanField(default=False, db_default=False, editable=False)

    privacy = Privacy(
        purpose="who may, and why",
        retention="with the file",
        personal="household_id ever_elsewhere",
        worker="worker given_by ended_by",
        plain="id municipality team ground parts valid_from valid_until given_at expires_at ended_at grace_until",
    )

    class Meta:
        constraints = [
            in_order("basis_in_order"),
            models.CheckConstraint(
                name="basis_of_worker_or_team",
                condition=Q(worker__isnull=True, team__isnull=False, ground="team")
                | Q(worker__isnull=False, team__isnull=True) & ~Q(ground="team"),
                violation_error_message=_("Een toegang is van één medewerker, of van één team."),
            ),
            models.CheckConstraint(
                name="basis_end_is_paired",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message=_("Wie een toegang beëindigt, wordt genoteerd."),
            ),
            models.CheckConstraint(
                name="emergency_expires",
                condition=Q(expires_at__isnull=True) & ~Q(ground="emergency")
                | Q(
                    ground="emergency",
                    expires_at__isnull=False,
                    expires_at__gt=F("given_at"),
                    expires_at__lte=F("given_at") + timedelta(hours=24),
                ),
                violation_error_message=_("Noodtoegang duurt hoogstens 24 uur."),
            ),
            models.CheckConstraint(
                name="ground_is_given_not_derived",
                condition=~Q(ground__in=["substitute", "grace"]),
                violation_error_message=_(
                    "Vervangen en nog even meelezen volgen uit een afwezigheid of een overdracht."
                ),
            ),
            models.CheckConstraint(
                name="parts_are_of_an_adviser",
                condition=Q(parts=0) | Q(ground="adviser"),
                violation_error_message=_("Alleen wie raad geeft, leest een deel van een dossier."),
            ),
            models.CheckConstraint(
                name="grace_follows_guiding",
                condition=Q(grace_until__isnull=True) | Q(ground__in=["lead", "duo"], grace_until__gt=F("valid_until")),
                violation_error_message=_("Nog even meelezen kan alleen na het begeleiden van een gezin."),
            ),
            ExclusionConstraint(
                name="one_emergency_at_a_time",
                expressions=[
                    ("worker_id", RangeOperators.EQUAL),
                    ("household_id", RangeOperators.EQUAL),
                    (Hours(F("given_at"), F("expires_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(ground="emergency"),
                violation_error_message=_("Je noodtoegang tot dit gezin loopt al."),
            ),
            _one_at_a_time(
                "one_case_manager_at_a_time",
                "lead",
                _("Dit gezin heeft op die dagen al een dossierhouder. Er is er nooit meer dan één."),
            ),
            _one_at_a_time("one_duo_at_a_time", "duo", _("Dit gezin heeft op die dagen al een duo.")),
            _one_at_a_time("one_team_at_a_time", "team", _("Dit gezin hoort op die dagen al bij een team.")),
        ]
        indexes = [
            models.Index(fields=["household_id", "ground"], name="basis_of_household"),
            models.Index(fields=["worker", "ground"], name="basis_of_worker"),
            models.Index(fields=["team", "household_id"], name="basis_of_team"),
        ]


class Absence(OfMunicipality):
    """A worker is away, from one day up to and without another, or until further notice; perhaps a colleague stands in."""

    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="who stands in for whom",
        retention="as long as the trail names them",
        worker="worker substitute valid_from valid_until noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            in_order("absence_in_order"),
            models.CheckConstraint(
                name="nobody_stands_in_for_oneself",
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("worker")),
                violation_error_message=_("Wie afwezig is, kan zichzelf niet vervangen. Kies een collega."),
            ),
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=[("worker_id", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Voor die dagen staat al een afwezigheid genoteerd. Pas eerst die aan."),
            ),
        ]
        indexes = [models.Index(fields=["substitute"], name="absence_of_substitute")]


class Elsewhere(OfMunicipality):
    """That a household asked to be helped by another team than its own, and be unknown to that one; no reason is asked."""

    household_id = models.UUIDField()
    avoided_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    helping_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    privacy = Privacy(
        purpose="to be helped without being known in one's own neighbourhood",
        retention="with the file",
        personal="household_id avoided_team helping_team valid_from valid_until",
        worker="noted_by ended_by",
        plain="id municipality noted_at ended_at",
    )

    class Meta:
        constraints = [
            in_order("elsewhere_in_order"),
            models.CheckConstraint(
                name="elsewhere_is_another_team",
                condition=~Q(avoided_team=F("helping_team")),
                violation_error_message=_("Kies een ander team dan dat van de eigen wijk."),
            ),
            models.CheckConstraint(
                name="elsewhere_end_is_paired",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message=_("Wie noteert dat een gezin terugkomt, wordt genoteerd."),
            ),
            ExclusionConstraint(
                name="one_elsewhere_at_a_time",
                expressions=[("household_id", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Dit gezin wordt op die dagen al elders geholpen."),
            ),
        ]
        indexes = [models.Index(fields=["household_id", "valid_from"], name="elsewhere_of_household")]


class Reach(models.Model):
    """Derived from bases, posts and absences: which worker reaches which household, how deep, from when until when.

    `source` is the basis, post or absence that it comes from.
    """

    pk = models.CompositePrimaryKey("worker", "household_id", "ground", "since", "source")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    household_id = models.UUIDField()
    ground = models.CharField(max_length=20)
    depth = models.PositiveSmallIntegerField()
    parts = models.PositiveSmallIntegerField()
    writes = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True)
    source = models.UUIDField()

    privacy = Privacy(
        purpose="the second wall",
        retention="derived",
        personal="household_id",
        worker="worker",
        plain="pk municipality ground depth parts writes since until expires_at source",
    )

    class Meta:
        indexes = [
            models.Index(fields=["household_id"], name="reach_of_household"),
            # Every policy asks this of every row. The primary key would do, but its later columns tempt the planner.
            models.Index(
                fields=["worker", "household_id"],
                include=["municipality", "depth", "parts", "writes", "since", "until", "expires_at"],
                name="reach_of_worker",
            ),
        ]


class Draft(OfMunicipality):
    """What somebody was typing and did not save yet; encrypted, and theirs only."""

    worker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    content = models.BinaryField()
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    privacy = Privacy(
        purpose="text survives a lost session",
        retention="30 days",
        personal="content key",
        worker="worker kept_by",
        plain="id municipality kept_at",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "key"], name="one_draft_a_form")]
