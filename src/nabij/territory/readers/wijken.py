"""Wijken from GeoJSON: those of one municipality, in degrees, each with a code, a name and a closed shape."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput
from nabij.kernel.tables import MAX_BYTES, FileRefused, LineError, decode, read_bytes
from nabij.kernel.tables.columns import heading
from nabij.territory.readers.shapes import ring_area

_PROPERTIES = {
    "code": ("code", "wijkcode", "wijknummer"),
    "name": ("name", "naam", "wijknaam", "wijk"),
    "nis": ("nis", "niscode", "nis5"),
    "municipality": ("municipality", "gemeente", "gemeentenaam"),
}
_DEGREES = re.compile(r"(CRS:?84|EPSG:+[\d.]*:?(4326|4258))$", re.IGNORECASE)
_LAMBERT = {"31370": "72", "6190": "72", "3812": "2008", "3447": "2005"}


@dataclass(frozen=True)
class WijkRecord:
    """A wijk as a file gives it; `geometry` is a GeoJSON Polygon or MultiPolygon in WGS84."""

    code: str
    name: str
    geometry: dict[str, Any]


class _Misshapen(LineError):
    """A place in a GeoJSON file is a feature, not a line: the sentence says itself which wijk it is."""

    def __str__(self) -> str:
        return self.sentence[:1].upper() + self.sentence[1:]


@dataclass(frozen=True)
class _Feature:
    """A feature and its place in the file, with the properties by our own names."""

    place: int
    properties: dict[str, str]
    geometry: Any

    @property
    def nis(self) -> str:
        code = self.properties.get("code", "")
        return self.properties.get("nis") or (code[:5] if re.match(r"\d{5}", code) else "")

    def error(self, sentence: Any) -> LineError:
        name = self.properties.get("name", "")
        said = _("wijk %(place)s (“%(name)s”): %(sentence)s") if name else _("wijk %(place)s: %(sentence)s")
        return _Misshapen(self.place, "", str(said % {"place": self.place, "name": name, "sentence": sentence}))


def read_wijken(path: str | Path, *, nis: str, max_bytes: int = MAX_BYTES) -> list[WijkRecord]:
    """Return the wijken of municipality `nis`, by code; raises `FileRefused` with every wijk that is not right."""
    if not re.fullmatch(r"[1-9]\d{4}", nis):
        raise BadInput(
            _("“%(nis)s” is geen NIS-code: die heeft vijf cijfers, zoals 34022.") % {"nis": nis}, field="nis"
        )
    collection = _collection(_json(read_bytes(path, max_bytes=max_bytes)))
    _check_projection(collection)
    features = [_feature(place, item) for place, item in enumerate(collection["features"], start=1)]
    own = _own(features, nis)
    for feature in own:
        _check_degrees(feature)
    errors = [*_doubles(own), *(error for feature in own for error in _errors(feature))]
    if errors:
        raise FileRefused.from_lines(errors)
    return sorted((_record(feature) for feature in own), key=lambda wijk: wijk.code)


def _json(content: bytes) -> Any:
    if content.startswith((b"PK\x03\x04", b"\x00\x00\x27\x0a")):
        raise FileRefused(_("Dit is een zip- of shapefile. Bewaar het als GeoJSON, in WGS84 (EPSG:4326)."))
    text, _encoding = decode(content)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise FileRefused(_json_sentence(error, text)) from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(_("Dit bestand is geen bruikbare GeoJSON. Maak het opnieuw aan.")) from error


def _json_sentence(error: json.JSONDecodeError, text: str) -> str:
    end = len(text.rstrip())
    place = {"line": error.lineno, "column": error.colno}
    if not text.lstrip().startswith(("{", "[")):
        return str(_("Dit bestand is geen GeoJSON: het begint niet met een accolade. Kies het juiste bestand."))
    # A string, a word or a number that is cut off is reported where it begins, or at its point.
    cut_word = re.fullmatch(r'"[^"\n]*|[\w.+-]{0,20}', text[error.pos : end])
    if error.pos >= end or (cut_word and error.msg != "Extra data"):
        lines = text[:end].splitlines()
        place = {"line": len(lines), "column": len(lines[-1])}
        return (
            _("Dit bestand is afgebroken: het stopt op regel %(line)s, teken %(column)s. Haal het opnieuw op.") % place
        )
    return (
        _("Dit bestand is geen geldige JSON: op regel %(line)s, teken %(column)s staat iets dat er niet hoort.") % place
    )


def _collection(data: Any) -> dict[str, Any]:
    collection: dict[str, Any] = data if isinstance(data, dict) else {}
    kind = collection.get("type")
    if kind == "Topology":
        raise FileRefused(_("Dit bestand is TopoJSON. Bewaar het als GeoJSON."))
    if kind != "FeatureCollection" or not isinstance(collection.get("features"), list):
        sentence = _(
            "Dit bestand is geen verzameling wijken (FeatureCollection). Bewaar alle wijken samen als GeoJSON."
        )
        raise FileRefused(sentence)
    if not collection["features"]:
        raise FileRefused(_("Dit bestand bevat geen enkele wijk."))
    return collection


def _feature(place: int, item: Any) -> _Feature:
    given = item.get("properties") if isinstance(item, dict) else None
    words = {heading(str(key)): value for key, value in given.items()} if isinstance(given, dict) else {}
    properties = {}
    for name, synonyms in _PROPERTIES.items():
        value = next((words[word] for word in synonyms if words.get(word) not in (None, "")), "")
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            properties[name] = " ".join(str(value).split())
    return _Feature(place, properties, item.get("geometry") if isinstance(item, dict) else None)


def _own(features: list[_Feature], nis: str) -> list[_Feature]:
    strays = [feature for feature in features if not feature.nis]
    if strays:
        sentence = _("er staat niet bij van welke gemeente ze is. Geef elke wijk een eigenschap “nis” (zoals %(nis)s).")
        raise FileRefused.from_lines([feature.error(sentence % {"nis": nis}) for feature in strays])
    own = [feature for feature in features if feature.nis == nis]
    if not own:
        found = {"nis": nis, "others": _others(features)}
        raise FileRefused(_("Dit bestand heeft geen wijken van %(nis)s; wel van %(others)s.") % found)
    return own


def _others(features: list[_Feature]) -> str:
    names = {feature.nis: feature.properties.get("municipality", "") for feature in features}
    ordered = [nis for nis, _count in Counter(feature.nis for feature in features).most_common()]
    listed = ", ".join(f"{nis} {names[nis]}".strip() for nis in ordered[:5])
    if len(ordered) <= 5:
        return listed
    return str(_("%(listed)s … en nog %(more)s andere") % {"listed": listed, "more": len(ordered) - 5})


def _check_projection(collection: dict[str, Any]) -> None:
    crs = collection.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name or _DEGREES.search(name):
        return
    for code, year in _LAMBERT.items():
        if name.endswith(code) or ("lambert" in name.lower() and year in name):
            raise FileRefused(_lambert(year))
    raise FileRefused(
        _("Dit bestand staat in een andere projectie (%(name)s); %(mend)s") % {"name": name, "mend": _MEND}
    )


_MEND = _("zet het om naar WGS84 (EPSG:4326).")


def _lambert(year: str) -> str:
    return _("Dit bestand lijkt in Belgische Lambert %(year)s te staan; %(mend)s") % {"year": year, "mend": _MEND}


def _check_degrees(feature: _Feature) -> None:
    for x, y in _positions(feature.geometry):
        if not (2.3 <= x <= 6.6 and 49.3 <= y <= 51.7):
            raise FileRefused(_outside(x, y, feature))


def _outside(x: float, y: float, feature: _Feature) -> str:
    if 2.3 <= y <= 6.6 and 49.3 <= x <= 51.7:
        return str(_("In dit bestand staan breedte en lengte omgewisseld; GeoJSON wil eerst de lengte (2 tot 7)."))
    if 500_000 <= x <= 820_000 and 500_000 <= y <= 760_000:
        return _lambert("2008")
    if 10_000 <= x <= 310_000 and 10_000 <= y <= 260_000:
        return _lambert("72")
    if abs(x) > 180 or abs(y) > 90:
        return _("Dit bestand staat in een andere projectie dan lengte en breedte; %(mend)s") % {"mend": _MEND}
    sentence = _("hier ligt een punt buiten België (%(x)s, %(y)s). Kijk de vorm van deze wijk na.") % {"x": x, "y": y}
    return str(feature.error(sentence))


def _positions(part: Any) -> Iterator[tuple[float, float]]:
    """Every position that can be read, however deep; what is no position is left to the check of the rings."""
    if isinstance(part, dict):
        yield from _positions(part.get("coordinates"))
    elif _is_position(part):
        yield part[0], part[1]
    elif isinstance(part, list):
        for item in part:
            yield from _positions(item)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_position(part: Any) -> bool:
    return isinstance(part, list) and len(part) >= 2 and all(_is_number(value) for value in part)


def _doubles(own: list[_Feature]) -> Iterator[LineError]:
    seen: dict[str, int] = {}
    for feature in own:
        code = feature.properties.get("code", "")
        if code and code in seen:
            sentence = _("de code %(code)s staat ook bij wijk %(other)s. Geef elke wijk een eigen code.")
            yield feature.error(sentence % {"code": code, "other": seen[code]})
        seen.setdefault(code, feature.place)


def _errors(feature: _Feature) -> Iterator[LineError]:
    for name, length in (("code", 20), ("name", 100)):
        value = feature.properties.get(name, "")
        if not value:
            yield feature.error(_("de eigenschap “%(name)s” ontbreekt. Vul ze in.") % {"name": name})
        if len(value) > length:
            said = {"name": name, "length": length}
            yield feature.error(_("“%(name)s” is langer dan %(length)s tekens. Maak het korter.") % said)
    sentence = _shape_error(feature.geometry)
    if sentence:
        yield feature.error(sentence)


def _shape_error(geometry: Any) -> Any:
    if not isinstance(geometry, dict):
        return _("de wijk heeft geen vorm (geometry).")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        return _("de vorm is een %(kind)s; een wijk is een Polygon of een MultiPolygon.") % {"kind": kind}
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        return _("de vorm is leeg.")
    return next((error for part in parts for ring in part if (error := _ring_error(ring))), "")


def _ring_error(ring: Any) -> Any:
    if not isinstance(ring, list) or not ring:
        return _("de vorm is leeg.")
    if not all(_is_position(position) for position in ring):
        return _("in de rand staat iets dat geen punt is (lengte en breedte).")
    if ring[0][:2] != ring[-1][:2]:
        return _("de rand is niet gesloten: het laatste punt moet gelijk zijn aan het eerste.")
    if len(ring) < 4:
        return _("de rand heeft te weinig punten: minstens vier, het eerste en het laatste gelijk.")
    if not ring_area([(x, y) for x, y, *_height in ring]):
        return _("de vorm is leeg: alle punten liggen op één lijn.")
    return ""


def _record(feature: _Feature) -> WijkRecord:
    geometry = {"type": feature.geometry["type"], "coordinates": _flat(feature.geometry["coordinates"])}
    return WijkRecord(feature.properties["code"], feature.properties["name"], geometry)


def _flat(part: Any) -> Any:
    """The same coordinates without heights."""
    return part[:2] if _is_position(part) else [_flat(item) for item in part]
