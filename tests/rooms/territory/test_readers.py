"""Real files of a municipality, whole and broken: what is read is right, and what is wrong is said line by line."""

import json
from copy import deepcopy
from datetime import time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.kernel.refusals import Refusal
from nabij.kernel.tables import Column, FileRefused, decode, read_table, whole_number
from nabij.territory.readers.people_and_places import Opening, parse_openings, read_centres, read_workers
from nabij.territory.readers.shapes import Frame, bounding_box, contains, label_point, svg_path
from nabij.territory.readers.streets import StreetRecord, read_streets, street_key
from nabij.territory.readers.wijken import WijkRecord, read_wijken

DATA = Path(__file__).parents[4] / "shared" / "data"
SQUARE = [[3.2, 50.8], [3.3, 50.8], [3.3, 50.9], [3.2, 50.9], [3.2, 50.8]]


def wijk(code="34022W01", name="Heule", ring=None, nis="34022", **properties):
    geometry = {"type": "Polygon", "coordinates": [deepcopy(ring or SQUARE)]}
    words = {"code": code, "nis": nis, "name": name, "municipality": "Kortrijk", **properties}
    return {
        "type": "Feature",
        "properties": {key: value for key, value in words.items() if value},
        "geometry": geometry,
    }


@pytest.fixture
def wijken_file(tmp_path):
    def write(*features, **members):
        path = tmp_path / "wijken.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": list(features)}))
        return path

    return write


@pytest.fixture
def table_file(tmp_path):
    def write(content, encoding="utf-8", name="tabel.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def sentence_of(call, *args, **kwargs):
    with pytest.raises(FileRefused) as refused:
        call(*args, **kwargs)
    return str(refused.value)


def lines_of(call, *args, **kwargs):
    with pytest.raises(FileRefused) as refused:
        call(*args, **kwargs)
    return [(error.line, error.sentence) for error in refused.value.lines]


# Wijken.

real = pytest.mark.skipif(
    not (DATA / "wijken-vlaanderen.geojson").exists(), reason="the open data is not on this machine"
)


@real
def test_the_wijken_of_kortrijk_come_out_of_all_of_flanders():
    found = read_wijken(DATA / "wijken-vlaanderen.geojson", nis="34022")
    assert found == read_wijken(DATA / "wijken-kortrijk.geojson", nis="34022")
    assert len(found) == 14
    assert (found[0].code, found[0].name) == ("34022W01", "Aalbeke")
    assert [record.code for record in found] == sorted(record.code for record in found)


@real
def test_every_wijk_of_flanders_can_be_read_drawn_and_labelled():
    everything = json.loads((DATA / "wijken-vlaanderen.geojson").read_text())["features"]
    for feature in everything[::7]:
        assert contains(feature["geometry"], *label_point(feature["geometry"])), feature["properties"]
    antwerp = read_wijken(DATA / "wijken-vlaanderen.geojson", nis="11002")
    frame = Frame.around([record.geometry for record in antwerp], width=500)
    assert all(svg_path(record.geometry, frame).count("M") >= 1 for record in antwerp)


@real
def test_a_file_of_another_municipality_says_of_which():
    said = sentence_of(read_wijken, DATA / "wijken-kortrijk.geojson", nis="31005")
    assert said == "Dit bestand heeft geen wijken van 31005; wel van 34022 Kortrijk."
    said = sentence_of(read_wijken, DATA / "wijken-vlaanderen.geojson", nis="99999")
    assert "wel van 11002 Antwerpen, " in said
    assert "andere." in said


@real
@pytest.mark.parametrize("part", [0.2, 0.5, 0.77, 0.999])
def test_a_truncated_file_says_where_it_stops(tmp_path, part):
    whole = (DATA / "wijken-kortrijk.geojson").read_bytes()
    path = tmp_path / "half.geojson"
    path.write_bytes(whole[: int(len(whole) * part)].rstrip())
    assert "Dit bestand is afgebroken: het stopt op regel" in sentence_of(read_wijken, path, nis="34022")


def test_heights_are_left_out_and_codes_tell_the_municipality(wijken_file):
    high = [[*place, 12.5] for place in SQUARE]
    path = wijken_file(wijk(ring=high, nis=None, name=None, Naam="’t Hoge"), wijk("31005W01", nis=None))
    assert read_wijken(path, nis="34022") == [
        WijkRecord("34022W01", "’t Hoge", {"type": "Polygon", "coordinates": [SQUARE]})
    ]


def test_a_multipolygon_is_a_wijk(wijken_file):
    feature = wijk()
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}
    assert read_wijken(wijken_file(feature), nis="34022")[0].geometry["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "is leeg"),
        (b"\xef\xbb\xbf  \n", "is leeg"),
        (b"code;naam\n1;Heule", "het begint niet met een accolade"),
        (b'{"type": "FeatureCollection",\n "features": [}', "op regel 2, teken 15 staat iets dat er niet hoort"),
        (b'{"type": "FeatureCollection", "features": []} x', "op regel 1, teken 47 staat iets dat er niet hoort"),
        (b'{"features": [[3.', "afgebroken: het stopt op regel 1, teken 17"),
        (b"[1, 2]", "FeatureCollection"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b'{"type": "Topology"}', "TopoJSON"),
        (b'{"type": "FeatureCollection", "features": {}}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "geen enkele wijk"),
        (b'{"type": "FeatureCollection", "features": [3, null, {}]}', "3 fouten"),
        (b"PK\x03\x04rest", "shapefile"),
        (b"\x00\x00\x27\x0arest", "shapefile"),
        (b"[" * 100_000, "GeoJSON"),
        (b"{" + b"\x00" * 40, "geen tekstbestand"),
        (b"[" + b"9" * 5000 + b"]", "GeoJSON"),
    ],
)
def test_a_file_that_is_no_collection_of_wijken(table_file, content, part):
    assert part in sentence_of(read_wijken, table_file(content), nis="34022")


