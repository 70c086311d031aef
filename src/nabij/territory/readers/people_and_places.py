"""Centres with their opening hours, and workers with their function, from CSV or Excel."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput
from nabij.kernel.tables import Column, LineError, Row, read_table, text, whole_number
from nabij.kernel.tables.columns import heading
from nabij.territory.readers.streets import wijk_parser
from nabij.territory.readers.wijken import WijkRecord

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_CLOSED = {"", "gesloten", "dicht", "toe", "x", "ferme", "geen"}
_HOUR = r"(\d{1,2})(?:\s*(?:uur|[:.u])\s*(\d{2})?)?\s*(?:uur|u)?\.?"
_STRETCH = re.compile(rf"(?:van\s+)?{_HOUR}\s*(?:-|–|tot)\s*{_HOUR}", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """A stretch of a day of the week (0 is Monday) in which a centre is open."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class CentreRecord:
    """A centre as a file gives it; `central` is the Sociaal Huis, `wijk` is empty for it or a code."""

    name: str
    address: str
    central: bool
    wijk: str
    phone: str
    rooms: int
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class WorkerRecord:
    """A worker as a file gives it; `function` is a word of the list that was given, or as written."""

    given_name: str
    family_name: str
    email: str
    function: str
    team: str


def read_centres(path: str | Path, *, wijken: Iterable[WijkRecord] = ()) -> list[CentreRecord]:
    """Return the centres; raises `FileRefused` with every line that is not right."""
    table = read_table(path, _centre_columns(wijk_parser(wijken)))
    table.refuse(list(_doubles(table.rows, "naam", _("Dit centrum staat ook op regel %(line)s. Laat er één over."))))
    return [_centre(row) for row in table.rows]


def _centre_columns(wijk: Callable[[str], str]) -> list[Column]:
    days = [Column(day, (day[:2], day[:3], f"openingsuren {day}"), parse=_day(at)) for at, day in enumerate(WEEKDAYS)]
    return [
        Column("naam", ("centrum", "naam centrum", "name"), required=True, parse=_short),
        Column("adres", ("address", "straat en nummer"), required=True),
        Column("soort", ("type", "kind"), parse=_kind),
        Column("wijk", ("wijkcode", "wijknaam"), parse=wijk),
        Column("telefoon", ("tel", "telefoonnummer", "gsm", "phone"), parse=_phone),
        Column("lokalen", ("aantal lokalen", "gespreksruimtes", "rooms"), parse=_rooms),
        *days,
    ]


def _centre(row: Row) -> CentreRecord:
    openings = tuple(opening for day in WEEKDAYS for opening in row[day] or ())
    return CentreRecord(
        name=row["naam"],
        address=row["adres"],
        central=bool(row["soort"]),
        wijk=row["wijk"] or "",
        phone=row["telefoon"] or "",
        rooms=1 if row["lokalen"] is None else row["lokalen"],
        openings=openings,
    )


def _short(cell: str) -> str:
    if len(text(cell)) > 100:
        raise BadInput(_("Deze naam is langer dan 100 tekens. Maak hem korter."))
    return text(cell)


def _kind(cell: str) -> bool:
    word = heading(cell)
    if word in {"sociaalhuis", "centraal", "central", "hoofdzetel"}:
        return True
    if word in {"wijkcentrum", "wijk", "centrum", "buurthuis", "buurtcentrum", "neighbourhood"}:
        return False
    raise BadInput(_("“%(cell)s” is niet gekend. Schrijf wijkcentrum of Sociaal Huis.") % {"cell": cell[:40]})


def _phone(cell: str) -> str:
    if not re.fullmatch(r"[+(]?[0-9][0-9 ()./-]{6,28}", cell):
        raise BadInput(_("“%(cell)s” is geen telefoonnummer.") % {"cell": cell[:40]})
    return text(cell)


def _rooms(cell: str) -> int:
    rooms = whole_number(cell)
    if not 0 <= rooms <= 200:
        raise BadInput(_("Een centrum heeft 0 tot 200 lokalen; hier staat %(rooms)s.") % {"rooms": rooms})
    return rooms


def _day(weekday: int) -> Callable[[str], tuple[Opening, ...]]:
    def parse(cell: str) -> tuple[Opening, ...]:
        return parse_openings(cell, weekday)

    return parse


def parse_openings(cell: str, weekday: int) -> tuple[Opening, ...]:
    """Return the stretches in “9-12 en 13.30-17 u.” or “gesloten”; raises `BadInput` with an example."""
    if heading(cell) in _CLOSED:
        return ()
    rest = _STRETCH.sub("", cell)
    if re.sub(r"\ben\b|[\s,;/&+]", "", rest, flags=re.IGNORECASE):
        raise BadInput(_("“%(cell)s” is niet te lezen. Schrijf bijvoorbeeld 9-12 en 13.30-17.") % {"cell": cell[:60]})
    openings = tuple(Opening(weekday, _time(*found[:2]), _time(*found[2:])) for found in _STRETCH.findall(cell))
    ends = [moment for opening in openings for moment in (opening.opens, opening.closes)]
    if any(later <= earlier for earlier, later in pairwise(ends)):
        raise BadInput(_("“%(cell)s”: de uren staan niet in volgorde.") % {"cell": cell[:60]})
    return openings


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise BadInput(_("%(hour)s.%(minute)s is geen uur.") % {"hour": hour, "minute": minute or "00"}) from error


def read_workers(path: str | Path, *, functions: Iterable[str] = ()) -> list[WorkerRecord]:
    """Return the workers; with `functions` given no other is accepted; raises `FileRefused` with every bad line."""
    table = read_table(path, _worker_columns(tuple(functions)))
    table.refuse(list(_doubles(table.rows, "e-mail", _("Dit adres staat ook op regel %(line)s. Elk heeft een eigen."))))
    return [
        WorkerRecord(row["voornaam"], row["familienaam"], row["e-mail"], row["functie"], row["team"] or "")
        for row in table.rows
    ]


def _worker_columns(functions: tuple[str, ...]) -> list[Column]:
    return [
        Column("voornaam", ("given name", "first name", "prénom"), required=True, parse=_short),
        Column("familienaam", ("achternaam", "family name", "last name", "nom"), required=True, parse=_short),
        Column("e-mail", ("mail", "e-mailadres", "mailadres"), required=True, parse=_email),
        Column("functie", ("function", "rol", "fonction"), required=True, parse=_one_of(functions)),
        Column("team", ("wijkteam", "ploeg", "centrum")),
    ]


def _email(cell: str) -> str:
    if len(cell) > 254 or not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}", cell):
        raise BadInput(_("“%(cell)s” is geen e-mailadres.") % {"cell": cell[:60]})
    return cell.lower()


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    known = {heading(word): word for word in words}

    def parse(cell: str) -> str:
        if words and heading(cell) not in known:
            said = {"cell": cell[:40], "words": ", ".join(words)}
            raise BadInput(_("“%(cell)s” is niet gekend. Kies uit: %(words)s.") % said)
        return known.get(heading(cell), text(cell))

    return parse


def _doubles(rows: list[Row], column: str, sentence: Any) -> Iterator[LineError]:
    seen: dict[str, int] = {}
    for row in rows:
        value = str(row[column]).casefold()
        if value in seen:
            yield row.error(column, sentence % {"line": seen[value]})
        seen.setdefault(value, row.line)
