"""A session that a directory opened is asked again now and then, and goes on only while the directory says yes."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import Refusal
from nabij.kernel.secrets import unseal
from nabij.signin.oidc import actions, fetching, queries, tokens
from nabij.signin.oidc.actor import of_directory
from nabij.signin.oidc.models import Visit
from nabij.signin.oidc.refusing import NotLetIn, refuse

log = logging.getLogger("nabij.signin.oidc")
_KEY = "oidc.visit"
GRACE = timedelta(hours=1)
"""So long a session goes on while the directory does not answer."""


def begin(session: Any, visit: UUID) -> None:
    """Remember in a session which visit it is of."""
    session[_KEY] = {"visit": str(visit), "noted": "", "asked": timezone.now().isoformat()}


def of(session: Any) -> UUID | None:
    """Return the visit that a session is of; None for one that no directory opened."""
    kept = session.get(_KEY)
    return UUID(kept["visit"]) if kept else None


def goes_on(session: Any, *, municipality: UUID, now: datetime) -> bool:
    """Return whether a session goes on: one of no directory always; else its visit is there, and was confirmed lately."""
    kept = session.get(_KEY)
    if not kept:
        return True
    by, visit = of_directory(municipality), UUID(kept["visit"])
    if kept["noted"] != session.session_key:
        with acting(by):
            if not actions.note_session(by=by, visit=visit, session_key=session.session_key):
                return False
        session[_KEY] = {**kept, "noted": session.session_key}
    again = timedelta(minutes=settings.NABIJ_DIRECTORY_MINUTES)
    if now - datetime.fromisoformat(kept["asked"]) < again:
        return True
    session[_KEY] = {**session[_KEY], "asked": now.isoformat()}
    return _still(by, visit, now=now, again=again)


def _still(by: Actor, key: UUID, *, now: datetime, again: timedelta) -> bool:
    with acting(by):
        visit = queries.visit(key, by=by)
        mine = visit is not None and actions.claim_asking(by=by, visit=key, before=now - again, now=now)
    if visit is None:
        return False
    if not mine:  # another request asks, or just asked
        return True
    try:
        return _asked(by, visit, now)
    except NotLetIn as refusal:
        log.warning("directory %s, asked again: %s", visit.directory_id, refusal.why)
        if refusal.why == "down" and now - visit.confirmed < GRACE:
            return True
    except Refusal:  # the key of this installation does not fit any more
        log.warning("directory %s: its secret cannot be opened", visit.directory_id)
    with acting(by):
        actions.end_visits(by=by, directory=visit.directory_id, visit=key)
    return False


def _asked(by: Actor, visit: Visit, now: datetime) -> bool:
    directory = visit.directory
    if not directory.is_open:
        raise refuse("refused_there")
    if not visit.refresh:  # the directory gives nothing to ask again with: then the session is short
        if now - visit.confirmed >= timedelta(hours=settings.NABIJ_DIRECTORY_HOURS):
            raise refuse("refused_there")
        return True
    published = fetching.published(directory.issuer)
    found = fetching.refreshed(
        published, client=directory.client, secret=unseal(bytes(directory.secret), use=queries.USE),
        refresh=unseal(bytes(visit.refresh), use=queries.USE),
    )  # fmt: skip
    claims = None
    if said := found.get("id_token"):
        keys = fetching.keys(published)
        claims = tokens.id_token(said, keys=keys, issuer=directory.issuer, client=directory.client, nonce="")
    with acting(by):
        if claims is not None:
            arrived = actions.arrive(by=by, directory=directory, claims=claims, on=timezone.localdate(now), now=now)
            if isinstance(arrived, NotLetIn):
                actions.end_visits(by=by, directory=directory.id, visit=visit.id)
                return False
            if arrived.worker.id != visit.worker_id:
                raise refuse("other_person")
        actions.confirm(by=by, visit=visit.id, refresh=found.get("refresh_token", ""), now=now)
    return True
