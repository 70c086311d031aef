"""The verbs of households: register, join, leave, move, correct, separate."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access.queries import valid
from nabij.audit import trail
from nabij.households import events, queries
from nabij.households.models import Address, ContactPoint, Correction, Household, Membership, Person
from nabij.households.naming import household_name
from nabij.households.recognition.names import fold, sort_key
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow


@dataclass(frozen=True)
class NewPerson:
    """What is known of somebody who is written down for the first time; empty is not known."""

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    birth_precision: str = "unknown"
    insz: str = ""
    languages: tuple[str, ...] = ()
    role: str = Membership.Role.ADULT
    share: int = 100


@dataclass(frozen=True)
class NewAddress:
    """An address as it was told, with the wijk that territory finds for it."""

    street: str = ""
    number: str = ""
    box: str = ""
    postcode: str = ""
    place: str = ""
    neighbourhood_id: UUID | None = None


@dataclass(frozen=True)
class NewHousehold:
    """A household that is written down for the first time."""

    people: tuple[NewPerson, ...]
    address: NewAddress | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    name: str = ""
    preferred_place: str = ""
    preference_note: str = ""
    old_reference: str = ""
    key: UUID = field(default_factory=uuid4)


@transaction.atomic
def register(*, by: Actor, new: NewHousehold, team: UUID, on: date, now: datetime) -> Household:
    """Write down a household and assign it to a team; whoever registers keeps the front desk's ground for the day.

    Raises `BadInput` when nobody is named, `NotNow` when the same form was sent before.
    """
    if not new.people:
        raise BadInput(_("Noteer minstens één persoon. Zonder naam kan ook, maar dan zonder gezin."))
    household = _household(by, new, now)
    with spoken():
        household.save(force_insert=True)
    access.receive_today(by=by, household=household.id, on=on, now=now)
    people = [_person(by, person, now) for person in new.people]
    with spoken():
        Person.objects.bulk_create(people)
        Membership.objects.bulk_create(
            _membership(by, household.id, person.id, told.role, told.share, on, now)
            for person, told in zip(people, new.people, strict=True)
        )
        ContactPoint.objects.bulk_create(_contact_points(by, household.id, people[0].id, new, on, now))
        if new.address:
            _address(by, household.id, new.address, on, now).save(force_insert=True)
    trail.record(events.REGISTERED, by=by, household=household.id, name=household.name, people=len(people))
    access.assign_team(by=by, household=household.id, team=team, on=on, now=now)
    return household


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
        made = _person(by, person, now)
        with spoken():
            made.save(force_insert=True)
        key, role, share = made.id, person.role, person.share
    else:
        key, share = person, 100
    with spoken():
        _membership(by, household, key, role or Membership.Role.ADULT, share, on, now, reason).save(force_insert=True)
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
    row.search_name = fold(f"{row.given_name} {row.family_name}")
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
        made = _address(by, household, address, on, now)
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


@transaction.atomic
def separate(
    *,
    by: Actor,
    household: UUID,
    leaving: list[UUID],
    both_homes: list[UUID],
    address: NewAddress | None,
    team: UUID,
    on: date,
    now: datetime,
    today: date,
) -> Household:
    """Make two households of one: who leaves gets a new one, children may live in both; the history stays where it was.

    Raises `BadInput` when nobody leaves, or nobody stays.
    """
    queries.touch_household(household, by=by, on=today)
    rows = {
        r.person_id: r for r in Membership.objects.filter(valid(today), household_id=household).select_related("person")
    }
    moving = [rows[key] for key in dict.fromkeys([*leaving, *both_homes]) if key in rows]
    if not any(row.person_id in leaving for row in moving):
        raise BadInput(_("Duid aan wie er gaat."), field="leaving")
    if not set(rows) - set(leaving):
        raise BadInput(_("Er blijft niemand over. Noteer dan een verhuizing."), field="leaving")
    new = NewHousehold(people=(), name=household_name([row.person for row in moving]))
    made = _household(by, new, now)
    made.split_from_id = household
    with spoken():
        made.save(force_insert=True)
    access.receive_today(by=by, household=made.id, on=on, now=now)
    access.assign_team(by=by, household=made.id, team=team, on=min(on, today), now=now)
    with spoken():
        for row in moving:
            shared = row.person_id in both_homes
            share = 50 if shared else 100
            _membership(by, made.id, row.person_id, row.role, share, on, now, "separation").save(force_insert=True)
            if shared:
                Membership.objects.filter(id=row.id).update(share=50)
            else:
                Membership.objects.filter(id=row.id).update(valid_until=max(on, row.valid_from), reason="separation")
        if address:
            _address(by, made.id, address, on, now).save(force_insert=True)
    rename(household)
    trail.record(events.SEPARATED, by=by, household=household, on=on)
    trail.record(events.SEPARATED, by=by, household=made.id, on=on)
    return made


def rename(household: UUID) -> None:
    """Derive the name of a household again from who lives there; a verb of this room or a journey calls it."""
    people = [
        m.person for m in Membership.objects.filter(household_id=household, valid_until=None).select_related("person")
    ]
    if people:
        name = household_name(people)
        Household.objects.filter(id=household).update(name=name, sort_key=sort_key(name))


def _household(by: Actor, new: NewHousehold, now: datetime) -> Household:
    people = [Person(given_name=p.given_name, family_name=p.family_name, birth_date=p.birth_date) for p in new.people]
    name = new.name or household_name(people)
    return Household(
        id=new.key,
        municipality_id=by.municipality_id,
        name=name,
        sort_key=sort_key(name),
        preferred_place=new.preferred_place,
        preference_note=new.preference_note,
        old_reference=new.old_reference,
        registered_at=now,
        registered_by=by.id,
    )


def _person(by: Actor, told: NewPerson, now: datetime) -> Person:
    return Person(
        municipality_id=by.municipality_id,
        given_name=told.given_name.strip(),
        family_name=told.family_name.strip(),
        search_name=fold(f"{told.given_name} {told.family_name}"),
        birth_date=told.birth_date,
        birth_precision=told.birth_precision if told.birth_date else "unknown",
        insz=told.insz,
        languages=list(told.languages),
        registered_at=now,
        registered_by=by.id,
    )


def _membership(
    by: Actor, household: UUID, person: UUID, role: str, share: int, on: date, now: datetime, reason: str = ""
) -> Membership:
    return Membership(
        municipality_id=by.municipality_id,
        household_id=household,
        person_id=person,
        role=role,
        share=share,
        valid_from=on,
        reason=reason,
        noted_at=now,
        noted_by=by.id,
    )


def _address(by: Actor, household: UUID, told: NewAddress, on: date, now: datetime) -> Address:
    return Address(
        municipality_id=by.municipality_id,
        household_id=household,
        street=told.street,
        number=told.number,
        box=told.box,
        postcode=told.postcode,
        place=told.place,
        neighbourhood_id=told.neighbourhood_id,
        valid_from=on,
        noted_at=now,
        noted_by=by.id,
    )


def _contact_points(
    by: Actor, household: UUID, person: UUID, new: NewHousehold, on: date, now: datetime
) -> list[ContactPoint]:
    told = [("phone", value) for value in new.phones] + [("email", value) for value in new.emails]
    return [
        ContactPoint(
            municipality_id=by.municipality_id,
            household_id=household,
            person_id=person,
            kind=kind,
            value=value,
            valid_from=on,
            noted_at=now,
            noted_by=by.id,
        )
        for kind, value in told
    ]


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
