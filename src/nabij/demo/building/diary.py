"""Contacts, gathered per worker and noted many at once; and appointments, where a moment is free."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from nabij.access import actions as access
from nabij.demo.building.house import House
from nabij.demo.building.moments import moment
from nabij.demo.shapes import DemoAppointment
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Met
from nabij.kernel.actor import Actor, acting

BATCH = 2000
LATEST = 17
STEP = timedelta(minutes=15)


class Diary:
    """What workers noted of their talks, before it is saved."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.count = 0
        self._met: dict[UUID, list[Met]] = defaultdict(list)
        self._actors: dict[UUID, Actor] = {}

    def add(self, by: Actor, met: Met) -> None:
        """Keep a contact until there are enough."""
        self._actors[by.id] = by
        self._met[by.id].append(met)
        if len(self._met[by.id]) >= BATCH:
            self._note(by.id)

    def note_of(self, household: UUID) -> None:
        """Note what was kept of one household, before its workers change."""
        for worker, met in self._met.items():
            mine = [one for one in met if one.household == household]
            if mine:
                self._met[worker] = [one for one in met if one.household != household]
                self._save(self._actors[worker], mine)

    def note_all(self) -> None:
        """Note everything that was kept."""
        for worker in list(self._met):
            self._note(worker)

    def _note(self, worker: UUID) -> None:
        met, self._met[worker] = self._met[worker], []
        self._save(self._actors[worker], met)

    def _save(self, by: Actor, met: list[Met]) -> None:
        if not met:
            return
        with acting(by):
            # Who has no part in a household has it for the day on which it stands at the desk.
            access.receive_many_today(
                by=by, households=[one.household for one in met], on=self.house.today, now=self.house.clock.now
            )
            self.count += frontdesk.note_contacts(by=by, met=met, now=self.house.clock.now)
        self.house.receivers[by.id] = by


def free_moment(house: House, worker: UUID, wanted: DemoAppointment) -> tuple[datetime, datetime]:
    """Return the wanted moment, or the first after it at which the worker has nothing yet, and take it."""
    starts, length = moment(wanted.on, wanted.at), timedelta(minutes=wanted.minutes)
    while any(begins < starts + length and ends > starts for begins, ends in house.taken[worker]):
        starts += STEP
        if starts.hour >= max(LATEST, wanted.at.hour):
            starts = moment(house.clock.next_workday(starts.date()), wanted.at.replace(hour=9))
    house.taken[worker].append((starts, starts + length))
    return starts, starts + length


def leave_the_desk(house: House) -> None:
    """End the grounds that were only for writing down: whoever came long ago does not stand at the desk today."""
    for by in house.receivers.values():
        with acting(by):
            access.end_receiving(by=by, on=house.today, now=house.clock.now)
            access.end_transfer(by=by, on=house.today, now=house.clock.now)
