"""Writing the trail: `record` inside a verb, `look` beside a page, `seal` after commit."""

import hashlib
import hmac
import json
import threading
import uuid
from typing import Any

import psycopg
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from nabij.audit.events import Event
from nabij.kernel.actor import Actor

_EVENT = (
    "insert into audit_trailevent (id, municipality_id, kind, actor_id, household_id, about, ground, purpose, digest)"
    " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_CONTENT = "insert into audit_trailcontent (event_id, municipality_id, content) values (%s, %s, %s)"
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
    rows = _rows(kind, by, [(household, about, content)], ground, "")
    with connection.cursor() as cursor:
        _insert(cursor, rows)
    return uuid.UUID(str(rows[0][0][0]))


def record_many(kind: Event, *, by: Actor, rows: list[tuple[uuid.UUID | None, object, dict[str, Any]]]) -> None:
    """Write one event for each (household, about, content) of a bulk verb, in its transaction."""
    with connection.cursor() as cursor:
        _insert(cursor, _rows(kind, by, rows, "", ""))


def look(kind: Event, *, by: Actor, household: uuid.UUID | None, ground: str, purpose: str) -> None:
    """Write that somebody looked, over the connection that may only insert; raises when that fails: no look, no page."""
    with _trail_connection().cursor() as cursor:
        _insert(cursor, _rows(kind, by, [(household, "", {})], ground, purpose))


def seal() -> int:
    """Append a seal for each committed event that has none yet, and return how many; run every few seconds."""
    inner, outer = _key_pads()
    with connection.cursor() as cursor:
        cursor.execute("select audit_seal(%s, %s)", [inner, outer])
        return int(cursor.fetchone()[0])


def verify(rows: Any) -> list[str]:
    """Compare seals with events, given (n, event id, hash, words) in order of n, and return what is wrong, in Dutch."""
    key, previous, expected, wrong = bytes.fromhex(settings.NABIJ_TRAIL_KEY), b"", 1, []
    for n, event_id, seal_hash, words in rows:
        if n != expected:
            wrong.append(f"Tussen zegel {expected} en {n} ontbreekt er iets.")
        if words is None:
            wrong.append(f"Bij zegel {n} ontbreekt gebeurtenis {event_id}.")
        elif not hmac.compare_digest(hmac.digest(key, previous + words.encode(), "sha256"), bytes(seal_hash)):
            wrong.append(f"Gebeurtenis {event_id} (zegel {n}) is veranderd, of staat niet op haar plaats.")
        previous, expected = bytes(seal_hash), n + 1
    return wrong


def _rows(kind: Event, by: Actor, items: list[Any], ground: str, purpose: str) -> list[tuple[list[Any], str]]:
    rows = []
    for household, about, content in items:
        text = json.dumps(content, cls=_Plain, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).digest()
        event = [uuid.uuid4(), by.municipality_id, kind.slug, by.id, household, str(about), ground, purpose, digest]
        rows.append((event, text if content else ""))
    return rows


def _insert(cursor: Any, rows: list[tuple[list[Any], str]]) -> None:
    events = [event for event, _ in rows]
    contents = [(event[0], event[1], text) for event, text in rows if text]
    cursor.executemany(_EVENT, events) if len(events) > 1 else cursor.execute(_EVENT, events[0])
    if contents:
        cursor.executemany(_CONTENT, contents) if len(contents) > 1 else cursor.execute(_CONTENT, contents[0])


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
