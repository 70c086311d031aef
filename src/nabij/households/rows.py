"""What is told of a household, a person and an address; and the rows that it becomes; nothing is saved here."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from nabij.households.models import Address, ContactPoint, Household, Membership, Person
from nabij.households.naming import household_name, household_sort_key
from nabij.households.recognition.names import search_name
from nabij.kernel.actor import Actor

R = TypeVar("R", Membership, Address, ContactPoint)


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


def household_row(by: Actor, new: NewHousehold, now: datetime, people: Iterable[Person] = ()) -> Household:
    """Return the row of a household; its name is the one that was given, or comes from who lives there."""
    people = list(people)
    name = new.name or household_name(people)
    return Household(
        id=new.key,
        municipality_id=by.municipality_id,
        name=name,
        sort_key=household_sort_key(name, people),
        preferred_place=new.preferred_place,
        preference_note=new.preference_note,
        old_reference=new.old_reference,
        registered_at=now,
        registered_by=by.id,
    )


def person_row(by: Actor, told: NewPerson, now: datetime) -> Person:
    """Return the row of somebody who was told of."""
    return Person(
        municipality_id=by.municipality_id,
        given_name=told.given_name.strip(),
        family_name=told.family_name.strip(),
        search_name=search_name(told.given_name, told.family_name),
        birth_date=told.birth_date,
        birth_precision=told.birth_precision if told.birth_date else "unknown",
        insz=told.insz,
        languages=list(told.languages),
        registered_at=now,
        registered_by=by.id,
    )


def membership_row(
    by: Actor, household: UUID, person: UUID, role: str, share: int, on: date, now: datetime, reason: str = ""
) -> Membership:
    """Return the row that a person lives in a household from a day on."""
    return _since(Membership, by, household, on, now, person_id=person, role=role, share=share, reason=reason)


def address_row(by: Actor, household: UUID, told: NewAddress, on: date, now: datetime) -> Address:
    """Return the row of an address from a day on."""
    return _since(Address, by, household, on, now, **asdict(told))


def same_place(row: Address, told: NewAddress) -> bool:
    """Return whether an address that was told is the one that stands there."""
    return all(getattr(row, name) == getattr(told, name) for name in ("street", "number", "box", "postcode"))


def contact_rows(
    by: Actor, household: UUID, person: UUID, new: NewHousehold, on: date, now: datetime
) -> list[ContactPoint]:
    """Return the rows of how the household is reached, through its first person."""
    told = [("phone", value) for value in new.phones] + [("email", value) for value in new.emails]
    return [contact_row(by, household, person, kind, value, on, now) for kind, value in told]


def contact_row(
    by: Actor, household: UUID, person: UUID | None, kind: str, value: str, on: date, now: datetime
) -> ContactPoint:
    """Return the row of one phone number or e-mail address."""
    return _since(ContactPoint, by, household, on, now, person_id=person, kind=kind, value=value)


def _since(table: type[R], by: Actor, household: UUID, on: date, now: datetime, **told: Any) -> R:
    return table(
        municipality_id=by.municipality_id, household_id=household, valid_from=on, noted_at=now, noted_by=by.id, **told
    )
