"""Writing the trail: `record` inside a verb, `look` beside a page, `seal` after commit."""

import hashlib
import json
import threading
import uuid
from collections.abc import Iterable
from typing import Any

import psycopg
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from nabij.audit.events import Event
from nabij.kernel.actor import Actor

# Events and what they say in one statement; thousands come as one text, four times as quick as a statement each.
_ONE = "select %s::uuid id, %s::uuid household, %s about, %s digest, %s content"
_MANY = "select * from jsonb_to_recordset(%s) r (id uuid, household uuid, about text, digest text, content text)"
_INSERT = """
with r as ({}), e as (
    insert into audit_trailevent (municipality_id, kind, actor_id, ground, purpose, id, household_id, about, digest)
    select %s, %s, %s, %s, %s, id, household, about, decode(digest, 'hex') from r
)
insert into audit_trailcontent (municipality_id, event_id, content)
select %s, id, content::jsonb from r where content is not null
"""
Row = tuple[uuid.UUID | None, object, dict[str, Any]]
"""A household, what the event is about, and its content."""
_mine = threading.local()


def record(
    kind: Event,
    /,
    *,
    by: Actor,
    household: uuid.UUID | None = None,
    about: object = "",
    ground: str = "",
    **content: Any,
) -> uuid.UUID:
    """Write the event of a verb in the verb's own transaction, and return its key."""
    with connection.cursor() as cursor:
        return _insert(cursor, kind, by, [(household, about, content)], ground=ground)[0]


def record_over(cursor: Any, kind: Event, /, *, by: Actor, **content: Any) -> None:
    """Write the event of what only the owner of the tables can do, over the owner's cursor: in that same transaction."""
    _insert(cursor, kind, by, [(None, "", content)])


def record_many(kind: Event, *, by: Actor, rows: Iterable[Row]) -> None:
    """Write one event for each (household, about, content) of a bulk verb, in its transaction."""
    with connection.cursor() as cursor:
        _insert(cursor, kind, by, rows)


def look(kind: Event, *, by: Actor, household: uuid.UUID | None, ground: str, purpose: str) -> None:
    """Write that somebody looked, over the connection that may only insert; raises when that fails: no look, no page."""
    with _trail_connection().cursor() as cursor:
        _insert(cursor, kind, by, [(household, "", {})], ground=ground, purpose=purpose)


def seal() -> int:
    """Append a seal for each committed event that has none yet, and return how many; run every few seconds.

    It waits for no transaction, only for another seal. What commits later stands later in the chain.
    """
    inner, outer = _key_pads()
    with connection.cursor() as cursor:
        cursor.execute("select audit_seal(%s, %s)", [inner, outer])
        return int(cursor.fetchone()[0])


def _insert(
    cursor: Any, kind: Event, by: Actor, rows: Iterable[Row], *, ground: str = "", purpose: str = ""
) -> list[uuid.UUID]:
    made = [_event(*row) for row in rows]
    same = (by.municipality_id, kind.slug, by.id, ground, purpose)
    source, given = (_ONE, list(made[0].values())) if len(made) == 1 else (_MANY, [json.dumps(made)])
    cursor.execute(_INSERT.format(source), [*given, *same, by.municipality_id])
    return [uuid.UUID(event["id"]) for event in made]


def _event(household: uuid.UUID | None, about: object, content: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(content, cls=_Plain, sort_keys=True, ensure_ascii=False)
    return {
        "id": str(uuid.uuid4()),
        "household": household and str(household),
        "about": str(about),
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "content": text if content else None,
    }


class _Plain(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        """Return keys and translated words as plain text."""
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def _key_pads() -> tuple[bytes, bytes]:
    key = bytes.fromhex(settings.NABIJ_TRAIL_KEY).ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)


def _trail_connection() -> psycopg.Connection:
    """Return this thread's own autocommit connection as the trail role, to the database that Django uses now."""
    name = connection.settings_dict["NAME"]
    link = getattr(_mine, "link", None)
    if link is None or link.closed or _mine.name != name:
        close()
        parts = {"host": connection.settings_dict["HOST"], "port": connection.settings_dict["PORT"]}
        keep = {key: value for key, value in parts.items() if value}
        link = psycopg.connect(settings.NABIJ_TRAIL_URL, dbname=name, autocommit=True, **keep)
        _mine.link, _mine.name = link, name
    return link


def close() -> None:
    """Close this thread's trail connection; the next look opens a new one."""
    if link := getattr(_mine, "link", None):
        link.close()
    _mine.link = None
