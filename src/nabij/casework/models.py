"""Cases, the plan with its goals, steps and versions, self scores, notes, handovers."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import DAYS, User, in_order
from nabij.households.models import Household, Person
from nabij.kernel.checks import one_of
from nabij.kernel.domains import LifeDomain
from nabij.kernel.privacy import Privacy
from nabij.territory.models import OfMunicipality

# A number that a household was spared can be counted on a hand or a few; more is a slip of the keyboard.
MOST_SPARED = 99


class OfHousehold(OfMunicipality):
    """What belongs to the file of a household."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Case(OfHousehold):
    """A period of guidance; ended without a reason, opened again without retelling."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    review_on = models.DateField(null=True)

    privacy = Privacy(
        purpose="guidance",
        retention="10 years after the file ends",
        personal="household valid_from valid_until review_on",
        worker="opened_by ended_by",
        plain="id municipality opened_at ended_at",
    )

    class Meta:
        constraints = [
            in_order("case_in_order"),
            ExclusionConstraint(
                name="one_open_case",
                expressions=[("household", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Dit gezin heeft in die periode al een dossier."),
            ),
            models.CheckConstraint(
                name="case_end_is_paired",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, valid_until__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, valid_until__isnull=False),
                violation_error_message=_("Wie een dossier afsluit, wordt genoteerd."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "review_on"], name="case_by_review")]


class GoalStatus(models.TextChoices):
    """How it stands with a goal."""

    ACTIVE = "active", _("we werken eraan")
    LATER = "later", _("later")
    REACHED = "reached", _("gelukt")
    DROPPED = "dropped", _("niet meer nodig")


class Goal(OfHousehold):
    """What the household wants, in its own words and order."""

    Status = GoalStatus
    words = models.TextField()
    domain = models.CharField(max_length=20, choices=LifeDomain.choices)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    for_whom = models.ManyToManyField(Person, through="GoalPerson", related_name="+")
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    privacy = Privacy(
        purpose="the plan",
        retention="with the file",
        personal="household words domain position status for_whom",
        worker="added_by changed_by",
        plain="id municipality added_at changed_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goal_has_words",
                condition=~Q(words=""),
                violation_error_message=_("Schrijf het doel op zoals het gezin het zegt."),
            ),
            one_of(LifeDomain, "domain", "goal_domain_is_known", _("Duid aan waarover het doel gaat.")),
            one_of(GoalStatus, "status", "goal_status_is_known", _("Duid aan hoe het met het doel staat.")),
        ]
        indexes = [models.Index(fields=["household", "position"], name="goal_of_household")]


class GoalTie(models.TextChoices):
    """What a goal has to do with a person."""

    FOR = "for", _("voor")
    SHIELDED = "shielded", _("afgeschermd voor")


class GoalPerson(OfHousehold):
    """For whom a goal is, or from whom it is shielded."""

    Tie = GoalTie
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tie = models.CharField(max_length=10, choices=Tie.choices)

    privacy = Privacy(
        purpose="the plan",
        retention="with the file",
        personal="household goal person tie",
        plain="id municipality",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "person"],
                name="goal_for_or_shielded",
                violation_error_message=_("Een doel is voor iemand, of afgeschermd voor iemand, niet allebei."),
            ),
            one_of(
                GoalTie, "tie", "goal_person_tie_is_known", _("Een doel is voor iemand, of afgeschermd voor iemand.")
            ),
        ]


class StepStatus(models.TextChoices):
    """How it stands with a step."""

    TO_DO = "to_do", _("te doen")
    DONE = "done", _("gedaan")
    BLOCKED = "blocked", _("kan nog niet")
    DROPPED = "dropped", _("niet meer nodig")


class Step(OfHousehold):
    """Who does what by when; the worker as advocate unless agreed otherwise."""

    class Who(models.TextChoices):
        WORKER = "worker", _("de dossierhouder")
        MEMBER = "member", _("iemand van het gezin")
        PARTNER = "partner", _("een partner")

    Status = StepStatus
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    description = models.CharField(max_length=300)
    who = models.CharField(max_length=10, choices=Who.choices, default=Who.WORKER)
    worker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    partner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TO_DO)
    errands_spared = models.PositiveSmallIntegerField(default=0)
    retellings_spared = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    privacy = Privacy(
        purpose="the plan",
        retention="with the file",
        personal="household goal description who person partner due_on status errands_spared retellings_spared",
        worker="worker added_by changed_by",
        plain="id municipality added_at changed_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="step_has_one_actor",
                condition=Q(who="worker", person__isnull=True, partner="")
                | Q(who="member", worker__isnull=True, partner="")
                | Q(who="partner", worker__isnull=True, person__isnull=True) & ~Q(partner=""),
                violation_error_message=_(
                    "Een stap is van één iemand: een collega, iemand van het gezin, of een partner."
                ),
            ),
            models.CheckConstraint(
                name="step_has_words",
                condition=~Q(description=""),
                violation_error_message=_("Schrijf op wat er gebeurt."),
            ),
            one_of(StepStatus, "status", "step_status_is_known", _("Duid aan hoe het met de stap staat.")),
            models.CheckConstraint(
                name="step_spares_up_to_99",
                condition=Q(errands_spared__lte=MOST_SPARED, retellings_spared__lte=MOST_SPARED),
                violation_error_message=_("Vul een getal van 0 tot 99 in."),
            ),
        ]
        indexes = [
            models.Index(fields=["household"], name="step_of_household"),
            models.Index(fields=["municipality", "worker", "due_on"], name="step_due", condition=Q(status="to_do")),
        ]


class Progress(OfHousehold):
    """How it goes with a goal, in a few words."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="progress")
    text = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="the plan",
        retention="with the file",
        personal="household goal text",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="progress_has_words",
                condition=~Q(text=""),
                violation_error_message=_("Schrijf eerst iets op."),
            )
        ]


