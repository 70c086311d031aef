"""The public questions: what is unusual, what lies behind it, what came of it; and who looked, for the household."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nabij.access.models import User
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.oversight import events, policies
from nabij.oversight.models import FollowUp, HomeStreet
from nabij.oversight.permissions import review_trail
from nabij.oversight.rules import LIMITS, Days, Finding, Key, shown_reference

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
