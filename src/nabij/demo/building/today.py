"""What makes the day of the demo worth looking at: talks now and later today, and requests that wait."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from nabij.demo.building.diary import free_moment
from nabij.demo.building.file import File
from nabij.demo.building.house import House
from nabij.demo.building.moments import moment
from nabij.demo.dice import dice
from nabij.demo.sentences import fitting, say
from nabij.demo.shapes import DemoAppointment
from nabij.demo.workforce import Worker
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.journeys import first_visit
from nabij.kernel.actor import acting

FIRST, LAST = time(9), time(20)  # in the evening too somebody may look at the demo
CLOSES = 17
ABOUT = ("even horen hoe het gaat", "papieren meebrengen en samen invullen", "de rechten nakijken")
DOMAINS = ("housing", "income", "health", "administration", "debt", "mobility")


def fill(house: House, files: list[File]) -> None:
    """Give the people of the sign-in page a day: what is now, what comes later, and what was asked this morning."""
    for worker in house.shown():
        mine = [file for file in files if file.lead == worker]
        for file, (begins, about) in zip(mine, zip(_moments(house), ABOUT, strict=False), strict=False):
            _book(house, file, worker, begins, about)
    _visits(house, files)


def _moments(house: House) -> Iterator[datetime]:
    """What is going on now, what comes in two hours, and what comes two hours later, as far as the day goes."""
    now = house.clock.now
    opens, closes = moment(house.today, FIRST), moment(house.today, LAST)
    begins = min(max(now - timedelta(minutes=10), opens), closes)
    begins -= timedelta(minutes=begins.minute % 15, seconds=begins.second, microseconds=begins.microsecond)
    for hours in (0, 2, 4):
        if begins + timedelta(hours=hours) <= closes:
            yield begins + timedelta(hours=hours)


def _book(house: House, file: File, worker: Worker, begins: datetime, about: str) -> None:
    by = house.actors[worker.key]
    local = begins.astimezone(moment(house.today, FIRST).tzinfo)
    place = "centre" if local.hour < CLOSES else "home"
    starts, ends = free_moment(house, by.id, DemoAppointment(local.date(), local.time(), 45, place, about))
    with acting(by):
        frontdesk.book(
            by=by, household=file.id, worker=by.id, starts_at=starts, ends_at=ends, place=place,
            centre=by.centre_id if place == "centre" else None, about=about, now=min(house.clock.now, starts),
        )  # fmt: skip


def _visits(house: House, files: list[File]) -> None:
    """Who came this morning, and waits for an answer of the team; one of them said no name."""
    desks = [worker for worker in house.workers if worker.shown and "front_desk" in worker.functions]
    if not desks:
        return
    for team in dict.fromkeys(worker.team for worker in house.shown()):
        rng = dice("visits", house.town.key, team)
        desk = next((worker for worker in desks if worker.team == team), desks[0])
        for nth, file in enumerate(islice((f for f in files if f.team == team and f.lead), 2)):
            _visit(house, desk, file, DOMAINS[nth + rng.randrange(4)], _this_morning(house, nth))
        _nameless(house, desk, team)


def _visit(house: House, desk: Worker, file: File, domain: str, at: datetime) -> None:
    by = house.actors[desk.key]
    rng = dice("visit", file.told.key)
    name = file.told.members[0].person.given
    words = say(rng, rng.choice(fitting("requests", domain, False)), name=name, domain=domain)
    visit = first_visit.Visit("walk_in", f"{name} kwam langs.", (Asked(domain, words),), by.centre_id)
    with acting(by):
        first_visit.receive_known(by=by, household=file.id, visit=visit, slot=None, on=house.today, now=at)


def _nameless(house: House, desk: Worker, team: str) -> None:
    by = house.actors[desk.key]
    words = "Wou alleen weten waar de voedselbedeling is. Een naam hoefde niet."
    visit = first_visit.Visit("walk_in", words, (Asked("income", "Waar is de voedselbedeling?"),), by.centre_id)
    with acting(by):
        first_visit.receive_nameless(by=by, visit=visit, team=house.teams[team], now=_this_morning(house, 2))


def _this_morning(house: House, nth: int) -> datetime:
    wanted = moment(house.today, time(9, 20 + 15 * nth))
    # Before the doors open, the morning is that of the last working hours: shortly before now.
    return wanted if wanted < house.clock.now else house.clock.now - timedelta(minutes=40 - 10 * nth)
