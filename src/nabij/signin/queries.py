"""The public questions: which factors and sessions somebody has, and what happened around signing in."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.audit.events import REGISTRY
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotNow
from nabij.kernel.secrets import KeyIsGone, unseal
from nabij.signin.models import Factor, SignedIn
from nabij.signin.oidc.actor import NAME
from nabij.signin.oidc.events import ITSELF

USE = "signin"
"""Secrets of factors are sealed with a key of this use."""
LONG_AGO = timedelta(days=90)


@dataclass(frozen=True)
class Person:
    """A colleague as the administrator sees him here."""

    worker: User
    has_app: bool
    passkeys: int
    invited_until: datetime | None

    @property
    def has_factor(self) -> bool:
        """Return whether there is a second step."""
        return self.has_app or self.passkeys > 0


@dataclass(frozen=True)
class Happening:
    """Something that happened around signing in; `sentence` names who did it, `whose` whose account it was."""

    at: datetime
    sentence: str
    whose: str


def actor_of(user: User) -> Actor:
    """Return a worker as the actor of the own account alone: before there is a session, functions do not count."""
    return Actor(user.id, user.name, user.municipality_id)


def factors(*, by: Actor) -> list[Factor]:
    """Return one's own factors, oldest first."""
    return list(Factor.objects.filter(worker_id=by.id).order_by("added_at", "id"))


def has_factor(*, by: Actor) -> bool:
    """Return whether there is an app or a passkey; a sheet of codes alone is none."""
    return Factor.objects.filter(worker_id=by.id).exclude(kind=Factor.Kind.CODES).exists()


def secret_of(factor: Factor) -> dict[str, Any]:
    """Return what is sealed of a factor; raises `NotNow` when the key with which it was sealed is not here."""
    try:
        return dict(json.loads(unseal(bytes(factor.secret), use=USE)))
    except KeyIsGone:
        raise NotNow(
            _(
                "Je tweede stap is hier niet meer na te kijken: een sleutel van Nabij is weg. Vraag je beheerder om je tweede stap "
                "te wissen; dan stel je bij het aanmelden een nieuwe in."
            )
        ) from None


def passkeys(*, by: Actor) -> list[Factor]:
    """Return one's own passkeys, oldest first."""
    return [factor for factor in factors(by=by) if factor.kind == Factor.Kind.PASSKEY]


def codes_left(*, by: Actor) -> int:
    """Return how many recovery codes somebody has left."""
    sheet = Factor.objects.filter(worker_id=by.id, kind=Factor.Kind.CODES).first()
    return len(secret_of(sheet)["codes"]) if sheet else 0


def sessions(*, by: Actor, now: datetime) -> list[SignedIn]:
    """Return one's own open sessions, last used first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(SignedIn.objects.filter(worker_id=by.id, session_key__in=alive).order_by("-last_used", "id"))


def people(*, by: Actor, now: datetime) -> list[Person]:
    """Return every colleague with what there is to sign in; to the administrator only, to others nobody."""
    with connection.cursor() as cursor:
        cursor.execute("select * from signin_people(%s)", [now])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    users = User.objects.filter(id__in=found).order_by("name", "id")
    return [Person(user, *found[user.id]) for user in users]


def happenings(*, by: Actor, now: datetime, everybody: bool = False, most: int = 50) -> list[Happening]:
    """Return what happened around signing in: to oneself, or (who may see it) to everybody; the latest first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from signin_events(%s, %s, %s)", [now - LONG_AGO, most, everybody])
        rows = cursor.fetchall()
    return [
        Happening(at, str(REGISTRY[kind].sentence).format(by=by_name or _nobody(kind)), whose)
        for at, kind, by_name, whose in rows
        if kind in REGISTRY
    ]


def _nobody(kind: str) -> str:
    return NAME if kind in ITSELF else "Beheer van de installatie"


def invited(mark: str, *, by: None = None, now: datetime) -> User | None:
    """Return whose open invitation this is; asked before there is a context."""
    with connection.cursor() as cursor:
        cursor.execute("select worker_id from signin_invited(%s, %s)", [mark, now])
        row = cursor.fetchone()
    return User.objects.select_related("municipality").filter(id=row[0]).first() if row else None


def user(key: UUID) -> User | None:
    """Return an active account; asked between password and second step, when there is no context."""
    return User.objects.select_related("municipality").filter(id=key, is_active=True).first()
