"""Accounts: invitations, passwords, what the administrator does for somebody who lost a factor, and closing."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.access.passwords import check_password
from nabij.access.permissions import manage_municipality
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import BadInput, NotNow
from nabij.signin import events, queries
from nabij.signin.actions.sessions import end_others
from nabij.signin.models import Invitation


def mark_of(token: str) -> str:
    """Return under what an invitation is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, by: Actor, worker: UUID, days: int, now: datetime) -> str:
    """Return the token of a link with which a worker chooses a password, once; older links are void.

    Raises `NotNow` for who does not work here, or whose account is closed.
    """
    manage_municipality(by)
    user = _colleague(by, worker)
    if not user.is_active:
        raise NotNow(_("Dit account is gesloten. Open het eerst opnieuw."))
    _withdraw(worker, now)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        municipality_id=by.municipality_id,
        worker_id=worker,
        mark=mark_of(token),
        ends=now + timedelta(days=days),
        made_at=now,
        made_by=by.id,
    )
    trail.record(events.INVITED, by=by, about=f"access.user:{worker}")
    return token


@transaction.atomic
def use_invitation(*, by: Actor, token: str, password: str, now: datetime) -> None:
    """Choose a password with an invitation, once; every open session ends. Raises `NotNow` when it was used meanwhile."""
    found = Invitation.objects.select_for_update().filter(
        worker_id=by.id, mark=mark_of(token), used_at__isnull=True, ends__gt=now
    )
    invitation = found.first()
    if invitation is None:
        raise NotNow(_("Deze uitnodiging is al gebruikt of verlopen. Vraag een nieuwe aan de beheerder."))
    _set_password(by, password)
    invitation.used_at, invitation.used_by = now, by.id
    invitation.save(update_fields=["used_at", "used_by"])
    trail.record(events.INVITATION_USED, by=by, about=f"access.user:{by.id}")
    end_others(by=by, kept="")


@transaction.atomic
def change_password(*, by: Actor, old: str, new: str, kept: str, now: datetime) -> None:
    """Change one's own password; every other session ends, open invitations are void. Raises `BadInput` beside the box."""
    user = User.objects.get(id=by.id)
    if not user.check_password(old):
        raise BadInput(_("Dit is niet je wachtwoord van nu."), field="old")
    if old == new:
        raise BadInput(_("Dit is hetzelfde wachtwoord. Kies een ander."), field="new")
    _set_password(by, new)
    Invitation.objects.filter(worker_id=by.id, used_at__isnull=True, ends__gt=now).update(ends=now)
    trail.record(events.PASSWORD_CHANGED, by=by, about=f"access.user:{by.id}")
    end_others(by=by, kept=kept)


def _set_password(by: Actor, password: str) -> None:
    user = User.objects.get(id=by.id)
    try:
        check_password(password, user=user)
    except BadInput as refusal:
        raise BadInput(refusal.sentence, field="new") from refusal
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def reset_factors(*, by: Actor, worker: UUID) -> None:
    """Take away the second step of somebody who lost it, and end the sessions; raises `NotNow` when there was none."""
    manage_municipality(by)
    _colleague(by, worker)
    if worker == by.id:
        raise NotNow(_("Je eigen tweede stap wis je niet hier. Vraag het aan een andere beheerder."))
    with connection.cursor() as cursor:
        cursor.execute("select signin_reset(%s)", [worker])
        if not cursor.fetchone()[0]:
            raise NotNow(_("Deze medewerker heeft geen tweede stap."))
    trail.record(events.FACTORS_RESET, by=by, about=f"access.user:{worker}")
    end_others(by=by, kept="", worker=worker)


@transaction.atomic
def close_account(*, by: Actor, worker: UUID, now: datetime) -> None:
    """Close the account of somebody who left: every session ends at once. Raises `NotNow` for oneself, or closed already."""
    manage_municipality(by)
    user = _colleague(by, worker)
    if worker == by.id:
        raise NotNow(_("Je sluit je eigen account niet. Vraag het aan een andere beheerder."))
    if not user.is_active:
        raise NotNow(_("Dit account is al gesloten."))
    _activate(user, False)
    _withdraw(worker, now)
    trail.record(events.ACCOUNT_CLOSED, by=by, about=f"access.user:{worker}")
    end_others(by=by, kept="", worker=worker)


@transaction.atomic
def open_account(*, by: Actor, worker: UUID) -> None:
    """Open an account again; raises `NotNow` when it is open."""
    manage_municipality(by)
    user = _colleague(by, worker)
    if user.is_active:
        raise NotNow(_("Dit account is al open."))
    _activate(user, True)
    trail.record(events.ACCOUNT_OPENED, by=by, about=f"access.user:{worker}")


@transaction.atomic
def tell_locked(*, by: Actor, marks: dict[str, User], now: datetime) -> int:
    """Note of these accounts (by the mark under which they are counted) where somebody guessed often; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("select * from signin_tell(%s, %s)", [list(marks), now])
        told = [row[0] for row in cursor.fetchall()]
    for mark in told:
        user = marks[mark]
        trail.record(events.LOCKED, by=queries.actor_of(user), about=f"access.user:{user.id}")
    return len(told)


def accounts(*, by: Actor) -> Iterable[User]:
    """Return the open accounts of the municipality."""
    return User.objects.filter(municipality_id=by.municipality_id, is_active=True).order_by("id")


def _colleague(by: Actor, worker: UUID) -> User:
    user = User.objects.filter(id=worker, municipality_id=by.municipality_id).first()
    if user is None:
        raise NotNow(_("Deze medewerker is hier niet gekend."))
    return user


def _activate(user: User, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _withdraw(worker: UUID, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select signin_withdraw(%s, %s)", [worker, now])
