"""Invented people with names as mixed as those of a Flemish town, and numbers that pass their check."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from anyascii import anyascii

from nabij.demo.dice import Weighted, dice
from nabij.demo.stock import listed, stock

OLD = 62  # from this age on, Dutch given names are those of another time
# Over the whole town eight in ten have a national register number; some a BIS number; the others none that we know.
NATIONAL_DUTCH, NATIONAL_OTHER, BIS_OTHER = 0.96, 0.64, 0.85


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. `insz` has eleven digits or is empty; `languages` begins with that of the home."""

    given: str
    family: str
    birth_date: date
    languages: tuple[str, ...]
    insz: str = ""
    phone: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.given} {self.family}"

    def age_on(self, day: date) -> int:
        """Return the age in full years on a day."""
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


@dataclass(frozen=True, slots=True)
class Origin:
    """A stock of names that go together, with the languages of those who bear them."""

    key: str
    share: float
    languages: tuple[str, ...]
    given: tuple[str, ...]
    given_old: tuple[str, ...]
    family: tuple[str, ...]


@cache
def origins() -> dict[str, Origin]:
    """Return the stocks of names by key."""
    return {key: _origin(key, entry) for key, entry in stock("names").items()}


def _origin(key: str, entry: dict[str, str]) -> Origin:
    given = listed(entry["given"])
    old = listed(entry.get("given_old", "")) or given
    return Origin(key, float(entry["share"]), listed(entry["languages"]), given, old, listed(entry["family"]))


@cache
def origin_weights() -> Weighted[str]:
    """Return the choice between stocks of names by their share of the town."""
    return Weighted({key: origin.share for key, origin in origins().items()})


def insz(birth_date: date, serial: int, *, bis: bool = False) -> str:
    """Return a national register number, or a BIS number, with check digits that fit."""
    month = birth_date.month + (40 if bis else 0)
    nine = f"{birth_date:%y}{month:02d}{birth_date:%d}{serial:03d}"
    # From 2000 on, a 2 goes before the nine digits when the check is computed.
    checked = int(("2" if birth_date.year >= 2000 else "") + nine)
    return f"{nine}{97 - checked % 97:02d}"


def mailbox(*words: str) -> str:
    """Return words as the part of a mail address before the @, in plain letters."""
    plain = (re.sub(r"[^a-z0-9]+", "", anyascii(word).lower()) for word in words)
    return ".".join(word for word in plain if word) or "bewoner"


class Registry:
    """Gives out numbers, each once. Every source of people has its own range of serials, so that none ever meet.

    The serials are high ones: on few days were ever so many people given a number.
    """

    def __init__(self, serials: range, phone_prefix: str) -> None:
        self._serials = serials
        self._phone_prefix = phone_prefix
        self._used: dict[tuple[date, bool], int] = {}
        self._phones = 0

    def number(self, birth_date: date, *, bis: bool = False) -> str:
        """Return a number that nobody has yet, or none when that day has no more."""
        nth = self._used.get((birth_date, bis), 0)
        self._used[birth_date, bis] = nth + 1
        if nth >= len(self._serials):
            return ""
        # Begins elsewhere every day, so that odd and even serials mix.
        return insz(birth_date, self._serials[(nth + birth_date.toordinal()) % len(self._serials)], bis=bis)

    def phone(self) -> str:
        """Return a mobile number out of a block that is in use nowhere; in a very large town numbers come back."""
        self._phones += 1
        digits = f"{self._phones * 7919 % 10000:04d}"
        return f"{self._phone_prefix} {digits[:2]} {digits[2:]}"


class PersonMaker:
    """Makes people, with a registry for their numbers."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def make(self, rng: random.Random, birth_date: date, today: date, *, origin: Origin, family: str = "") -> Person:
        """Return somebody born on a day; `family` where the name is given by a parent."""
        age = (today - birth_date).days // 365
        given = rng.choice(origin.given_old if age >= OLD else origin.given)
        family = family or family_name(rng, origin)
        return Person(
            given, family, birth_date, _languages(rng, origin, age), self._number(rng, birth_date, origin),
            *self._reachable(rng, age, given, family),
        )  # fmt: skip

    def _number(self, rng: random.Random, birth_date: date, origin: Origin) -> str:
        draw = rng.random()
        if draw < (NATIONAL_DUTCH if origin.key == "dutch" else NATIONAL_OTHER):
            return self._registry.number(birth_date)
        # A BIS number is nearly always that of somebody who came from elsewhere.
        return self._registry.number(birth_date, bis=True) if origin.key != "dutch" and draw < BIS_OTHER else ""

    def _reachable(self, rng: random.Random, age: int, given: str, family: str) -> tuple[str, str]:
        phone = self._registry.phone() if age >= 15 and rng.random() < 0.78 else ""
        mailing = 0.45 if 16 <= age < 65 else 0.12 if age >= 65 else 0
        email = f"{mailbox(given, family)}{rng.randint(1, 99)}@example.org" if rng.random() < mailing else ""
        return phone, email


def family_name(rng: random.Random, origin: Origin) -> str:
    """Return a family name; now and then a double one."""
    name = rng.choice(origin.family)
    if rng.random() < 0.02:
        return f"{name}-{rng.choice(origin.family)}"
    return name


def child_family_name(rng: random.Random, parents: Iterable[str]) -> str:
    """Return the name that a child got: that of one parent, or of both."""
    names = list(dict.fromkeys(parents))
    if len(names) == 1:
        return names[0]
    if rng.random() < 0.12:
        return " ".join(names[:2]) if rng.random() < 0.5 else " ".join(reversed(names[:2]))
    return rng.choice(names[:2])


def _languages(rng: random.Random, origin: Origin, age: int) -> tuple[str, ...]:
    home = origin.languages[:1] if rng.random() < 0.6 else origin.languages[:2]
    if rng.random() < 0.4:
        home = home[::-1]
    learns = 0.95 if 5 <= age < 25 else 0.62
    dutch = ("nl",) if "nl" not in home and rng.random() < learns else ()
    french = ("fr",) if origin.key == "dutch" and age >= 20 and rng.random() < 0.3 else ()
    return home + dutch + french


def people(seed: int, count: int, today: date) -> list[Person]:
    """Return so many adults, the same for the same seed: for tests of look-up and of names."""
    maker, rng = PersonMaker(Registry(range(500, 800), "0499 00")), dice("people", seed)
    return [maker.make(rng, birth(rng, today, 18, 90), today, origin=_pick(rng)) for _ in range(count)]


def birth(rng: random.Random, today: date, youngest: int, oldest: int) -> date:
    """Return a birth date of somebody whose age lies between two ages, both included."""
    days = rng.randint(int(youngest * 365.25) + 1, int((oldest + 1) * 365.25) - 1)
    return date.fromordinal(today.toordinal() - days)


def _pick(rng: random.Random) -> Origin:
    return origins()[origin_weights().pick(rng)]
