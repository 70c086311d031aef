"""Steps: who does what by when. The worker walks, unless agreed otherwise."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import queries as who
from nabij.audit import trail
from nabij.casework import events, permissions, policies, queries
from nabij.casework.models import Goal, Step
from nabij.households.models import Membership
from nabij.households.queries import hold, touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput


@dataclass(frozen=True)
class Doer:
    """Who sets a step: a worker (None: whoever is case manager, here `by`), a member by key, or a partner by name."""

    who: str = Step.Who.WORKER
    worker: UUID | None = None
    person: UUID | None = None
    partner: str = ""


@transaction.atomic
def add_step(
    *,
    by: Actor,
    goal: UUID,
    description: str,
    doer: Doer,
    due_on: date | None,
    now: datetime,
    today: date,
    key: UUID | None = None,
) -> Step:
    """Agree on a step of a goal.

    Raises `BadInput` for a doer who is not of the household, `NotNow` for a goal that is over or without an open case.
    """
    found = queries.goal(goal, by=by)
    permissions.write_plan(by, touch_household(found.household_id, by=by, on=today))
    policies.case_is_open(queries.open_case_of(found.household_id, by=by, on=today))
    policies.goal_is_open(found)
    policies.day_is_plausible(due_on, today)
    step = Step(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=found.household_id, goal=found,
        description=description.strip(), due_on=due_on, added_at=now, added_by=by.id, changed_at=now, changed_by=by.id,
        **_doer(by, found, doer),
    )  # fmt: skip
    policies.step_is_sound(step)
    with spoken():
        step.save(force_insert=True)
    trail.record(events.STEP_ADDED, by=by, household=found.household_id, about=f"casework.step:{step.id}", due=due_on)
    return step


@transaction.atomic
def change_step(
    *,
    by: Actor,
    step: UUID,
    description: str,
    doer: Doer,
    due_on: date | None,
    now: datetime,
    today: date,
    status: str | None = None,
) -> Step:
    """Change what a step is, who sets it, or when; the trail keeps what was agreed before."""
    found = _mine(by, step, today)
    before = {"description": found.description, "due": found.due_on}
    if due_on != found.due_on:
        policies.day_is_plausible(due_on, today)
    found.description, found.due_on, found.changed_at, found.changed_by = description.strip(), due_on, now, by.id
    for name, value in _doer(by, found.goal, doer).items():
        setattr(found, name, value)
    if status:
        found.status = status
    policies.step_is_sound(found)
    with spoken():
        found.save()
    trail.record(events.STEP_CHANGED, by=by, household=found.household_id, about=f"casework.step:{step}", before=before)
    return found


@transaction.atomic
def finish_step(
    *, by: Actor, step: UUID, now: datetime, today: date, errands_spared: int = 0, retellings_spared: int = 0
) -> Step:
    """Note that a step is set, and what it spared the household: errands, and telling its story again."""
    found = _mine(by, step, today)
    hold([found.household_id], by=by)  # pressed twice at once, the second waits here and reads what the first one left
    found.refresh_from_db(fields=["status"])
    policies.step_is_open(found)
    found.status, found.changed_at, found.changed_by = Step.Status.DONE, now, by.id
    found.errands_spared, found.retellings_spared = errands_spared, retellings_spared
    policies.step_is_sound(found)
    with spoken():
        found.save(update_fields=["status", "errands_spared", "retellings_spared", "changed_at", "changed_by"])
    trail.record(
        events.STEP_DONE, by=by, household=found.household_id, about=f"casework.step:{step}", errands=errands_spared
    )
    return found


def _mine(by: Actor, key: UUID, today: date) -> Step:
    found = queries.step(key, by=by)
    ground = touch_household(found.household_id, by=by, on=today)
    if found.worker_id != by.id:  # a step of one's own may be set without being case manager
        permissions.write_plan(by, ground)
    policies.case_is_open(queries.open_case_of(found.household_id, by=by, on=today))
    return found


def _doer(by: Actor, goal: Goal, doer: Doer) -> dict[str, object]:
    if doer.who not in Step.Who.values:
        raise BadInput(_("Duid aan wie deze stap zet."), field="who")
    if doer.who == Step.Who.WORKER:
        if doer.worker and who.worker(doer.worker, by=by) is None:
            raise BadInput(_("Kies een collega die deze stap zet."), field="who")
        return {"who": doer.who, "worker_id": doer.worker or by.id, "person_id": None, "partner": ""}
    if doer.who == Step.Who.MEMBER:
        members = Membership.objects.filter(household_id=goal.household_id)
        if doer.person is None or not members.filter(person_id=doer.person).exists():
            raise BadInput(_("Kies wie van het gezin deze stap zet."), field="person")
        return {"who": doer.who, "worker_id": None, "person_id": doer.person, "partner": ""}
    if not doer.partner.strip():
        raise BadInput(_("Schrijf op welke partner deze stap zet."), field="partner")
    return {"who": doer.who, "worker_id": None, "person_id": None, "partner": doer.partner.strip()}