def test_a_missing_folder_or_large_file_says_so(tmp_path, wijken_file):
    assert "bestaat niet" in sentence_of(read_wijken, tmp_path / "geen.geojson", nis="34022")
    assert "is een map" in sentence_of(read_wijken, tmp_path, nis="34022")
    assert "te groot (1 MB" in sentence_of(read_wijken, wijken_file(wijk()), nis="34022", max_bytes=10)
    with pytest.raises(Refusal, match="geen NIS-code"):
        read_wijken(wijken_file(wijk()), nis="3402")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("urn:ogc:def:crs:EPSG::31370", "Belgische Lambert 72 te staan; zet het om naar WGS84 (EPSG:4326)"),
        ("EPSG:3812", "Belgische Lambert 2008"),
        ("Belge_Lambert_1972 72", "Lambert 72"),
        ("EPSG:3857", "andere projectie (EPSG:3857)"),
    ],
)
def test_a_named_projection_is_refused(wijken_file, name, part):
    crs = {"type": "name", "properties": {"name": name}}
    assert part in sentence_of(read_wijken, wijken_file(wijk(), crs=crs), nis="34022")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_degrees_by_another_name_are_taken(wijken_file, name):
    crs = {"type": "name", "properties": {"name": name}}
    assert read_wijken(wijken_file(wijk(), crs=crs), nis="34022")


@pytest.mark.parametrize(
    ("x", "y", "part"),
    [
        (72_000, 168_000, "Belgische Lambert 72"),
        (572_000, 668_000, "Belgische Lambert 2008"),
        (363_000, 6_590_000, "andere projectie dan lengte en breedte"),
        (50.8, 3.2, "breedte en lengte omgewisseld"),
        (13.4, 52.5, "Wijk 1 (“Heule”): hier ligt een punt buiten België"),
    ],
)
def test_coordinates_tell_the_projection(wijken_file, x, y, part):
    ring = [[x, y], [x + 0.1, y], [x, y + 0.1], [x, y]]
    assert part in sentence_of(read_wijken, wijken_file(wijk(ring=ring)), nis="34022")


