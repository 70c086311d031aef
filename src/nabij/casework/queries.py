"""The public questions about casework."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.access.queries import valid
from nabij.casework.models import Case, Goal, GoalPerson, Handover, Note, PlanVersion, Progress, SelfScore, Step
from nabij.households.models import Person
from nabij.kernel.actor import Actor
from nabij.kernel.domains import LifeDomain
from nabij.kernel.refusals import NotOpen
from nabij.kernel.secrets import unseal

SCORE_WORDS = {
    1: _("het lukt niet"),
    2: _("het lukt moeilijk"),
    3: _("het gaat"),
    4: _("het lukt vrij goed"),
    5: _("het lukt goed"),
}
RATHER_NOT = _("liever niet")
M = TypeVar("M", bound=Model)


@dataclass
class GoalInPlan:
    """A goal as the plan shows it."""

    goal: Goal
    steps: list[Step]
    progress: list[Progress]
    for_whom: list[Person]
    shielded: list[Person]

    @property
    def is_open(self) -> bool:
        """Return whether work goes on, or may later."""
        return self.goal.status in (Goal.Status.ACTIVE, Goal.Status.LATER)

    @property
    def domain(self) -> LifeDomain:
        """Return the life domain."""
        return LifeDomain(self.goal.domain)


@dataclass
class Plan:
    """The plan of a household: goals in its own order, what it thinks of how things go, and what was agreed."""

    case: Case | None
    goals: list[GoalInPlan] = field(default_factory=list)
    scores: list[tuple[LifeDomain, SelfScore]] = field(default_factory=list)
    latest_version: PlanVersion | None = None
    errands_spared: int = 0
    retellings_spared: int = 0

    @property
    def open_goals(self) -> list[GoalInPlan]:
        """Return the goals that are not over."""
        return [goal for goal in self.goals if goal.is_open]

    @property
    def closed_goals(self) -> list[GoalInPlan]:
        """Return the goals that are over."""
        return [goal for goal in self.goals if not goal.is_open]


def open_case_of(household: UUID, *, by: Actor, on: date) -> Case | None:
    """Return the open case of a household on a day."""
    return Case.objects.filter(valid(on), household_id=household).first()


def cases_of(household: UUID, *, by: Actor) -> list[Case]:
    """Return every period of guidance, latest first."""
    return list(Case.objects.filter(household_id=household).order_by("-valid_from", "id"))


def plan_of(household: UUID, *, by: Actor, on: date, reader: UUID | None = None) -> Plan:
    """Return the plan; for a `reader` of the household, without the goals that are shielded from that person."""
    goals = _goals(household, Prefetch("progress", Progress.objects.order_by("-noted_at")))
    shown = [_in_plan(goal, list(goal.progress.all())) for goal in goals]
    if reader:
        shown = [goal for goal in shown if reader not in {person.id for person in goal.shielded}]
    latest = PlanVersion.objects.filter(household_id=household).order_by("-number").first()
    return _plan(open_case_of(household, by=by, on=on), shown, _latest_scores(household), latest)


def plan_in_short(household: UUID, *, by: Actor, on: date) -> Plan:
    """Return the plan as the household page shows it: goals and steps, without progress, scores and versions."""
    return _plan(open_case_of(household, by=by, on=on), [_in_plan(goal, []) for goal in _goals(household)], [], None)


def _goals(household: UUID, *more: "Prefetch[Any, Any, Any]") -> QuerySet[Goal]:
    steps = Step.objects.select_related("worker", "person").order_by("due_on", "added_at", "id")
    people = GoalPerson.objects.select_related("person")
    goals = Goal.objects.filter(household_id=household).prefetch_related(
        Prefetch("steps", steps), Prefetch("people", people)
    )
    return goals.prefetch_related(*more).order_by("position", "added_at", "id")


def _plan(case: Case | None, goals: list[GoalInPlan], scores: list[Any], latest: PlanVersion | None) -> Plan:
    steps = [step for goal in goals for step in goal.steps]
    errands, retellings = sum(s.errands_spared for s in steps), sum(s.retellings_spared for s in steps)
    return Plan(case, goals, scores, latest, errands, retellings)


def goal(key: UUID, *, by: Actor) -> Goal:
    """Return one goal; raises `NotOpen` when it is not there or not for `by`."""
    return _found(Goal.objects.filter(id=key).first())


def step(key: UUID, *, by: Actor) -> Step:
    """Return one step; raises `NotOpen` when it is not there or not for `by`."""
    return _found(Step.objects.select_related("goal").filter(id=key).first())


def versions_of(household: UUID, *, by: Actor) -> list[PlanVersion]:
    """Return the frozen versions of the plan, latest first."""
    return list(PlanVersion.objects.filter(household_id=household).order_by("-number"))


@dataclass
class ReadableNote:
    """A note that `by` may read; a sealed one is opened only when asked."""

    note: Note
    author: str
    is_mine: bool

    @property
    def is_sealed(self) -> bool:
        """Return whether the text is sealed."""
        return self.note.kind == Note.Kind.SEALED


def notes_of(household: UUID, *, by: Actor, limit: int = 50) -> list[ReadableNote]:
    """Return the notes that `by` may read, latest first; what may not be seen is not there."""
    author = User.objects.filter(id=OuterRef("written_by")).values("name")[:1]
    notes = Note.objects.filter(household_id=household).annotate(author=Subquery(author))
    latest = notes.order_by("-about_on", "-written_at", "id")[:limit]
    return [ReadableNote(note, note.author or "", note.written_by == by.id) for note in latest]


def sealed_text(key: UUID, *, by: Actor) -> str:
    """Return the text of a sealed note of one's own; raises `NotOpen` for anybody else."""
    note = Note.objects.filter(id=key, kind=Note.Kind.SEALED, written_by=by.id).first()
    sealed = _found(note).sealed_text
    assert sealed is not None  # noqa: S101 - the table has no sealed note without
    return unseal(bytes(sealed))


