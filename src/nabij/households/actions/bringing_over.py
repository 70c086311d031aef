"""Files from an older system, many at once: rows in bulk, an event for each household."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import permissions
from nabij.access.models import Basis
from nabij.access.roles import Ground
from nabij.audit import trail
from nabij.households import events, queries, rows
from nabij.households.models import Address, ContactPoint, Household, Membership, Person
from nabij.households.rows import NewHousehold
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import NotNow

BATCH = 2000


@dataclass(frozen=True)
class OldFile:
    """A household as an older system knew it, the team that takes it, and who is in charge.

    `reached` holds phone numbers and e-mail addresses: the place of a person among the people, the kind, the value.
    """

    household: NewHousehold
    team: UUID
    lead: UUID | None = None
    duo: UUID | None = None
    reached: tuple[tuple[int, str, str], ...] = ()


@transaction.atomic
def bring_over(*, by: Actor, files: Sequence[OldFile], on: date, now: datetime) -> list[UUID]:
    """Write down many households at once and return their keys, in order; `by` keeps the ground of the transfer.

    The caller ends that ground with `access.actions.end_transfer`, after everything else of the files is there. Raises
    `Denied` unless `by` manages the municipality, `NotNow` when one of them was brought over before.
    """
    permissions.manage_municipality(by)
    if not files:
        return []
    people = [[rows.person_row(by, told, now) for told in file.household.people] for file in files]
    households = [
        rows.household_row(by, file.household, now, living) for file, living in zip(files, people, strict=True)
    ]
    _not_before(by, [made.old_reference for made in households if made.old_reference])
    with spoken():
        Household.objects.bulk_create(households, batch_size=BATCH)
    access.give_bases(by=by, bases=[basis for file in files for basis in _bases(by, file, on, now)])
    with spoken():
        Person.objects.bulk_create([person for living in people for person in living], batch_size=BATCH)
        _belongings(by, list(zip(files, people, strict=True)), on, now)
    trail.record_many(
        events.BROUGHT_OVER,
        by=by,
        rows=[
            (made.id, "", {"name": made.name, "people": len(living), "old_reference": made.old_reference})
            for made, living in zip(households, people, strict=True)
        ],
    )
    return [made.id for made in households]


def _not_before(by: Actor, references: list[str]) -> None:
    # One at a time in a town, and asked as the look-up asks: a constraint would tell of files that are hidden.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"bring over {by.municipality_id}"])
    if len(set(references)) < len(references) or queries.brought_over_before(references, by=by):
        raise NotNow(_("Een dossier met deze referentie is al overgebracht."))


def _bases(by: Actor, file: OldFile, on: date, now: datetime) -> list[Basis]:
    holders: list[tuple[Ground, dict[str, UUID]]] = [
        (Ground.TRANSFER, {"worker_id": by.id}),
        (Ground.TEAM, {"team_id": file.team}),
    ]
    if file.lead:
        holders.append((Ground.LEAD, {"worker_id": file.lead}))
    if file.duo and file.duo != file.lead:
        holders.append((Ground.DUO, {"worker_id": file.duo}))
    return [
        access.basis(by=by, household=file.household.key, ground=ground, on=on, now=now, **who)
        for ground, who in holders
    ]


def _belongings(by: Actor, living: list[tuple[OldFile, list[Person]]], on: date, now: datetime) -> None:
    """Who lives where, at which address, and how they are reached."""
    memberships, addresses, contacts = [], [], []
    for file, people in living:
        new = file.household
        memberships += [
            rows.membership_row(by, new.key, person.id, told.role, told.share, on, now)
            for person, told in zip(people, new.people, strict=True)
        ]
        if new.address:
            addresses.append(rows.address_row(by, new.key, new.address, on, now))
        contacts += rows.contact_rows(by, new.key, people[0].id, new, on, now)
        contacts += [
            rows.contact_row(by, new.key, people[place].id, kind, value, on, now) for place, kind, value in file.reached
        ]
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    Address.objects.bulk_create(addresses, batch_size=BATCH)
    ContactPoint.objects.bulk_create(contacts, batch_size=BATCH)
