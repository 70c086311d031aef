"""What changes in a household: who comes and goes, what was wrong, where it lives, how it is reached."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access.queries import valid
from nabij.audit import trail
from nabij.households import events, queries
from nabij.households.actions import rows
from nabij.households.actions.registering import rename
from nabij.households.actions.rows import NewAddress, NewPerson
from nabij.households.models import Address, ContactPoint, Correction, Household, Membership, Person
from nabij.households.recognition.names import search_name
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow


@transaction.atomic
def join(
    *,
    by: Actor,
    household: UUID,
    person: NewPerson | UUID,
    on: date,
    now: datetime,
    today: date,
    role: str = "",
    reason: str = "",
) -> UUID:
    """Note that a child was born, a partner moved in, or somebody known came to live here; returns the person's key."""
    queries.touch_household(household, by=by, on=today)
    if isinstance(person, NewPerson):
        _born_before(person.birth_date, on)
        made = rows.person_row(by, person, now)
        with spoken():
            made.save(force_insert=True)
        key, role, share = made.id, person.role, person.share
    else:
        key, share = person, 100
    with spoken():
        rows.membership_row(by, household, key, role or Membership.Role.ADULT, share, on, now, reason).save(
            force_insert=True
        )
    rename(household)
    trail.record(
        events.PERSON_JOINED, by=by, household=household, about=f"households.person:{key}", on=on, reason=reason
    )
    return key


@transaction.atomic
def leave(*, by: Actor, household: UUID, person: UUID, on: date, now: datetime, today: date, reason: str = "") -> None:
    """Note that somebody left the household on a day; raises `NotNow` when that person does not live here any more."""
    queries.touch_household(household, by=by, on=today)
    row = _current(household, person, today)
    if on < row.valid_from:
        raise BadInput(_("Die dag woonde deze persoon hier nog niet. Kijk de datum na."), field="on")
    row.valid_until, row.reason = on, reason
    with spoken():
        row.save(update_fields=["valid_until", "reason"])
    rename(household)
    trail.record(
        events.PERSON_LEFT, by=by, household=household, about=f"households.person:{person}", on=on, reason=reason
    )


@transaction.atomic
def correct_person(
    *, by: Actor, household: UUID, person: UUID, changes: dict[str, Any], reason: str, now: datetime, today: date
) -> Person:
    """Correct what is written of somebody, and keep what stood there; raises `BadInput` when nothing differs."""
    queries.touch_household(household, by=by, on=today)
    row = Person.objects.filter(id=person, memberships__household_id=household).distinct().first()
    if row is None:
        raise NotNow(_("Deze persoon hoort niet meer bij dit gezin."))
    before = {name: getattr(row, name) for name in changes if getattr(row, name) != changes[name]}
    if not before:
        raise BadInput(_("Er is niets veranderd."))
    for name in before:
        setattr(row, name, changes[name])
    row.search_name = search_name(row.given_name, row.family_name)
    with spoken():
        row.save()
        Correction.objects.create(
            municipality_id=by.municipality_id,
            household_id=household,
            person=row,
            before=_plain(before),
            after=_plain({name: changes[name] for name in before}),
            reason=reason,
            corrected_at=now,
            corrected_by=by.id,
        )
    rename(household)
    trail.record(
        events.PERSON_CORRECTED, by=by, household=household, about=f"households.person:{person}", fields=sorted(before)
    )
    return row


@transaction.atomic
def move(*, by: Actor, household: UUID, address: NewAddress, on: date, now: datetime, today: date) -> Address:
    """Note a new address from a day on; the old one stays in the history. Raises `BadInput` before the last move."""
    queries.touch_household(household, by=by, on=today)
    current = Address.objects.filter(household_id=household, valid_until=None).first()
    if current and on < current.valid_from:
        raise BadInput(_("Het gezin woont sinds later op het huidige adres. Kijk de datum na."), field="on")
    with spoken():
        if current:
            current.valid_until = on
            current.save(update_fields=["valid_until"])
        made = rows.address_row(by, household, address, on, now)
        made.save(force_insert=True)
    trail.record(events.MOVED, by=by, household=household, on=on, wijk=address.neighbourhood_id)
    return made


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
    """Note a phone number or e-mail address at which the household is reached."""
    queries.touch_household(household, by=by, on=today)
    with spoken():
        ContactPoint(
            municipality_id=by.municipality_id, household_id=household, person_id=person, kind=kind, value=value,
            valid_from=on, noted_at=now, noted_by=by.id,
        ).save(force_insert=True)  # fmt: skip
    trail.record(events.REACHED_BY, by=by, household=household, kind=kind)


@transaction.atomic
def set_preferences(*, by: Actor, household: UUID, place: str, note: str, today: date) -> None:
    """Note where and how the household would rather meet."""
    queries.touch_household(household, by=by, on=today)
    with spoken():
        Household.objects.filter(id=household).update(preferred_place=place, preference_note=note)
    trail.record(events.PREFERENCES_SET, by=by, household=household, place=place)


def _current(household: UUID, person: UUID, on: date) -> Membership:
    row = Membership.objects.filter(valid(on), household_id=household, person_id=person).first()
    if row is None:
        raise NotNow(_("Deze persoon woont hier niet meer. Kijk opnieuw wie er woont."))
    return row


def _born_before(birth_date: date | None, on: date) -> None:
    if birth_date and birth_date > on:
        raise BadInput(_("Iemand kan niet bij het gezin komen voor de geboorte. Kijk de datums na."), field="on")


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
