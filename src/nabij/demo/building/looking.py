"""Who looked on the day of the demo: what everybody does, and two looks that a privacy officer asks about."""

from datetime import timedelta

from nabij.access.roles import Permission
from nabij.demo.building.file import File
from nabij.demo.building.house import House
from nabij.demo.workforce import Worker
from nabij.households import queries as homes
from nabij.kernel.actor import Actor, acting
from nabij.oversight import actions, queries
from nabij.oversight.rules import Days, Rule

EACH = 3  # files that everybody opens


def look(house: House, files: list[File]) -> None:
    """Let the people of the sign-in page open files of their own, one of a neighbour's, and one of another team."""
    for worker in house.shown():
        for file in [file for file in files if file.lead == worker][:EACH]:
            _open(house, house.actors[worker.key], file)
    workers = [worker for worker in house.shown() if "social_worker" in worker.functions]
    if workers:
        _neighbour(house, workers[0], files)
        _other_team(house, workers[-1], files)
    _follow_up(house)


def _open(house: House, by: Actor, file: File) -> None:
    with acting(by, read_only=True):
        homes.open_household(file.id, by=by, on=house.today, purpose="gezin")


def _neighbour(house: House, worker: Worker, files: list[File]) -> None:
    """One colleague told in which street she lives, and opens the file of a household there that a colleague leads."""
    by = house.actors[worker.key]
    near = [f for f in files if f.lead not in (None, worker) and f.team == worker.team and f.told.address.street]
    for file in near[:1]:
        where = file.told.address_on(house.today)
        with acting(by):
            actions.note_street(by=by, worker=by.id, street=where.street, postcode=where.postcode, now=house.clock.now)
        _open(house, by, file)


def _other_team(house: House, worker: Worker, files: list[File]) -> None:
    """One colleague asks at the desk what a household of another team is called, and notes no contact."""
    by = house.actors[worker.key]
    for file in [file for file in files if file.team != worker.team and file.lead][:1]:
        with acting(by, read_only=True):
            homes.face_of(file.id, by=by)


def _follow_up(house: House) -> None:
    """The privacy officer asked about the street, and got an answer."""
    officers = [house.actors[w.key] for w in house.workers if w.shown]
    for by in [one for one in officers if one.holds(Permission.REVIEW_TRAIL)][:1]:
        with acting(by):
            found = queries.unusual(Days(house.today, house.today), by=by, seen_as="overzicht")
            for line in [line for line in found if line.rule == Rule.OWN_STREET][:1]:
                now = house.clock.now
                for at, outcome, words in (
                    (now - timedelta(minutes=40), "asked", "Gemaild met de vraag waarom."),
                    (now, "explained", "De dossierhouder was ziek; het gezin belde en zij nam op."),
                ):
                    actions.follow_up(by=by, finding=line, outcome=outcome, words=words, now=at)
