"""Figures without faces: what is too small to show is hidden, and so is what would give it away.

A number under the threshold is not shown. A total beside one hidden number would tell it, so at least two are hidden, and
together they are never under the threshold either.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True)
class Table:
    """One year: each place with its number, or nothing where that is hidden; and all of them together."""

    year: int
    cells: list[tuple[str, int | None]]
    total: int | None


def shown(many: int, least: int = LEAST) -> int | None:
    """Return a number, or nothing when it is too small to show."""
    return many if many >= least else None


def tables(rows: Iterable[tuple[int, str, int]], least: int = LEAST) -> list[Table]:
    """Return the numbers by year, latest first, with what is small and what would tell it hidden."""
    years: dict[int, dict[str, int]] = defaultdict(dict)
    for year, place, many in rows:
        years[year][place] = years[year].get(place, 0) + many
    return [_table(year, cells, least) for year, cells in sorted(years.items(), reverse=True)]


def _table(year: int, cells: dict[str, int], least: int) -> Table:
    by_size = sorted(cells, key=lambda place: (cells[place], place))
    hidden = [place for place in by_size if cells[place] < least]
    # One hidden number is what the total says less the others: hide the next smallest as well.
    while hidden and len(hidden) < len(by_size) and (len(hidden) < 2 or sum(cells[p] for p in hidden) < least):
        hidden = by_size[: len(hidden) + 1]
    all_hidden = len(hidden) == len(cells)
    total = sum(cells.values())
    told = total >= least and not (all_hidden and len(cells) == 1)
    return Table(
        year, [(place, None if place in hidden else cells[place]) for place in sorted(cells)], total if told else None
    )
