"""The key of one file opens nothing in the address, or in the form, of another: every key, in every place."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from tests.factories import town
from tests.house import pressing, worlds
from tests.house.addresses import IN_THE_FILE, ROUTES, Lived, lived
from tests.house.test_no_leak import KEY, OF_A_COLLEAGUE, bare
from tests.house.test_who_may import of_file

from nabij.access import queries as who
from nabij.access.roles import Ground
from nabij.kernel.actor import Actor, acting

pytestmark = pytest.mark.django_db

# A form brings the key of what it makes: a key of another table may stand in two tables, and one of its own is refused.
OF_THE_FORM = {"csrfmiddlewaretoken", "draft-owner", "key"}
TABLES = [
    (model._meta.db_table, {field.column for field in model._meta.concrete_fields})
    for model in apps.get_models()
    if model.__module__.startswith("nabij.") and not model._meta.db_table.startswith(("audit_", "access_reach"))
]


def keys_of(world: Lived, by: Actor) -> dict[str, list[UUID]]:
    """The key of everything that is in the file of a household, by its table."""
    found = {"households_household": [world.household]}
    with acting(by), connection.cursor() as cursor:
        for table, columns in TABLES:
            if {"id", "household_id"} <= columns:
                cursor.execute(f"select id from {table} where household_id = %s", [world.household])
                found[table] = [row[0] for row in cursor.fetchall()]
        cursor.execute("select person_id from households_membership where household_id = %s", [world.household])
        found["households_person"] = [row[0] for row in cursor.fetchall()]
    return {table: keys for table, keys in found.items() if keys}


@pytest.fixture
def two() -> tuple[Lived, Lived, Actor]:
    """A household of another team, and one of one's own; who leads the second does not reach the first."""
    here = town()
    theirs = lived(here)
    owner, own = here.neighbour, worlds.no_case(here)
    worlds.give(own, here.users["neighbour"], Ground.LEAD)
    with acting(owner):
        assert who.ground_of(owner, theirs.household, on=here.today) is None
        assert who.ground_of(owner, own.household, on=here.today)
    return theirs, own, owner


def places(world: Lived) -> Iterator[tuple[str, dict[str, UUID], str]]:
    """Each address of the household with the name of each part that is a key."""
    for name, parts in ROUTES:
        if not of_file(name) or name in OF_A_COLLEAGUE:
            continue
        known = world._keys(name)
        for part in parts:
            if part in known and isinstance(known[part], UUID) and set(parts) <= known.keys():
                yield name, {one: known[one] for one in parts}, part


def test_the_key_of_one_file_opens_nothing_in_the_address_of_another(two: tuple[Lived, Lived, Actor]) -> None:
    theirs, own, _owner = two
    client = pressing.signed_in(own.here.users["neighbour"])
    with acting(own.here.worker):
        keys = [key for found in keys_of(theirs, own.here.worker).values() for key in found]
    assert len(keys) > 15
    tried, wrong = 0, []
    for name, parts, part in places(own):
        if name == "desk:receive-known":
            continue  # who receives people sees the name of who stands there
        nowhere = bare(pressing.asked(client, "get", reverse(name, kwargs=parts | {part: UUID(int=7)})))
        for key in keys:
            answer = pressing.asked(client, "get", reverse(name, kwargs=parts | {part: key}))
            words = bare(answer)
            tried += 1
            if answer.status_code not in (403, 404, 405, 409) or IN_THE_FILE in words or words != nowhere:
                wrong.append((name, part, str(key), answer.status_code))
    assert not wrong
    assert tried > 300


def test_the_key_of_one_file_does_nothing_in_a_form_of_another(
    two: tuple[Lived, Lived, Actor],
) -> None:
    """Each box that holds a key is filled with a key of the other file: nothing of that file changes, or comes over."""
    theirs, own, owner = two
    here = own.here
    leader = here.worker
    keys = keys_of(theirs, leader)
    before = standing(theirs, leader)
    client = pressing.signed_in(here.users["neighbour"])
    addresses = {name: address for name, address in own.addresses().items() if of_file(name)}
    payloads = {}
    for address in addresses.values():
        answer = pressing.asked(client, "get", address)
        if answer.status_code == 200:
            payloads |= {form.action: form.filled(here.today) for form in pressing.forms_of(answer, address)}
    strange = {str(key) for found in keys.values() for key in found}
    tried = 0
    for address, payload in payloads.items():
        for box, values in payload.items():
            if box in OF_THE_FORM or not any(KEY.search(value) for value in values):
                continue
            for found in keys.values():
                with pressing.undone():
                    client.post(address, payload | {box: [KEY.sub(str(found[0]), values[0])]})
                    assert standing(theirs, leader) == before, (address, box)
                    assert not strange & held(own, owner), (address, box)
                tried += 1
    assert tried > 20


def standing(world: Lived, by: Actor) -> list[str]:
    """Everything that stands in the file of a household, as its case manager reads it."""
    found = []
    with acting(by), connection.cursor() as cursor:
        for table, columns in TABLES:
            if "household_id" in columns and table != "access_basis":
                cursor.execute(f"select t::text from {table} t where household_id = %s order by 1", [world.household])
                found += [f"{table} {row[0]}" for row in cursor.fetchall()]
    return found


def held(world: Lived, by: Actor) -> set[str]:
    """Every key that is named in the file of a household."""
    return {key for row in standing(world, by) for key in KEY.findall(row)}


def test_a_key_of_ones_own_file_does_open(two: tuple[Lived, Lived, Actor]) -> None:
    """The other half: what was refused above was refused for the key, and not for another reason."""
    _theirs, own, _owner = two
    client = pressing.signed_in(own.here.users["neighbour"])
    opened = [name for name, parts, part in places(own) if part == "key"
              and pressing.asked(client, "get", reverse(name, kwargs=parts)).status_code == 200]  # fmt: skip
    assert len(opened) > 8
