"""What changes in a household: who comes and goes, what was wrong, where it lives, how it is reached."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access.queries import valid
from nabij.audit import trail
from nabij.households import events, queries, rows
from nabij.households.actions.reaching import take_along
from nabij.households.actions.registering import rename
from nabij.households.models import Address, Correction, Membership, Person
from nabij.households.recognition.names import search_name
from nabij.households.rows import NewAddress, NewPerson
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow

AHEAD = timedelta(days=366)
LONG_AGO = 100
LIVES_ELSEWHERE = _("gaat elders wonen")


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
    key: UUID | None = None,
    comes_from: UUID | None = None,
) -> UUID:
    """Note that a child was born, a partner moved in, or somebody known came to live here; returns the person's key.

    With `comes_from` that person leaves another household, which `by` reaches, on the same day. With `key` a form that is
    sent twice writes one person down. Raises `BadInput` for a day before the birth or to come,
    `NotNow` for who lives here already, or for a key of somebody who is not known.
    """
    queries.touch_household(household, by=by, on=today)
    _not_to_come(on, today)
    if isinstance(person, NewPerson):
        _born_before(person.birth_date, on)
        made = rows.person_row(by, person, now)
        made.id = key or made.id
        with spoken():
            made.save(force_insert=True)
        key, role, share = made.id, person.role, person.share
    else:
        key, share = _known(person), 100
    with spoken():
        rows.membership_row(by, household, key, role or Membership.Role.ADULT, share, on, now, reason).save(
            force_insert=True
        )
    if comes_from:
        leave(
            by=by,
            household=comes_from,
            person=key,
            on=on,
            now=now,
            today=today,
            reason=str(LIVES_ELSEWHERE),
            to=household,
        )
    rename(household)
    trail.record(
        events.PERSON_JOINED, by=by, household=household, about=f"households.person:{key}", on=on, reason=reason
    )
    return key


@transaction.atomic
def leave(
    *,
    by: Actor,
    household: UUID,
    person: UUID,
    on: date,
    now: datetime,
    today: date,
    reason: str = "",
    to: UUID | None = None,
) -> None:
    """Note that somebody left the household on a day; how that person was reached goes along (`to`), or ends.

    Raises `NotNow` when that person does not live here any more, `BadInput` for a day before the first or to come.
    """
    queries.touch_household(household, by=by, on=today)
    row = _current(household, person, today)
    _not_to_come(on, today)
    if on < row.valid_from:
        raise BadInput(_("Die dag woonde deze persoon hier nog niet. Kijk de datum na."), field="on")
    row.valid_until, row.reason = on, reason
    with spoken():
        row.save(update_fields=["valid_until", "reason"])
    take_along(by=by, household=household, people=[person], to=to, on=on, now=now)
    rename(household)
    trail.record(
        events.PERSON_LEFT, by=by, household=household, about=f"households.person:{person}", on=on, reason=reason
    )


@transaction.atomic
def correct_person(
    *, by: Actor, household: UUID, person: UUID, changes: dict[str, Any], reason: str, now: datetime, today: date
) -> Person:
    """Correct what is written of somebody who lives here, and keep what stood there.

    Raises `NotNow` for who does not live here (any more), `BadInput` when nothing differs.
    """
    queries.touch_household(household, by=by, on=today)
    row = _current(household, person, today).person
    before = {name: getattr(row, name) for name in changes if getattr(row, name) != changes[name]}
    if not before:
        raise BadInput(_("Er is niets veranderd."))
    for name in before:
        setattr(row, name, changes[name])
    row.search_name = search_name(row.given_name, row.family_name)
    with spoken():
        row.save()
        _correction(by, household, row, before, {name: changes[name] for name in before}, reason, now)
    rename(household)
    trail.record(
        events.PERSON_CORRECTED, by=by, household=household, about=f"households.person:{person}", fields=sorted(before)
    )
    return row


@transaction.atomic
def move(
    *, by: Actor, household: UUID, address: NewAddress | None, on: date, now: datetime, today: date
) -> Address | None:
    """Note a new address from a day on, or that there is none; the old one stays in the history.

    Raises `BadInput` before the last move, more than a year ahead, or for the address that stands there.
    """
    queries.touch_household(household, by=by, on=today)
    queries.hold([household], by=by)
    if on > today + AHEAD:
        raise BadInput(_("Een verhuis ligt hoogstens een jaar vooruit. Kijk het jaartal na."), field="on")
    current = Address.objects.filter(household_id=household, valid_until=None).first()
    if current and on < current.valid_from:
        raise BadInput(_("Het gezin woont sinds later op het huidige adres. Kijk de datum na."), field="on")
    if (current and address and rows.same_place(current, address)) or not (current or address):
        raise BadInput(
            _("Dit adres staat er al. Is er iets anders verkeerd, kies dan “verkeerd genoteerd”."), field="street"
        )
    made = None
    with spoken():
        if current:
            current.valid_until = on
            current.save(update_fields=["valid_until"])
        if address:
            made = rows.address_row(by, household, address, on, now)
            made.save(force_insert=True)
    trail.record(events.MOVED, by=by, household=household, on=on, wijk=address.neighbourhood_id if address else None)
    return made


@transaction.atomic
def correct_address(
    *, by: Actor, household: UUID, address: NewAddress, reason: str, now: datetime, today: date
) -> Address:
    """Correct the address that was written down wrongly, and keep what stood there; the period stays.

    Raises `NotNow` when there is no address, `BadInput` when nothing differs.
    """
    queries.touch_household(household, by=by, on=today)
    queries.hold([household], by=by)
    row = Address.objects.filter(household_id=household, valid_until=None).first()
    if row is None:
        raise NotNow(_("Er staat nu geen adres. Noteer dan een verhuis."))
    after = {
        name: getattr(address, name) for name in ("street", "number", "box", "postcode", "place", "neighbourhood_id")
    }
    before = {name: getattr(row, name) for name in after if getattr(row, name) != after[name]}
    if not before:
        raise BadInput(_("Er is niets veranderd."))
    for name in before:
        setattr(row, name, after[name])
    with spoken():
        row.save(update_fields=list(after))
        _correction(by, household, None, before, {name: after[name] for name in before}, reason, now)
    trail.record(events.ADDRESS_CORRECTED, by=by, household=household, fields=sorted(before))
    return row


def _current(household: UUID, person: UUID, on: date) -> Membership:
    row = (
        Membership.objects.filter(valid(on), household_id=household, person_id=person).select_related("person").first()
    )
    if row is None:
        raise NotNow(_("Deze persoon woont hier niet meer. Kijk opnieuw wie er woont."))
    return row


def _known(person: UUID) -> UUID:
    """A key says nothing yet: without this, a person of another municipality could be written into a household."""
    if not queries.is_known(person):
        raise NotNow(_("Deze persoon is hier niet gekend. Zoek opnieuw, of noteer een nieuwe persoon."))
    return person


def _not_to_come(on: date, today: date) -> None:
    if on > today:
        raise BadInput(_("Die dag moet nog komen. Noteer het op de dag zelf, of erna."), field="on")
    if on.year < today.year - LONG_AGO:
        raise BadInput(_("Die dag ligt meer dan honderd jaar terug. Kijk het jaartal na."), field="on")


def _born_before(birth_date: date | None, on: date) -> None:
    if birth_date and birth_date > on:
        raise BadInput(_("Iemand kan niet bij het gezin komen voor de geboorte. Kijk de datums na."), field="on")


def _correction(
    by: Actor, household: UUID, person: Person | None, before: dict[str, Any], after: dict[str, Any], reason: str,
    now: datetime,
) -> None:  # fmt: skip
    Correction.objects.create(
        municipality_id=by.municipality_id, household_id=household, person=person, before=_plain(before),
        after=_plain(after), reason=reason.strip(), corrected_at=now, corrected_by=by.id,
    )  # fmt: skip


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value
