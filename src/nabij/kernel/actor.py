"""Who acts, for which municipality; and the transaction that carries it to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

OPERATOR = UUID(int=1)
"""Whoever works at the command line of the installation; no person, no basis on any household."""


@dataclass(frozen=True)
class Actor:
    """A worker in one municipality, with what the functions allow; the `by` of every verb."""

    id: UUID
    name: str
    municipality_id: UUID
    functions: frozenset[str] = field(default_factory=frozenset)
    permissions: frozenset[str] = field(default_factory=frozenset)
    team_ids: tuple[UUID, ...] = ()
    centre_id: UUID | None = None

    def holds(self, permission: str) -> bool:
        """Return whether one of the functions allows it."""
        return permission in self.permissions

    @classmethod
    def operator(cls, municipality_id: UUID, permissions: frozenset[str] = frozenset()) -> "Actor":
        """Return the actor of the command line."""
        return cls(
            id=OPERATOR, name="Beheer van de installatie", municipality_id=municipality_id, permissions=permissions
        )


@contextmanager
def acting(by: Actor, *, read_only: bool = False) -> Iterator[None]:
    """Open a transaction in which PostgreSQL knows who acts for which municipality; afterwards what was is back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('nabij.actor', true), current_setting('nabij.municipality', true)")
        before = cursor.fetchone()
        if read_only:
            cursor.execute("set transaction read only")
        _tell(cursor, str(by.id), str(by.municipality_id))
        yield
        if not connection.needs_rollback:
            _tell(cursor, before[0] or "", before[1] or "")


def _tell(cursor: object, actor: str, municipality: str) -> None:
    cursor.execute(  # type: ignore[attr-defined]
        "select set_config('nabij.actor', %s, true), set_config('nabij.municipality', %s, true)", [actor, municipality]
    )
