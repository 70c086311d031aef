"""Rotating the key of what is sealed: every sealed text that there is, and with which of the keys each one is sealed.

Which key sealed a text shows from its proof, without opening it. Sealing again is done in memory, as the owner of the tables in
maintenance, for the pages may neither see what another wrote nor change a note. Only counts are said, here and in the trail.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from psycopg import sql

from nabij.audit import trail
from nabij.config import events, operating
from nabij.kernel import secrets
from nabij.territory import queries

BATCH = 500
FIRST = UUID(int=0)


@dataclass(frozen=True)
class Place:
    """A column with sealed texts, and for which use they are sealed."""

    table: str
    column: str
    use: str = ""


PLACES = (
    Place("casework_note", "sealed_text"),
    Place("access_draft", "content"),
    Place("signin_factor", "secret", "signin"),
    Place("oidc_directory", "secret", "oidc"),
    Place("oidc_visit", "refresh", "oidc"),
)

Counts = dict[Place, Counter[int | None]]
"""Of each place how many texts each key sealed: 0 is the newest, None is no key of ours."""


def count() -> Counts:
    """Return of each place how many texts each key sealed; nothing is opened."""
    counts: Counts = {place: Counter() for place in PLACES}
    for town in queries.municipalities():
        for place in PLACES:
            for _cursor, rows in _batches(place, town.id):
                counts[place].update(secrets.sealed_with(token, use=place.use) for _key, token in rows)
    return counts


def closed() -> int:
    """Return how many texts no key of ours sealed: they stay, and a copy of their key opens them."""
    return sum(counted[None] for counted in count().values())


def reseal() -> Counter[Place]:
    """Seal with the newest key what an older one sealed, and return how many of each place.

    Each batch is a transaction of its own with its event: whoever is interrupted begins again, and does what was left. What
    no key of ours opens stays as it is.
    """
    done: Counter[Place] = Counter()
    for town in queries.municipalities():
        by = operating.operator(town)
        for place in PLACES:
            for cursor, rows in _batches(place, town.id):
                many = sum(_again(cursor, place, key, token) for key, token in rows)
                if many:
                    trail.record_over(cursor, events.RESEALED, by=by, **{place.table: many})
                done[place] += many
    return done


def _batches(place: Place, town: UUID) -> Iterator[tuple[Any, list[tuple[UUID, bytes]]]]:
    question = sql.SQL(
        "select id, {column} from {table} where municipality_id = %s and octet_length({column}) > 0 and id > %s"
        " order by id limit %s"
    ).format(table=sql.Identifier(place.table), column=sql.Identifier(place.column))
    last = FIRST
    while True:
        with _in_maintenance() as cursor:
            cursor.execute(question, [town, last, BATCH])
            rows = cursor.fetchall()
            if not rows:
                return
            yield cursor, rows
        last = rows[-1][0]


def _again(cursor: Any, place: Place, key: UUID, token: bytes) -> int:
    if not secrets.sealed_with(token, use=place.use):  # by the newest, or by none of ours
        return 0
    words = sql.SQL("update {table} set {column} = %s where id = %s and {column} = %s").format(
        table=sql.Identifier(place.table), column=sql.Identifier(place.column)
    )
    # Only if it is still the text that was read: a draft that its writer changed meanwhile is sealed with the newest already.
    cursor.execute(words, [secrets.reseal(token, use=place.use), key, token])
    return int(cursor.rowcount)


@contextmanager
def _in_maintenance() -> Iterator[Any]:
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', true)")
        yield cursor
