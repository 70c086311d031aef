"""The public questions: which directories there are, by which rules they give functions, whom they know, whom they were refused."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from nabij.access.models import User
from nabij.kernel.actor import Actor
from nabij.signin.oidc import claims
from nabij.signin.oidc.models import Directory, Link, Rule, Visit
from nabij.signin.oidc.refusing import WORDS

USE = "oidc"
"""Secrets of directories are sealed with a key of this use."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Door:
    """A directory as the sign-in page names it, before anybody is known."""

    id: UUID
    municipality_id: UUID
    town: str
    name: str


@dataclass(frozen=True)
class Refused:
    """Somebody whom a directory sent and who was not let in; `key` is what to link a worker with."""

    at: datetime
    why: str
    name: str
    key: str


def doors() -> list[Door]:
    """Return every directory that is open, by town; asked before there is a context."""
    with connection.cursor() as cursor:
        cursor.execute("select id, municipality_id, town, name from oidc_doors()")
        return [Door(*row) for row in cursor.fetchall()]


def door(key: UUID) -> Door | None:
    """Return one directory that is open."""
    return next((each for each in doors() if each.id == key), None)


def directory(key: UUID, *, by: Actor) -> Directory | None:
    """Return one directory of the municipality."""
    return Directory.objects.filter(id=key).first()


def directories(*, by: Actor) -> list[Directory]:
    """Return the directories of the municipality by name."""
    return list(Directory.objects.order_by("name", "id"))


def rules(of: UUID, *, by: Actor) -> list[Rule]:
    """Return the rules of a directory as the page shows them."""
    return list(
        Rule.objects.filter(directory_id=of).select_related("team").order_by("claim", "value", "function", "id")
    )


def read_by(of: UUID, *, by: Actor) -> list[claims.Rule]:
    """Return the rules of a directory as claims are read by them."""
    return [claims.Rule(rule.claim, rule.value, claims.Given(rule.function, rule.team_id)) for rule in rules(of, by=by)]


def links(of: UUID, *, by: Actor) -> list[Link]:
    """Return the workers that a directory knows, by name."""
    return list(Link.objects.filter(directory_id=of).select_related("worker").order_by("worker__name", "id"))


def not_linked(of: UUID, *, by: Actor) -> list[User]:
    """Return the colleagues that a directory does not know yet, by name."""
    known = Link.objects.filter(directory_id=of).values("worker_id")
    colleagues = User.objects.filter(municipality_id=by.municipality_id, is_active=True).exclude(id__in=known)
    return list(colleagues.order_by("name", "id"))


def refused(of: UUID, *, by: Actor, now: datetime, most: int = 20) -> list[Refused]:
    """Return whom a directory sent lately that was not let in; to who manages the municipality, to others nobody."""
    with connection.cursor() as cursor:
        cursor.execute("select * from oidc_refused(%s, %s, %s)", [of, now - timedelta(days=30), most])
        rows = cursor.fetchall()
    return [_refused(at, content) for at, content in rows]


def _refused(at: datetime, content: Any) -> Refused:
    said = json.loads(content) if isinstance(content, str) else content or {}
    return Refused(at, str(WORDS.get(said.get("why", ""), "")), said.get("name", ""), said.get("key", ""))


def visit(key: UUID, *, by: Actor) -> Visit | None:
    """Return a session that a directory opened, while it goes on."""
    return Visit.objects.filter(id=key).select_related("directory", "worker").first()


def opened_by(visit: UUID, *, by: Actor) -> Door | None:
    """Return the directory, while it is open, that opened one's own session."""
    key = Visit.objects.filter(id=visit, worker_id=by.id).values_list("directory_id", flat=True).first()
    return door(key) if key else None
