"""Lays the streets of a town: names, number ranges, and the few streets that two wijken share."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nabij.demo.dice import dice
from nabij.demo.stock import listed, stock

ALL, EVEN, ODD = "all", "even", "odd"
LAST_NUMBER = 999


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a street: numbers from `low` up to `high`, all of them, or the even or the odd side."""

    street: str
    postcode: str
    wijk: str
    parity: str
    low: int
    high: int

    def covers(self, number: int) -> bool:
        """Return whether a house number lies in this part."""
        side = self.parity == ALL or (number % 2 == 0) == (self.parity == EVEN)
        return side and self.low <= number <= self.high


def lay_streets(
    seed: str,
    wijken: Sequence[tuple[str, str, str]],
    neighbours: Mapping[str, Sequence[str]],
    fixed: Sequence[tuple[str, str]],
) -> tuple[Segment, ...]:
    """Return the segments of a town, sorted by street.

    `wijken` are (code, name, postcode); `fixed` are (code, street) that must exist there, in one piece. Every wijk gets
    25 to 45 streets; some streets go on in a neighbouring wijk, by number or by side.
    """
    rng = dice("streets", seed)
    postcodes = {code: postcode for code, _, postcode in wijken}
    names = _street_names(rng, taken={street for _, street in fixed})
    segments = [Segment(street, postcodes[code], code, ALL, 1, LAST_NUMBER) for code, street in dict.fromkeys(fixed)]
    for code, _, postcode in wijken:
        for nth in range(rng.randint(25, 36)):
            other = rng.choice(neighbours[code]) if nth < 2 else ""
            own = (code, postcode)
            parts = _shared(rng, own, (other, postcodes[other])) if other else _whole(rng, own)
            street = next(names)
            segments += [Segment(street, post, wijk, *numbers) for wijk, post, numbers in parts]
    return tuple(sorted(segments, key=lambda s: (s.street, s.low, s.parity)))


Part = tuple[str, str, tuple[str, int, int]]


def _whole(rng: random.Random, own: tuple[str, str]) -> list[Part]:
    if rng.random() < 0.08:
        # The other side does not exist: fields, water, the next town.
        side = rng.choice((EVEN, ODD))
        return [(*own, (side, 2 if side == EVEN else 1, LAST_NUMBER))]
    return [(*own, (ALL, 1, LAST_NUMBER))]


def _shared(rng: random.Random, own: tuple[str, str], other: tuple[str, str]) -> list[Part]:
    if rng.random() < 0.35:
        return [(*own, (EVEN, 2, LAST_NUMBER)), (*other, (ODD, 1, LAST_NUMBER))]
    cut = rng.randrange(40, 180, 2)
    return [(*own, (ALL, 1, cut)), (*other, (ALL, cut + 1, LAST_NUMBER))]


def _street_names(rng: random.Random, taken: set[str]) -> Iterator[str]:
    words = stock("streets")
    last = listed(words["last"])
    seen = set(taken)
    for _ in range(3):
        firsts = list(listed(words["first"]))
        rng.shuffle(firsts)
        for first in firsts:
            street = f"{first}{rng.choice(last)}"
            if street not in seen:
                seen.add(street)
                yield street
