"""How likely is it the same person? Points with reasons in half-sentences; from 10 "perhaps", from 14 "probably".

The birth date carries the search: a name alone finds the right person first in four of ten cases. 1 January means that
only the year is known. The weights were set on damaged names of a Flemish town; tests keep what they reach.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import JaroWinkler

from nabij.households.recognition.dates import BirthDate
from nabij.households.recognition.names import fold, search_name

PERHAPS, PROBABLY = 10, 14

_NAME_FULL = 10.0
_NAME_FLOOR = 0.72


@dataclass(frozen=True)
class Query:
    """What somebody at the desk knows: a name as one text, in any order, and perhaps more."""

    name: str
    birth: BirthDate | None = None
    phone: str = ""
    insz: str = ""
    street: str = ""


@dataclass(frozen=True)
class Candidate:
    """A known person from the short list; `key` is whatever the caller finds the person by."""

    key: Any
    given: str
    family: str
    birth: BirthDate | None = None
    phones: tuple[str, ...] = ()
    insz: str = ""
    streets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """A candidate with points, and the reasons as half-sentences, the weightiest kind first."""

    points: float
    reasons: list[str]
    candidate: Candidate

    @property
    def level(self) -> str:
        """Return "probably", "perhaps" or nothing."""
        return "probably" if self.points >= PROBABLY else "perhaps" if self.points >= PERHAPS else ""


Part = tuple[float, Any]


def score(query: Query, candidate: Candidate) -> Match:
    """Return the points of this candidate for what is asked, with the reasons."""
    parts = [
        _insz(query, candidate),
        _birth(query.birth, candidate.birth),
        _name(query, candidate),
        _phone(query, candidate),
        _street(query, candidate),
    ]
    reasons = [str(reason) for _points, reason in parts if reason]
    return Match(round(sum(points for points, _reason in parts), 1), reasons, candidate)


def rank(query: Query, candidates: Iterable[Candidate], *, least: float = PERHAPS, most: int = 5) -> list[Match]:
    """Return the best matches of at least `least` points, best first."""
    matches = [match for candidate in candidates if (match := score(query, candidate)).points >= least]
    return sorted(matches, key=lambda match: -match.points)[:most]


def _insz(query: Query, candidate: Candidate) -> Part:
    if not query.insz or not candidate.insz:
        return 0, ""
    if query.insz == candidate.insz:
        return 15, _("zelfde rijksregisternummer")
    # A BIS number becomes a national number on registration: another number is no proof of another person.
    replaced = (query.insz[2] in "2345") != (candidate.insz[2] in "2345")
    return (0, "") if replaced else (-6, _("ander rijksregisternummer"))


def _birth(asked: BirthDate | None, known: BirthDate | None) -> Part:
    if not asked or not known:
        return 0, ""
    one, other = asked.date, known.date
    if asked.only_year or known.only_year:
        return _birth_year(asked, known)
    if one == other:
        return 7, _("zelfde geboortedatum")
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return 5, _("dag en maand omgewisseld")
    years, same_day = abs(one.year - other.year), (one.day, one.month) == (other.day, other.month)
    if same_day and years == 1:
        return 4, _("zelfde verjaardag, één jaar verschil")
    if same_day and years == 10:
        return 4, _("zelfde verjaardag, tien jaar verschil")
    if one.year == other.year and (one.month == other.month or one.day == other.day):
        return 3, _("geboortedatum lijkt erop")
    if one.year == other.year:
        return -1.5, _("zelfde geboortejaar")
    return -4, _("andere geboortedatum")


def _birth_year(asked: BirthDate, known: BirthDate) -> Part:
    """At least one side knows the year only."""
    years = abs(asked.date.year - known.date.year)
    if years == 0 and asked.only_year and known.only_year:
        return 4.5, _("zelfde geboortejaar")
    if years == 0:
        return 4, _("zelfde geboortejaar, de dag is maar van één kant gekend")
    return (1, _("geboortejaar verschilt één jaar")) if years == 1 else (-4, _("ander geboortejaar"))


def _phone(query: Query, candidate: Candidate) -> Part:
    return (4, _("zelfde telefoonnummer")) if query.phone and query.phone in candidate.phones else (0, "")


def _street(query: Query, candidate: Candidate) -> Part:
    asked = fold(query.street).replace(" ", "")
    same = asked and any(asked == fold(street).replace(" ", "") for street in candidate.streets)
    return (2, _("zelfde straat")) if same else (0, "")


def _name(query: Query, candidate: Candidate) -> Part:
    asked, known = fold(query.name), search_name(candidate.given, candidate.family)
    if not asked or not known:
        return 0, ""
    together = fold(f"{candidate.given} {candidate.family}")
    whole = max(_alike(asked, known), _alike(asked, together), _alike(_bare(asked), _bare(known)) - 0.05)
    part = max((_alike(one, other) for one, other in _part_pairs(asked, known)), default=0.0)
    if part >= 0.93 and whole < 0.98:
        return _name_points(max(whole, part - 0.04)), _("een deel van de naam is gelijk")
    return _name_points(whole), _name_reason(whole, asked in (known, together), asked, known)


_LEADING = re.compile(r"\b(?:van(?:de[nr]?)?|den?|el|al|ben)(?=[a-z]{3})")


def _bare(name: str) -> str:
    """Without leading particles: who is called El Amrani often says Amrani."""
    return _LEADING.sub("", name)


def _name_points(alike: float) -> float:
    """Nothing below the floor (two strangers are easily 0.65 alike), then steeply up; a stranger counts against."""
    if alike < _NAME_FLOOR:
        return -3.0 if alike < 0.6 else -1.0
    return _NAME_FULL * (alike - _NAME_FLOOR) / (1 - _NAME_FLOOR)


def _name_reason(alike: float, equal: bool, asked: str, known: str) -> Any:
    if equal:
        return _("zelfde naam")
    if sorted(asked.split()) == sorted(known.split()):
        return _("voornaam en familienaam omgewisseld")
    if alike >= 0.92:
        return _("naam klinkt gelijk")
    return _("naam lijkt erop") if alike >= 0.82 else ""


def _alike(one: str, other: str) -> float:
    """Jaro-Winkler over the whole name, tempered by its words: brothers and sisters share the longest one."""
    joined = JaroWinkler.similarity(one.replace(" ", ""), other.replace(" ", ""))
    if joined >= 0.98:
        return joined
    in_order = JaroWinkler.similarity(one, other)
    by_letter = JaroWinkler.similarity(" ".join(sorted(one.split())), " ".join(sorted(other.split())))
    return (max(in_order, by_letter, joined) + _by_word(one.split(), other.split())) / 2


def _by_word(one: list[str], other: list[str]) -> float:
    """Each word of the shorter name beside the word of the longer one that it fits best, each used once."""
    shorter, longer = sorted((one, other), key=len)
    pairs = sorted(
        ((JaroWinkler.similarity(a, b), i, j) for i, a in enumerate(shorter) for j, b in enumerate(longer)),
        reverse=True,
    )
    total, used_short, used_long = 0.0, set[int](), set[int]()
    for alike, i, j in pairs:
        if i not in used_short and j not in used_long:
            total += alike
            used_short.add(i)
            used_long.add(j)
    return total / len(shorter)


def _part_pairs(asked: str, known: str) -> Iterator[tuple[str, str]]:
    """Half a double surname, a second given name left out: the longer name without one of its words."""
    one, other = asked.split(), known.split()
    if len(one) == len(other) or min(len(one), len(other)) < 2:
        return
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    for left_out in range(len(longer)):
        yield " ".join(longer[:left_out] + longer[left_out + 1 :]), " ".join(shorter)
