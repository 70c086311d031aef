"""Households that were known before the town began with Nabij: the administrator brings them over, many at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from uuid import UUID

from nabij.access import actions as access
from nabij.casework import actions as casework
from nabij.casework.actions import OldCase, OldGoal, OldPlan, OldStep
from nabij.demo.building import told
from nabij.demo.building.file import File
from nabij.demo.building.house import House
from nabij.demo.building.moments import moment
from nabij.demo.shapes import DemoGoal, DemoHousehold, DemoStep
from nabij.households import actions as households
from nabij.households import queries as homes
from nabij.households.actions import OldFile
from nabij.kernel.actor import acting


def bring_over(house: House, files: list[File], on: date) -> None:
    """Write down how these files stood on the day of the transfer; what came later is told by the verbs."""
    by, now = house.administrator, moment(on, time(7))
    before = [file.told for file in files]
    for file in files:
        _as_of(file, on)
    with acting(by):
        keys = households.bring_over(by=by, files=[_old_file(file) for file in files], on=on, now=now)
        people = homes.members_of(keys, by=by, on=on)
        for file, key in zip(files, keys, strict=True):
            file.know(key, people[key])
        cases = [OldCase(f.id, _since(old, on), _notes(f)) for f, old in zip(files, before, strict=True)]
        casework.bring_over_cases(by=by, cases=cases, on=on, now=now)
        casework.bring_over_plans(by=by, plans=[_plan(file, on) for file in files], now=now)
        access.end_transfer(by=by, on=house.today, now=house.clock.now)


def _as_of(file: File, on: date) -> None:
    """Keep for the verbs what happens after a day; before it, things are as the older system had them."""
    story, file.since = file.told, on
    since = _since(story, on)
    later = tuple(event for event in story.events if event.on > on)
    joined = {key for event in later for key in event.members}
    members = tuple(replace(m, by_event=m.by_event and m.key in joined) for m in story.members)
    file.told = replace(story, events=later, members=members, requests=tuple(r for r in story.requests if r.on > on))
    if since:
        file.lead = file.first_lead()
        file.duo = file.house.duo_of(file.lead)


def _since(story: DemoHousehold, on: date) -> date | None:
    since: date | None = story.arrival.on
    for event in (e for e in story.events if e.on <= on):
        since = None if event.kind == "ended" else event.on if event.kind == "returned" else since
    return since


def _old_file(file: File) -> OldFile:
    here = [member for member in file.told.members if not member.by_event]
    actors, wijk = file.house.actors, file.house.wijken.get(file.told.address.wijk)
    new = told.household(file.told, here)
    new = replace(
        new, old_reference=file.told.key, address=replace(told.address(file.told.address), neighbourhood_id=wijk)
    )
    return OldFile(
        new, file.house.teams[file.team], actors[file.lead.key].id if file.lead else None,
        actors[file.duo.key].id if file.duo else None,
        tuple((place, "phone", told.phone(m)) for place, m in enumerate(here) if place and m.person.phone),
    )  # fmt: skip


def _notes(file: File) -> tuple[str, ...]:
    """Shared notes come over; what was for the case manager alone is written down again by that person."""
    shared = tuple(note.words for note in file.told.notes if note.secrecy == "shared")
    file.told = replace(file.told, notes=tuple(note for note in file.told.notes if note.secrecy != "shared"))
    if not file.lead:
        file.told = replace(file.told, notes=())
    return shared


def _plan(file: File, on: date) -> OldPlan:
    story = file.told
    scores = {score.domain: score.score for score in reversed(story.scores)}
    goals = tuple(_goals(file))
    return OldPlan(file.id, goals, scores, min([on, *(score.on for score in story.scores)]) if scores else None)


def _goals(file: File) -> Iterator[OldGoal]:
    open_ = [goal for goal in file.told.goals if not _is_done(goal)]
    for goal in file.told.goals:
        steps = tuple(_step(file, step) for step in goal.steps)
        reached = _is_done(goal) and (bool(open_) or not file.lead)
        for_whom: tuple[UUID, ...] = tuple(file.people[key] for key in goal.for_whom if key in file.people)
        yield OldGoal(goal.words, goal.domain, steps, for_whom, "reached" if reached else "active")


def _is_done(goal: DemoGoal) -> bool:
    return all(step.done for step in goal.steps)


def _step(file: File, step: DemoStep) -> OldStep:
    person = file.people.get(step.who) if step.actor == "member" else None
    partner = step.who if step.actor == "partner" else ""
    worker = None if person or partner else file.by.id
    return OldStep(
        step.words,
        step.due,
        worker,
        person,
        partner,
        step.done is not None,
        step.errands_spared,
        step.retellings_spared,
    )


def is_old(story: DemoHousehold, on: date) -> bool:
    """Return whether a household was known before a day."""
    return story.arrival.on < on
