"""What changes in a household: births, partners, moves, a separation, another worker, an end and a return."""

from datetime import date

from nabij.casework import actions as casework
from nabij.casework import queries as cases
from nabij.demo.building import told
from nabij.demo.building.file import File
from nabij.demo.shapes import DemoEvent, DemoMember
from nabij.demo.workforce import Worker
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk import queries as meetings
from nabij.households import actions as households
from nabij.journeys import moving_house, separation
from nabij.kernel.actor import acting

REASONS = {"child_born": "geboorte", "partner_moves_in": "komt erbij wonen"}


def happen(file: File, event: DemoEvent) -> None:
    """Call the verbs of an event, as whoever is in charge then."""
    {
        "child_born": _join, "partner_moves_in": _join, "moves_out": _leave, "moves": _move, "separation": _separate,
        "handed_over": _hand_over, "ended": _end, "returned": _return,
    }[event.kind](file, event)  # fmt: skip


def _join(file: File, event: DemoEvent) -> None:
    for member in _members(file, event):
        with acting(file.by):
            file.people[member.key] = households.join(
                by=file.by, household=file.id, person=told.person(member), on=event.on, now=file.now(event.on),
                today=event.on, reason=REASONS[event.kind],
            )  # fmt: skip


def _leave(file: File, event: DemoEvent) -> None:
    for member in _members(file, event):
        with acting(file.by):
            households.leave(
                by=file.by, household=file.id, person=file.people[member.key], on=event.on, now=file.now(event.on),
                today=event.on, reason=event.reason[:40],
            )  # fmt: skip


def _move(file: File, event: DemoEvent) -> None:
    file.diary.note_of(file.id)
    address = event.address
    assert address, file.told.key  # noqa: S101 - the stories are checked when they are read
    with acting(file.by):
        moving_house.move(
            by=file.by, household=file.id, address=told.address(address), keep_team=False, on=event.on,
            now=file.now(event.on), today=event.on,
        )  # fmt: skip
    file.team = file.house.team_at(address.wijk)
    mine = file.house.case_workers(file.team)
    if file.lead and not event.keeps_lead and file.lead not in mine:
        _to(file, mine[file.told.lead_slot % len(mine)], event, "Het gezin verhuisde naar een andere wijk.")


def _separate(file: File, event: DemoEvent) -> None:
    both = [m.key for m in file.told.members if m.share < 100]
    with acting(file.by):
        made = separation.separate(
            by=file.by, household=file.id, leaving=[file.people[key] for key in event.members],
            both_homes=[file.people[key] for key in both if key in file.people],
            address=told.address(event.address) if event.address else None, on=event.on, now=file.now(event.on),
            today=file.house.today,
        )  # fmt: skip
    file.house.receivers[file.by.id] = file.by
    team = file.house.case_workers(file.house.team_at(event.address.wijk if event.address else ""))
    other = file.house.actors[team[file.told.lead_slot % len(team)].key]
    with acting(other):
        casework.open_case(by=other, household=made.id, on=event.on, now=file.now(event.on))


def _hand_over(file: File, event: DemoEvent) -> None:
    mine = file.house.case_workers(file.team)
    file.diary.note_of(file.id)
    _to(file, mine[file.told.lead_slot % len(mine)], event, event.reason)


def _to(file: File, new: Worker, event: DemoEvent, reason: str) -> None:
    old = file.worker
    if new == old:
        return
    coordinator = file.house.who_writes("coordinator", file.team, 0)
    by = file.house.actors[coordinator.key] if coordinator else file.by
    worker = file.house.actors[new.key]
    with acting(by):
        casework.hand_over(
            by=by, household=file.id, expected=file.by.id, to=worker.id, on=event.on, reason=reason,
            note=event.note, now=file.now(event.on), today=event.on,
        )  # fmt: skip
    file.lead = new
    file.duo = None if file.duo == new else file.duo
    file.choose_duo(event.on, besides=old)


def _end(file: File, event: DemoEvent) -> None:
    now, by = file.now(event.on), file.by
    with acting(by):
        for request in meetings.requests_of(file.id, by=by):
            if request.status != "answered":
                outcome = event.reason or "Samen met het gezin afgerond."
                frontdesk.answer_request(by=by, request=request.id, outcome=outcome, now=now)
        if not any(later.kind == "returned" for later in file.told.events):
            for shown in cases.plan_of(file.id, by=by, on=event.on).open_goals:
                casework.close_goal(by=by, goal=shown.goal.id, status="reached", now=now, today=event.on)
        casework.end_case(by=by, household=file.id, on=event.on, now=now)
    file.lead = file.duo = None


def _return(file: File, event: DemoEvent) -> None:
    file.lead = file.worker
    with acting(file.by):
        casework.open_case(by=file.by, household=file.id, on=event.on, now=file.now(event.on))
    file.choose_duo(event.on)


def _members(file: File, event: DemoEvent) -> list[DemoMember]:
    return [member for member in file.told.members if member.key in event.members]


def last_day(file: File) -> date:
    """Return until when somebody is in charge: the end, or today."""
    events = file.told.events
    return events[-1].on if events and events[-1].kind == "ended" else file.house.today
