"""The wall of this room, as the application over raw SQL: rows are added by whom it is for, and never written over."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.factories import Town, town
from tests.rooms.informing.asking import ask, family, tell, withdraw

from nabij.access import actions as access
from nabij.access.roles import Ground
from nabij.kernel.actor import Actor, acting

pytestmark = pytest.mark.django_db
TOLD = (
    "insert into informing_told (id, municipality_id, household_id, person_id, purpose, language, version, words, how,"
)
TOLD += (
    " told_on, noted_at, noted_by) values (%s, %s, %s, %s, 'help', 'nl', 'x', 'x', 'paper', current_date, now(), %s)"
)
CONSENT = (
    "insert into informing_consent (id, municipality_id, household_id, person_id, purpose, language, version, words, how,"
    " outcome, recipient, recipient_key, with_health, said_by_id, said_by_other, answered_on, ends_on, noted_at, noted_by)"
    " values (%s, %s, %s, %s, %s, 'nl', 'x', 'x', 'paper', 'given', 'CAW', 'caw', false, %s, '', current_date,"
    " current_date + 90, now(), %s)"
)
WITHDRAWAL = (
    "insert into informing_withdrawal (id, municipality_id, household_id, consent_id, withdrawn_on, said_by_id,"
    " said_by_other, what_next, noted_at, noted_by) values (%s, %s, %s, %s, current_date, null, 'x', 'x', now(), %s)"
)
TEXT = (
    "insert into informing_text (id, municipality_id, purpose, language, number, words, valid_from, written_at, written_by)"
    " values (%s, %s, 'help', 'nl', 1, '# x', current_date, now(), %s)"
)


def run(by: Actor, sql: str, values: list[object]) -> int:
    with acting(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def count(by: Actor, table: str) -> int:
    with acting(by), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def told(by: Actor, here: Town, key: UUID, person: UUID, noted_by: UUID | None = None) -> int:
    return run(by, TOLD, [uuid4(), here.municipality.id, key, person, noted_by or by.id])


def yes(by: Actor, here: Town, key: UUID, person: UUID, purpose: str = "referral") -> int:
    return run(by, CONSENT, [uuid4(), here.municipality.id, key, person, purpose, person, by.id])


def lend(here: Town, key: UUID, by: Actor, ground: Ground = Ground.TRANSFER) -> None:
    with acting(here.worker):
        access.give_basis(by=here.worker, household=key, ground=ground, worker=by.id, on=here.today, now=timezone.now())


def test_who_receives_adds_that_somebody_was_told_and_no_other_function() -> None:
    here = town()
    key, who = family(here)
    assert told(here.desk, here, key, who["Ayşe"]) == 1
    assert told(here.worker, here, key, who["Bram"]) == 1
    for role in ("director", "administrator", "privacy_officer"):
        by = getattr(here, role)
        lend(here, key, by)
        with pytest.raises(DatabaseError):
            told(by, here, key, who["Cem"])
    with pytest.raises(DatabaseError):
        told(here.neighbour, here, key, who["Cem"])
    with pytest.raises(DatabaseError):  # in somebody else's name
        told(here.worker, here, key, who["Cem"], here.colleague.id)


def test_consent_is_added_from_the_file_by_who_guides_and_for_who_lives_there() -> None:
    here = town()
    key, who = family(here)
    _other, others = family(here, number="14")
    assert yes(here.worker, here, key, who["Ayşe"]) == 1
    for by in (here.desk, here.neighbour, here.administrator, here.director):
        if by in (here.administrator, here.director):
            lend(here, key, by)
        with pytest.raises(DatabaseError):
            yes(by, here, key, who["Bram"])
    with pytest.raises(DatabaseError):
        yes(here.worker, here, key, others["Ayşe"])


@pytest.mark.parametrize("purpose", ["help", "inquiry", "controle"])
def test_the_database_knows_no_consent_where_none_is_needed(purpose: str) -> None:
    here = town()
    key, who = family(here)
    with pytest.raises(IntegrityError, match="consent_only_where_it_is_needed"):
        yes(here.worker, here, key, who["Ayşe"], purpose)


def test_the_database_refuses_a_second_open_consent_for_the_same() -> None:
    here = town()
    key, who = family(here)
    yes(here.worker, here, key, who["Ayşe"])
    with pytest.raises(IntegrityError, match="one_open_consent"):
        yes(here.worker, here, key, who["Ayşe"])


@pytest.mark.parametrize(
    "statement",
    ["update informing_told set words = 'x'", "delete from informing_told", "update informing_consent set words = 'x'",
     "update informing_consent set ends_on = current_date + 900", "delete from informing_consent",
     "update informing_withdrawal set what_next = 'x'", "delete from informing_withdrawal",
     "update informing_text set words = 'x'", "delete from informing_text", "truncate informing_consent cascade"],
)  # fmt: skip
def test_nothing_is_written_over_or_taken_away(statement: str) -> None:
    here = town()
    key, who = family(here)
    tell(here, key, who["Ayşe"])
    withdraw(here, key, ask(here, key, who["Ayşe"]))
    with pytest.raises(DatabaseError):
        run(here.worker, statement, [])


def test_a_consent_ends_once() -> None:
    here = town()
    key, who = family(here)
    consent = ask(here, key, who["Ayşe"])
    stop = "update informing_consent set stopped_on = current_date where id = %s"
    assert run(here.neighbour, stop, [consent.id]) == 0
    assert run(here.desk, stop, [consent.id]) == 0
    withdraw(here, key, consent)
    assert run(here.worker, stop, [consent.id]) == 0
    again = "update informing_consent set stopped_on = null where id = %s"
    assert run(here.worker, again, [consent.id]) == 0


def test_a_withdrawal_is_of_a_consent_of_this_household() -> None:
    here = town()
    key, who = family(here)
    other, others = family(here, number="14")
    theirs, no = ask(here, other, others["Ayşe"]), ask(here, key, who["Ayşe"], outcome="refused")
    for consent in (theirs, no):
        with pytest.raises(DatabaseError):
            run(here.worker, WITHDRAWAL, [uuid4(), here.municipality.id, key, consent.id, here.worker.id])


def test_only_who_manages_writes_a_text_and_in_her_own_town() -> None:
    here, there = town("Hier"), town("Daar")
    for by in (here.worker, here.desk, here.coordinator, here.director, there.administrator):
        with pytest.raises(DatabaseError):
            run(by, TEXT, [uuid4(), here.municipality.id, by.id])
    assert run(here.administrator, TEXT, [uuid4(), here.municipality.id, here.administrator.id]) == 1
    assert count(here.desk, "informing_text") == 1
    assert count(there.administrator, "informing_text") == 0


def test_who_reads_what() -> None:
    here, there = town("Hier"), town("Daar")
    key, who = family(here)
    tell(here, key, who["Ayşe"])
    withdraw(here, key, ask(here, key, who["Ayşe"]))
    tables = ("informing_told", "informing_consent", "informing_withdrawal")
    for role, seen in {
        "worker": (1, 1, 1), "colleague": (1, 1, 1), "coordinator": (1, 1, 1), "desk": (1, 0, 0), "neighbour": (0, 0, 0),
        "director": (0, 0, 0), "administrator": (0, 0, 0), "bridge_figure": (0, 0, 0), "privacy_officer": (0, 0, 0),
    }.items():  # fmt: skip
        assert tuple(count(getattr(here, role), table) for table in tables) == seen, role
    assert [count(there.worker, table) for table in tables] == [0, 0, 0]
    with connection.cursor() as cursor:
        for table in (*tables, "informing_text"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0, table