@pytest.mark.parametrize(
    ("geometry", "part"),
    [
        (None, "heeft geen vorm"),
        ({"type": "Point", "coordinates": [3.2, 50.8]}, "de vorm is een Point"),
        ({"type": "Polygon", "coordinates": []}, "leeg"),
        ({"type": "Polygon"}, "leeg"),
        ({"type": "Polygon", "coordinates": [[]]}, "leeg"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "leeg"),
        ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "niet gesloten"),
        ({"type": "Polygon", "coordinates": [[SQUARE[0], SQUARE[1], SQUARE[0]]]}, "te weinig punten"),
        ({"type": "Polygon", "coordinates": [[SQUARE[0]] * 5]}, "op één lijn"),
        ({"type": "Polygon", "coordinates": [[[3.2, "x"], *SQUARE]]}, "geen punt"),
        ({"type": "Polygon", "coordinates": [[[3.2, float("nan")], *SQUARE]]}, "geen punt"),
        ({"type": "Polygon", "coordinates": SQUARE}, "geen punt"),
    ],
)
def test_a_shape_that_is_not_right(wijken_file, geometry, part):
    feature = wijk()
    feature["geometry"] = geometry
    said = sentence_of(read_wijken, wijken_file(feature), nis="34022")
    assert said.startswith("Wijk 1 (“Heule”)")
    assert part in said


def test_all_mistakes_are_told_at_once(wijken_file):
    broken = wijk("34022W02")
    broken["geometry"] = None
    path = wijken_file(wijk(), wijk(), wijk("34022W03", name=None), broken, wijk(code=None))
    assert lines_of(read_wijken, path, nis="34022") == [
        (2, "wijk 2 (“Heule”): de code 34022W01 staat ook bij wijk 1. Geef elke wijk een eigen code."),
        (3, "wijk 3: de eigenschap “name” ontbreekt. Vul ze in."),
        (4, "wijk 4 (“Heule”): de wijk heeft geen vorm (geometry)."),
        (5, "wijk 5 (“Heule”): de eigenschap “code” ontbreekt. Vul ze in."),
    ]
    with pytest.raises(FileRefused) as refused:
        read_wijken(path, nis="34022")
    assert str(refused.value.lines[1]) == "Wijk 3: de eigenschap “name” ontbreekt. Vul ze in.", "a wijk is no line"


@given(st.binary(max_size=200))
def test_any_bytes_are_wijken_or_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "x.geojson"
    path.write_bytes(content)
    assert sentence_of(read_wijken, path, nis="34022")


LEAVES = st.one_of(st.none(), st.floats(), st.text(max_size=5), st.sampled_from(["34022", "Polygon", 3.2, 50.8]))
KEYS = st.sampled_from(["type", "properties", "geometry", "coordinates", "nis", "code", "name", "crs"])
ANYTHING = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))


@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_feature_is_a_wijk_or_a_sentence(tmp_path_factory, geometry, feature, crs):
    path = tmp_path_factory.mktemp("features") / "x.geojson"
    own = {**wijk(), "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [own, feature]}))
    try:
        assert read_wijken(path, nis="34022")
    except Refusal as refused:
        assert str(refused)


# Shapes.

RING_WITH_HOLE = {
    "type": "Polygon",
    "coordinates": [
        [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]],
        [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]],
    ],
}


def test_a_hole_is_outside_and_a_label_stays_inside():
    assert contains(RING_WITH_HOLE, 0.5, 2)
    assert not contains(RING_WITH_HOLE, 2, 2)
    assert not contains(RING_WITH_HOLE, 5, 2)
    assert contains(RING_WITH_HOLE, *label_point(RING_WITH_HOLE))


def test_the_label_stands_in_the_largest_part():
    small = [[[9, 9], [9.1, 9], [9.1, 9.1], [9, 9.1], [9, 9]]]
    both = {"type": "MultiPolygon", "coordinates": [small, [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]]}
    assert label_point(both) == pytest.approx((2, 2))


