"""What stands on the list of who looked; and the one function that makes it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone, translation

from nabij.casework.events import SEALED_READ
from nabij.households.events import LOOK_REFUSED, LOOKED
from nabij.oversight.paper import words
from nabij.oversight.queries import LookAtHousehold
from nabij.ui import paper as printing

TEMPLATE = Path(__file__).resolve().parent / "looks.typ"


@dataclass(frozen=True)
class DayOnPaper:
    """What one worker did with the file on one day: at which moments, on which grounds, on which pages."""

    day: date
    worker: str
    functions: tuple[str, ...]
    moments: list[datetime] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    wrote: bool = False
    refused: bool = False


@dataclass(frozen=True)
class LooksPaper:
    """All that the household takes home about who looked."""

    household_name: str
    reference: str
    municipality: str
    centre_name: str
    printed_on: date
    since: date
    days: list[DayOnPaper]
    is_all: bool = True
    language: str = "nl"
    large_type: bool = False
    officers: list[tuple[str, str]] = field(default_factory=list)
    in_need: list[tuple[datetime, str, str]] = field(default_factory=list)

    def reviewed(self, day: date, worker: str) -> str | None:
        """Return what came of the review of an access in an emergency on which somebody looked, or nothing: no such access."""
        for at, name, outcome in self.in_need:
            if name == worker and timedelta() <= day - timezone.localdate(at) <= timedelta(days=1):
                return outcome
        return None


def by_day(looks: Iterable[LookAtHousehold]) -> list[DayOnPaper]:
    """Return one line for each worker and day, latest first; who was refused has a line apart.

    That a sealed note was opened is left out: the look at the page is there, and a seal is not named.
    """
    found: dict[tuple[date, str, bool], list[LookAtHousehold]] = defaultdict(list)
    for look in looks:
        if look.kind != SEALED_READ.slug:
            found[(timezone.localdate(look.at), look.worker, look.kind == LOOK_REFUSED.slug)].append(look)
    return [_day(*key, sorted(lines, key=lambda line: line.at)) for key, lines in found.items()]


def _day(day: date, worker: str, refused: bool, lines: list[LookAtHousehold]) -> DayOnPaper:
    looked = [line for line in lines if line.kind == LOOKED.slug]
    return DayOnPaper(
        day=day,
        worker=worker,
        functions=tuple(dict.fromkeys(slug for line in lines for slug in line.functions)),
        moments=[line.at for line in lines],
        grounds=list(dict.fromkeys(line.ground for line in looked)),
        purposes=list(dict.fromkeys(line.purpose for line in looked)),
        wrote=any(line.kind not in (LOOKED.slug, LOOK_REFUSED.slug) for line in lines),
        refused=refused,
    )


def looks_pdf(paper: LooksPaper) -> bytes:
    """Return the paper as PDF/UA-1; raises `NoPaper` where fonts are missing."""
    with translation.override(paper.language):
        about = printing.About(
            title=words.title(paper), author=paper.municipality, language=paper.language, on=paper.printed_on
        )
        return printing.render(TEMPLATE, words.on_paper(paper), about)
