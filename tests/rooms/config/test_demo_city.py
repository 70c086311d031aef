"""Where the demo city may come, and when it is built: once, whole, and never among real municipalities."""

import sys
import types
from collections.abc import Iterator

import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from nabij.config import lindegem, roles, surroundings
from nabij.kernel.refusals import Refusal

pytestmark = [pytest.mark.django_db(databases=["owner"]), pytest.mark.serial]


@pytest.fixture
def around() -> Iterator[surroundings.Surroundings]:
    """The test database, with the addresses of the roles that the tests run with."""
    addresses = roles.Addresses.from_environment()
    name = str(connections["owner"].settings_dict["NAME"])
    here = {role: make_conninfo(url, dbname=name) for role, url in vars(addresses).items()}
    around = surroundings.Surroundings(roles.Addresses(**here), None)
    yield around
    with roles.connected(around.addresses.owner) as owner:
        lindegem._set_mark(owner, "")


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """A builder that counts, and fails when told to."""
    state = types.SimpleNamespace(built=[], fails=False)

    def build(*, size: str, progress: object) -> None:
        if state.fails:
            raise RuntimeError("the lights went out")
        state.built.append(size)

    module = types.ModuleType("nabij.demo.build")
    module.build = build  # type: ignore[attr-defined]
    module.__spec__ = types.SimpleNamespace(name="nabij.demo.build")  # type: ignore[assignment]
    monkeypatch.setitem(sys.modules, "nabij.demo.build", module)
    return state


def test_it_is_built_once_and_says_how_to_get_another_size(
    around: surroundings.Surroundings, builder: types.SimpleNamespace
) -> None:
    said: list[str] = []
    for size in ("small", "small", "city"):
        lindegem.ensure(around, size, said.append, print)
    assert builder.built == ["small"]
    assert "--fresh --size city" in said[-1]


def test_a_building_that_broke_off_is_known_as_unfinished(
    around: surroundings.Surroundings, builder: types.SimpleNamespace
) -> None:
    builder.fails = True
    assert not lindegem.unfinished(around)
    with pytest.raises(RuntimeError):
        lindegem.ensure(around, "small", print, print)
    assert lindegem.unfinished(around)


def test_it_does_not_come_among_real_municipalities(
    around: surroundings.Surroundings, builder: types.SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lindegem, "_has_municipalities", lambda owner: True)
    with pytest.raises(Refusal, match="niet van de demo"):
        lindegem.ensure(around, "small", print, print)
    assert builder.built == []


def test_an_empty_database_has_no_municipalities(around: surroundings.Surroundings) -> None:
    with roles.connected(around.addresses.owner) as owner:
        assert lindegem._has_municipalities(owner) is False
