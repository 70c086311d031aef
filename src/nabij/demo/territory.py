"""The ground of the demo: the town Lindegem and its neighbour Oudlo, with wijken, streets, centres and teams.

No address is real, and neither are the postcodes nor the NIS codes.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from functools import cache, cached_property
from typing import Any

from nabij.demo import mesh
from nabij.demo.shapes import DemoAddress
from nabij.demo.stock import stock
from nabij.demo.streets import ALL, Segment, lay_streets

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


@dataclass(frozen=True, slots=True)
class Wijk:
    """A neighbourhood: code, name and closed border in WGS84 (longitude, latitude)."""

    code: str
    name: str
    postcode: str
    border: tuple[mesh.Point, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A part of a weekday (0 is Monday) on which a centre is open."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Centre:
    """A house where people walk in; `serves` are codes of wijken, none for a Sociaal Huis without a neighbourhood."""

    key: str
    name: str
    serves: tuple[str, ...]
    wijk: str
    street: str
    number: int
    postcode: str
    phone: str
    email: str
    rooms: int
    hours: tuple[Opening, ...]
    point: mesh.Point


@dataclass(frozen=True, slots=True)
class Team:
    """People who work together from a centre; a team without wijken has no neighbourhood."""

    key: str
    name: str
    centre: str
    wijken: tuple[str, ...]


@dataclass(frozen=True)
class Territory:
    """A municipality with everything that stands on its ground."""

    key: str
    name: str
    nis: str
    wijken: tuple[Wijk, ...]
    segments: tuple[Segment, ...]
    uncovered_streets: tuple[str, ...]
    centres: tuple[Centre, ...]
    teams: tuple[Team, ...]
    outline: tuple[mesh.Point, ...]
    river_name: str
    river: tuple[mesh.Point, ...]

    @property
    def domain(self) -> str:
        """The part of mail addresses after the @; it exists nowhere."""
        return f"{self.key}.example"

    @cached_property
    def _by_street(self) -> dict[str, list[Segment]]:
        streets: dict[str, list[Segment]] = {}
        for segment in self.segments:
            streets.setdefault(segment.street, []).append(segment)
        return streets

    @cached_property
    def _by_wijk(self) -> dict[str, list[Segment]]:
        return {wijk.code: [s for s in self.segments if s.wijk == wijk.code] for wijk in self.wijken}

    def wijk(self, name: str) -> Wijk:
        """Return the wijk of that name. KeyError where there is none."""
        for wijk in self.wijken:
            if wijk.name == name:
                return wijk
        raise KeyError(name)

    def wijk_of(self, street: str, number: int) -> str:
        """Return the code of the wijk of an address, or the empty string where no team covers it."""
        for segment in self._by_street.get(street, ()):
            if segment.covers(number):
                return segment.wijk
        return ""

    def team_of(self, wijk: str) -> Team:
        """Return the team of a wijk (by code), or the first team where no other covers it: that of the Sociaal Huis."""
        return next((team for team in self.teams if wijk and wijk in team.wijken), self.teams[0])

    def address_in(self, wijk: str, rng: random.Random) -> DemoAddress:
        """Return an address somewhere in a wijk (by code)."""
        segment = rng.choice(self._by_wijk[wijk])
        low, high = segment.low, min(segment.high, segment.low + 160)
        step = 1 if segment.parity == ALL else 2
        box = rng.choice(("1", "2", "3", "0101", "0202", "bus A")) if rng.random() < 0.22 else ""
        number = rng.randrange(low, high + 1, step)
        return DemoAddress(segment.street, number, box, segment.postcode, self.name, wijk)

    def address_uncovered(self, rng: random.Random) -> DemoAddress:
        """Return an address in a street that no team covers."""
        street = rng.choice(self.uncovered_streets)
        return DemoAddress(street, rng.randint(1, 60), "", self.wijken[0].postcode, self.name, "")

    def geojson(self) -> dict[str, Any]:
        """Return the wijken as a FeatureCollection with the properties of the Flemish file of wijken."""
        return {"type": "FeatureCollection", "features": [self._feature(wijk) for wijk in self.wijken]}

    def river_geojson(self) -> dict[str, Any]:
        """Return the river as a Feature: a line that follows borders of wijken."""
        line = {"type": "LineString", "coordinates": [list(point) for point in self.river]}
        return {"type": "Feature", "properties": {"name": self.river_name}, "geometry": line}

    def _feature(self, wijk: Wijk) -> dict[str, Any]:
        properties = {"code": wijk.code, "nis": self.nis, "name": wijk.name, "municipality": self.name}
        ring = [list(point) for point in wijk.border]
        return {
            "type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]},
        }  # fmt: skip


def towns() -> tuple[Territory, Territory]:
    """Return both demo towns."""
    return lindegem(), oudlo()


@cache
def lindegem() -> Territory:
    """Return the demo city: thirteen wijken, twelve neighbourhood centres and a Sociaal Huis."""
    return _build("lindegem")


@cache
def oudlo() -> Territory:
    """Return the small neighbour that must never see anything of Lindegem: three wijken, two centres."""
    return _build("oudlo")


def _build(key: str) -> Territory:
    plan = stock("towns")[key]
    drawing = _drawing(key, plan)
    wijken = tuple(_wijken(plan, drawing))
    by_name = {wijk.name: wijk for wijk in wijken}
    centres = tuple(_centre(nth, entry, by_name, key) for nth, entry in enumerate(plan["centres"]))
    segments = lay_streets(
        key,
        [(wijk.code, wijk.name, wijk.postcode) for wijk in wijken],
        _neighbours(wijken),
        [(centre.wijk, centre.street) for centre in centres],
    )
    return Territory(
        key, plan["name"], plan["nis"], wijken, segments, tuple(plan["uncovered"]), centres,
        tuple(_team(centre) for centre in centres), tuple(drawing.outline()), plan["river"]["name"],
        tuple(_river(drawing, wijken)),
    )  # fmt: skip


def _drawing(key: str, plan: dict[str, Any]) -> mesh.Mesh:
    reach = [km for km in plan["rings_km"] if km]
    first = 0 if len(reach) == len(plan["rings_km"]) else 1
    counts = [sum(w["ring"] == ring for w in plan["wijken"]) for ring in range(first, first + len(reach))]
    lon, lat = plan["middle"]
    return mesh.Mesh(key, (lon, lat), tuple(reach), tuple(counts))


def _wijken(plan: dict[str, Any], drawing: mesh.Mesh) -> Iterable[Wijk]:
    places = [(ring, sector) for ring, count in enumerate(drawing.sectors) for sector in range(count)]
    for nth, (entry, (ring, sector)) in enumerate(zip(plan["wijken"], places, strict=True), start=1):
        code = f"{plan['nis']}W{nth:02d}"
        yield Wijk(code, entry["name"], entry["postcode"], tuple(drawing.polygon(ring, sector)))


def _neighbours(wijken: tuple[Wijk, ...]) -> dict[str, list[str]]:
    edges = {wijk.code: mesh.edges(list(wijk.border)) for wijk in wijken}
    turned = {code: {(b, a) for a, b in own} for code, own in edges.items()}
    return {code: [other for other in edges if edges[code] & turned[other]] for code in edges}


def _river(drawing: mesh.Mesh, wijken: tuple[Wijk, ...]) -> list[mesh.Point]:
    """The river comes in along a spoke of every ring, goes part of the way around the middle, and out again."""
    line: list[mesh.Point] = []
    last = len(drawing.rings_km) - 1
    for ring in range(last, -1, -1):
        if drawing.sectors[ring] == 1:
            continue
        angle = drawing.angles(ring)[1]
        if line:
            line += _along(drawing, ring, line[-1], drawing.point(ring, angle))
        line += drawing.spoke(ring, angle)
    for ring in range(len(drawing.rings_km)):
        if drawing.sectors[ring] == 1:
            continue
        angle = drawing.angles(ring)[2]
        way_out = drawing.spoke(ring, angle)[::-1]
        line += _along(drawing, ring - 1, line[-1], way_out[0]) if ring else []
        line += way_out
    return [point for nth, point in enumerate(line) if not nth or point != line[nth - 1]]


def _along(drawing: mesh.Mesh, ring: int, begin: mesh.Point, end: mesh.Point) -> list[mesh.Point]:
    around = drawing.outline(ring)[:-1]
    start, stop = around.index(begin), around.index(end)
    forward = [around[(start + i) % len(around)] for i in range((stop - start) % len(around) + 1)]
    back = [around[(start - i) % len(around)] for i in range((start - stop) % len(around) + 1)]
    return min(forward, back, key=len)


def _team(centre: Centre) -> Team:
    return Team(f"team-{centre.key}", f"Team {centre.name}", centre.key, centre.serves)


def _centre(nth: int, entry: dict[str, Any], by_name: dict[str, Wijk], town: str) -> Centre:
    wijk = by_name[entry["at"]]
    return Centre(
        entry["key"], entry["name"], tuple(by_name[name].code for name in entry["serves"]), wijk.code,
        entry["street"], entry["number"], wijk.postcode, f"09 000 {len(town):02d} {nth + 1:02d}",
        f"{entry['key']}@{town}.example", entry["rooms"], tuple(_hours(entry["hours"])),
        _somewhere_inside(wijk, nth),
    )  # fmt: skip


def _somewhere_inside(wijk: Wijk, nth: int) -> mesh.Point:
    x, y = mesh.centroid(list(wijk.border))
    moved = (round(x + (nth % 3 - 1) * 0.0012, 5), round(y + (nth % 2) * 0.0008, 5))
    return moved if mesh.contains(list(wijk.border), moved) else (x, y)


def _hours(text: str) -> Iterable[Opening]:
    """Read hours such as "ma-vr 9-12, do 13-18:30"."""
    for part in text.split(", "):
        days, times = part.split()
        first, _, last = days.partition("-")
        opens, closes = (_clock(word) for word in times.split("-"))
        for weekday in range(DAYS.index(first), DAYS.index(last or first) + 1):
            yield Opening(weekday, opens, closes)


def _clock(word: str) -> time:
    hour, _, minute = word.partition(":")
    return time(int(hour), int(minute or 0))
