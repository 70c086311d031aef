"""Is the trail whole? The chain itself shows what was changed, taken out or moved; a head that was kept elsewhere shows
what was cut off at the end.

A chain that ends earlier is still a good chain. So whoever seals also writes the last link (number and hash) down,
outside the database. A later check asks of each head that was kept: is that link still there, with that hash?
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils import timezone

from nabij.audit.chain import Link

# One word, for a line of a log is read by its spaces.
DATABASE = "select oid::text || '-' || replace(datname, ' ', '_') from pg_database where datname = current_database()"


@dataclass(frozen=True)
class Head:
    """The last link of the chain at a moment, and of which database."""

    at: datetime
    database: str
    n: int
    hash: str

    def __str__(self) -> str:
        return f"{self.at.isoformat(timespec='seconds')} {self.database} {self.n} {self.hash}"


def parse_head(line: str) -> Head | None:
    """Return the head in a line of a log, or nothing when the line is something else (a disk that was full)."""
    try:
        at, database, n, digest = line.split()
        return Head(datetime.fromisoformat(at), database, int(n), bytes.fromhex(digest).hex())
    except ValueError:
        return None


def head(*, now: datetime, alias: str = "owner") -> Head | None:
    """Return the last link of the chain, read as the owner; nothing when there is none yet."""
    rows = _read(
        f"select ({DATABASE}),"  # noqa: S608  # our own words
        " n, hash from audit_trailseal order by n desc limit 1",
        alias,
    )
    return Head(now, str(rows[0][0]), int(rows[0][1]), bytes(rows[0][2]).hex()) if rows else None


def database(alias: str = "owner") -> str:
    """Return the name by which heads know this database: a restored or new one has another number."""
    rows = _read(DATABASE, alias)
    return str(rows[0][0])


def missing(chain: Sequence[Link], heads: Iterable[Head]) -> list[str]:
    """Return, in Dutch, what the heads that were kept say of the chain: its end is cut off, or it was written anew."""
    links = {n: bytes(seal).hex() for n, _event, seal, _words in chain}
    last, every = max(links, default=0), sorted(heads, key=lambda head: (head.n, head.at))
    wrong = []
    if gone := [kept for kept in every if kept.n > last]:
        furthest = gone[-1]
        wrong.append(
            f"Op {_said(furthest)} ging het spoor tot zegel {furthest.n}, en nu maar tot {last}: het einde is afgeknipt."
            f" Weg zijn de zegels {last + 1} tot {furthest.n}."
        )
    if other := [kept for kept in every if kept.n <= last and links.get(kept.n) != kept.hash]:
        good = [kept for kept in every if kept.n < other[0].n and links.get(kept.n) == kept.hash]
        since = f"tot zegel {good[-1].n} ({_said(good[-1])}) klopt het nog" if good else "geen bewaard zegel klopt nog"
        wrong.append(
            f"Zegel {other[0].n} is niet meer wat het was op {_said(other[0])}: het spoor is herschreven; {since}."
        )
    return wrong


def _said(head: Head) -> str:
    return f"{timezone.localtime(head.at):%d/%m/%Y %H:%M}"


def changed_contents(alias: str = "owner") -> list[str]:
    """Return, in Dutch, each event of which the content is not what its digest says; erased content is no mistake."""
    rows = _read(
        "select e.id, e.digest, c.content::text from audit_trailcontent c join audit_trailevent e on e.id = c.event_id",
        alias,
    )
    return [
        f"De inhoud van gebeurtenis {key} is veranderd." for key, digest, text in rows if _digest(text) != bytes(digest)
    ]


def waiting(alias: str = "owner") -> int:
    """Return how many events wait longer than ten minutes for their seal: then nobody seals."""
    rows = _read(
        "select count(*) from audit_trailevent e join audit_trailwaiting w on w.event_id = e.id"
        " where e.at < now() - interval '10 minutes'",
        alias,
    )
    return int(rows[0][0])


def loose(alias: str = "owner") -> list[tuple[UUID, str]]:
    """Return the events, with their words, that have no seal and wait for none: somebody took it off, or off the list."""
    rows = _read(
        "select e.id, audit_words(e) from audit_trailevent e"
        " where not exists (select 1 from audit_trailseal s where s.event_id = e.id)"
        " and not exists (select 1 from audit_trailwaiting w where w.event_id = e.id) order by e.at, e.id",
        alias,
    )
    return [(UUID(str(key)), str(words)) for key, words in rows]


@contextmanager
def hashed_joins(alias: str = "owner") -> Iterator[None]:
    """Read the whole trail by hash joins: the policy hides how many rows there are, and a nested loop takes minutes."""
    with connections[alias].cursor() as cursor:
        cursor.execute("set enable_nestloop = off")
        yield
        cursor.execute("reset enable_nestloop")


def _digest(text: str) -> bytes:
    plain = json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).digest()


def _read(query: str, alias: str) -> list[Any]:
    with connections[alias].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        try:
            cursor.execute(query)
            return list(cursor.fetchall())
        finally:
            cursor.execute("select set_config('nabij.maintenance', '', false)")
