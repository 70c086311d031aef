"""Teams from CSV or Excel: which wijken each serves, and from which centre it works."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput
from nabij.kernel.tables import Column, LineError, Row, read_table, text
from nabij.kernel.tables.columns import heading
from nabij.territory.readers.streets import wijk_parser
from nabij.territory.readers.wijken import WijkRecord


@dataclass(frozen=True)
class TeamRecord:
    """A team as a file gives it; `wijken` are codes, a central team (the Sociaal Huis) has none."""

    name: str
    centre: str
    wijken: tuple[str, ...]
    central: bool


def read_teams(path: str | Path, *, wijken: Iterable[WijkRecord], centres: Iterable[str] = ()) -> list[TeamRecord]:
    """Return the teams; raises `FileRefused` with every line that is not right."""
    table = read_table(path, _columns(wijk_parser(list(wijken)), tuple(centres)))
    table.refuse([*_empty(table.rows), *_twice(table.rows)])
    return [
        TeamRecord(row["team"], row["centrum"] or "", row["wijken"] or (), bool(row["centraal"])) for row in table.rows
    ]


def _columns(wijk: Callable[[str], str], centres: tuple[str, ...]) -> list[Column]:
    return [
        Column("team", ("naam", "wijkteam", "teamnaam", "name"), required=True, parse=_short),
        Column("centrum", ("wijkcentrum", "centre", "center"), parse=_one_of(centres)),
        Column("wijken", ("wijk", "wijkcodes", "wijkcode", "buurten"), parse=_several(wijk)),
        Column("centraal", ("sociaal huis", "central"), parse=_yes),
    ]


def _short(cell: str) -> str:
    if len(text(cell)) > 100:
        raise BadInput(_("Deze naam is langer dan 100 tekens. Maak hem korter."))
    return text(cell)


def _one_of(centres: tuple[str, ...]) -> Callable[[str], str]:
    known = {heading(name): name for name in centres}

    def parse(cell: str) -> str:
        if heading(cell) not in known:
            said = {"cell": cell[:40], "centres": ", ".join(centres) or "–"}
            raise BadInput(_("Het centrum “%(cell)s” is niet gekend. Er zijn: %(centres)s.") % said)
        return known[heading(cell)]

    return parse


def _several(wijk: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    def parse(cell: str) -> tuple[str, ...]:
        try:
            return (wijk(cell),)  # the name of a wijk may itself hold a comma or a slash
        except BadInput:
            parts = [part.strip() for part in re.split(r"[,;+/|]", cell) if part.strip()]
            if len(parts) < 2:
                raise
        return tuple(dict.fromkeys(wijk(part) for part in parts))

    return parse


def _yes(cell: str) -> bool:
    word = heading(cell)
    if word in {"ja", "j", "x", "1", "yes", "oui", "waar", "true"}:
        return True
    if word in {"nee", "neen", "n", "0", "no", "non", "onwaar", "false"}:
        return False
    raise BadInput(_("“%(cell)s” is niet gekend. Schrijf ja of nee.") % {"cell": cell[:40]})


def _empty(rows: list[Row]) -> Iterator[LineError]:
    for row in rows:
        if not row["wijken"] and not row["centraal"]:
            yield row.error("wijken", _("Dit team heeft geen wijk. Vul wijken in, of schrijf ja bij “centraal”."))


def _twice(rows: list[Row]) -> Iterator[LineError]:
    teams: dict[str, int] = {}
    wijken: dict[str, int] = {}
    for row in rows:
        if (other := teams.setdefault(heading(row["team"]), row.line)) != row.line:
            yield row.error("team", _("Dit team staat ook op regel %(line)s. Laat er één over.") % {"line": other})
        for wijk in row["wijken"] or ():
            if (other := wijken.setdefault(wijk, row.line)) != row.line:
                said = {"wijk": wijk, "line": other}
                yield row.error("wijken", _("Wijk %(wijk)s staat ook op regel %(line)s: ze heeft één team.") % said)
