"""Streets and number ranges from CSV or Excel: which house numbers belong to which wijk, and never to two."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from anyascii import anyascii
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput
from nabij.kernel.tables import MAX_BYTES, Column, LineError, Row, Table, read_table, text
from nabij.territory.readers.wijken import WijkRecord

FIRST, LAST = 1, 9999

_PARITIES = {
    "even": ("even", "e", "pair", "paar"),
    "odd": ("oneven", "o", "odd", "impair", "onpaar"),
    "all": ("alle", "alles", "all", "beide", "beiden", "allebei", "both", "tous", "geheel"),
}
_ABBREVIATIONS = (
    (r"\bst[ .]+", "sint"),
    (r"str\.?$", "straat"),
    (r"stwg?\.?$", "steenweg"),
    (r"(?<=\w)ln\.?$", "laan"),
    (r"(?<=\w)pl\.?$", "plein"),
)


@dataclass(frozen=True)
class StreetRecord:
    """House numbers `first` to `last` of a street, the even, the odd or all of them, that belong to one wijk."""

    street: str
    first: int
    last: int
    parity: str
    postcode: str
    wijk: str


def street_key(street: str) -> str:
    """Return a street without accents, spaces and usual abbreviations: “St.-Jansstr.” and “Sint-Jansstraat” meet."""
    key = anyascii(street.lower()).lower().strip()
    for pattern, word in _ABBREVIATIONS:
        key = re.sub(pattern, word, key)
    return re.sub(r"[^a-z0-9]", "", key)[:100]


def read_streets(
    path: str | Path, *, wijken: Iterable[WijkRecord] = (), max_bytes: int = MAX_BYTES
) -> list[StreetRecord]:
    """Return the number ranges, with codes of wijken if these are given; raises `FileRefused` with every bad line."""
    table = read_table(path, _columns(wijk_parser(wijken)), max_bytes=max_bytes)
    good = [(row, record) for row in table.rows if (record := _record(table, row))]
    table.refuse(list(_overlaps(good)))
    return [record for _row, record in good]


def _columns(wijk: Callable[[str], str]) -> list[Column]:
    return [
        Column("straat", ("straatnaam", "street", "rue", "naam straat"), required=True, parse=_street),
        Column(
            "van", ("van nummer", "eerste", "eerste nummer", "vanaf", "first", "from", "begin", "de"), parse=_number
        ),
        Column("tot", ("tot nummer", "t/m", "tot en met", "laatste", "last", "to", "einde", "à"), parse=_number),
        Column("pariteit", ("even/oneven", "even oneven", "zijde", "kant", "parity", "parité"), parse=_parity),
        Column("postcode", ("postnummer", "post code", "pc", "zip", "code postal"), required=True, parse=postcode),
        Column("wijk", ("wijkcode", "wijknaam", "buurt", "neighbourhood", "quartier"), required=True, parse=wijk),
    ]


def _street(cell: str) -> str:
    name = text(cell)
    if len(name) > 100 or not street_key(name):
        raise BadInput(_("“%(cell)s” is geen straatnaam.") % {"cell": name[:40]})
    return name


def _number(cell: str) -> int:
    if re.fullmatch(r"0*[1-9][0-9]{0,3}([.,]0+)?", cell):
        return int(re.split(r"[.,]", cell)[0])
    letters = re.fullmatch(r"([1-9][0-9]{0,3})\s*[-/_]?\s*([A-Za-z]{1,3}|bis|ter)[0-9]*", cell)
    if letters:
        sentence = _(
            "“%(cell)s” heeft een letter. Schrijf enkel %(number)s: nummers met een letter of een busnummer "
            "horen vanzelf bij het huisnummer."
        )
        raise BadInput(sentence % {"cell": cell, "number": letters[1]})
    raise BadInput(_("“%(cell)s” is geen huisnummer. Schrijf een getal van 1 tot 9999.") % {"cell": cell[:40]})


def _parity(cell: str) -> str:
    word = re.sub(r"[^a-z0-9]", "", cell.lower().removesuffix("nummers").strip())
    for parity, words in _PARITIES.items():
        if word in words:
            return parity
    raise BadInput(_("“%(cell)s” is niet gekend. Schrijf even, oneven of alle.") % {"cell": cell[:40]})


def postcode(cell: str) -> str:
    """Return a Belgian postcode; raises `BadInput` for anything else."""
    found = re.fullmatch(r"(?:B-?\s*)?([1-9][0-9]{3})(?:[.,]0)?", cell.strip(), re.IGNORECASE)
    if not found:
        raise BadInput(_("“%(cell)s” is geen postcode: die heeft vier cijfers.") % {"cell": cell[:40]})
    return found[1]


def wijk_parser(wijken: Iterable[WijkRecord]) -> Callable[[str], str]:
    """Return how to read a wijk: by code or by name to its code, or any text when no wijken are given."""
    wijken = list(wijken)
    codes = {wijk.code.casefold(): wijk.code for wijk in wijken}
    names: dict[str, list[WijkRecord]] = defaultdict(list)
    for wijk in wijken:
        names[street_key(wijk.name)].append(wijk)

    def parse(cell: str) -> str:
        found = names.get(street_key(cell), [])
        if not codes or cell.casefold() in codes:
            return codes.get(cell.casefold(), text(cell))
        if len(found) == 1:
            return found[0].code
        raise BadInput(_unclear(cell, found) if found else _unknown(cell, names))

    return parse


def _unclear(cell: str, found: list[WijkRecord]) -> str:
    said = {"cell": cell, "codes": ", ".join(wijk.code for wijk in found)}
    return _("Er zijn meer wijken met de naam “%(cell)s”. Schrijf de code: %(codes)s.") % said


def _unknown(cell: str, names: dict[str, list[WijkRecord]]) -> str:
    sentence = str(_("De wijk “%(cell)s” is niet gekend.") % {"cell": cell[:60]})
    close = get_close_matches(street_key(cell), names, n=1, cutoff=0.6)
    if not close:
        return sentence + " " + str(_("Kijk de lijst van wijken na."))
    wijk = names[close[0]][0]
    return sentence + " " + str(_("Is het “%(name)s” (%(code)s)?") % {"name": wijk.name, "code": wijk.code})


def _record(table: Table, row: Row) -> StreetRecord | None:
    parity = row["pariteit"] or "all"
    first, last = row["van"] or FIRST, row["tot"] or LAST
    if first > last:
        sentence = _("Het eerste nummer (%(first)s) is groter dan het laatste (%(last)s). Wissel ze om.")
        table.errors.append(row.error("van", sentence % {"first": first, "last": last}))
        return None
    if parity != "all":
        # An odd range begins and ends on an odd number, or it would touch its neighbour across the street.
        first += first % 2 != (parity == "odd")
        last -= last % 2 != (parity == "odd")
    if first > last:
        table.errors.append(row.error("pariteit", _("Tussen deze nummers ligt er geen enkel van deze kant.")))
        return None
    return StreetRecord(row["straat"], first, last, parity, row["postcode"], row["wijk"])


def _overlaps(good: list[tuple[Row, StreetRecord]]) -> Iterator[LineError]:
    """Per street and side, sorted by first number: each range against the one that reaches farthest so far."""
    reported: set[tuple[int, int]] = set()
    for side in ("odd", "even"):
        farthest: dict[tuple[str, str], tuple[Row, StreetRecord]] = {}
        of_side = [pair for pair in good if pair[1].parity in (side, "all")]
        for row, record in sorted(of_side, key=lambda pair: (pair[1].first, pair[0].line)):
            key = (street_key(record.street), record.postcode)
            other = farthest.get(key)
            if other and other[1].last >= record.first:
                lines = tuple(sorted((other[0].line, row.line)))
                if lines not in reported:
                    reported.add((lines[0], lines[1]))
                    yield _overlap(*sorted((other, (row, record)), key=lambda pair: pair[0].line))
            if not other or record.last > other[1].last:
                farthest[key] = (row, record)


def _overlap(earlier: tuple[Row, StreetRecord], later: tuple[Row, StreetRecord]) -> LineError:
    said: dict[str, Any] = {
        "street": later[1].street,
        "first": max(earlier[1].first, later[1].first),
        "last": min(earlier[1].last, later[1].last),
        "line": earlier[0].line,
        "wijk": earlier[1].wijk,
    }
    sentence = _(
        "%(street)s %(first)s tot %(last)s staat ook op regel %(line)s (wijk %(wijk)s). "
        "Een huisnummer hoort bij één wijk: pas een van beide aan."
    )
    return later[0].error("van", sentence % said)
