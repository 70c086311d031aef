"""The verbs of territory: a municipality founded, wijken and streets loaded, centres opened."""

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow
from nabij.territory import events, permissions
from nabij.territory.models import Centre, Municipality, Neighbourhood, OpeningHours, StreetRange
from nabij.territory.readers.streets import street_key

UNIQUE = "23505"
MOST_GRACE = 31


@transaction.atomic
def found_municipality(*, by: Actor, nis: str, name: str, slug: str, colour: str = "#1f5f5b") -> Municipality:
    """Found the municipality whose key `by` carries; raises `BadInput`, or `NotNow` when NIS code or slug is taken."""
    permissions.manage_territory(by)
    if not re.fullmatch("[0-9]{5}", nis):
        raise BadInput(_("Een NIS-code heeft vijf cijfers."), field="nis")
    with spoken():
        try:
            with transaction.atomic():
                made = Municipality.objects.create(id=by.municipality_id, nis=nis, name=name, slug=slug, colour=colour)
        except IntegrityError as error:
            if getattr(error.__cause__, "sqlstate", "") != UNIQUE:  # the words of PostgreSQL may be in any language
                raise
            raise NotNow(_taken(error, nis, slug)) from error
    trail.record(events.MUNICIPALITY_FOUNDED, by=by, about=f"territory.municipality:{made.id}", nis=nis)
    return made


@transaction.atomic
def set_grace(*, by: Actor, days: int) -> None:
    """Set for how many days who handed a household over may still read along; raises `BadInput` for more than 31.

    It counts for what is handed over from now on: what was promised to somebody else does not change behind their back.
    """
    permissions.manage_territory(by)
    if not 0 <= days <= MOST_GRACE:
        raise BadInput(_("Meelezen na een overdracht kan hoogstens 31 dagen."), field="days")
    Municipality.objects.filter(id=by.municipality_id).update(grace_days=days)
    trail.record(events.GRACE_SET, by=by, about=f"territory.municipality:{by.municipality_id}", days=days)


@transaction.atomic
def load_wijken(*, by: Actor, wijken: Iterable[Any]) -> list[Neighbourhood]:
    """Load wijken (records with code, name, geometry): new codes are added, known codes get the new name and shape."""
    permissions.manage_territory(by)
    rows = [
        Neighbourhood(municipality_id=by.municipality_id, code=w.code, name=w.name, geometry=w.geometry) for w in wijken
    ]
    known = {n.code: n for n in Neighbourhood.objects.all()}
    fresh = [row for row in rows if row.code not in known]
    for row in rows:
        if old := known.get(row.code):
            old.name, old.geometry = row.name, row.geometry
    with spoken():
        Neighbourhood.objects.bulk_create(fresh)
        Neighbourhood.objects.bulk_update([known[r.code] for r in rows if r.code in known], ["name", "geometry"])
    trail.record(events.WIJKEN_LOADED, by=by, many=len(rows), new=len(fresh))
    return list(Neighbourhood.objects.order_by("name", "id"))


@transaction.atomic
def load_streets(*, by: Actor, streets: Iterable[Any]) -> int:
    """Replace the streets (records with street, first, last, parity, postcode, wijk code); returns how many there are.

    Raises `BadInput` when a record names a wijk that is not there, `NotNow` when numbers overlap.
    """
    permissions.manage_territory(by)
    wijken = dict(Neighbourhood.objects.values_list("code", "id"))
    rows = []
    for s in streets:
        if s.wijk not in wijken:
            raise BadInput(_("Wijk %(wijk)s bestaat niet. Laad eerst de wijken.") % {"wijk": s.wijk})
        rows.append(
            StreetRange(
                municipality_id=by.municipality_id,
                street=s.street,
                street_key=street_key(s.street),
                first=s.first,
                last=s.last,
                parity=s.parity,
                postcode=s.postcode,
                neighbourhood_id=wijken[s.wijk],
            )
        )
    with spoken():
        StreetRange.objects.all().delete()
        StreetRange.objects.bulk_create(rows, batch_size=2000)
    trail.record(events.STREETS_LOADED, by=by, many=len(rows))
    return len(rows)


@transaction.atomic
def open_centre(
    *,
    by: Actor,
    name: str,
    address: str,
    kind: str = Centre.Kind.NEIGHBOURHOOD,
    neighbourhood: UUID | None = None,
    phone: str = "",
    rooms: int = 1,
    hours: Iterable[tuple[int, time, time]] = (),
) -> Centre:
    """Note a centre with its opening hours (weekday 0–6, opens, closes); raises `NotNow` when the name is taken."""
    permissions.manage_territory(by)
    with spoken():
        centre = Centre.objects.create(
            municipality_id=by.municipality_id,
            name=name,
            address=address,
            kind=kind,
            neighbourhood_id=neighbourhood,
            phone=phone,
            rooms=rooms,
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(municipality_id=by.municipality_id, centre=centre, weekday=day, opens=opens, closes=closes)
            for day, opens, closes in hours
        )
    trail.record(events.CENTRE_OPENED, by=by, about=f"territory.centre:{centre.id}", name=name)
    return centre


@transaction.atomic
def set_hours(*, by: Actor, centre: UUID, hours: Iterable[tuple[int, time, time]]) -> None:
    """Replace the week of a centre (weekday 0–6, opens, closes); raises `NotNow` when the centre is not there.

    Raises `BadInput` when two stretches of one day overlap.
    """
    permissions.manage_territory(by)
    found = Centre.objects.select_for_update().filter(id=centre).first()
    if found is None:
        raise NotNow(_("Dit centrum bestaat niet meer."))
    week = sorted(hours)
    if any(earlier[0] == later[0] and later[1] < earlier[2] for earlier, later in pairwise(week)):
        raise BadInput(_("Twee stukken van dezelfde dag overlappen. Kijk de uren na."))
    with spoken():
        OpeningHours.objects.filter(centre=found).delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(municipality_id=by.municipality_id, centre=found, weekday=day, opens=opens, closes=closes)
            for day, opens, closes in week
        )
    trail.record(events.HOURS_SET, by=by, about=f"territory.centre:{centre}", stretches=len(week))


def _taken(error: IntegrityError, nis: str, slug: str) -> str:
    if "_slug_" in str(error.__cause__):
        return _("De korte naam “%(slug)s” is al van een andere gemeente. Kies een andere.") % {"slug": slug}
    return _("De gemeente met NIS-code %(nis)s bestaat al in deze installatie.") % {"nis": nis}
