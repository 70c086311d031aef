"""Somebody arrives from a directory: who is it here, which functions does it give him, and which end now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nabij.access import actions as access
from nabij.access.models import Post, Team, User
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import NotNow
from nabij.signin.oidc import claims as reading
from nabij.signin.oidc import events, queries
from nabij.signin.oidc.claims import Given
from nabij.signin.oidc.models import Directory, Link
from nabij.signin.oidc.refusing import PERSON, NotLetIn, refuse


@dataclass(frozen=True)
class Arrived:
    """Who came, and the lasting key by which the directory knows him."""

    worker: User
    subject: str


@transaction.atomic
def arrive(*, by: Actor, directory: Directory, claims: dict[str, Any], on: date, now: datetime) -> Arrived | NotLetIn:
    """Recognise who comes, and let begin and end functions as the directory says; or return why he is not let in.

    A refusal is returned, not raised: functions that ended stay ended. Of somebody recognised by an address alone nothing ends.
    """
    try:
        given = reading.functions(
            claims, queries.read_by(directory.id, by=by),
            organisation_claim=directory.organisation_claim, organisation=directory.organisation,
        )  # fmt: skip
        subject = reading.key_of(claims, directory.key_claim)
        linked = Link.objects.filter(directory_id=directory.id, subject=subject).select_related("worker").first()
        worker = linked.worker if linked else _by_address(directory, claims)
        if not worker.is_active:
            raise refuse("closed_account")
        given = reading.known(given, Team.objects.values_list("id", flat=True))
        if linked is None:
            if not given:
                raise refuse("no_function")
            _link(by, directory, worker, subject, now)
    except NotLetIn as refusal:
        return refusal
    _set_functions(by, worker, given, on)
    return Arrived(worker, subject) if given else refuse("no_function")


@transaction.atomic
def not_let_in(*, by: Actor, directory: Directory, claims: dict[str, Any], refusal: NotLetIn) -> None:
    """Note whom a directory sent and why he was not let in, for who manages the municipality."""
    if refusal.why not in PERSON:
        return
    name = " ".join(reading.values(claims, "name")[:1] or reading.values(claims, "given_name")[:1])[:150]
    key = " ".join(reading.values(claims, directory.key_claim)[:1])[:255]
    # Of somebody of another organisation nothing is kept but that he came.
    person: dict[str, Any] = {} if refusal.why == "elsewhere" else {"name": name, "key": key}
    trail.record(events.NOT_LET_IN, by=by, about=f"oidc.directory:{directory.id}", why=refusal.why, **person)


def _by_address(directory: Directory, claims: dict[str, Any]) -> User:
    address = reading.address_of(claims, directory.address_claim)
    worker = User.objects.filter(municipality_id=directory.municipality_id, email=address).first() if address else None
    if worker is None:
        raise refuse("unknown_person")
    if Link.objects.filter(directory_id=directory.id, worker_id=worker.id).exists():
        raise refuse("other_key")
    return worker


def _link(by: Actor, directory: Directory, worker: User, subject: str, now: datetime) -> None:
    try:
        with spoken():
            Link.objects.create(
                municipality_id=by.municipality_id, directory=directory, worker=worker, subject=subject,
                linked_at=now, linked_by=by.id,
            )  # fmt: skip
    except NotNow as error:  # twice at the same moment
        raise refuse("other_key") from error
    trail.record(events.LINKED_ITSELF, by=by, about=f"access.user:{worker.id}", subject=subject)


def _set_functions(by: Actor, worker: User, given: set[Given], on: date) -> None:
    posts = Post.objects.filter(worker_id=worker.id, valid_from__lte=on)
    posts = posts.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
    has: dict[Given, UUID] = {
        Given(post.function, post.team_id): post.id for post in posts.order_by("valid_from", "id")
    }
    centres = dict(Team.objects.values_list("id", "centre_id"))
    begun, ended = _in_order(given - set(has)), []
    for one in begun:
        centre = centres.get(one.team) if one.team else None
        access.appoint(by=by, worker=worker.id, function=one.function, on=on, team=one.team, centre=centre)
    for one in _in_order(set(has) - given):
        try:
            access.end_post(by=by, post=has[one], on=on)
            ended.append(one)
        except NotNow:  # the last administrator: a municipality is never left without one
            continue
    if begun or ended:
        said: dict[str, Any] = {"begun": [_said(one) for one in begun], "ended": [_said(one) for one in ended]}
        trail.record(events.FUNCTIONS_SET, by=by, about=f"access.user:{worker.id}", **said)


def _in_order(many: set[Given]) -> list[Given]:
    return sorted(many, key=_said)


def _said(one: Given) -> str:
    return f"{one.function} {one.team or ''}".strip()
