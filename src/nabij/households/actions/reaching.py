"""How a household is reached: numbers and addresses that come, go, and go along with a person; where it would rather meet."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.queries import valid
from nabij.audit import trail
from nabij.households import events, queries, rows
from nabij.households.models import ContactPoint, Household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow


@transaction.atomic
def reached_by(
    *,
    by: Actor,
    household: UUID,
    kind: str,
    value: str,
    on: date,
    now: datetime,
    today: date,
    person: UUID | None = None,
) -> None:
    """Note a phone number or e-mail address at which the household is reached; raises `BadInput` when it stands there."""
    queries.touch_household(household, by=by, on=today)
    queries.hold([household], by=by)
    if ContactPoint.objects.filter(valid(today), household_id=household, kind=kind, value=value).exists():
        raise BadInput(_("Dit staat er al."), field="value")
    with spoken():
        rows.contact_row(by, household, person, kind, value, on, now).save(force_insert=True)
    trail.record(events.REACHED_BY, by=by, household=household, kind=kind)


@transaction.atomic
def no_longer_reached_by(*, by: Actor, household: UUID, point: UUID, on: date, now: datetime, today: date) -> None:
    """Note that a number or address does not lead to the household any more; raises `NotNow` when that was noted before."""
    queries.touch_household(household, by=by, on=today)
    row = ContactPoint.objects.filter(valid(today), household_id=household, id=point).first()
    if row is None:
        raise NotNow(_("Dit nummer of adres stond er al niet meer. Kijk opnieuw hoe het gezin te bereiken is."))
    row.valid_until = max(on, row.valid_from)
    with spoken():
        row.save(update_fields=["valid_until"])
    trail.record(events.REACHED_NO_LONGER, by=by, household=household, kind=row.kind)


@transaction.atomic
def set_preferences(*, by: Actor, household: UUID, place: str, note: str, today: date) -> None:
    """Note where and how the household would rather meet."""
    queries.touch_household(household, by=by, on=today)
    with spoken():
        Household.objects.filter(id=household).update(preferred_place=place, preference_note=note)
    trail.record(events.PREFERENCES_SET, by=by, household=household, place=place)


def take_along(
    *, by: Actor, household: UUID, people: Iterable[UUID], to: UUID | None, on: date, now: datetime, stays: bool = False
) -> None:
    """Take the numbers and addresses of people to another household; they end here, unless these people stay here too.

    A part of the verbs `leave` and `separate`, which leave the event.
    """
    theirs = ContactPoint.objects.filter(household_id=household, person_id__in=list(people))
    points = list(theirs.filter(Q(valid_until=None) | Q(valid_until__gt=on)))
    if to:
        ContactPoint.objects.bulk_create(
            rows.contact_row(by, to, p.person_id, p.kind, p.value, max(on, p.valid_from), now) for p in points
        )
    if stays:
        return
    for point in points:
        point.valid_until = max(on, point.valid_from)
    ContactPoint.objects.bulk_update(points, ["valid_until"])
