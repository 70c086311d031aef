"""Plans of files that come from an older system, many at once: goals, steps and scores, with an event for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import permissions
from nabij.audit import trail
from nabij.audit.events import Event
from nabij.casework import events, policies
from nabij.casework.models import Goal, GoalPerson, SelfScore, Step
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput

BATCH = 2000


@dataclass(frozen=True)
class OldStep:
    """A step as an older system knew it, set by a colleague, somebody of the household, or a partner by name."""

    description: str
    due_on: date | None = None
    worker: UUID | None = None
    person: UUID | None = None
    partner: str = ""
    is_done: bool = False
    errands_spared: int = 0
    retellings_spared: int = 0


@dataclass(frozen=True)
class OldGoal:
    """A goal as an older system knew it, with its steps and for whom it is (none: for all)."""

    words: str
    domain: str
    steps: tuple[OldStep, ...] = ()
    for_whom: tuple[UUID, ...] = ()
    status: str = Goal.Status.ACTIVE


@dataclass(frozen=True)
class OldPlan:
    """The plan of a household, and what it thought of how things go on a day."""

    household: UUID
    goals: tuple[OldGoal, ...] = ()
    scores: Mapping[str, int | None] = field(default_factory=dict)
    scored_on: date | None = None


@dataclass
class _Rows:
    goals: list[Goal] = field(default_factory=list)
    people: list[GoalPerson] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    scores: list[SelfScore] = field(default_factory=list)


@transaction.atomic
def bring_over_plans(*, by: Actor, plans: Sequence[OldPlan], now: datetime) -> None:
    """Write many plans at once; `by` has the ground of the transfer on each household, and the second wall checks it.

    Raises `Denied` unless `by` manages the municipality, `NotNow` for a goal or step without words,
    `BadInput` for a domain, status, score or day that cannot be.
    """
    permissions.manage_municipality(by)
    rows = _Rows()
    for plan in plans:
        _add(rows, by, plan, now)
    _check(rows)
    with spoken():
        Goal.objects.bulk_create(rows.goals, batch_size=BATCH)
        GoalPerson.objects.bulk_create(rows.people, batch_size=BATCH)
        Step.objects.bulk_create(rows.steps, batch_size=BATCH)
        SelfScore.objects.bulk_create(rows.scores, batch_size=BATCH)
    _record(by, rows, plans)


def _add(rows: _Rows, by: Actor, plan: OldPlan, now: datetime) -> None:
    of = {"municipality_id": by.municipality_id, "household_id": plan.household}
    written = {"added_at": now, "added_by": by.id, "changed_at": now, "changed_by": by.id}
    for position, told in enumerate(plan.goals, start=1):
        goal = Goal(
            id=uuid4(),
            words=told.words.strip(),
            domain=told.domain,
            position=position,
            status=told.status,
            **of,
            **written,
        )
        rows.goals.append(goal)
        rows.people += [GoalPerson(goal=goal, person_id=key, tie=GoalPerson.Tie.FOR, **of) for key in told.for_whom]
        rows.steps += [Step(id=uuid4(), goal=goal, **_step(step), **of, **written) for step in told.steps]
    rows.scores += [
        # Without a day it is refused below.
        SelfScore(domain=domain, score=value, scored_on=plan.scored_on, noted_at=now, noted_by=by.id, **of)  # type: ignore[misc]
        for domain, value in plan.scores.items()
    ]


def _check(rows: _Rows) -> None:
    for goal in rows.goals:
        policies.goal_is_sound(goal)
    for step in rows.steps:
        policies.step_is_sound(step)
        policies.day_is_of_our_time(step.due_on, field="due_on")
    for score in rows.scores:
        policies.score_is_sound(score)
        if score.scored_on is None:
            raise BadInput(_("Noteer ook op welke dag het gezin dit zei."), field="scored_on")
        policies.day_is_of_our_time(score.scored_on, field="scored_on")


def _step(told: OldStep) -> dict[str, object]:
    who = Step.Who.MEMBER if told.person else Step.Who.PARTNER if told.partner else Step.Who.WORKER
    return {
        "description": told.description.strip(), "who": who, "worker_id": told.worker, "person_id": told.person,
        "partner": told.partner.strip(), "due_on": told.due_on, "errands_spared": told.errands_spared,
        "retellings_spared": told.retellings_spared, "status": Step.Status.DONE if told.is_done else Step.Status.TO_DO,
    }  # fmt: skip


def _record(by: Actor, rows: _Rows, plans: Sequence[OldPlan]) -> None:
    found: dict[Event, list[tuple[UUID | None, object, dict[str, Any]]]] = {
        events.GOAL_ADDED: [(g.household_id, f"casework.goal:{g.id}", {"domain": g.domain}) for g in rows.goals],
        events.STEP_ADDED: [(s.household_id, f"casework.step:{s.id}", {"due": s.due_on}) for s in rows.steps],
        events.SCORED: [(plan.household, "", {"domains": sorted(plan.scores)}) for plan in plans if plan.scores],
    }
    for kind, lines in found.items():
        if lines:
            trail.record_many(kind, by=by, rows=lines)
