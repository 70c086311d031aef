"""Somebody walks in: known or not, a household, the team of the address, the request, the first appointment; all or nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import permissions as may
from nabij.access import queries as who
from nabij.access.models import Team
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.frontdesk.models import Appointment, Contact
from nabij.households import actions as households
from nabij.households import queries as faces
from nabij.households.actions import NewAddress, NewHousehold
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotNow
from nabij.territory import queries as territory


@dataclass(frozen=True)
class Visit:
    """What the desk wrote down of a visit."""

    channel: str
    words: str = ""
    requests: tuple[Asked, ...] = ()
    centre_id: UUID | None = None
    met_at: datetime | None = None
    key: UUID | None = None


@dataclass(frozen=True)
class Slot:
    """When and with whom the next appointment is."""

    worker_id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str = Appointment.Place.CENTRE
    about: str = ""


@dataclass
class Received:
    """What came of it: the household (None: without a name), the team, the contact, the appointment."""

    contact: Contact
    household_id: UUID | None = None
    team: Team | None = None
    appointment: Appointment | None = None


@dataclass(frozen=True)
class Known:
    """What the desk may know of a household that stands before it: its name, and who is in charge."""

    household_id: UUID
    name: str
    charge: who.InCharge


def known_household(key: UUID, *, by: Actor, on: date) -> Known:
    """Return the face of a household; leaves a look. Raises `NotOpen` for one that is not there."""
    may.receive(by)
    name = faces.face_of(key, by=by)
    return Known(key, name, who.in_charge([key], by=by, on=on)[key])


def team_of_address(address: NewAddress | None, *, by: Actor) -> tuple[NewAddress | None, Team]:
    """Return the address with its wijk, and the team that serves it; the central team where nothing covers it."""
    if address and address.street:
        wijk = territory.wijk_of(by=by, street=address.street, number=address.number, postcode=address.postcode)
        address = replace(address, neighbourhood_id=wijk.id if wijk else None)
    team = who.team_for(address.neighbourhood_id if address else None, by=by)
    if team is None:
        raise NotNow(
            _("Er is nog geen team dat dit gezin kan ontvangen. Vraag de beheerder een centraal team te maken.")
        )
    return address, team


@transaction.atomic
def receive_unknown(
    *, by: Actor, new: NewHousehold, visit: Visit, slot: Slot | None, on: date, now: datetime, today: date | None = None,
    elsewhere: Team | None = None,
) -> Received:  # fmt: skip
    """Write down a household that was not known, with its visit; raises the refusals of the verbs.

    `today` is given where the visit of a day that is past (`on`) is written down later: a ground is of the day itself.
    With `elsewhere` that team helps, instead of the one of the address.
    """
    may.receive(by)
    address, own = team_of_address(new.address, by=by)
    team = elsewhere or own
    household = households.register(by=by, new=replace(new, address=address), team=team.id, on=on, now=now, today=today)
    contact = _contact(by, household.id, visit, team.id, now)
    appointment = _book(by, household.id, slot, team, now)
    return Received(contact, household.id, team, appointment)


@transaction.atomic
def receive_known(*, by: Actor, household: UUID, visit: Visit, slot: Slot | None, on: date, now: datetime) -> Received:
    """Note the visit of a household that is known; the desk gets its ground for the day."""
    may.receive(by)
    access.receive_today(by=by, household=household, on=on, now=now)
    team = who.in_charge([household], by=by, on=on)[household].team
    contact = _contact(by, household, visit, team.id if team else None, now)
    return Received(contact, household, team, _book(by, household, slot, team, now))


@transaction.atomic
def receive_nameless(*, by: Actor, visit: Visit, team: UUID | None, now: datetime) -> Received:
    """Note a visit without a name: it counts, and what is asked reaches the team."""
    may.receive(by)
    return Received(_contact(by, None, visit, team, now))


def _contact(by: Actor, household: UUID | None, visit: Visit, team: UUID | None, now: datetime) -> Contact:
    contact = frontdesk.note_contact(
        by=by,
        household=household,
        channel=visit.channel,
        words=visit.words,
        met_at=visit.met_at or now,
        now=now,
        centre=visit.centre_id,
        key=visit.key,
    )
    for asked in visit.requests:
        frontdesk.note_request(by=by, contact=contact, asked=asked, team=team, now=now)
    return contact


def _book(by: Actor, household: UUID, slot: Slot | None, team: Team | None, now: datetime) -> Appointment | None:
    if slot is None:
        return None
    return frontdesk.book(
        by=by,
        household=household,
        worker=slot.worker_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        now=now,
        place=slot.place,
        centre=team.centre_id if team else None,
        about=slot.about,
    )
