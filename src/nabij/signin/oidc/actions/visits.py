"""Sessions that a directory opened: noted, asked again, and ended when it says so. Signing in leaves its event elsewhere."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from nabij.access.models import User
from nabij.audit import trail
from nabij.kernel.actor import Actor, acting
from nabij.kernel.secrets import seal
from nabij.signin.models import SignedIn
from nabij.signin.oidc import events, queries
from nabij.signin.oidc.actor import of_directory
from nabij.signin.oidc.models import Directory, Visit
from nabij.signin.queries import actor_of


def begin_visit(
    *, by: Actor, directory: Directory, worker: User, subject: str, sid: str, refresh: str, now: datetime
) -> Visit:
    """Note that a directory lets somebody in; the key of the session is noted at its first page."""
    Visit.objects.filter(directory_id=directory.id, began_at__lt=now - queries.DAY).delete()
    return Visit.objects.create(
        municipality_id=by.municipality_id, directory=directory, worker=worker, subject=subject, sid=sid[:255],
        refresh=_sealed(refresh), asked=now, confirmed=now, began_at=now, began_by=by.id,
    )  # fmt: skip


def note_session(*, by: Actor, visit: UUID, session_key: str) -> bool:
    """Note the key of the session of a visit; return whether the visit still goes on."""
    return Visit.objects.filter(id=visit).update(session_key=session_key) > 0


def claim_asking(*, by: Actor, visit: UUID, before: datetime, now: datetime) -> bool:
    """Return whether this request is the one that asks the directory again: of two at the same moment one does."""
    return Visit.objects.filter(id=visit, asked__lt=before).update(asked=now) > 0


def confirm(*, by: Actor, visit: UUID, refresh: str, now: datetime) -> None:
    """Note that the directory says yes, with the token for the next time."""
    new: dict[str, Any] = {"refresh": _sealed(refresh)} if refresh else {}
    Visit.objects.filter(id=visit).update(confirmed=now, **new)


@transaction.atomic
def end_visits(
    *,
    by: Actor,
    directory: UUID,
    subject: str = "",
    sid: str = "",
    visit: UUID | None = None,
    worker: UUID | None = None,
    until: datetime | None = None,
) -> int:
    """End the sessions that a directory opened, all or those of one person, session or visit; return how many.

    With `until` only those that began before: who says twice that somebody left does not end what he opened since.
    """
    of = of_directory(by.municipality_id)
    with acting(of):
        found = Visit.objects.filter(directory_id=directory).select_related("worker")
        pairs = (("subject", subject), ("sid", sid), ("id", visit), ("worker_id", worker), ("began_at__lte", until))
        for name, value in pairs:
            found = found.filter(**{name: value}) if value else found
        ended = list(found.order_by("id"))
        keys = [one.session_key for one in ended if one.session_key]
        Session.objects.filter(session_key__in=keys).delete()
        Visit.objects.filter(id__in=[one.id for one in ended]).delete()
        whose = {one.worker_id: one.worker for one in ended}
        for key in whose:
            trail.record(events.ENDED_THERE, by=of, about=f"access.user:{key}")
    for user in whose.values():
        with acting(actor_of(user)):  # the list of his own devices is his alone
            SignedIn.objects.filter(session_key__in=keys).delete()
    return len(ended)


def _sealed(refresh: str) -> bytes:
    return seal(refresh, use=queries.USE) if refresh else b""
