"""Who works at the command line: the operator in one municipality, or one of its administrators; and how it reports."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from django.utils import timezone

from nabij.access import queries as who
from nabij.access.models import Post, User
from nabij.access.queries import valid
from nabij.access.roles import FUNCTIONS, Permission
from nabij.config.words import _
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import Refusal
from nabij.kernel.tables import FileRefused
from nabij.territory import queries as territory
from nabij.territory.models import Municipality

SHOWN = 200
MANAGERS = [slug for slug, function in FUNCTIONS.items() if Permission.MANAGE in function.permissions]


def municipality(slug: str) -> Municipality:
    """Return a municipality by its short name; raises `Refusal` with the names that there are."""
    if found := territory.municipality_by_slug(slug):
        return found
    there = ", ".join(town.slug for town in territory.municipalities())
    if not there:
        raise Refusal(_("Er is nog geen gemeente. Begin met: nabij municipality create NAAM --nis NUMMER"))
    raise Refusal(_("De gemeente “{slug}” is niet gekend. Er zijn: {there}.").format(slug=slug, there=there))


def operator(town: Municipality) -> Actor:
    """Return the actor of the command line for this municipality: it manages, and reaches no household."""
    return Actor.operator(town.id, frozenset({str(Permission.MANAGE)}))


@contextmanager
def operating(slug: str) -> Iterator[Actor]:
    """Open the transaction in which the operator works for a municipality: all of it happens, or nothing."""
    by = operator(municipality(slug))
    with acting(by), told_by_line():
        yield by


def worker(email: str, *, by: Actor) -> User:
    """Return the account with this e-mail address; raises `Refusal` when it is not of this municipality."""
    user = User.objects.filter(municipality_id=by.municipality_id, email=email.strip().lower()).first()
    if user is None:
        raise Refusal(_("{email} heeft hier geen account.").format(email=email))
    return user


def administrator(town: Municipality, email: str | None) -> Actor:
    """Return the administrator with this e-mail address, or the only one; raises `Refusal` when that is nobody."""
    today = timezone.localdate()
    with acting(operator(town)):
        posts = Post.objects.filter(valid(today), function__in=MANAGERS).values("worker_id")
        users = User.objects.filter(is_active=True, municipality_id=town.id, id__in=posts).order_by("email")
        found = [user for user in users if email is None or user.email == email.strip().lower()]
        if len(found) == 1:
            return who.actor_for(found[0], on=today)
        there = ", ".join(user.email for user in users) or _("nog niemand")
    if email:
        raise Refusal(
            _("{email} is hier geen beheerder van de gemeente. Dat zijn: {there}.").format(email=email, there=there)
        )
    raise Refusal(
        _("Wie brengt over? Geef een beheerder van de gemeente op met --by E-MAIL. Dat zijn: {there}.").format(
            there=there
        )
    )


@contextmanager
def told_by_line() -> Iterator[None]:
    """Say every line of a file that is refused before the refusal itself goes on."""
    try:
        yield
    except FileRefused as refused:
        if len(refused.lines) > 1:
            say_lines(refused.lines)
        raise


def say_lines(lines: Sequence[object], *, mark: str = "  ") -> None:
    """Say the first lines of a report, and how many more there are."""
    for line in lines[:SHOWN]:
        click.echo(f"{mark}{line}", err=True)
    if len(lines) > SHOWN:
        click.echo(_("{mark}… en nog {more} andere.").format(mark=mark, more=len(lines) - SHOWN), err=True)
