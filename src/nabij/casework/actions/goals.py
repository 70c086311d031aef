"""The goals of the plan, in the household's own words and order."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.casework import events, permissions, policies, queries
from nabij.casework.models import Goal, GoalPerson, Progress
from nabij.households.models import Membership
from nabij.households.queries import hold, touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput


@transaction.atomic
def add_goal(
    *, by: Actor, household: UUID, words: str, domain: str, now: datetime, today: date,
    for_whom: Sequence[UUID] = (), shielded: Sequence[UUID] = (), status: str = Goal.Status.ACTIVE, key: UUID | None = None,
) -> Goal:  # fmt: skip
    """Write a goal down as the household says it, at the end of its list; raises `Denied`, `BadInput`, `NotNow`."""
    permissions.write_plan(by, touch_household(household, by=by, on=today))
    policies.case_is_open(queries.open_case_of(household, by=by, on=today))
    last = Goal.objects.filter(household_id=household).aggregate(last=Max("position"))["last"] or 0
    goal = Goal(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=household, words=words.strip(), domain=domain,
        position=last + 1, status=status, added_at=now, added_by=by.id, changed_at=now, changed_by=by.id,
    )  # fmt: skip
    policies.goal_is_sound(goal)
    with spoken():
        goal.save(force_insert=True)
    _tie(by, goal, for_whom, shielded)
    trail.record(events.GOAL_ADDED, by=by, household=household, about=f"casework.goal:{goal.id}", domain=domain)
    return goal


@transaction.atomic
def change_goal(
    *, by: Actor, goal: UUID, words: str, domain: str, now: datetime, today: date,
    for_whom: Sequence[UUID] = (), shielded: Sequence[UUID] = (), status: str | None = None,
) -> Goal:  # fmt: skip
    """Change a goal's words, domain, people or moment; the trail keeps the words that were there."""
    found = _mine(by, goal, today)
    before = found.words
    found.words, found.domain, found.changed_at, found.changed_by = words.strip(), domain, now, by.id
    if status:
        found.status = status
    policies.goal_is_sound(found)
    with spoken():
        found.save(update_fields=["words", "domain", "status", "changed_at", "changed_by"])
    found.people.all().delete()
    _tie(by, found, for_whom, shielded)
    trail.record(
        events.GOAL_CHANGED,
        by=by,
        household=found.household_id,
        about=f"casework.goal:{goal}",
        before=before,
        after=found.words,
    )
    return found


@transaction.atomic
def order_goals(*, by: Actor, household: UUID, keys: Sequence[UUID], now: datetime, today: date) -> None:
    """Put the goals in the order of the household; goals that are not named keep their place behind."""
    permissions.write_plan(by, touch_household(household, by=by, on=today))
    policies.case_is_open(queries.open_case_of(household, by=by, on=today))
    goals = {goal.id: goal for goal in Goal.objects.filter(household_id=household).order_by("position", "id")}
    wanted = [key for key in dict.fromkeys(keys) if key in goals]
    for place, key in enumerate([*wanted, *(key for key in goals if key not in wanted)], start=1):
        goals[key].position = place
    Goal.objects.bulk_update(goals.values(), ["position"])
    trail.record(events.GOALS_ORDERED, by=by, household=household, order=[str(key) for key in wanted])


@transaction.atomic
def close_goal(
    *, by: Actor, goal: UUID, status: str, now: datetime, today: date, text: str = "", key: UUID | None = None
) -> Goal:
    """Note that a goal is reached, dropped, kept for later, or taken up again; words are optional, the goal stays.

    The key is that of the words. Raises `BadInput` for a status that does not exist, `NotNow` when the goal stands so already.
    """
    found = _mine(by, goal, today)
    hold([found.household_id], by=by)  # pressed twice at once, the second waits here and reads what the first one left
    found.refresh_from_db(fields=["status"])
    policies.goal_changes(found, status)
    found.status, found.changed_at, found.changed_by = status, now, by.id
    policies.goal_is_sound(found)
    with spoken():
        found.save(update_fields=["status", "changed_at", "changed_by"])
    if text.strip():
        _progress(by, found, text, now, key)
    trail.record(events.GOAL_CLOSED, by=by, household=found.household_id, about=f"casework.goal:{goal}", status=status)
    return found


@transaction.atomic
def note_progress(*, by: Actor, goal: UUID, text: str, now: datetime, today: date, key: UUID | None = None) -> Progress:
    """Write how it goes with a goal; raises `BadInput` without words, `NotNow` for a form that is sent twice."""
    found = _mine(by, goal, today)
    if not text.strip():
        raise BadInput(_("Schrijf eerst iets op."), field="text")
    made = _progress(by, found, text, now, key)
    trail.record(events.PROGRESS_NOTED, by=by, household=found.household_id, about=f"casework.goal:{goal}")
    return made


def _mine(by: Actor, key: UUID, today: date) -> Goal:
    found = queries.goal(key, by=by)
    permissions.write_plan(by, touch_household(found.household_id, by=by, on=today))
    policies.case_is_open(queries.open_case_of(found.household_id, by=by, on=today))
    return found


def _progress(by: Actor, goal: Goal, text: str, now: datetime, key: UUID | None) -> Progress:
    made = Progress(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=goal.household_id, goal=goal,
        text=text.strip(), noted_at=now, noted_by=by.id,
    )  # fmt: skip
    with spoken():
        made.save(force_insert=True)
    return made


def _tie(by: Actor, goal: Goal, for_whom: Sequence[UUID], shielded: Sequence[UUID]) -> None:
    members = set(Membership.objects.filter(household_id=goal.household_id).values_list("person_id", flat=True))
    both = set(for_whom) & set(shielded)
    if both:
        raise BadInput(_("Een doel is voor iemand, of afgeschermd voor iemand, niet allebei."), field="shielded")
    if not {*for_whom, *shielded} <= members:
        raise BadInput(_("Kies iemand van dit gezin."), field="for_whom")
    ties = [(person, GoalPerson.Tie.FOR) for person in dict.fromkeys(for_whom)]
    ties += [(person, GoalPerson.Tie.SHIELDED) for person in dict.fromkeys(shielded)]
    GoalPerson.objects.bulk_create(
        GoalPerson(
            municipality_id=by.municipality_id, household_id=goal.household_id, goal=goal, person_id=person, tie=tie
        )
        for person, tie in ties
    )
