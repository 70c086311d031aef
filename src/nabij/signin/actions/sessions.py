"""Sessions: noted when they begin, ended by who opened them, or with the account."""

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotNow
from nabij.signin import events
from nabij.signin.models import SignedIn


@transaction.atomic
def begin_session(*, by: Actor, session_key: str, browser: str, address: str, now: datetime, how: str) -> None:
    """Note that somebody signed in: on what, from where, how."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    SignedIn.objects.filter(worker_id=by.id).exclude(session_key__in=alive).delete()
    SignedIn.objects.create(
        municipality_id=by.municipality_id,
        worker_id=by.id,
        session_key=session_key,
        browser=browser[:80],
        address=address[:45],
        last_used=now,
        began_at=now,
        began_by=by.id,
    )
    trail.record(events.SIGNED_IN, by=by, about=f"access.user:{by.id}", browser=browser, address=address, how=how)


@transaction.atomic
def end_session(*, by: Actor, session: UUID) -> None:
    """End one of one's own sessions, at once; raises `NotNow` when it ended before."""
    row = SignedIn.objects.filter(worker_id=by.id, id=session).first()
    if row is None:
        raise NotNow(_("Die is al afgemeld."))
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    trail.record(events.SESSION_ENDED, by=by, about=f"access.user:{by.id}", many=1)


@transaction.atomic
def end_others(*, by: Actor, kept: str, worker: UUID | None = None) -> int:
    """End every session of oneself but this one, or (the administrator) all of a colleague's; return how many."""
    whose = worker or by.id
    with connection.cursor() as cursor:
        cursor.execute("select signin_end_sessions(%s, %s)", [whose, kept])
        many = int(cursor.fetchone()[0])
    if many:
        trail.record(events.SESSION_ENDED, by=by, about=f"access.user:{whose}", many=many)
    return many


@transaction.atomic
def went_too_fast(*, by: Actor, many: int) -> None:
    """Note that more pages were opened in an hour with this account than a person opens."""
    trail.record(events.WENT_TOO_FAST, by=by, about=f"access.user:{by.id}", many=many)


def follow(*, by: Actor, old: str, new: str) -> None:
    """Keep the row of a session whose key was renewed."""
    SignedIn.objects.filter(worker_id=by.id, session_key=old).update(session_key=new)


def used(*, by: Actor, session_key: str, now: datetime) -> None:
    """Keep when a session was last used."""
    SignedIn.objects.filter(worker_id=by.id, session_key=session_key).update(last_used=now)
