"""Loading a municipality: from real wijken and broken ones, streets that decide the wijk, nothing half-done."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.factories import Town, town

from nabij.access.roles import Permission
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow
from nabij.kernel.tables import FileRefused
from nabij.territory import actions, queries
from nabij.territory.models import StreetRange
from nabij.territory.readers.streets import StreetRecord, read_streets
from nabij.territory.readers.wijken import WijkRecord, read_wijken

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "wijken-vlaanderen.geojson"
needs_real = pytest.mark.skipif(
    not REAL.exists(),
    reason=f"De echte wijken van Vlaanderen staan hier niet: {REAL.name} ontbreekt naast het project.",
)
SQUARE = {"type": "Polygon", "coordinates": [[[3.2, 50.8], [3.3, 50.8], [3.3, 50.9], [3.2, 50.8]]]}


@pytest.fixture
def here() -> Town:
    return town()


def founded(nis: str, name: str = "Kortrijk", slug: str = "kortrijk") -> Actor:
    by = Actor.operator(uuid4(), frozenset({Permission.MANAGE}))
    with acting(by):
        actions.found_municipality(by=by, nis=nis, name=name, slug=slug)
    return by


@needs_real
@pytest.mark.parametrize(
    ("nis", "name"), [("34022", "Kortrijk"), ("13011", "Herentals"), ("13008", "Geel"), ("13025", "Mol")]
)
def test_real_wijken_are_loaded_and_loaded_again(nis: str, name: str) -> None:
    by = founded(nis, name, name.lower())
    records = read_wijken(REAL, nis=nis)
    with acting(by):
        first = actions.load_wijken(by=by, wijken=records)
        again = actions.load_wijken(by=by, wijken=records)
        assert len(first) >= 3
        assert [(w.id, w.code, w.name) for w in again] == [(w.id, w.code, w.name) for w in first]
        assert {w.code: w.geometry for w in queries.wijken(by=by)} == {r.code: r.geometry for r in records}


@needs_real
def test_a_town_that_is_not_in_the_file(tmp_path: Path) -> None:
    collection = json.loads(REAL.read_text())
    collection["features"] = collection["features"][:5]
    (tmp_path / "few.geojson").write_text(json.dumps(collection))
    with pytest.raises(FileRefused, match="geen wijken van 34022"):
        read_wijken(tmp_path / "few.geojson", nis="34022")


def test_a_wijk_with_another_name_keeps_its_key(here: Town) -> None:
    with acting(here.operator):
        before = {w.code: w.id for w in queries.wijken(by=here.operator)}
        actions.load_wijken(by=here.operator, wijken=[WijkRecord("A", "Nieuwe naam", SQUARE)])
        after = {w.code: (w.id, w.name) for w in queries.wijken(by=here.operator)}
    assert after == {"A": (before["A"], "Nieuwe naam"), "B": (before["B"], "Wijk B")}


@pytest.mark.parametrize(("nis", "slug", "words"), [("34022", "x", "34022"), ("34023", "kortrijk", "korte naam")])
def test_a_municipality_exists_once(nis: str, slug: str, words: str) -> None:
    founded("34022")
    with pytest.raises(NotNow, match=words):
        founded(nis, "Nog een", slug)


@pytest.mark.parametrize("nis", ["1234", "abcde", "123456"])
def test_a_nis_code_has_five_digits(nis: str) -> None:
    with pytest.raises(BadInput, match="vijf cijfers"):
        founded(nis)


def test_only_who_manages_the_municipality_loads(here: Town) -> None:
    for by in (here.worker, here.coordinator, here.director, here.desk):
        with acting(by), pytest.raises(Denied):
            actions.load_wijken(by=by, wijken=[])
        with acting(by), pytest.raises(Denied):
            actions.load_streets(by=by, streets=[])


# Streets


def streets_file(path: Path, *lines: str) -> Path:
    path.write_text("straat;van;tot;pariteit;postcode;wijk\n" + "\n".join(lines))
    return path


def test_the_records_of_the_reader_are_what_the_verb_takes(here: Town, tmp_path: Path) -> None:
    by = here.operator
    file = streets_file(tmp_path / "s.csv", "Sint-Jansstraat;1;99;oneven;9999;Wijk A", "Sint-Jansstraat;;;even;9999;B")
    with acting(by):
        records = read_streets(file, wijken=queries.wijken(by=by))
        assert actions.load_streets(by=by, streets=records) == 2
        assert [wijk(by, "St.-Jansstr.", number) for number in ("7", "8", "101")] == ["A", "B", None]
        assert wijk(by, "Kerkstraat", "12") is None, "the streets that were there are replaced"


def test_an_unknown_wijk_changes_nothing(here: Town) -> None:
    by = here.operator
    with acting(by):
        before = StreetRange.objects.count()
        with pytest.raises(BadInput, match="Wijk Z bestaat niet"):
            actions.load_streets(by=by, streets=[StreetRecord("Nieuwstraat", 1, 9, "all", "9999", "Z")])
        assert StreetRange.objects.count() == before > 0


def test_numbers_that_belong_to_two_wijken_change_nothing(here: Town) -> None:
    by = here.operator
    twice = [
        StreetRecord("St. Jansstr.", 1, 9, "all", "9999", "A"),
        StreetRecord("Sint-Jansstraat", 9, 9, "odd", "9999", "B"),
    ]
    with acting(by):
        before = StreetRange.objects.count()
        with pytest.raises(NotNow, match="al bij een andere wijk"):
            actions.load_streets(by=by, streets=twice)
        assert StreetRange.objects.count() == before > 0


def wijk(by: Actor, street: str, number: str, postcode: str = "") -> str | None:
    found = queries.wijk_of(by=by, street=street, number=number, postcode=postcode)
    return found.code if found else None


ADDRESSES: list[tuple[str, str, str, Any]] = [
    ("Kerkstraat", "12", "9999", "A"),
    ("kerkstr.", "12A", "9999", "A"),
    ("Kerkstraat", "12", "8500", None),
    ("Kerkstraat", "", "9999", "A"),
    ("Kerkstraat", "500", "9999", None),
    ("Grensstraat", "7", "", "A"),
    ("Grensstraat", "8 bus 3", "", "B"),
    ("Grensstraat", "8/3", "", "B"),
    ("Grensstraat", "7-9", "", "A"),
    ("Grensstraat", "nr. 8", "", "B"),
    ("Grensstraat", "", "", None),
    ("Grensstraat", "z/n", "", None),
    ("Grensstraat", "123456789", "", None),
    ("Nergensstraat", "1", "9999", None),
    ("", "", "", None),
]


@pytest.mark.parametrize(("street", "number", "postcode", "expected"), ADDRESSES)
def test_an_address_decides_the_wijk_alone_and_among_many(
    here: Town, street: str, number: str, postcode: str, expected: str | None
) -> None:
    with acting(here.desk):
        assert wijk(here.desk, street, number, postcode) == expected
        found = queries.wijk_finder(by=here.desk)(street, number, postcode)
        assert (found.code if found else None) == expected


@pytest.mark.parametrize("typed", ["ker", "Kerkst", "kerkstr", "Kerkstr.", "KERKSTRAAT", "kstraat"])
def test_a_street_is_found_while_typing(here: Town, typed: str) -> None:
    with acting(here.desk):
        assert ("Kerkstraat", "9999") in queries.streets_like(typed, by=here.desk)


def test_towns_do_not_share_streets(here: Town) -> None:
    there = town("Elders")
    with acting(there.operator):
        actions.load_streets(by=there.operator, streets=[])
    with acting(here.desk):
        assert wijk(here.desk, "Kerkstraat", "12") == "A"
