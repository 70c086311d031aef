"""The verbs of the front desk: note a contact, what was asked, and book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nabij.access import queries as who
from nabij.audit import trail
from nabij.frontdesk import events, permissions, policies, queries
from nabij.frontdesk.models import Appointment, Contact, HelpRequest
from nabij.households.queries import READS_ONLY
from nabij.kernel.actor import Actor
from nabij.kernel.checks import fits
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, Denied


@dataclass(frozen=True)
class Asked:
    """What somebody asks: a life domain and the words."""

    domain: str
    words: str = ""


@dataclass(frozen=True)
class Met:
    """A contact as it was written down elsewhere, for many at once."""

    household: UUID
    channel: str
    words: str
    met_at: datetime
    centre: UUID | None = None


@transaction.atomic
def note_contact(
    *, by: Actor, household: UUID | None, channel: str, words: str, met_at: datetime, now: datetime,
    centre: UUID | None = None, key: UUID | None = None,
) -> Contact:  # fmt: skip
    """Note that we met or spoke, with a household or without a name.

    Raises `BadInput` for a moment to come or of another age, a channel that does not exist, or too many words; `NotNow`
    when the key was saved before.
    """
    permissions.receive(by)
    contact = Contact(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=household, centre_id=centre, channel=channel,
        words=words.strip(), met_at=met_at, noted_at=now, noted_by=by.id,
    )  # fmt: skip
    policies.contact_is_sound(contact, now)
    with spoken():
        contact.save(force_insert=True)
    trail.record(
        events.CONTACT_NOTED, by=by, household=household, about=f"frontdesk.contact:{contact.id}", channel=channel
    )
    return contact


@transaction.atomic
def note_contacts(*, by: Actor, met: Sequence[Met], now: datetime) -> int:
    """Note many contacts at once, with an event each; returns how many. Raises `BadInput` like `note_contact`, for all."""
    permissions.receive(by)
    rows = [
        Contact(
            id=uuid4(), municipality_id=by.municipality_id, household_id=one.household, centre_id=one.centre,
            channel=one.channel, words=one.words.strip(), met_at=one.met_at, noted_at=now, noted_by=by.id,
        )
        for one in met
    ]  # fmt: skip
    for row in rows:
        policies.contact_is_sound(row, now)
    with spoken():
        Contact.objects.bulk_create(rows, batch_size=2000)
    if rows:
        trail.record_many(
            events.CONTACT_NOTED,
            by=by,
            rows=[(row.household_id, f"frontdesk.contact:{row.id}", {"channel": row.channel}) for row in rows],
        )
    return len(rows)


@transaction.atomic
def note_request(*, by: Actor, contact: Contact, asked: Asked, team: UUID | None, now: datetime) -> HelpRequest:
    """Note what is asked; it waits for the team until somebody takes it.

    Raises `BadInput` for a domain that does not exist, or too many words.
    """
    permissions.receive(by)
    made = HelpRequest(
        municipality_id=by.municipality_id, household_id=contact.household_id, contact=contact, team_id=team,
        domain=asked.domain, words=asked.words.strip(), asked_at=now, asked_by=by.id,
    )  # fmt: skip
    policies.request_is_sound(made)
    with spoken():
        made.save(force_insert=True)
    trail.record(
        events.REQUEST_NOTED,
        by=by,
        household=contact.household_id,
        about=f"frontdesk.request:{made.id}",
        domain=asked.domain,
    )
    return made


@transaction.atomic
def take_request(*, by: Actor, request: UUID, now: datetime) -> HelpRequest:
    """Take a request upon oneself; raises `NotNow` when a colleague was faster, `Denied` to who only reads the file."""
    permissions.take_request(by)
    found = queries.request(request, by=by)
    policies.request_is_new(found)
    taken = HelpRequest.objects.filter(id=request, status=HelpRequest.Status.NEW).update(
        status=HelpRequest.Status.TAKEN, owner_id=by.id
    )
    if not taken:
        found.refresh_from_db(fields=["status"])
        policies.request_is_new(found)
        raise Denied(READS_ONLY)  # it is the wall that refused
    trail.record(events.REQUEST_TAKEN, by=by, household=found.household_id, about=f"frontdesk.request:{request}")
    found.refresh_from_db()
    return found


@transaction.atomic
def answer_request(*, by: Actor, request: UUID, outcome: str, now: datetime) -> HelpRequest:
    """Note what came of a request, so that every request has an end that can be read.

    Raises `BadInput` without words or with too many, `NotNow` when it was answered before, `Denied` to who only reads.
    """
    permissions.receive(by)
    found = queries.request(request, by=by)
    policies.request_is_open(found)
    if not outcome.strip():
        raise BadInput(_("Schrijf in een paar woorden wat er van de vraag kwam."), field="outcome")
    fits(outcome.strip(), 300, field="outcome")
    # Of two at the same moment the second finds nothing open.
    answered = HelpRequest.objects.filter(id=request).exclude(status=HelpRequest.Status.ANSWERED).update(
        status=HelpRequest.Status.ANSWERED, outcome=outcome.strip(), closed_at=now, closed_by=by.id
    )  # fmt: skip
    found.refresh_from_db()
    if not answered:
        policies.request_is_open(found)
        raise Denied(READS_ONLY)
    trail.record(events.REQUEST_ANSWERED, by=by, household=found.household_id, about=f"frontdesk.request:{request}")
    return found


@transaction.atomic
def book(
    *, by: Actor, household: UUID, worker: UUID, starts_at: datetime, ends_at: datetime, now: datetime,
    place: str = Appointment.Place.CENTRE, centre: UUID | None = None, about: str = "", key: UUID | None = None,
) -> Appointment:  # fmt: skip
    """Book a household with a worker.

    Raises `NotNow` when the worker has something at that moment or the key was saved before, `BadInput` for a moment past
    or far ahead, a worker or place that does not exist, an end before the start, or too many words.
    """
    permissions.receive(by)
    made = Appointment(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=household, worker_id=worker,
        starts_at=starts_at, ends_at=ends_at, place=place, centre_id=centre, about=about.strip(), booked_at=now,
        booked_by=by.id,
    )  # fmt: skip
    policies.appointment_is_sound(made, now)
    if who.worker(worker, by=by) is None:
        raise BadInput(_("Kies met welke collega de afspraak is."), field="worker")
    if who.is_avoided(worker, household, by=by, on=timezone.localtime(starts_at).date()):
        raise BadInput(_("Deze collega werkt in de wijk van dit gezin, dat elders geholpen wordt."), field="worker")
    with spoken():
        made.save(force_insert=True)
    trail.record(
        events.APPOINTMENT_BOOKED,
        by=by,
        household=household,
        about=f"frontdesk.appointment:{made.id}",
        starts=starts_at,
    )
    return made


@transaction.atomic
def close_appointment(*, by: Actor, appointment: UUID, status: str, now: datetime) -> Appointment:
    """Note how an appointment went: held, missed (a reason to call), or cancelled.

    Raises `BadInput` for another status, `NotNow` when it was noted before, `Denied` to who only reads the file.
    """
    permissions.receive(by)
    policies.is_an_end(status)
    found = queries.appointment(appointment, by=by)
    policies.still_planned(found)
    # Of two at the same moment the second finds nothing planned.
    planned = Appointment.objects.filter(id=appointment, status=Appointment.Status.PLANNED)
    closed = planned.update(status=status)
    found.refresh_from_db(fields=["status"])
    if not closed:
        policies.still_planned(found)
        raise Denied(READS_ONLY)
    trail.record(
        events.APPOINTMENT_CLOSED,
        by=by,
        household=found.household_id,
        about=f"frontdesk.appointment:{appointment}",
        status=status,
    )
    return found


@transaction.atomic
def pass_on(*, by: Actor, household: UUID, helping: UUID, avoided: Sequence[UUID]) -> tuple[int, int]:
    """Give what a household asked and agreed with these colleagues to another team, and free their hours.

    Returns how many appointments have another colleague now, and how many were called off because nobody was free.
    """
    permissions.receive(by)
    with connection.cursor() as cursor:
        cursor.execute("select * from frontdesk_pass_on(%s, %s, %s::uuid[])", [household, helping, list(avoided)])
        moved, called_off = cursor.fetchone() or (0, 0)
    trail.record(events.PASSED_ON, by=by, household=household, about=f"access.team:{helping}", moved=moved)
    return moved, called_off
