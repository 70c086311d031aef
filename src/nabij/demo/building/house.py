"""Founds a municipality of the demo: ground, centres, teams and people; knows afterwards who does what where."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.roles import Permission
from nabij.demo import workforce
from nabij.demo.building.moments import Clock
from nabij.demo.dice import steady
from nabij.demo.territory import Centre, Territory
from nabij.demo.workforce import Worker
from nabij.kernel.actor import Actor, acting
from nabij.territory import actions as territory

OPENED = timedelta(days=3000)  # before the first household of any demo came
IN_TEAM = ("social_worker", "coordinator", "bridge_figure")
COLOURS = {"lindegem": "#1f5f5b", "oudlo": "#7a3b2e"}


@dataclass
class House:
    """A municipality that stands: its people as actors, by the keys of the data, and their moments that are taken."""

    town: Territory
    clock: Clock
    teams: dict[str, UUID] = field(default_factory=dict)
    centres: dict[str, UUID] = field(default_factory=dict)
    wijken: dict[str, UUID] = field(default_factory=dict)
    workers: list[Worker] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    taken: dict[UUID, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    receivers: dict[UUID, Actor] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the day of the build."""
        return self.clock.today

    def team_at(self, wijk: str) -> str:
        """Return the key of the team of a wijk (by code), the central one where there is no other."""
        return self.town.team_of(wijk).key

    def case_workers(self, team: str) -> list[Worker]:
        """Return who of a team may be case manager: social workers, or else the coordinator."""
        mine = [w for w in self.workers if Permission.LEAD in self.actors[w.key].permissions and self._in(w, team)]
        return [w for w in mine if "social_worker" in w.functions] or mine

    def who_writes(self, author: str, team: str, slot: int) -> Worker | None:
        """Return who of the town does what an author of the stories does, nearest first; None where nobody does."""
        wanted = [w for w in self.workers if _does(w, author)]
        near = [w for w in wanted if self._in(w, team)]
        found = near or ([] if author == "coordinator" else wanted)
        return found[slot % len(found)] if found else None

    def duo_of(self, worker: Worker) -> Worker | None:
        """Return the colleague who is a worker's duo."""
        return next((w for w in self.workers if w.key == worker.duo), None)

    @property
    def administrator(self) -> Actor:
        """Return who manages the municipality."""
        return next(self.actors[w.key] for w in self.workers if "administrator" in w.functions)

    def shown(self) -> list[Worker]:
        """Return the case workers whom the sign-in page offers."""
        return [w for w in self.workers if w.shown and Permission.LEAD in self.actors[w.key].permissions]

    def _in(self, worker: Worker, team: str) -> bool:
        return self.teams[team] in self.actors[worker.key].team_ids or worker.team == team


def _does(worker: Worker, author: str) -> bool:
    if author == "youth_worker":
        return worker.youth
    return author in worker.functions and not worker.youth


def found(town: Territory, size: str, seed: int, clock: Clock) -> House:
    """Found a town with all who work there; raises `NotNow` when it is there already."""
    house = House(town, clock)
    operator = Actor.operator(uuid4(), frozenset({str(Permission.MANAGE)}))
    with acting(operator):
        territory.found_municipality(
            by=operator, nis=town.nis, name=town.name, slug=town.key, colour=COLOURS.get(town.key, COLOURS["lindegem"])
        )
        wijken = house.wijken = _lay_ground(operator, town)
        for centre in town.centres:
            house.centres[centre.key] = _open_centre(operator, centre, town, wijken)
        for team in town.teams:
            made = access.form_team(
                by=operator, name=team.name, centre=house.centres[team.centre], is_central=team is town.teams[0],
                neighbourhoods=[wijken[code] for code in team.wijken],
            )  # fmt: skip
            house.teams[team.key] = made.id
        house.workers = workforce.workers(town, size, seed)
        for nth, worker in enumerate(house.workers, start=1):
            # A number of a zone that does not exist.
            phone = f"09 {len(town.name):03d} {nth // 100:02d} {nth % 100:02d}"
            house.actors[worker.key] = _enrol(operator, worker, house, phone)
        _look_after_central_team(operator, house)
    return house


def _lay_ground(operator: Actor, town: Territory) -> dict[str, UUID]:
    wijken = territory.load_wijken(
        by=operator,
        wijken=[
            SimpleNamespace(code=f["properties"]["code"], name=f["properties"]["name"], geometry=f["geometry"])
            for f in town.geojson()["features"]
        ],
    )
    territory.load_streets(
        by=operator,
        streets=[
            SimpleNamespace(
                street=s.street, first=s.low, last=s.high, parity=s.parity, postcode=s.postcode, wijk=s.wijk
            )
            for s in town.segments
        ],
    )
    return {wijk.code: wijk.id for wijk in wijken}


def _open_centre(operator: Actor, centre: Centre, town: Territory, wijken: dict[str, UUID]) -> UUID:
    central = centre is town.centres[0]
    return territory.open_centre(
        by=operator,
        name=centre.name,
        address=f"{centre.street} {centre.number}, {centre.postcode} {town.name}",
        kind="sociaal_huis" if central else "wijkcentrum",
        neighbourhood=wijken[centre.wijk],
        phone=centre.phone,
        rooms=centre.rooms,
        hours=[(hours.weekday, hours.opens, hours.closes) for hours in centre.hours],
    ).id


def _enrol(operator: Actor, worker: Worker, house: House, phone: str) -> Actor:
    user = access.enrol(
        by=operator, name=worker.name, email=worker.email, phone=phone, languages=list(worker.languages),
        demo_function=worker.functions[0] if worker.shown else "",
    )  # fmt: skip
    for function in worker.functions:
        access.appoint(
            by=operator, worker=user.id, function=function, on=house.today - OPENED,
            team=house.teams[worker.team] if function in IN_TEAM else None, centre=house.centres[worker.centre],
        )  # fmt: skip
    return who.actor_for(user, on=house.today)


def _look_after_central_team(operator: Actor, house: House) -> None:
    """Where nobody has households in the central team, a coordinator looks after those that no wijk covers."""
    central = house.town.teams[0]
    if house.case_workers(central.key):
        return
    coordinators = [w for w in house.workers if "coordinator" in w.functions]
    worker = coordinators[steady(house.town.key, len(coordinators))]
    access.appoint(
        by=operator, worker=house.actors[worker.key].id, function="coordinator", on=house.today - OPENED,
        team=house.teams[central.key], centre=house.centres[central.centre],
    )  # fmt: skip
    user = who.worker(house.actors[worker.key].id, by=operator)
    house.actors[worker.key] = who.actor_for(user, on=house.today)  # type: ignore[arg-type]
