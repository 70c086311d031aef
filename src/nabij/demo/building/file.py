"""One household of the demo, told by calling the verbs in the order of its days."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from nabij.casework import actions as casework
from nabij.casework.actions.steps import Doer
from nabij.demo.building import told
from nabij.demo.building.diary import Diary, free_moment
from nabij.demo.building.house import House
from nabij.demo.building.moments import moment
from nabij.demo.dice import steady
from nabij.demo.shapes import (
    DemoAppointment,
    DemoContact,
    DemoGoal,
    DemoHousehold,
    DemoNote,
    DemoRequest,
    DemoScore,
    DemoStep,
)
from nabij.demo.workforce import Worker
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk import queries as meetings
from nabij.frontdesk.actions import Asked, Met
from nabij.frontdesk.models import Appointment
from nabij.households import actions as households
from nabij.households import queries as homes
from nabij.households.queries import Member
from nabij.journeys import first_visit, taking_up
from nabij.kernel.actor import Actor, acting

OUTREACH = ("front_desk", "bridge_figure", "youth_worker")


@dataclass(eq=False)
class File:
    """A household while it is told: its key, its people by key, who leads, and what happens on which day."""

    house: House
    diary: Diary
    told: DemoHousehold
    contacts: list[DemoContact]
    id: UUID = field(init=False)
    is_generated: bool = False
    team: str = ""
    lead: Worker | None = None
    duo: Worker | None = None
    people: dict[str, UUID] = field(default_factory=dict)
    goals: dict[int, UUID] = field(default_factory=dict)
    steps: dict[tuple[int, int], UUID] = field(default_factory=dict)
    versions: int = 0
    appointment: Appointment | None = None
    left_out: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.team = self.house.team_at(self.told.address.wijk)
        self.came = self.since = self.told.arrival.on

    # Who

    @property
    def worker(self) -> Worker:
        """Return who is in charge, or else who of the team would do it."""
        if self.lead:
            return self.lead
        mine = self.house.case_workers(self.team)
        return mine[self.told.lead_slot % len(mine)]

    @property
    def by(self) -> Actor:
        """Return the worker as actor."""
        return self.house.actors[self.worker.key]

    def author(self, author: str) -> Actor:
        """Return who an author of the data is in this house; the case manager where nobody has that function."""
        if author == "duo" and self.duo:
            return self.house.actors[self.duo.key]
        if author in ("lead", "duo"):
            return self.by
        worker = self.house.who_writes(author, self.team, self.told.lead_slot)
        return self.house.actors[worker.key] if worker else self.by

    # The beginning

    def arrive(self) -> None:
        """Somebody writes the household down, with what it asked and, where there is a worker, the first talk."""
        told_ = self.told
        here = [m for m in told_.members if not m.by_event]
        first = next((c for c in self.contacts if c.on == self.came), None)
        by = self.author(first.author if first else told.RECEIVERS.get(told_.arrival.how, "lead"))
        if first:
            self.contacts.remove(first)
        words = first.words if first else f"Hoorde van ons via: {told_.arrival.told_by}."
        asked = tuple(Asked(r.domain, r.words) for r in told_.requests if r.on <= self.came)
        now = self.house.clock.hour_of(told_.key, self.came)
        visit = first_visit.Visit(told.CHANNELS[told_.arrival.how], words, asked, by.centre_id)
        with acting(by):
            received = first_visit.receive_unknown(
                by=by, new=told.household(told_, here), visit=visit, slot=self._first_talk(), on=self.came, now=now,
                today=self.house.today,
            )  # fmt: skip
            key = received.household_id
            assert key  # noqa: S101 - with a name there is a household
            self.know(key, homes.members_of([key], by=by, on=self.house.today)[key])
        self.appointment = received.appointment
        if self.came < self.house.today:
            self.house.receivers[by.id] = by

    def know(self, key: UUID, found: list[Member]) -> None:
        """Keep the keys of the household and of who lives in it."""
        self.id = key
        keys = {(member.person.given_name, member.person.birth_date): member.person.id for member in found}
        for member in self.told.members:
            if not member.by_event:
                self.people[member.key] = keys[member.person.given, member.person.birth_date]

    def take_up(self) -> None:
        """A worker of the team takes what was asked, opens the case and chooses a duo."""
        self.lead, on = self.first_lead(), self.came
        now = self.now(on)
        with acting(self.by):
            for request in meetings.requests_of(self.id, by=self.by):
                taking_up.take_up(by=self.by, request=request.id, on=on, now=now)
            self._reached_by(now)
            if self.appointment and self.appointment.ends_at <= self.house.clock.now:
                frontdesk.close_appointment(
                    by=self.by, appointment=self.appointment.id, status="held", now=self.appointment.ends_at
                )
        self.choose_duo(on)

    def choose_duo(self, on: date, besides: Worker | None = None) -> None:
        """The case manager chooses the colleague that is the duo, unless that is who just left."""
        duo = self.house.duo_of(self.worker)
        if duo is None or duo == besides:
            return
        with acting(self.by):
            colleague = self.house.actors[duo.key].id
            casework.choose_duo(by=self.by, household=self.id, worker=colleague, on=on, now=self.now(on))
        self.duo = duo

    def first_lead(self) -> Worker:
        """Return who begins: whoever is in charge in the end, unless it is handed over on the way."""
        mine = self.house.case_workers(self.team)
        handed = any(event.kind == "handed_over" for event in self.told.events)
        return mine[(self.told.lead_slot + handed) % len(mine)]

    # What is wanted and done

    def plan(self, on: date) -> None:
        """Write the goals with their steps."""
        with acting(self.by):
            for nth, goal in enumerate(self.told.goals):
                self._goal(nth, goal, on)

    def finish(self, nth: int, step: int, told_: DemoStep, on: date) -> None:
        """A step is done; where others of the goal wait, how it goes is written too."""
        now = self.now(on)
        with acting(self.by):
            casework.finish_step(
                by=self.by, step=self.steps[nth, step], now=now, today=on, errands_spared=told_.errands_spared,
                retellings_spared=told_.retellings_spared,
            )  # fmt: skip
            if step == 0 and len(self.told.goals[nth].steps) > 1:
                words = told_.words[0].upper() + told_.words[1:]
                casework.note_progress(
                    by=self.by, goal=self.goals[nth], text=f"{words}: dat is rond.", now=now, today=on
                )

    def reach(self, nth: int, on: date) -> None:
        """A goal is reached; what stays is agreed on again."""
        now = self.now(on)
        with acting(self.by):
            casework.close_goal(by=self.by, goal=self.goals[nth], status="reached", now=now, today=on)

    def score(self, scores: list[DemoScore]) -> None:
        """One member says how it goes."""
        on = scores[0].on
        with acting(self.by):
            casework.score(
                by=self.by, household=self.id, scores={s.domain: s.score for s in scores}, now=self.now(on), today=on
            )

    def agree(self, on: date, state: str, reason: str) -> None:
        """The household says what it thinks of its plan, and the plan is frozen."""
        with acting(self.by):
            casework.freeze(
                by=self.by, household=self.id, outcome=state, reason=reason, expected=self.versions,
                now=self.now(on), today=on,
            )  # fmt: skip
        self.versions += 1

    def review(self, on: date) -> None:
        """The day on which the plan is looked at again."""
        with acting(self.by):
            casework.plan_review(by=self.by, household=self.id, on=on, now=self.house.clock.now, today=self.house.today)

    # What is written and talked about

    def ask(self, request: DemoRequest) -> None:
        """A later request, told to the case manager, who takes it."""
        now = self.now(request.on)
        with acting(self.by):
            contact = frontdesk.note_contact(
                by=self.by, household=self.id, channel="phone", words="", met_at=now, now=now
            )
            asked = Asked(request.domain, request.words)
            made = frontdesk.note_request(
                by=self.by, contact=contact, asked=asked, team=self.house.teams[self.team], now=now
            )
            frontdesk.take_request(by=self.by, request=made.id, now=now)

    def write(self, note: DemoNote) -> None:
        """A note; the second wall lets nobody write in a file outside the team, so that note is left out."""
        if note.author in OUTREACH:
            self.left_out.append(note.words)
            return
        by, on = self.author(note.author), max(note.on, self.since)
        with acting(by):
            casework.write_note(
                by=by, household=self.id, kind=note.secrecy, text=note.words, about_on=note.on,
                now=self.now(on), today=on,
            )  # fmt: skip

    def meet(self, contact: DemoContact) -> None:
        """A talk that took place."""
        by = self.author(contact.author)
        met_at = self.house.clock.past(contact.on, contact.at)
        centre = by.centre_id if contact.how in ("walk_in", "centre") else None
        self.diary.add(by, Met(self.id, told.CHANNELS[contact.how], contact.words, met_at, centre))

    def book(self, wanted: DemoAppointment) -> None:
        """A talk that is planned with the case manager."""
        begins, ends = free_moment(self.house, self.by.id, wanted)
        centre = self.by.centre_id if wanted.place == "centre" else None
        with acting(self.by):
            frontdesk.book(
                by=self.by, household=self.id, worker=self.by.id, starts_at=begins, ends_at=ends, place=wanted.place,
                centre=centre, about=wanted.about, now=min(self.house.clock.now, begins),
            )  # fmt: skip

    def now(self, on: date) -> datetime:
        """Return a moment in office hours of a day that belongs to this household."""
        return self.house.clock.hour_of(f"{self.told.key} {on}", on)

    def _first_talk(self) -> first_visit.Slot | None:
        if not self.told.lead:
            return None
        place = self.told.place
        hour = time(9 + steady(self.told.key, 7), 15 * steady(f"{self.told.key} slot", 4))
        day = self.house.clock.next_workday(self.came)
        lead = self.house.actors[self.first_lead().key].id
        if day < self.house.today:
            begins = moment(day, hour)
            return first_visit.Slot(lead, begins, begins + timedelta(minutes=45), place, "eerste gesprek")
        begins, ends = free_moment(self.house, lead, DemoAppointment(day, hour, 45, place, ""))
        return first_visit.Slot(lead, begins, ends, place, "eerste gesprek")

    def _reached_by(self, now: datetime) -> None:
        for member in self.told.members[1:]:
            if member.person.phone and member.key in self.people:
                households.reached_by(
                    by=self.by, household=self.id, kind="phone", value=told.phone(member), on=self.came, now=now,
                    today=self.came, person=self.people[member.key],
                )  # fmt: skip

    def _goal(self, nth: int, goal: DemoGoal, on: date) -> None:
        now = self.now(on)
        made = casework.add_goal(
            by=self.by, household=self.id, words=goal.words, domain=goal.domain, now=now, today=on,
            for_whom=self._known(goal.for_whom), shielded=self._known(goal.shielded_from),
        )  # fmt: skip
        self.goals[nth] = made.id
        for place, step in enumerate(goal.steps):
            added = casework.add_step(
                by=self.by,
                goal=made.id,
                description=step.words,
                doer=self._doer(step),
                due_on=step.due,
                now=now,
                today=on,
            )
            self.steps[nth, place] = added.id

    def _doer(self, step: DemoStep) -> Doer:
        if step.actor == "member" and step.who in self.people:
            return Doer("member", person=self.people[step.who])
        return Doer("partner", partner=step.who) if step.actor == "partner" else Doer()

    def _known(self, keys: tuple[str, ...]) -> list[UUID]:
        return [self.people[key] for key in keys if key in self.people]