def test_a_degree_east_is_shorter_than_a_degree_north():
    square = {"type": "Polygon", "coordinates": [[[3, 50], [4, 50], [4, 51], [3, 51], [3, 50]]]}
    frame = Frame.around([square], width=100, margin=0)
    assert frame.view_box == "0 0 100 157.2"
    assert svg_path(square, frame) == "M0.0 157.2L100.0 157.2L100.0 0.0L0.0 0.0Z"
    assert (bounding_box([square]).west, bounding_box([square]).north) == (3, 51)


# Tables.

WIJKEN = [WijkRecord("34022W01", "Heule Centrum", {}), WijkRecord("34022W02", "Bissegem", {})]
STREETS = "straat;van;tot;pariteit;postcode;wijk\nPlaats;1;9;oneven;8501;34022W01\nCafé-hoek;;;;8501;Bissegem\n"
READ = [
    StreetRecord("Plaats", 1, 9, "odd", "8501", "34022W01"),
    StreetRecord("Café-hoek", 1, 9999, "all", "8501", "34022W02"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_encoding_and_separator(table_file, encoding, separator):
    path = table_file(STREETS.replace(";", separator), encoding)
    assert read_streets(path, wijken=WIJKEN) == READ


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "sep=;\n" + text,
        lambda text: "Straten van Kortrijk;;\n\n" + text,
        lambda text: text.replace("straat;van;tot;pariteit", ' STRAATNAAM ;Vanaf;"t/m";Even/Oneven'),
        lambda text: text.replace("wijk\n", "wijk;opmerking\n").replace("W01\n", "W01;let op\n"),
        lambda text: text.replace("Plaats", '"Plaats"').rstrip("\n") + "\n;;;;;\n",
    ],
)
def test_the_same_table_in_many_shapes(table_file, change):
    assert read_streets(table_file(change(STREETS)), wijken=WIJKEN) == READ


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_an_excel_workbook_is_a_table_too(tmp_path):
    head = ["straat", "van", "tot", "pariteit", "postcode", "wijk"]
    rows = [
        head,
        ["Plaats", 1, 9.0, "oneven", 8501, "34022W01"],
        [],
        ["Café-hoek", None, None, None, "8501", "bissegem"],
    ]
    path = workbook(tmp_path / "straten.xlsx", [["uitleg"], ["van", "x"]], rows)
    assert read_streets(path, wijken=WIJKEN) == READ
    rows[3][1] = "twee"
    assert lines_of(read_streets, workbook(path, rows))[0][0] == 4


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"PK\x03\x04 no zip", "Excel-werkmap kan niet gelezen worden"),
        (b"\xd0\xcf\x11\xe0old", "oude vorm (.xls)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "geen tekstbestand"),
        (b"\xff\xfe\x00", "leeg"),
        (b"\xff\xfea", "geen tekstbestand"),
        (b"straat;postcode;wijk\n", "enkel een regel met kolomnamen"),
        (b";;;\n", "niets"),
    ],
)
def test_a_file_that_is_no_table(table_file, content, part):
    assert part in sentence_of(read_streets, table_file(content))


def test_missing_and_doubled_columns_are_all_named(table_file):
    path = table_file("straatnam;van;Eerste nummer;postcod\nPlaats;1;1;8501\n")
    with pytest.raises(FileRefused) as refused:
        read_streets(path)
    said = {error.column: error.sentence for error in refused.value.lines}
    assert said.keys() == {"straat", "postcode", "wijk", "van"}
    assert "Is het misschien “straatnam”?" in said["straat"]
    assert "Is het misschien “postcod”?" in said["postcode"]
    assert "Niet herkend: straatnam, postcod" in said["wijk"]
    assert "2 (“van”), 3 (“Eerste nummer”)" in said["van"]


