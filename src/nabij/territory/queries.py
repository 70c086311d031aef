"""The public questions of territory: which wijk has this address, which centres are there, what does the map look like."""

from uuid import UUID

from django.db.models import Q

from nabij.kernel.actor import Actor
from nabij.kernel.names import fold
from nabij.territory.models import Centre, Municipality, Neighbourhood, OpeningHours, StreetRange


def wijk_of(*, by: Actor, street: str, number: str, postcode: str = "") -> Neighbourhood | None:
    """Return the wijk of an address, by street and house number; None when nothing covers it."""
    digits = "".join(character for character in number.split("/")[0].split("-")[0] if character.isdigit())
    rows = StreetRange.objects.filter(street_key=fold(street)).select_related("neighbourhood")
    if postcode:
        rows = rows.filter(postcode=postcode)
    if digits and len(digits) < 6:
        nr = int(digits)
        parity = "odd" if nr % 2 else "even"
        rows = rows.filter(Q(parity="all") | Q(parity=parity), first__lte=nr, last__gte=nr)
    found = {row.neighbourhood_id: row.neighbourhood for row in rows.order_by("first", "id")}
    return next(iter(found.values())) if len(found) == 1 else None


def streets_like(typed: str, *, by: Actor, limit: int = 8) -> list[tuple[str, str]]:
    """Return (street, postcode) of the municipality that begin with what was typed, then that contain it."""
    key = fold(typed)
    if len(key) < 2:
        return []
    rows = (
        StreetRange.objects.filter(street_key__contains=key).values_list("street", "postcode", "street_key").distinct()
    )
    ordered = sorted(rows[:200], key=lambda row: (not row[2].startswith(key), row[2], row[1]))
    return [(street, postcode) for street, postcode, _ in ordered[:limit]]


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


def hours_of(centre: UUID | None, *, by: Actor, weekday: int) -> list[OpeningHours]:
    """Return when a centre is open on a weekday (0 is Monday); none when it is closed, or not known."""
    return list(OpeningHours.objects.filter(centre_id=centre, weekday=weekday).order_by("opens"))


def week_of(centre: UUID | None, *, by: Actor) -> dict[int, list[OpeningHours]]:
    """Return when a centre is open on each weekday (0 is Monday)."""
    week: dict[int, list[OpeningHours]] = {}
    for row in OpeningHours.objects.filter(centre_id=centre).order_by("weekday", "opens"):
        week.setdefault(row.weekday, []).append(row)
    return week
