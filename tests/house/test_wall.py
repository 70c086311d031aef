"""The second wall, tried as the application role over raw SQL; and the trail, which is only ever added to."""

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InternalError, connection, transaction
from tests.factories import Town, household, town

from nabij.casework import actions as casework
from nabij.households.actions import NewPerson
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db

TABLES = sorted(m._meta.db_table for m in apps.get_models() if m.__module__.startswith("nabij."))
# Sign-in reads these before there is a context: names of towns, and accounts.
READ_WITHOUT_CONTEXT = {"territory_municipality", "access_user"}
NOT_READ = {"audit_trailseal", "signin_guess"}


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def filled(here: Town) -> None:
    """Put a row in every table that belongs to a household."""
    key = household(here, phones=("+32499000001",))
    by, today = here.worker, here.today
    from django.utils import timezone

    now = timezone.now()
    with acting(by):
        casework.open_case(by=by, household=key, on=today, now=now)
        casework.add_goal(by=by, household=key, words="Een eigen bed", domain="housing", now=now, today=today)
        casework.write_note(by=by, household=key, kind="sealed", text="geheim", about_on=today, now=now, today=today)
        casework.write_note(by=by, household=key, kind="case", text="voor ons", about_on=today, now=now, today=today)


@pytest.mark.parametrize("table", [t for t in TABLES if t not in READ_WITHOUT_CONTEXT | NOT_READ])
def test_without_a_context_there_are_no_rows(table: str) -> None:
    filled(town())
    assert count(table) == 0


# What the nightly check found is of the whole installation; `tests/rooms/oversight` tries who reads it.
@pytest.mark.parametrize("table", [t for t in TABLES if t not in NOT_READ | {"audit_trailcheck"}])
def test_a_town_sees_nothing_of_another(table: str) -> None:
    here, there = town("Hier"), town("Daar")
    filled(there)
    with acting(here.worker), connection.cursor() as cursor:
        column = "id" if table == "territory_municipality" else "municipality_id"
        cursor.execute(f"select count(*) from {table} where {column} = %s", [there.municipality.id])
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize("role", ["desk", "neighbour", "director", "administrator", "bridge_figure"])
def test_who_has_no_basis_sees_no_file(role: str) -> None:
    here = town()
    filled(here)
    actor = getattr(here, role)
    for table in ("casework_case", "casework_goal", "casework_note", "households_address", "households_contactpoint"):
        with acting(actor):
            assert count(table) == 0, table


OF_HOUSEHOLD = sorted(
    (m._meta.db_table, "id" if m._meta.db_table == "households_household" else "household_id")
    for m in apps.get_models()
    if m.__module__.startswith(("nabij.households", "nabij.casework", "nabij.frontdesk"))
    and (m._meta.db_table == "households_household" or "household_id" in {f.attname for f in m._meta.concrete_fields})
)


@pytest.mark.parametrize(("table", "column"), OF_HOUSEHOLD)
def test_who_has_one_file_does_not_have_another(table: str, column: str) -> None:
    here = town()
    filled(here)
    other = household(here, street="Molenstraat", people=(NewPerson("Olena", "Bondar", role="adult"),))
    with acting(here.neighbour), connection.cursor() as cursor:
        cursor.execute(f"select count(*) filter (where {column} <> %s) from {table}", [other])
        assert cursor.fetchone()[0] == 0
    with acting(here.neighbour):
        assert count("households_household") == 1
        assert count("households_person") == 1


def test_every_policy_names_the_table_of_its_household() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') from pg_policies")
        policies = cursor.fetchall()
    assert len(policies) > 80
    assert not [(table, name) for table, name, sql in policies if "r.household_id = r.household_id" in sql]


def test_a_note_is_seen_by_whom_it_is_for() -> None:
    here = town()
    filled(here)
    with acting(here.worker):
        assert count("casework_note") == 2
    for role in ("colleague", "coordinator"):
        with acting(getattr(here, role)):
            assert count("casework_note") == 0, role


def test_a_row_for_another_town_is_refused() -> None:
    here, there = town("Hier"), town("Daar")
    with acting(here.worker), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into territory_neighbourhood (id, municipality_id, code, name)"
            " values (gen_random_uuid(), %s, 'X', 'X')",
            [there.municipality.id],
        )


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_trailevent set about = 'x'",
        "delete from audit_trailevent",
        "truncate audit_trailevent",
        "delete from audit_trailcontent",
        "select * from audit_trailseal",
        "select * from audit_trailwaiting",
        "delete from audit_trailwaiting",
        "insert into audit_trailseal (n, event_id, hash) values (1, gen_random_uuid(), '')",
        "insert into django_migrations (app, name, applied) values ('x', 'x', now())",
        "alter table casework_note disable row level security",
        "create table x (y int)",
    ],
)
def test_the_application_may_not(statement: str) -> None:
    here = town()
    with acting(here.worker), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("verb", ["select count(*) from", "update {} set about = ''", "delete from", "truncate"])
def test_the_trail_role_can_only_insert(verb: str) -> None:
    statement = verb.format("audit_trailevent") if "{}" in verb else f"{verb} audit_trailevent"
    parts = connection.settings_dict
    with (
        psycopg.connect(settings.NABIJ_TRAIL_URL, dbname=parts["NAME"], autocommit=True) as link,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        link.execute(statement)


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_not_even_the_owner_rewrites_the_trail() -> None:
    from django.db import connections

    town()
    with pytest.raises((DatabaseError, InternalError)), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        cursor.execute("update audit_trailevent set about = 'x'")
