"""Every page with something behind it: it opens, asks little, leaves one look, and shows no more than the ground allows."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import town
from tests.house.addresses import IN_THE_FILE, MOST, SEALED, Lived, lived

from nabij.access import actions as access
from nabij.access.roles import GUIDES, Ground
from nabij.audit.models import TrailEvent
from nabij.households import events
from nabij.kernel.actor import Actor, acting

pytestmark = pytest.mark.django_db

# Who opens what is not of a household; the others are opened by the case manager.
READERS = {
    "/team/": "coordinator",
    "/beheer/": "administrator",
    "/privacy/": "privacy_officer",
    "/gegevens/termijn/": "administrator",
    "/gegevens/": "privacy_officer",
}
# Opens with what was handed over in its question; without, it is a page that is not there.
ASKS_FOR_MORE = {"desk:take-back", "signin:invited", "oidc:leave", "oidc:back"}
ROLES = (
    "desk",
    "colleague",
    "neighbour",
    "coordinator",
    "bridge_figure",
    "director",
    "administrator",
    "privacy_officer",
)
OF_THE_TEAM = ("colleague", "coordinator")


def get(client: Client, world: Lived, role: str, address: str) -> tuple[HttpResponse, int]:
    """The answer, and how many questions it took."""
    client.force_login(world.here.users[role], backend="nabij.access.backends.EmailBackend")
    with connection.cursor() as cursor:  # a request's context ends with its transaction; a test has one for all
        cursor.execute("select set_config('nabij.actor', '', true), set_config('nabij.municipality', '', true)")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return answer, len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])


def looks(actor: Actor, world: Lived) -> int:
    with acting(actor):
        seen = TrailEvent.objects.filter(household_id=world.household, actor_id=actor.id, kind=events.LOOKED.slug)
        return seen.count()


def test_every_page_opens_and_asks_at_most_fifteen(client: Client) -> None:
    world = lived(town())
    opened = {}
    for name, address in world.addresses().items():
        role = next((reader for start, reader in READERS.items() if address.startswith(start)), "worker")
        answer, asked = get(client, world, role, address)
        assert answer.status_code in (200, 302, 405) or name in ASKS_FOR_MORE, (name, answer.status_code)
        opened[name] = asked
    assert {name: asked for name, asked in opened.items() if asked > MOST} == {}


def test_every_page_of_a_household_leaves_one_look(client: Client) -> None:
    world = lived(town())
    seen = []
    for name, address in world.of_household().items():
        before = looks(world.here.worker, world)
        answer, _asked = get(client, world, "worker", address)
        if answer.status_code == 200:
            assert looks(world.here.worker, world) == before + 1, name
            seen.append(name)
    assert len(seen) > 25


@pytest.mark.parametrize(
    "ground", [None, Ground.DUO, Ground.FRONT_DESK], ids=lambda ground: ground or "team or nothing"
)
def test_a_page_shows_no_more_than_the_ground_allows(client: Client, ground: Ground | None) -> None:
    world = lived(town())
    for role in ROLES:
        with given(world, role, ground):
            shown = [words for _name, words in pages_of(client, world, role)]
            guides = not getattr(world.here, role).functions.isdisjoint(GUIDES)
            reads = role in OF_THE_TEAM or (ground == Ground.DUO and guides)
            assert any(IN_THE_FILE in words for words in shown) == reads, role
            assert bool(shown) == reads, role


@contextmanager
def given(world: Lived, role: str, ground: Ground | None) -> Iterator[None]:
    """Give somebody a ground of her own for a while, beside what her team has."""
    by, holder, on, now = world.here.worker, getattr(world.here, role), world.here.today, timezone.now()
    basis = {"by": by, "household": world.household, "ground": ground, "worker": holder.id, "on": on}
    if ground:
        with acting(by):
            access.give_basis(**basis, now=now)
    yield
    if ground:
        with acting(by):
            access.end_basis(**basis, now=now)


def pages_of(client: Client, world: Lived, role: str) -> Iterator[tuple[str, str]]:
    """The pages of the household that open; whoever does not wrote it, never reads a sealed note."""
    for name, address in world.of_household().items():
        answer, _asked = get(client, world, role, address)
        words = answer.content.decode(errors="replace")
        assert answer.status_code < 500, (role, name)
        assert SEALED not in words, (role, name)
        assert answer.status_code == 200 or IN_THE_FILE not in words, (role, name)
        if answer.status_code == 200:
            yield name, words
