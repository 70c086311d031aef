"""Roles and database: made once, the same the second time, never more than needed; on any PostgreSQL from 15 on.

`NABIJ_TEST_PG_BIN` names the programs of another version to try the same with.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from tests.plugin import HASTY

from nabij.config import embedded, roles
from nabij.kernel.refusals import Refusal

PASSWORDS = {"owner": "o'wner", "app": "app", "trail": "trail", "backup": "backup"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Server]:
    """A cluster that asks everybody but the superuser for a password, as a real one does."""
    programs = Path(os.environ["NABIJ_TEST_PG_BIN"]) if "NABIJ_TEST_PG_BIN" in os.environ else embedded.find_programs()
    server = embedded.Server(tmp_path_factory.mktemp("cluster") / "pg", HASTY, programs)
    server.start()
    try:
        (server.data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("select pg_reload_conf()")
        yield server
    finally:
        server.stop()


def with_password(address: str, password: str) -> str:
    from urllib.parse import quote

    return address.replace("@", f":{quote(password)}@", 1)


@pytest.fixture
def addresses(cluster: embedded.Server, request: pytest.FixtureRequest) -> roles.Addresses:
    """Four roles and a database of this test alone."""
    mark = abs(hash(request.node.name)) % 10_000_000
    urls = {role: cluster.url(f"{role}_{mark}", f"db {mark}") for role in roles.VARIABLES}
    return roles.Addresses(**{role: with_password(url, PASSWORDS[role]) for role, url in urls.items()})


def one(address: str, question: str, **instead: str) -> object:
    with roles.connected(address, **instead) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def test_all_four_get_in_and_the_second_time_changes_nothing(
    cluster: embedded.Server, addresses: roles.Addresses
) -> None:
    assert len(roles.bootstrap(addresses, cluster.url())) == 5
    for role in roles.VARIABLES:
        assert one(getattr(addresses, role), "select current_user") == addresses.name(role)
    assert roles.bootstrap(addresses, cluster.url()) == []
    assert roles.bootstrap(addresses) == [], "the owner alone may look again"


def test_a_new_password_in_the_address_is_taken_over(cluster: embedded.Server, addresses: roles.Addresses) -> None:
    roles.bootstrap(addresses, cluster.url())
    changed = roles.Addresses(**{**vars(addresses), "app": addresses.app.replace(":app@", ":ander@")})
    roles.bootstrap(changed, cluster.url())
    assert one(changed.app, "select 1") == 1
    with pytest.raises(Refusal, match="laat ons niet binnen"):
        one(addresses.app, "select 1")


def test_nobody_can_do_more_than_needed(cluster: embedded.Server, addresses: roles.Addresses) -> None:
    roles.bootstrap(addresses, cluster.url())
    with psycopg.connect(cluster.url()) as connection:
        rights = {
            role: connection.execute(
                "select rolsuper, rolcreaterole, rolreplication, rolcreatedb, rolbypassrls from pg_roles"
                " where rolname = %s",
                [addresses.name(role)],
            ).fetchone()
            for role in roles.VARIABLES
        }
    assert rights == {
        "owner": (False, False, False, True, False),
        "app": (False, False, False, False, False),
        "trail": (False, False, False, False, False),
        "backup": (False, False, False, False, True),
    }


def test_rights_that_somebody_gave_are_taken_back(cluster: embedded.Server, addresses: roles.Addresses) -> None:
    roles.bootstrap(addresses, cluster.url())
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(f"alter role {addresses.name('app')} bypassrls createdb")
        assert len(roles.bootstrap(addresses, cluster.url())) == 1
        held = connection.execute(
            "select rolbypassrls or rolcreatedb from pg_roles where rolname = %s", [addresses.name("app")]
        ).fetchone()
    assert held == (False,)


def test_an_app_that_can_become_the_owner_is_refused(cluster: embedded.Server, addresses: roles.Addresses) -> None:
    roles.bootstrap(addresses, cluster.url())
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(f"grant {addresses.name('owner')} to {addresses.name('app')}")
    with pytest.raises(Refusal, match="REVOKE"):
        roles.bootstrap(addresses, cluster.url())


def test_a_superuser_is_never_one_of_the_four(cluster: embedded.Server, addresses: roles.Addresses) -> None:
    as_superuser = roles.Addresses(**{**vars(addresses), "owner": cluster.url("postgres", addresses.database)})
    with pytest.raises(Refusal, match="beheerder van de server"):
        roles.bootstrap(as_superuser, cluster.url())
    assert one(cluster.url(), "select rolsuper from pg_roles where rolname = 'postgres'") is True


def test_an_owner_who_may_make_no_roles_is_told_about_the_administrator(
    cluster: embedded.Server, addresses: roles.Addresses
) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(f"create role {addresses.name('owner')} login createdb password 'o''wner'")
    with pytest.raises(Refusal, match="DATABASE_ADMIN_URL"):
        roles.bootstrap(addresses)


def test_an_administrator_without_superuser_rights_makes_the_database(
    cluster: embedded.Server, addresses: roles.Addresses
) -> None:
    admin = f"{addresses.name('owner')}_admin"
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(f"create role {admin} login createrole createdb password 'x'")
        # Only somebody who passes the walls may make somebody who does: in a cloud the backup exists beforehand.
        connection.execute(f"create role {addresses.name('backup')} login bypassrls password 'backup'")
    roles.bootstrap(addresses, with_password(cluster.url(admin), "x"))
    owner = one(addresses.owner, "select pg_get_userbyid(datdba) from pg_database where datname = current_database()")
    assert owner == addresses.name("owner")


def test_the_owner_installs_extensions_and_makes_a_test_database(
    cluster: embedded.Server, addresses: roles.Addresses
) -> None:
    roles.bootstrap(addresses, cluster.url())
    with roles.connected(addresses.owner) as owner:
        for extension in ("pg_trgm", "unaccent", "btree_gist"):
            owner.execute(f"create extension {extension}")
        owner.execute(f'create database "test {addresses.database}"')
    for role in ("app", "trail"):
        assert one(getattr(addresses, role), "select 1", dbname=f"test {addresses.database}") == 1


def test_strangers_stay_out_and_nobody_but_the_owner_makes_tables(
    cluster: embedded.Server, addresses: roles.Addresses
) -> None:
    roles.bootstrap(addresses, cluster.url())
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(f"create role stranger_{addresses.name('app')} login password 'x'")
    with pytest.raises(Refusal):
        one(with_password(cluster.url(f"stranger_{addresses.name('app')}", addresses.database), "x"), "select 1")
    for role in ("app", "trail", "backup"):
        with (
            roles.connected(getattr(addresses, role)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("create table public.mine (n int)")


def test_the_backup_reads_through_a_wall_and_writes_nothing(
    cluster: embedded.Server, addresses: roles.Addresses
) -> None:
    roles.bootstrap(addresses, cluster.url())
    with roles.connected(addresses.owner) as owner:
        owner.execute("create table walled (n int)")
        owner.execute("insert into walled values (1)")
        owner.execute("alter table walled enable row level security")
        owner.execute("alter table walled force row level security")
        assert owner.execute("select count(*) from walled").fetchone() == (0,)
    roles.let_backup_read(addresses)
    with roles.connected(addresses.backup) as backup:
        assert backup.execute("select count(*) from walled").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            backup.execute("delete from walled")


def test_dropping_waits_for_nobody_but_refuses_while_somebody_works(
    cluster: embedded.Server, addresses: roles.Addresses
) -> None:
    roles.bootstrap(addresses, cluster.url())
    with roles.connected(addresses.app), pytest.raises(Refusal, match="Er draait nog een Nabij"):
        roles.drop_database(addresses, cluster.url())
    while one(cluster.url(), f"select count(*) from pg_stat_activity where datname = '{addresses.database}'"):
        pass
    roles.drop_database(addresses, cluster.url())
    assert one(cluster.url(), f"select count(*) from pg_database where datname = '{addresses.database}'") == 0


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATABASE_URL": "postgresql://app@h/d"}, "DATABASE_OWNER_URL, DATABASE_TRAIL_URL, DATABASE_BACKUP_URL"),
        (dict.fromkeys(roles.VARIABLES.values(), "postgresql://same@h/d"), "vier verschillende gebruikers"),
        ({v: f"postgresql://{r}@h/{r}" for r, v in roles.VARIABLES.items()}, "dezelfde database"),
        (dict.fromkeys(roles.VARIABLES.values(), "postgresql://h/d"), "noemt geen gebruiker"),
        (dict.fromkeys(roles.VARIABLES.values(), "postgresql://Nabij-app@h/d"), "kleine letters"),
        (dict.fromkeys(roles.VARIABLES.values(), "mysql://u@h/d"), "is geen adres van een database"),
    ],
)
def test_addresses_that_cannot_work_are_refused_in_a_sentence(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        roles.Addresses.from_environment(environment)


def test_a_password_never_stands_in_a_refusal(cluster: embedded.Server, addresses: roles.Addresses) -> None:
    wrong = with_password(cluster.url("nobody_here"), "geheim-9431")
    assert conninfo_to_dict(wrong)["password"] == "geheim-9431"
    with pytest.raises(Refusal) as refusal:
        one(wrong, "select 1")
    assert "geheim-9431" not in str(refusal.value)
