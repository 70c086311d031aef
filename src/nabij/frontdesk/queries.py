"""The public questions of the front desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.frontdesk.models import Appointment, Contact, HelpRequest
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotOpen
from nabij.territory.models import OpeningHours

SLOT = timedelta(minutes=45)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Slot:
    """A moment at which a worker is free."""

    worker: User
    starts_at: datetime
    ends_at: datetime

    @property
    def value(self) -> str:
        """Return the slot as a form sends it."""
        return f"{self.worker.id}|{self.starts_at.isoformat()}"


def free_slots(
    workers: Iterable[User],
    *,
    by: Actor,
    hours: dict[int, list[OpeningHours]],
    since: datetime,
    days: int = 10,
    limit: int = 12,
) -> list[Slot]:
    """Return the first free slots of these workers after a moment, in opening hours (weekday → hours), soonest first."""
    people = list(workers)
    busy = _busy([worker.id for worker in people], since, since + timedelta(days=days))
    found: list[Slot] = []
    for day in range(days):
        on = timezone.localtime(since).date() + timedelta(days=day)
        starts = [start for start in _starts(on, hours.get(on.weekday(), [])) if start > since]
        found += _of_a_day(people, busy, starts)
        if len(found) >= limit:
            break
    return found[:limit]


def _of_a_day(people: list[User], busy: dict[UUID, list[Span]], starts: list[datetime]) -> list[Slot]:
    """Return at most four slots of a day, another worker each time, so that the choice is wide and short."""
    found: list[Slot] = []
    for start in starts[:: max(1, len(starts) // 4)]:
        turn = people[len(found) % len(people) :] + people[: len(found) % len(people)] if people else []
        if free := next((w for w in turn if not _taken(busy.get(w.id, []), start, start + SLOT)), None):
            found.append(Slot(free, start, start + SLOT))
    return found[:4]


def appointments_of(worker: UUID, *, by: Actor, on: date) -> list[Appointment]:
    """Return a worker's planned appointments of a day, in order."""
    start = timezone.make_aware(datetime.combine(on, time.min))
    rows = Appointment.objects.filter(worker_id=worker, starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    return list(rows.exclude(status="cancelled").select_related("household", "centre").order_by("starts_at", "id"))


def appointments_with(household: UUID, *, by: Actor, limit: int = 20) -> list[Appointment]:
    """Return the appointments of a household, latest first."""
    rows = Appointment.objects.filter(household_id=household).select_related("worker", "centre")
    return list(rows.order_by("-starts_at", "id")[:limit])


def contacts_and_requests(
    household: UUID, *, by: Actor, limit: int = 30
) -> tuple[list[tuple[Contact, list[HelpRequest]]], list[HelpRequest]]:
    """Return the contacts of a household, newest first, each with what was asked then; and all that was asked."""
    requests = requests_of(household, by=by)
    asked: dict[UUID, list[HelpRequest]] = {}
    for one in requests:
        asked.setdefault(one.contact_id, []).append(one)
    contacts = Contact.objects.filter(household_id=household).select_related("centre").order_by("-met_at", "id")[:limit]
    return [(contact, asked.get(contact.id, [])) for contact in contacts], requests


def noted_today(*, by: Actor, since: datetime, limit: int = 30) -> list[Contact]:
    """Return the contacts that `by` noted since a moment, newest first."""
    rows = (
        Contact.objects.filter(noted_by=by.id, met_at__gte=since)
        .select_related("household")
        .prefetch_related("requests")
    )
    return list(rows.order_by("-met_at", "id")[:limit])


def new_requests(*, by: Actor, limit: int = 30, team: UUID | None = None) -> list[HelpRequest]:
    """Return the requests of the actor's teams (or one of them) that nobody took yet, oldest first."""
    teams = [key for key in by.team_ids if team in (None, key)]
    rows = HelpRequest.objects.filter(status=HelpRequest.Status.NEW, team_id__in=teams)
    return list(rows.select_related("household", "team").order_by("asked_at", "id")[: limit + 1])


def waits_since(household: OuterRef) -> Subquery:
    """Return, for another query's row, since which moment its household waits for an answer; nothing when it does not."""
    rows = HelpRequest.objects.filter(household_id=household).exclude(status=HelpRequest.Status.ANSWERED)
    return Subquery(rows.order_by("asked_at").values("asked_at")[:1])


def has_asked(household: OuterRef) -> Exists:
    """Return, for another query's row, whether its household ever asked something."""
    return Exists(HelpRequest.objects.filter(household_id=household))


def requests_of(household: UUID, *, by: Actor) -> list[HelpRequest]:
    """Return what a household asked, newest first."""
    rows = HelpRequest.objects.filter(household_id=household).select_related("owner")
    return list(rows.order_by("-asked_at", "id"))


def request(key: UUID, *, by: Actor) -> HelpRequest:
    """Return one request; raises `NotOpen` when it is not there or not for `by`."""
    if found := HelpRequest.objects.filter(id=key).first():
        return found
    raise NotOpen(_("Deze vraag is niet voor jou open, of ze bestaat niet meer."))


def appointment(key: UUID, *, by: Actor) -> Appointment:
    """Return one appointment; raises `NotOpen` when it is not there or not for `by`."""
    if found := Appointment.objects.filter(id=key).select_related("household").first():
        return found
    raise NotOpen(_("Deze afspraak is niet voor jou open, of ze bestaat niet meer."))


def contact(key: UUID, *, by: Actor) -> Contact:
    """Return one contact; raises `NotOpen` when it is not there or not for `by`."""
    if found := Contact.objects.filter(id=key).prefetch_related("requests").first():
        return found
    raise NotOpen(_("Dit contact is niet voor jou open, of het bestaat niet meer."))


def booked_by(*, by: Actor, household: UUID | None, since: datetime) -> list[Appointment]:
    """Return the coming appointments of a household that `by` may see, soonest first."""
    if household is None:
        return []
    rows = Appointment.objects.filter(household_id=household, starts_at__gte=since, status=Appointment.Status.PLANNED)
    return list(rows.select_related("worker", "centre").order_by("starts_at", "id")[:3])


def latest_contact(households: Iterable[UUID], *, by: Actor) -> dict[UUID, datetime]:
    """Return when each of these households last had a contact."""
    rows = Contact.objects.filter(household_id__in=list(households)).order_by("household_id", "-met_at")
    return dict(rows.distinct("household_id").values_list("household_id", "met_at"))


def _busy(workers: list[UUID], since: datetime, until: datetime) -> dict[UUID, list[Span]]:
    with connection.cursor() as cursor:
        cursor.execute("select * from frontdesk_busy(%s, %s, %s)", [workers, since, until])
        found: dict[UUID, list[Span]] = {}
        for worker, starts, ends in cursor.fetchall():
            found.setdefault(worker, []).append((starts, ends))
        return found


def _starts(on: date, hours: list[OpeningHours]) -> list[datetime]:
    starts = []
    for opens, closes in [(row.opens, row.closes) for row in hours]:
        moment = timezone.make_aware(datetime.combine(on, opens))
        end = timezone.make_aware(datetime.combine(on, closes))
        while moment + SLOT <= end:
            starts.append(moment)
            moment += SLOT
    return starts


def _taken(busy: list[Span], start: datetime, end: datetime) -> bool:
    return any(begins < end and ends > start for begins, ends in busy)
