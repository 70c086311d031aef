"""The public questions of territory: which wijk has this address, which centres are there, what is on the map."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Q

from nabij.kernel.actor import Actor
from nabij.kernel.names import fold
from nabij.territory.models import Centre, Municipality, Neighbourhood, OpeningHours, StreetRange
from nabij.territory.readers.streets import street_key


def wijk_of(*, by: Actor, street: str, number: str, postcode: str = "") -> Neighbourhood | None:
    """Return the wijk of an address, by street and house number; None when nothing covers it."""
    rows = StreetRange.objects.filter(street_key=street_key(street)).select_related("neighbourhood")
    return _agreed(rows.order_by("first", "id"), number, postcode)


def wijk_finder(*, by: Actor) -> Callable[[str, str, str], Neighbourhood | None]:
    """Return a function of street, number and postcode that says the same as `wijk_of`, for many addresses at once."""
    by_street: dict[str, list[StreetRange]] = defaultdict(list)
    for row in StreetRange.objects.select_related("neighbourhood").order_by("first", "id"):
        by_street[row.street_key].append(row)
    return lambda street, number, postcode: _agreed(by_street.get(street_key(street), []), number, postcode)


def _agreed(rows: Iterable[StreetRange], number: str, postcode: str) -> Neighbourhood | None:
    """The one wijk of all ranges that hold this number; without a number, of the whole street."""
    digits = re.match(r"\D*(\d{1,5})(?!\d)", number)
    found = {
        row.neighbourhood_id: row.neighbourhood
        for row in rows
        if (not postcode or row.postcode == postcode) and (not digits or _holds(row, int(digits[1])))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _holds(row: StreetRange, number: int) -> bool:
    return row.first <= number <= row.last and row.parity in ("all", "odd" if number % 2 else "even")


def streets_like(typed: str, *, by: Actor, limit: int = 8) -> list[tuple[str, str]]:
    """Return (street, postcode) of the municipality that begin with what was typed, then that contain it."""
    # Half a word may look like an abbreviation ("kerkpl"), so what was typed counts both as it is and written out.
    bare, written_out = fold(typed).replace(" ", ""), street_key(typed)
    if len(bare) < 2:
        return []
    rows = StreetRange.objects.filter(Q(street_key__contains=bare) | Q(street_key__contains=written_out))
    found = rows.values_list("street", "postcode", "street_key").distinct()[:200]
    ordered = sorted(found, key=lambda row: (not row[2].startswith((bare, written_out)), row[2], row[1]))
    return [(street, postcode) for street, postcode, _ in ordered[:limit]]


def municipalities() -> list[Municipality]:
    """Return every municipality of the installation by name; outside a context, for the command line."""
    return list(Municipality.objects.order_by("name", "nis"))


def municipality(*, by: Actor) -> Municipality:
    """Return the municipality of the actor."""
    return Municipality.objects.get(id=by.municipality_id)


def municipality_by_slug(slug: str) -> Municipality | None:
    """Return a municipality by its public name in addresses; read before there is a context too."""
    return Municipality.objects.filter(slug=slug).first()


def wijken(*, by: Actor) -> list[Neighbourhood]:
    """Return the wijken of the municipality by name, with geometry."""
    return list(Neighbourhood.objects.order_by("name", "id"))


def centres(*, by: Actor) -> list[Centre]:
    """Return the centres of the municipality, the Sociaal Huis last."""
    return list(Centre.objects.order_by("kind", "name", "id").select_related("neighbourhood"))


def weeks(*, by: Actor) -> dict[UUID, dict[int, list[OpeningHours]]]:
    """Return the week of every centre: by centre, by weekday (0 is Monday)."""
    found: dict[UUID, dict[int, list[OpeningHours]]] = defaultdict(lambda: defaultdict(list))
    for row in OpeningHours.objects.order_by("centre_id", "weekday", "opens"):
        found[row.centre_id][row.weekday].append(row)
    return found


def week_of(centre: UUID | None, *, by: Actor) -> dict[int, list[OpeningHours]]:
    """Return when a centre is open on each weekday (0 is Monday)."""
    week: dict[int, list[OpeningHours]] = {}
    rows = OpeningHours.objects.filter(centre_id=centre).order_by("weekday", "opens") if centre else []
    for row in rows:
        week.setdefault(row.weekday, []).append(row)
    return week
