"""Reads `docs/security/wie-mag-wat.md`: prose for a jurist, and the table that every address is tried against."""

import re
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "docs" / "security" / "wie-mag-wat.md"
ROW = re.compile(r"^\| (?P<term>[^|`]+?) \| `(?P<slug>[a-z_]+)` \|(?: (?P<for>[^|]+?) \|)?", re.M)
GROUP = re.compile(r"^- \*\*(?P<name>[^*]+)\*\*: (?P<members>[^.]+)\.", re.M)
RULE = re.compile(r"^- (?P<names>`[^`]+`(?:,\s+`[^`]+`)*) (?P<text>.*?)$(?=\n(?:- |\n|#|\Z)|\Z)", re.M | re.S)
STATES = {
    "bij een open dossier": {"open"},
    "zonder open dossier": {"closed", "new"},
}
EVERYBODY, STRANGERS, NOBODY = "wie aangemeld is", "vreemden", "niemand"


@dataclass(frozen=True)
class Who:
    """A function and a ground, either of which may be open: then any will do."""

    functions: frozenset[str] | None
    grounds: frozenset[str | None] | None

    def holds(self, function: str, ground: str | None) -> bool:
        """Return whether somebody with this function, on this ground, is meant."""
        return (self.functions is None or function in self.functions) and (
            self.grounds is None or ground in self.grounds
        )


@dataclass
class Allowed:
    """What one sentence allows: to whom, and in which states of the file."""

    who: list[Who] = field(default_factory=list)
    states: set[str] | None = None
    strangers: bool = False

    def holds(self, function: str, ground: str | None, state: str) -> bool:
        """Return whether the sentence allows it."""
        return (self.states is None or state in self.states) and any(one.holds(function, ground) for one in self.who)


@dataclass
class Sentences:
    """What several sentences allow together."""

    each: list[Allowed]

    def holds(self, function: str, ground: str | None, state: str) -> bool:
        """Return whether one of them allows it."""
        return any(one.holds(function, ground, state) for one in self.each)

    @property
    def who(self) -> list[Who]:
        """Return everybody whom they name."""
        return [who for one in self.each for who in one.who]

    @property
    def strangers(self) -> bool:
        """Return whether a stranger may."""
        return any(one.strangers for one in self.each)


@dataclass
class Rule:
    """One line: addresses, what they are, who sees them, who does what they are for."""

    names: list[str]
    text: str
    sees: "Sentences"
    does: "Sentences"


@dataclass
class Document:
    """The whole page."""

    grounds: dict[str, str]
    serving: dict[str, Who]
    """By ground, who may have it at all."""
    functions: dict[str, str]
    states: dict[str, str]
    rules: dict[str, Rule]
    doubles: list[str]
    works: dict[str, str]
    """Commands and jobs, each with the roles of the database with which it works."""


def read(text: str | None = None) -> Document:
    """Return what the page says; raises `ValueError` for a word that it does not explain."""
    parts = _parts(text if text is not None else FILE.read_text())
    tables = {
        name: {m["term"]: m["slug"] for m in ROW.finditer(parts[name])}
        for name in ("Gronden", "Functies", "Toestanden")
    }
    words = {term: Who(None, frozenset({slug})) for term, slug in tables["Gronden"].items()}
    words |= {term: Who(frozenset({slug}), None) for term, slug in tables["Functies"].items()}
    words |= {EVERYBODY: Who(None, None), NOBODY: Who(frozenset(), None)}
    for found in GROUP.finditer(parts["Groepen"]):
        words[found["name"]] = _together([words[one] for one in _list(found["members"])])
    serving = {m["slug"]: _together([words[one] for one in _list(m["for"])]) for m in ROW.finditer(parts["Gronden"])}
    rules: dict[str, Rule] = {}
    doubles = []
    for found in RULE.finditer(parts["Bladzijden"]):
        rule = _rule(re.findall(r"`([^`]+)`", found["names"]), " ".join(found["text"].split()), words)
        doubles += [name for name in rule.names if name in rules]
        rules |= dict.fromkeys(rule.names, rule)
    works = {}
    for found in RULE.finditer(parts["Opdrachten en taken"]):
        said = re.search(r"Werkt als: ([^.]+)\.", " ".join(found["text"].split()))
        for name in re.findall(r"`([^`]+)`", found["names"]):
            works[name] = said[1] if said else ""
    return Document(tables["Gronden"], serving, tables["Functies"], tables["Toestanden"], rules, doubles, works)


def _parts(text: str) -> dict[str, str]:
    cut = re.split(r"^## (.+)$", text, flags=re.M)
    return dict(zip(cut[1::2], cut[2::2], strict=True))


def _list(text: str) -> list[str]:
    return [one.strip() for one in re.split(r",| en ", " ".join(text.split())) if one.strip()]


def _together(whos: list[Who]) -> Who:
    functions = [one.functions for one in whos if one.functions is not None]
    grounds = [one.grounds for one in whos if one.grounds is not None]
    if functions and grounds:
        raise ValueError("A group is of functions or of grounds, not of both.")
    return Who(frozenset().union(*functions) if functions else None, frozenset().union(*grounds) if grounds else None)


def _rule(names: list[str], text: str, words: dict[str, Who]) -> Rule:
    sees, does = list[Allowed](), list[Allowed]()
    for said, allowed in re.findall(r"(Ziet en doet|Ziet|Doet): ([^.]+)\.", text):
        found = _allowed(allowed, words)
        if said in ("Ziet", "Ziet en doet"):
            sees.append(found)
        if said in ("Doet", "Ziet en doet"):
            does.append(found)
    return Rule(names, text, Sentences(sees), Sentences(does))


def _allowed(text: str, words: dict[str, Who]) -> Allowed:
    states = None
    for phrase, slugs in STATES.items():
        if text.endswith(phrase):
            text, states = text.removesuffix(phrase).strip(" ,"), slugs
    if text == NOBODY:
        return Allowed()
    if text == STRANGERS:
        return Allowed([], None, strangers=True)
    return Allowed([_meant(one, words) for one in _list(text)], states)


def _meant(text: str, words: dict[str, Who]) -> Who:
    first, _als, second = text.partition(" als ")
    unknown = {one for one in (first, second) if one and one not in words}
    if unknown:
        raise ValueError(f"The page does not explain these words: {unknown}")
    if not second:
        return words[first]
    return Who(words[first].functions, words[second].grounds)
