"""Chance that can be repeated: every random choice of the demo has a generator of its own, never the global one."""

import random
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")


def dice(*seeds: object) -> random.Random:
    """Return a generator of its own for these seeds: the same seeds throw the same."""
    return random.Random(":".join(str(seed) for seed in seeds))  # noqa: S311 - a demo city, not a secret


def steady(text: str, below: int) -> int:
    """Return a number from 0 up to `below` that belongs to this text, on every machine and in every year."""
    return crc32(text.encode()) % below


class Weighted(Sequence[T]):
    """A choice with weights whose sums are made once, for choices that are made a hundred thousand times."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._items = list(weights)
        self._sums = list(accumulate(weights.values()))

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._items[index]

    def pick(self, rng: random.Random) -> T:
        """Return one of the items, by weight."""
        return rng.choices(self._items, cum_weights=self._sums)[0]
