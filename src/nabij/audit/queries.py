"""The public questions about the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections

from nabij.audit.events import REGISTRY
from nabij.audit.models import TrailCheck, TrailContent, TrailEvent
from nabij.kernel.actor import Actor


@dataclass(frozen=True)
class Trace:
    """One line of the trail as a person reads it; `ground` and `purpose` only where somebody looked."""

    at: datetime
    actor_id: UUID
    kind: str
    sentence: str
    ground: str
    purpose: str
    content: dict[str, Any]


def traces_of(household: UUID, *, by: Actor, kinds: tuple[str, ...] = (), limit: int = 100) -> list[Trace]:
    """Return what happened to a household, newest first; row-level security leaves out what `by` may not see."""
    events = TrailEvent.objects.filter(municipality_id=by.municipality_id, household_id=household)
    if kinds:
        events = events.filter(kind__in=kinds)
    found = list(events.order_by("-at", "id")[:limit])
    contents = TrailContent.objects.in_bulk([event.id for event in found])
    return [_trace(event, contents.get(event.id)) for event in found]


def sealed_chain(alias: str = "owner") -> list[tuple[int, UUID, bytes, str | None]]:
    """Return (number, event, hash, words) of the whole chain, read as the owner in maintenance."""
    with connections[alias].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        cursor.execute(
            "select s.n, s.event_id, s.hash, case when e.id is not null then audit_words(e) end from audit_trailseal s"
            " left join audit_trailevent e on e.id = s.event_id order by s.n"
        )
        rows = cursor.fetchall()
        cursor.execute("select set_config('nabij.maintenance', '', false)")
    return [(n, event, bytes(seal), words) for n, event, seal, words in rows]


def checks(*, by: Actor, limit: int = 30) -> list[TrailCheck]:
    """Return what the latest checks of the trail found, newest first, to who may read them."""
    return list(TrailCheck.objects.order_by("-at")[:limit])


def _trace(event: TrailEvent, content: TrailContent | None) -> Trace:
    kind = REGISTRY.get(event.kind)
    return Trace(
        at=event.at,
        actor_id=event.actor_id,
        kind=event.kind,
        sentence=str(kind.sentence) if kind else event.kind,
        ground=event.ground,
        purpose=event.purpose,
        content=content.content if content else {},
    )
