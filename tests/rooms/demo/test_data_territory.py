"""The ground of the demo: wijken that fit together exactly, streets that lead to one wijk, centres."""

import json
from collections import Counter
from itertools import pairwise

import pytest

from nabij.demo import mesh, territory
from nabij.demo.dice import dice
from nabij.demo.streets import EVEN, ODD
from nabij.demo.territory import lindegem, oudlo, towns

both = pytest.mark.parametrize("town", towns(), ids=lambda town: town.key)


def test_lindegem_and_oudlo_are_of_the_size_they_must_be():
    assert (lindegem().nis, len(lindegem().wijken), len(lindegem().centres)) == ("99001", 13, 13)
    assert (oudlo().nis, len(oudlo().wijken), len(oudlo().centres)) == ("99002", 3, 2)
    assert [c.key for c in lindegem().centres if not c.serves] == ["sociaal-huis"]


@both
def test_built_again_it_is_the_same(town):
    assert territory._build(town.key) == town


@both
def test_wijken_cover_the_town_without_overlap(town):
    """Each edge is used once in its direction, and turned by the neighbour or by nobody: then it is the outline."""
    edges = Counter(edge for wijk in town.wijken for edge in pairwise(wijk.border))
    assert max(edges.values()) == 1
    outside = {edge for edge in edges if edge[::-1] not in edges}
    assert outside == mesh.edges(list(town.outline))
    # Around the middle, because areas of small differences beside large coordinates lose digits.
    x, y = town.outline[0]
    areas = [mesh.area([(a - x, b - y) for a, b in wijk.border]) for wijk in town.wijken]
    assert min(areas) > 0
    assert sum(areas) == pytest.approx(mesh.area([(a - x, b - y) for a, b in town.outline]), rel=1e-9)


@both
def test_a_point_of_the_town_lies_in_exactly_one_wijk(town):
    rng = dice("points", town.key)
    west, east = min(x for x, _ in town.outline), max(x for x, _ in town.outline)
    south, north = min(y for _, y in town.outline), max(y for _, y in town.outline)
    inside = 0
    for _ in range(1500):
        point = (rng.uniform(west, east), rng.uniform(south, north))
        found = sum(mesh.contains(list(wijk.border), point) for wijk in town.wijken)
        assert found == mesh.contains(list(town.outline), point)
        inside += found
    assert inside > 900


def test_the_two_towns_do_not_touch():
    for wijk in oudlo().wijken:
        assert not any(mesh.contains(list(lindegem().outline), point) for point in wijk.border)
    assert not any(mesh.contains(list(oudlo().outline), point) for point in lindegem().outline)


@both
def test_no_border_crosses_itself(town):
    for wijk in town.wijken:
        edges = list(pairwise(wijk.border))
        for i, first in enumerate(edges):
            assert not any(_cross(*first, *second) for second in edges[i + 2 :] if first[0] != second[1])


def _cross(a, b, c, d):
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@both
def test_the_river_is_one_line_along_borders_from_outside_to_outside(town):
    around = {frozenset(edge) for wijk in town.wijken for edge in pairwise(wijk.border)}
    assert all(frozenset(edge) in around for edge in pairwise(town.river))
    assert town.river[0] in town.outline and town.river[-1] in town.outline


@both
def test_geojson_has_the_shape_of_the_flemish_file(town):
    read = json.loads(json.dumps(town.geojson()))
    assert read["type"] == "FeatureCollection"
    for feature in read["features"]:
        assert set(feature["properties"]) == {"code", "nis", "name", "municipality"}
        assert feature["properties"]["code"].startswith(f"{town.nis}W")
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1] and len(ring) > 10
        assert all(2.5 < lon < 6 and 50.6 < lat < 51.6 for lon, lat in ring)


@both
def test_every_wijk_has_its_streets(town):
    streets = Counter(wijk for wijk, _ in {(s.wijk, s.street) for s in town.segments})
    assert set(streets) == {wijk.code for wijk in town.wijken}
    assert all(25 <= count <= 45 for count in streets.values())


@both
def test_no_house_number_lies_in_two_wijken(town):
    for street in {s.street for s in town.segments}:
        own = [s for s in town.segments if s.street == street]
        for number in (1, 2, 39, 40, 41, 99, 100, 179, 180, 181, 998, 999):
            assert sum(s.covers(number) for s in own) <= 1


def test_some_streets_go_on_in_a_neighbouring_wijk_by_number_and_some_by_side():
    shared = Counter(s.street for s in lindegem().segments)
    parts = [[s for s in lindegem().segments if s.street == street] for street, n in shared.items() if n > 1]
    by_side = [p for p in parts if {s.parity for s in p} == {EVEN, ODD}]
    assert len(by_side) > 2 and len(parts) - len(by_side) > 2
    for first, second in parts:
        assert first.wijk != second.wijk
        assert lindegem().wijk_of(first.street, first.low) == first.wijk
        assert lindegem().wijk_of(second.street, second.low) == second.wijk


@both
def test_a_few_streets_are_covered_by_no_team(town):
    assert town.uncovered_streets
    assert all(town.wijk_of(street, 5) == "" for street in town.uncovered_streets)
    assert town.team_of("").centre == town.centres[0].key


@both
def test_addresses_lead_to_their_wijk_but_the_deliberate_ones(town):
    rng = dice("addresses", town.key)
    for wijk in town.wijken:
        for _ in range(60):
            address = town.address_in(wijk.code, rng)
            assert town.wijk_of(address.street, address.number) == wijk.code == address.wijk
    assert town.address_uncovered(rng).wijk == ""


@both
def test_centres_stand_in_their_wijk_and_serve_every_wijk_once(town):
    borders = {wijk.code: list(wijk.border) for wijk in town.wijken}
    assert sorted(code for centre in town.centres for code in centre.serves) == sorted(borders)
    for centre in town.centres:
        assert mesh.contains(borders[centre.wijk], centre.point)
        assert town.wijk_of(centre.street, centre.number) == centre.wijk
        assert centre.rooms >= 1 and centre.hours
        assert all(opening.opens < opening.closes for opening in centre.hours)
    assert len({centre.hours for centre in town.centres}) == len(town.centres)


def test_one_team_may_serve_two_wijken():
    town = lindegem()
    assert town.team_of(town.wijk("Elsdaal").code) == town.team_of(town.wijk("Ter Doornen").code)


def test_postcodes_and_names_of_the_towns_differ():
    assert not {w.postcode for w in lindegem().wijken} & {w.postcode for w in oudlo().wijken}
    # The same street name in both towns, so that a look-up that forgets the municipality shows.
    assert {s.street for s in lindegem().segments} & {s.street for s in oudlo().segments}
