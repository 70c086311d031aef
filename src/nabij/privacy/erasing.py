"""Calling the one function that erases; what it refuses becomes a sentence."""

import json
from datetime import date
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from nabij.households.models import Person
from nabij.households.naming import household_name, household_sort_key
from nabij.households.recognition.names import fold
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


def erase_person(person: UUID, household: UUID, *, by: Actor, today: date, request: UUID) -> None:
    """Erase one person out of a household in which others stay, and call the household after who stays.

    Raises `NotNow` with the reason when that may not be, or when nobody else is there; then nothing went.
    """
    rules, plan = queries.rules_for_sql(queries.terms(by=by)), json.dumps(references.plan())
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select * from privacy_erase_person(%s, %s, %s, %s, %s, %s)",
                [household, person, today, request, rules, plan],
            )
            named = renamed([(was, Person(given_name=g, family_name=f, birth_date=b), h) for was, g, f, b, h in cursor])
            if named:
                cursor.execute("select privacy_rename(%s, %s, %s)", [household, *named])
    except DatabaseError as error:
        raise told(error) from error


def renamed(rows: list[tuple[bool, Person, str]]) -> tuple[str, str] | None:
    """Return what a household is called without who went, and how that sorts; nothing when the name did not name him.

    Each row says whether it is who went, who it is, and what the household was called.
    """
    gone = next(person for was, person, _name in rows if was)
    stay = [person for was, person, _name in rows if not was]
    name = rows[0][2]
    theirs = {fold(part) for person in stay for part in (person.given_name, person.family_name)}
    own = {fold(part) for part in (gone.given_name, gone.family_name) if part} - theirs
    if not stay or not any(part in fold(name) for part in own):
        return None
    new = household_name(stay)
    return new, household_sort_key(new, stay)
