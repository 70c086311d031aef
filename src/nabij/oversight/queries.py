"""The public questions: what is unusual, what lies behind it, what came of it; and who looked, for the household."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q

from nabij.access import queries as who
from nabij.access.models import User
from nabij.access.roles import Permission
from nabij.audit import trail
from nabij.households import queries as homes
from nabij.households.models import Household
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotOpen
from nabij.oversight import events, policies
from nabij.oversight.models import Emergency as Emergency
from nabij.oversight.models import EmergencyWord, FollowUp, HomeStreet
from nabij.oversight.permissions import review_trail
from nabij.oversight.rules import LIMITS, Days, Finding, Key, shown_reference

NEWS = timedelta(days=7)
OUTCOMES = [EmergencyWord.Kind.JUSTIFIED, EmergencyWord.Kind.REFUSED]
_WORDS = Prefetch("words", EmergencyWord.objects.order_by("said_at", "id"))
MOST = 5000
"""Lines that the household's list takes from the trail; more than that, it says so."""


@dataclass(frozen=True)
class LookSeen:
    """One look behind a finding: when, in which file (as far as the officer may know), on what ground, on what page."""

    at: datetime
    home: str
    ground: str
    purpose: str


@dataclass(frozen=True)
class LookAtHousehold:
    """One line of the trail for the household itself: who, in which functions, when, on what ground, on what page."""

    at: datetime
    kind: str
    worker: str
    functions: tuple[str, ...]
    ground: str
    purpose: str


@dataclass(frozen=True)
class Review:
    """That a privacy officer looked here, or noted something."""

    at: datetime
    worker_id: UUID
    kind: str
    purpose: str


def unusual(days: Days, *, by: Actor, seen_as: str) -> list[Finding]:
    """Return what is unusual in a period, latest first; leaves in the trail that it was looked at.

    Raises `Denied`, and `BadInput` for a period that cannot be.
    """
    review_trail(by)
    policies.in_order(days)
    trail.look(events.SEEN, by=by, household=None, ground="oversight", purpose=seen_as[:200])
    rows = _rows("select * from oversight_unusual(%s, %s, %s)", [days.first, days.last, json.dumps(LIMITS)])
    return [_finding(row) for row in rows]


def finding(key: Key, *, by: Actor, seen_as: str) -> Finding | None:
    """Return one finding, or nothing when no rule finds it (any more); leaves that it was looked at."""
    return next((one for one in unusual(Days(key.day, key.day), by=by, seen_as=seen_as) if one.key == key), None)


def looks_behind(found: Finding, *, by: Actor) -> list[LookSeen]:
    """Return what a worker opened on the day of a finding, in the one file that it is about, or in all."""
    review_trail(by)
    rows = _rows("select * from oversight_looks(%s, %s)", [found.key.worker, found.key.day])
    return [
        LookSeen(row["at"], shown_reference(row["reference"], row["initial"]), row["ground"], row["purpose"])
        for row in rows
        if found.key.reference in ("", row["reference"]) and found.first_at <= row["at"] <= found.last_at
    ]


def follow_ups(days: Days, *, by: Actor) -> dict[Key, list[FollowUp]]:
    """Return what came of what was unusual in a period, oldest first."""
    found: dict[Key, list[FollowUp]] = defaultdict(list)
    rows = FollowUp.objects.filter(municipality_id=by.municipality_id, day__range=(days.first, days.last))
    for row in rows.order_by("noted_at", "id"):
        found[Key(row.rule, row.worker_id, row.day, row.reference)].append(row)
    return found


def reviews(days: Days, *, by: Actor) -> list[Review]:
    """Return which privacy officers looked here in a period, latest first."""
    review_trail(by)
    rows = _rows("select * from oversight_reviews(%s, %s)", [days.first, days.last])
    return [Review(row["at"], row["worker_id"], row["kind"], row["purpose"]) for row in rows]


def who_looked(household: UUID, *, by: Actor, since: date) -> list[LookAtHousehold]:
    """Return who looked into a file that is open to `by`, latest first; one more than `MOST` says that there are more."""
    rows = _rows("select * from oversight_who_looked(%s, %s)", [household, since])
    return [
        LookAtHousehold(
            row["at"], row["kind"], row["worker_name"], tuple(row["functions"]), row["ground"], row["purpose"]
        )
        for row in rows
    ]


def streets(*, by: Actor) -> dict[UUID, HomeStreet]:
    """Return the streets of colleagues that are noted; for who is no privacy officer only one's own."""
    return {row.worker_id: row for row in HomeStreet.objects.filter(municipality_id=by.municipality_id)}


def colleagues(*, by: Actor) -> list[User]:
    """Return who works here, by name."""
    return list(User.objects.filter(municipality_id=by.municipality_id, is_active=True).order_by("name", "id"))


def barred_until(worker: UUID, *, by: Actor) -> date | None:
    """Return the first day on which a worker who was refused twice may ask again; None where that never happened."""
    with connection.cursor() as cursor:
        cursor.execute("select oversight_barred_until(%s)", [worker])
        return cast("date | None", cursor.fetchone()[0])