class SelfScore(OfHousehold):
    """How the household itself sees a life domain, from 1 to 5; or that it would rather not say."""

    domain = models.CharField(max_length=20, choices=LifeDomain.choices)
    score = models.PositiveSmallIntegerField(null=True)
    scored_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="the household sees its own way",
        retention="with the file",
        personal="household domain score scored_on",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="self_score_one_to_five",
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5),
                violation_error_message=_("Een score gaat van 1 tot 5, of het gezin zegt het liever niet."),
            ),
            one_of(LifeDomain, "domain", "self_score_domain_is_known", _("Duid aan waarover de score gaat.")),
        ]
        indexes = [models.Index(fields=["household", "domain", "-noted_at"], name="score_of_household")]


class PlanOutcome(models.TextChoices):
    """What the household says of its plan."""

    AGREED = "agreed", _("akkoord")
    NOT_AGREED = "not_agreed", _("niet akkoord")
    NOT_ASKED = "not_asked", _("nog niet kunnen bespreken")


class PlanVersion(OfHousehold):
    """The plan as it stood when it was talked through, frozen, with what the household said of it."""

    Outcome = PlanOutcome
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_on = models.DateField()
    frozen_at = models.DateTimeField()
    frozen_by = models.UUIDField()

    privacy = Privacy(
        purpose="what was agreed",
        retention="with the file",
        personal="household outcome reason content digest frozen_on",
        worker="frozen_by",
        plain="id municipality number frozen_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "number"],
                name="plan_version_once",
                violation_error_message=_("Iemand anders legde het plan net vast. Bekijk die versie eerst."),
            ),
            models.CheckConstraint(
                name="no_agreement_has_a_reason",
                condition=Q(outcome="agreed") | ~Q(reason=""),
                violation_error_message=_("Schrijf erbij waarom: in de woorden van het gezin mag het ook."),
            ),
            one_of(
                PlanOutcome, "outcome", "plan_version_outcome_is_known", _("Duid aan wat het gezin van het plan vindt.")
            ),
        ]


class NoteKind(models.TextChoices):
    """Who may read a note."""

    SHARED = "shared", _("voor het team")
    CASE = "case", _("voor dossierhouder en duo")
    SEALED = "sealed", _("verzegeld: alleen voor mij")


class Note(OfHousehold):
    """What a worker writes down: for the team, for lead and duo, or sealed for the author alone."""

    Kind = NoteKind
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    sealed_text = models.BinaryField(null=True)
    about_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    privacy = Privacy(
        purpose="guidance",
        retention="with the file; sealed notes with their author's guidance",
        personal="household text sealed_text about_on kind",
        worker="written_by",
        plain="id municipality written_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sealed_note_is_encrypted",
                condition=Q(kind="sealed", text="", sealed_text__isnull=False)
                | ~Q(kind="sealed") & ~Q(text="") & Q(sealed_text__isnull=True),
                violation_error_message=_("Schrijf eerst iets op."),
            ),
            one_of(NoteKind, "kind", "note_kind_is_known", _("Duid aan wie de notitie mag lezen.")),
        ]
        indexes = [models.Index(fields=["household", "-written_at"], name="note_of_household")]


class Handover(OfHousehold):
    """That one worker handed a household to another: when, why, and what the next one should know."""

    from_worker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    reason = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    handed_at = models.DateTimeField()
    handed_by = models.UUIDField()

    privacy = Privacy(
        purpose="who was in charge, and why that changed",
        retention="with the file",
        personal="household reason note valid_from",
        worker="from_worker to_worker handed_by",
        plain="id municipality handed_at",
    )

    class Meta:
        indexes = [models.Index(fields=["household", "-handed_at"], name="handover_of_household")]
