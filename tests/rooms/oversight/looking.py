"""Looks at moments of one's own choice, written as the application may; and what the rules find in them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from tests.factories import Town

from nabij.kernel.actor import Actor, acting
from nabij.oversight import queries
from nabij.oversight.rules import Days, Finding

# A Wednesday and the Saturday after it, in summer time, so that the clock of Brussels is not that of the database.
WEDNESDAY, SATURDAY = date(2026, 6, 10), date(2026, 6, 13)


def at(day: date, clock: str = "11:00") -> datetime:
    """A moment in Brussels."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def looked(
    by: Actor,
    *households: UUID,
    when: datetime,
    ground: str = "team",
    kind: str = "households.looked",
    page: str = "gezin",
) -> None:
    """Somebody opened these files at that moment."""
    rows = [(uuid4(), by.municipality_id, when, kind, by.id, key, ground, page) for key in households]
    with acting(by), connection.cursor() as cursor:
        cursor.executemany(
            "insert into audit_trailevent"
            " (id, municipality_id, at, kind, actor_id, household_id, about, ground, purpose, digest)"
            " values (%s, %s, %s, %s, %s, %s, '', %s, %s, '')",
            rows,
        )


def files(many: int) -> list[UUID]:
    """Keys of files; what is counted need not exist."""
    return [uuid4() for _ in range(many)]


def habit(by: Actor, many: int, *, days: int, before: date = WEDNESDAY) -> None:
    """So many files a day, on so many days before."""
    for back in range(1, days + 1):
        looked(by, *files(many), when=at(before - timedelta(days=back)))


def found(here: Town, rule: str, first: date = WEDNESDAY, last: date | None = None) -> list[Finding]:
    """What one rule finds, as the privacy officer asks for it."""
    with acting(here.privacy_officer):
        every = queries.unusual(Days(first, last or first), by=here.privacy_officer, seen_as="test")
    return [one for one in every if one.rule == rule]