def test_every_bad_line_of_the_streets_is_told(table_file):
    head = "straat;van;tot;pariteit;postcode;wijk\n"
    body = [
        "Plaats;12A;20;;8501;34022W01",
        "Plaats;9;3;;8501;34022W01",
        "Plaats;1;x;links;85;Heulle Centrum",
        ";1;3;;8501;34022W01",
        '"Lange\nstraat";3;3;even;8501;Bissegem',
        "Plaats;21;23;;8501;34022W01;te veel",
        "Plaats;0;10000;;8501;Nergens",
        "Kerkstraat;#REF!;;;8501;Bissegem",
    ]
    found = lines_of(read_streets, table_file(head + "\n".join(body)), wijken=WIJKEN)
    expected = [
        (2, "heeft een letter. Schrijf enkel 12"),
        (3, "Het eerste nummer (9) is groter dan het laatste (3)"),
        (4, "“x” is geen huisnummer"),
        (4, "Schrijf even, oneven of alle"),
        (4, "“85” is geen postcode"),
        (4, "Is het “Heule Centrum” (34022W01)?"),
        (5, "Dit vak is leeg"),
        (6, "geen enkel van deze kant"),
        (8, "Deze regel heeft 7 vakken en er zijn 6 kolomnamen"),
        (9, "“0” is geen huisnummer"),
        (9, "“10000” is geen huisnummer"),
        (9, "“Nergens” is niet gekend"),
        (10, "een fout van Excel"),
    ]
    for line, part in expected:
        assert [said for at, said in found if at == line and part in said], (line, part)
    assert len(found) == len(expected)
    assert "13 fouten" in sentence_of(read_streets, table_file(head + "\n".join(body)), wijken=WIJKEN)


def test_a_single_mistake_is_the_whole_sentence(table_file):
    path = table_file("straat;van;tot;postcode;wijk\nPlaats;9;3;8501;x\n")
    said = sentence_of(read_streets, path)
    assert said == "Regel 2, kolom “van”: Het eerste nummer (9) is groter dan het laatste (3). Wissel ze om."


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        ("Plaats;1;9;;8501", "PLAATS;9;12;;8501", True),
        ("Plaats;1;9;oneven;8501", "Plaats;2;10;even;8501", False),
        ("Plaats;1;10;oneven;8501", "Plaats;10;20;alle;8501", False),
        ("Plaats;1;9;oneven;8501", "Plaats;;;;8501", True),
        ("Plaats;1;9;;8501", "Plaats;1;9;;8500", False),
        ("Sint-Jansstraat;1;9;;8501", "St. Jansstr.;3;4;;8501", True),
        ("Plaats;1;9;even;8501", "Plaats;1;9;even;8501", True),
        ("Plaats;1;9;;8501", "Plaatsje;1;9;;8501", False),
    ],
)
def test_a_house_number_belongs_to_one_wijk(table_file, one, other, overlaps):
    path = table_file(f"straat;van;tot;pariteit;postcode;wijk\n{one};A\n{other};B\n")
    if not overlaps:
        assert len(read_streets(path)) == 2
        return
    ((line, said),) = lines_of(read_streets, path)
    assert line == 3
    assert "staat ook op regel 2 (wijk A)" in said


def test_a_wijk_with_the_name_of_another_wants_its_code(table_file):
    twice = [WijkRecord("A1", "Centrum", {}), WijkRecord("A2", "Centrum", {})]
    path = table_file("straat;postcode;wijk\nPlaats;8501;centrum\n")
    assert "Schrijf de code: A1, A2" in sentence_of(read_streets, path, wijken=iter(twice))


def test_street_names_meet():
    assert street_key("St.-Jansstr.") == street_key("Sint-Jansstraat") == street_key("SINT JANSSTRAAT")
    assert street_key("Gentse Stwg") == street_key("Gentsesteenweg")
    assert street_key("Stationsstraat") == "stationsstraat"
    assert street_key("Stede") == "stede"


@pytest.mark.parametrize(
    ("body", "line"), [('"Plaats;8501;x\nMarkt;8500;y\n', 2), ('Markt;8500;y\n"Plaats" 3;8501;x\n', 3)]
)
def test_a_quote_that_never_ends_says_where_it_begins(table_file, body, line):
    ((found, said),) = lines_of(read_streets, table_file("straat;postcode;wijk\n" + body))
    assert found == line
    assert "aanhalingsteken" in said


