"""The trail is checked as whoever would tamper with it can: as the owner, with the triggers off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connections
from tests.factories import Town, household, town

from nabij.audit import queries, trail
from nabij.config import witness
from nabij.config.cli import cli
from nabij.config.commands import worker
from nabij.kernel.actor import acting

# Only what is committed is sealed.
pytestmark = [pytest.mark.django_db(databases=["default", "owner"], transaction=True), pytest.mark.serial]

Nabij = Callable[[str], Result]


@pytest.fixture
def nabij(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nabij:
    monkeypatch.setenv("NABIJ_VAR", str(tmp_path))

    def run(words: str) -> Result:
        done = CliRunner().invoke(cli, words.split())
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done

    return run


@pytest.fixture
def here(nabij: Nabij) -> Town:
    """A town with a household, sealed in two goes, so that a head is kept halfway."""
    made = town()
    sealed(lambda: nabij("audit seal"))
    household(made)
    sealed(lambda: nabij("audit seal"))
    trail.close()
    return made


def sealed(seal: Callable[[], object]) -> None:
    """Seal, and see that nothing waits any more."""
    seal()
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        cursor.execute("select (select count(*) from audit_trailevent) - (select count(*) from audit_trailseal)")
        waiting = cursor.fetchone()[0]
        cursor.execute("select set_config('nabij.maintenance', '', false)")
    assert waiting == 0, f"{waiting} events are not sealed"


@contextmanager
def as_owner() -> Iterator[object]:
    """Give a cursor with which everything can be done that should never be."""
    tables = ("audit_trailevent", "audit_trailcontent", "audit_trailseal")
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger never")
        yield cursor
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger never")
        cursor.execute("select set_config('nabij.maintenance', '', false)")


def links() -> int:
    return len(queries.sealed_chain())


def test_a_whole_trail_is_whole(nabij: Nabij, here: Town) -> None:
    done = nabij("audit verify")
    assert done.exit_code == 0, done.output
    assert f"Het spoor is heel: {links()} zegels." in done.output
    assert links() > 20


FIFTH = "(select event_id from audit_trailseal where n = 5)"
CUT = (
    "with s as (delete from audit_trailseal where {} returning event_id)"
    " delete from audit_trailevent e using s where e.id = s.event_id"
)
TAMPERED = {
    "somebody else looked": f"update audit_trailevent set actor_id = gen_random_uuid() where id = {FIFTH}",
    "at another moment": f"update audit_trailevent set at = at - interval '1 day' where id = {FIFTH}",
    "of another town": f"update audit_trailevent set municipality_id = gen_random_uuid() where id = {FIFTH}",
    "an event is gone": f"delete from audit_trailevent where id = {FIFTH}",
    "a seal is gone": "delete from audit_trailseal where n = 5",
    "both are gone": CUT.format("n = 5"),
    "the beginning is gone": "delete from audit_trailseal where n < 5",
    "two changed places": (
        "update audit_trailseal a set event_id = b.event_id from audit_trailseal b"
        " where a.n + b.n = 11 and a.n in (5, 6)"
    ),
    "the content is another": (
        'update audit_trailcontent set content = \'{"name": "niemand"}\''
        " where event_id = (select event_id from audit_trailcontent limit 1)"
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_found(nabij: Nabij, here: Town, what: str) -> None:
    with as_owner() as cursor:
        if "event_id = b.event_id" in TAMPERED[what]:
            cursor.execute("alter table audit_trailseal drop constraint audit_trailseal_event_id_key")
        cursor.execute(TAMPERED[what])
        assert cursor.rowcount > 0
        if "event_id = b.event_id" in TAMPERED[what]:
            cursor.execute("alter table audit_trailseal add constraint audit_trailseal_event_id_key unique (event_id)")
    done = nabij("audit verify")
    assert done.exit_code == 1, done.output
    assert "Het spoor is niet heel" in done.output


def test_erased_content_is_no_mistake(nabij: Nabij, here: Town) -> None:
    with as_owner() as cursor:
        cursor.execute("delete from audit_trailcontent")
    assert nabij("audit verify").exit_code == 0


@pytest.mark.parametrize("cut", [1, 1000])
def test_a_tail_that_was_cut_off_shows_by_the_heads_that_were_kept(nabij: Nabij, here: Town, cut: int) -> None:
    with as_owner() as cursor:
        cursor.execute(CUT.format(f"n > (select max(n) from audit_trailseal) - {cut}"))
    assert trail.verify(queries.sealed_chain()) == [], "the chain alone cannot see it"
    done = nabij("audit verify")
    assert (done.exit_code, "het einde is afgeknipt" in done.output) == (1, True), done.output


def test_a_tail_that_was_cut_off_and_grew_again_shows_too(nabij: Nabij, here: Town) -> None:
    with as_owner() as cursor:
        cursor.execute("delete from audit_trailseal where n > 3")
        cursor.execute("delete from audit_trailevent where id not in (select event_id from audit_trailseal)")
    witness_before = witness.kept()
    town("Elders")
    sealed(lambda: nabij("audit seal"))
    assert links() > 3
    done = nabij("audit verify")
    assert (done.exit_code, "herschreven" in done.output or "afgeknipt" in done.output) == (1, True), done.output
    assert len(witness.kept()) > len(witness_before)


def test_without_heads_it_says_what_it_cannot_see(nabij: Nabij, here: Town, tmp_path: Path) -> None:
    (tmp_path / witness.FILE).unlink()
    assert "afgeknipt einde is dan niet te zien" in nabij("audit verify").output


def test_heads_of_another_database_are_a_warning(nabij: Nabij, here: Town, tmp_path: Path) -> None:
    file = tmp_path / witness.FILE
    file.write_text(f"2020-01-01T00:00:00+00:00 1-oud 999 {'ab' * 32}\nhalf a line\n" + file.read_text())
    done = nabij("audit verify")
    assert (done.exit_code, "teruggezet" in done.output) == (0, True), done.output


def test_the_worker_keeps_the_head_and_the_file_does_not_grow_for_ever(
    nabij: Nabij, here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = witness.kept()
    household(here, number="14")
    sealed(lambda: [worker.work(job) for job in worker.JOBS])
    after = witness.kept()
    assert len(after) > len(before) and after[-1].n == links()
    assert all(worker.work(job) for job in worker.JOBS)
    assert witness.kept() == after, "nothing was sealed, so nothing is kept"
    monkeypatch.setattr(witness, "LONGEST", 10)
    file = Path(witness.embedded.project_folder()) / witness.FILE
    file.write_text(
        "".join(f"20{y}-01-0{d}T00:00:0{s} 1-x 1 ab\n" for y in range(20, 26) for d in range(1, 10) for s in range(9))
        * 4
    )
    witness.keep()
    lines = file.read_text().splitlines()
    assert len(lines) < 1100 and len({line[:10] for line in lines}) == 55


def test_reach_is_compared_town_by_town(nabij: Nabij, here: Town) -> None:
    there = town("Elders")
    household(there)
    done = nabij("audit reach")
    assert (done.exit_code, done.output.count("in orde")) == (0, 2), done.output
    with acting(there.operator), connections["default"].cursor() as cursor:
        cursor.execute("update access_reach set depth = 3 where ground = 'team'")
    done = nabij("audit reach")
    assert done.exit_code == 1
    assert "Elders: 1 verschillen" in done.output or "verschillen" in done.output
    assert "Testegem: in orde" in done.output