def tried(*, by: Actor, now: datetime) -> tuple[date | None, list[datetime]]:
    """Return until when `by` is barred, and when `by` asked in the last day without that anything opened."""
    rows = Emergency.objects.filter(
        worker_id=by.id, state=Emergency.State.NOT_OPENED, asked_at__gt=now - policies.IN, asked_at__lte=now
    )
    return barred_until(by.id, by=by), list(rows.order_by("asked_at").values_list("asked_at", flat=True))


def named(whom: policies.Named, *, by: Actor) -> UUID | None:
    """Return the one home of somebody who is named exactly, in the whole municipality; for the verb that asks a reason."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select oversight_named(%s, %s, %s, %s)",
            [whom.name, whom.born, whom.street.strip(), whom.number.strip()],
        )
        return cast("UUID | None", cursor.fetchone()[0])


def reached(household: UUID, *, by: Actor) -> bool:
    """Return whether the wall shows a household: it is there, and it is for `by`."""
    return Household.objects.filter(id=household).exists()


def emergency(key: UUID, *, by: Actor) -> Emergency:
    """Return one access in an emergency; raises `NotOpen` when it is not there or not for `by`."""
    if found := Emergency.objects.filter(id=key).select_related("worker", "basis").first():
        return found
    raise NotOpen(policies.NOT_YOURS)


def own_emergencies(*, by: Actor, limit: int = 10) -> list[Emergency]:
    """Return what `by` took, latest first, each with what was said of it."""
    rows = Emergency.objects.filter(worker_id=by.id, state=Emergency.State.OPENED)
    return list(rows.select_related("basis").prefetch_related(_WORDS).order_by("-asked_at", "id")[:limit])


def emergencies_to_know(*, by: Actor, on: date, now: datetime) -> list[tuple[Emergency, str]]:
    """Return what others took of the households for which `by` is in charge, with the name, as long as it is news.

    In charge are lead, duo and substitute; without a lead the coordinators of the team. News lasts a week, and until the
    review.
    """
    rows = Emergency.objects.filter(state=Emergency.State.OPENED, household_id__isnull=False).exclude(worker_id=by.id)
    rows = rows.exclude(asked_at__lt=now - NEWS, words__kind__in=OUTCOMES)
    found = list(rows.select_related("worker", "basis").prefetch_related(_WORDS).order_by("-asked_at", "id")[:50])
    if not found or by.holds(Permission.REVIEW_TRAIL):
        return []
    keys = {one.household_id for one in found if one.household_id}
    charges, stood_in = who.in_charge(keys, by=by, on=on), who.households_stood_in(by.id, by=by, on=on)
    names = homes.names_of(keys, by=by)
    return [
        (one, names[one.household_id])
        for one in found
        if one.household_id in names and (one.household_id in stood_in or _is_told(charges[one.household_id], by))
    ]


def is_told(found: Emergency, *, by: Actor, on: date) -> bool:
    """Return whether `by` is in charge of the household that an access in an emergency opened."""
    home = found.household_id
    if home is None or not reached(home, by=by):
        return False
    return home in who.households_stood_in(by.id, by=by, on=on) or _is_told(
        who.in_charge([home], by=by, on=on)[home], by
    )


def _is_told(charge: who.InCharge, by: Actor) -> bool:
    if charge.lead is None:
        return by.holds(Permission.DIVIDE_WORK)
    return by.id in (charge.lead.id, charge.duo.id if charge.duo else None)


def emergencies_waiting(*, by: Actor) -> list[Emergency]:
    """Return what a privacy officer has to review, oldest first."""
    review_trail(by)
    rows = Emergency.objects.filter(state=Emergency.State.OPENED).exclude(words__kind__in=OUTCOMES)
    return list(rows.select_related("worker", "basis").prefetch_related(_WORDS).order_by("asked_at", "id"))


def emergencies_past(*, by: Actor, limit: int = 60) -> list[Emergency]:
    """Return what was reviewed, and what was asked without that anything opened, latest first."""
    review_trail(by)
    done = Q(words__kind__in=OUTCOMES) | ~Q(state=Emergency.State.OPENED)
    rows = Emergency.objects.filter(done).select_related("worker", "basis").prefetch_related(_WORDS).distinct()
    return list(rows.order_by("-asked_at", "id")[:limit])


def emergencies_to_review(*, by: Actor) -> int:
    """Return how many accesses in an emergency wait for a privacy officer; 0 for who is none."""
    if not by.holds(Permission.REVIEW_TRAIL):
        return 0
    return Emergency.objects.filter(state=Emergency.State.OPENED).exclude(words__kind__in=OUTCOMES).count()


def emergencies_on_list(household: UUID, *, by: Actor, since: date) -> list[tuple[datetime, str, str]]:
    """Return for the household's list when who was in its file in an emergency, and what came of the review."""
    rows = _rows("select * from oversight_emergencies_of(%s, %s)", [household, since])
    return [(row["at"], row["worker_name"], row["outcome"]) for row in rows]


def _finding(row: dict[str, Any]) -> Finding:
    facts = row["facts"] if isinstance(row["facts"], dict) else json.loads(row["facts"])
    return Finding(
        key=Key(row["rule"], row["worker_id"], row["day"], row["reference"]),
        name=row["worker_name"],
        initial=row["initial"],
        files=row["files"],
        looks=row["looks"],
        first_at=row["first_at"],
        last_at=row["last_at"],
        facts=facts,
    )


def _rows(sql: str, values: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