def test_a_table_keeps_good_rows_beside_spoiled_ones(table_file):
    columns = [Column("naam", required=True), Column("aantal", ("stuks",), parse=whole_number)]
    table = read_table(table_file("Naam;STUKS;kleur\na;1\nb;x;rood\nc;2,0;\n"), columns)
    assert [(row.line, row["naam"], row["aantal"]) for row in table.rows] == [(2, "a", 1), (4, "c", 2)]
    assert [(row.line, row["naam"]) for row in table.spoiled] == [(3, "b")]
    assert table.ignored == ["kleur"]
    assert (table.separator, table.encoding) == (";", "utf-8")
    with pytest.raises(FileRefused, match="Regel 3, kolom “STUKS”: “x” is geen geheel getal"):
        table.refuse()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "x.csv"
    path.write_bytes(content)
    try:
        table = read_table(path, [Column("a"), Column("b")])
        assert table.rows or table.errors
    except Refusal as refused:
        assert str(refused)


@given(st.text(alphabet='ab;,"\n\r\t|A1é', max_size=60))
def test_any_text_under_a_heading_is_streets_or_sentences(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("text") / "x.csv"
    path.write_text("straat;van;tot;postcode;wijk\n" + text, encoding="utf-8", newline="")
    try:
        read_streets(path)
    except FileRefused as refused:
        assert str(refused)


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_marked_text_is_read_back(text, encoding):
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text) or text.startswith("\ufeff"):
        return
    assert decode(text.encode(encoding))[0] == text


# Centres and workers.


def test_centres_with_their_hours(table_file):
    path = table_file(
        "centrum;adres;soort;wijk;tel;lokalen;ma;di;woensdag\n"
        "Heule;Plaats 1;wijkcentrum;Heule Centrum;056 27 71 00;3;9-12 en 13.30-17 u.;gesloten;9u-12u30\n"
        "Sociaal Huis;Markt 2;Sociaal Huis;;;;;;van 9 tot 16 uur\n"
    )
    heule, central = read_centres(path, wijken=WIJKEN)
    assert (heule.name, heule.wijk, heule.rooms, heule.central) == ("Heule", "34022W01", 3, False)
    assert heule.openings == (
        Opening(0, time(9), time(12)),
        Opening(0, time(13, 30), time(17)),
        Opening(2, time(9), time(12, 30)),
    )
    assert (central.central, central.wijk, central.rooms, central.phone) == (True, "", 1, "")
    assert central.openings == (Opening(2, time(9), time(16)),)


@pytest.mark.parametrize("cell", ["soms", "9", "12-9", "9-12 13-11", "25-26", "9-12 behalve in juli", "9:75-10"])
def test_hours_that_cannot_be_get_a_sentence(cell):
    with pytest.raises(Refusal):
        parse_openings(cell, 0)


def test_bad_lines_of_centres_and_workers(table_file):
    centres = "naam;adres;soort;lokalen\nHeule;Plaats 1;kasteel;-1\nA;x;;\na;y;;\n"
    assert [line for line, _said in lines_of(read_centres, table_file(centres))] == [2, 2, 4]
    workers = (
        "voornaam;achternaam;e-mail;functie\nLieve;Maes;lieve(at)x.be;tovenaar\nA;B;a@x.be;onthaal\nC;D;A@x.be;onthaal"
    )
    found = lines_of(read_workers, table_file(workers), functions=["onthaal", "maatschappelijk werker"])
    assert [line for line, _said in found] == [2, 2, 4]
    assert any("Kies uit: onthaal, maatschappelijk werker" in said for _line, said in found)


def test_workers_are_read(table_file):
    (worker,) = read_workers(
        table_file("Voornaam,Naam familie,Familienaam,E-mail,Functie\nLieve,x,Maes,Lieve@Lindegem.be,Onthaal\n"),
        functions=["onthaal"],
    )
    assert (worker.family_name, worker.email, worker.function) == ("Maes", "lieve@lindegem.be", "onthaal")