def steps_due(*, by: Actor, until: date, stood_in: Iterable[UUID] = (), limit: int = 50) -> list[Step]:
    """Return the steps due by a day of `by`, and of any worker for households `stood_in`; oldest promise first.

    Not of who is no longer guided.
    """
    guided = Exists(Case.objects.filter(household_id=OuterRef("household_id"), valid_until=None))
    mine = Q(worker_id=by.id) | Q(worker__isnull=False, household_id__in=list(stood_in))
    steps = Step.objects.filter(guided, mine, status=Step.Status.TO_DO, due_on__lte=until)
    return list(steps.select_related("household", "goal").order_by("due_on", "added_at", "id")[: limit + 1])


def reviews_due(households: Iterable[UUID], *, by: Actor, until: date) -> list[Case]:
    """Return the open cases of these households whose plan is to be talked through by a day."""
    cases = Case.objects.filter(household_id__in=list(households), valid_until=None, review_on__lte=until)
    return list(cases.select_related("household").order_by("review_on", "id"))


def open_cases_of(households: Iterable[UUID], *, by: Actor, on: date) -> dict[UUID, Case]:
    """Return the open case of each of these households that has one."""
    return {case.household_id: case for case in Case.objects.filter(valid(on), household_id__in=list(households))}


def guided_since(household: OuterRef, *, on: date) -> Subquery:
    """Return, for another query's row, since when its household has an open case; nothing when it has none."""
    return Subquery(Case.objects.filter(valid(on), household_id=household).values("valid_from")[:1])


def was_guided(household: OuterRef) -> Exists:
    """Return, for another query's row, whether its household ever had a case."""
    return Exists(Case.objects.filter(household_id=household))


def handovers_of(household: UUID, *, by: Actor) -> list[Handover]:
    """Return who handed this household to whom, latest first."""
    rows = Handover.objects.filter(household_id=household).select_related("from_worker", "to_worker")
    return list(rows.order_by("-handed_at", "id"))


def handovers_by_key(keys: Iterable[UUID], *, by: Actor) -> list[Handover]:
    """Return those of these handovers that `by` may see, in order of their households."""
    rows = Handover.objects.filter(id__in=list(keys)).select_related("from_worker", "to_worker", "household")
    return list(rows.order_by("household_id", "id"))


def _found(row: M | None) -> M:
    if row is None:
        raise NotOpen(_("Dit is niet voor jou open, of het bestaat niet meer."))
    return row


def _in_plan(goal: Goal, progress: list[Progress]) -> GoalInPlan:
    ties: dict[str, list[Person]] = defaultdict(list)
    for tie in goal.people.all():
        ties[tie.tie].append(tie.person)
    return GoalInPlan(
        goal=goal,
        steps=list(goal.steps.all()),
        progress=progress,
        for_whom=ties[GoalPerson.Tie.FOR],
        shielded=ties[GoalPerson.Tie.SHIELDED],
    )


def _latest_scores(household: UUID) -> list[tuple[LifeDomain, SelfScore]]:
    latest: dict[str, SelfScore] = {}
    for score in SelfScore.objects.filter(household_id=household).order_by("noted_at", "id"):
        latest[score.domain] = score
    return [(domain, latest[domain]) for domain in LifeDomain if domain in latest]
