"""Calling the one function that erases; what it refuses becomes a sentence."""

import json
from datetime import date
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotNow
from nabij.privacy import queries, references
from nabij.privacy.policies import WHY_NOT

_MARK = "privacy:"


def erase(household: UUID, *, by: Actor, today: date, request: UUID | None = None) -> str:
    """Erase a household with all that refers to it, and return its category; only the verbs of this room call it.

    Raises `NotNow` with the reason when it may not go; then nothing went.
    """
    rules, plan = queries.rules_for_sql(queries.terms(by=by)), json.dumps(references.plan())
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select privacy_erase(%s, %s, %s, %s, %s)", [household, today, request, rules, plan])
            return str(cursor.fetchone()[0])
    except DatabaseError as error:
        raise told(error) from error


def told(error: DatabaseError) -> Exception:
    """Return the refusal that stands behind an error of the function, or the error itself."""
    first = str(error).splitlines()[0]
    if not first.startswith(_MARK):
        return error
    return NotNow(WHY_NOT[first.removeprefix(_MARK).split()[0]])
