"""The trail is checked as whoever would tamper with it can: as the owner, with the triggers off."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import ProgrammingError, connections
from django.utils import timezone
from tests.factories import Town, household, town

from nabij.audit import chain, queries, trail
from nabij.config import nightly, witness
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
MOVED_UP = "update audit_trailseal set n = -n where n > 5; update audit_trailseal set n = -n - 1 where n < 0"
# What was done, and what must be said of it: {5} and {6} are the events that had those seals before.
TAMPERED = {
    "somebody else looked": (
        f"update audit_trailevent set actor_id = gen_random_uuid() where id = {FIFTH}",
        ["Gebeurtenis {5} (zegel 5, ", "is veranderd"],
    ),
    "at another moment": (
        f"update audit_trailevent set at = at - interval '1 day' where id = {FIFTH}",
        ["Gebeurtenis {5} (zegel 5, ", "is veranderd"],
    ),
    "of another town": (
        f"update audit_trailevent set municipality_id = gen_random_uuid() where id = {FIFTH}",
        ["Gebeurtenis {5} (zegel 5, ", "is veranderd"],
    ),
    "an event is gone": (
        f"delete from audit_trailevent where id = {FIFTH}",
        ["Bij zegel 5 ontbreekt gebeurtenis {5}, na "],
    ),
    "a seal is gone": (
        "delete from audit_trailseal where n = 5",
        [
            "Zegel 5 ontbreekt, na ",
            "dat van gebeurtenis {5}.",
            "Zonder zegel, en niet in de rij",
            "gebeurtenis {5} (1 ",
        ],
    ),
    "both are gone": (CUT.format("n = 5"), ["Zegel 5 ontbreekt, na ", "en wat erbij hoorde."]),
    "three and their seals are gone": (CUT.format("n between 5 and 7"), ["De zegels 5 tot 7 ontbreken, na "]),
    "both are gone, and the others moved up": (
        f"{CUT.format('n = 5')}; {MOVED_UP}",
        ["Gebeurtenis {6} (zegel 5, ", "of wat ervoor stond is weggehaald", "het spoor is herschreven"],
    ),
    "the beginning is gone": ("delete from audit_trailseal where n < 5", ["De zegels 1 tot 4 ontbreken, en voor "]),
    "two changed places": (
        "update audit_trailseal a set event_id = b.event_id from audit_trailseal b"
        " where a.n + b.n = 11 and a.n in (5, 6)",
        ["Gebeurtenis {5} (zegel 6, ", "ze hoort bij zegel 5.", "Gebeurtenis {6} (zegel 5, ", "ze hoort bij zegel 6."],
    ),
    "two changed places with their seals": (
        "update audit_trailseal set n = -n where n in (5, 6); update audit_trailseal set n = 11 + n where n < 0",
        ["Gebeurtenis {6} (zegel 5, ", "ze hoort vlak na wat nu zegel 6 is.", "Gebeurtenis {5} (zegel 6, "],
    ),
    "the content is another": (
        'update audit_trailcontent set content = \'{"name": "niemand"}\''
        " where event_id = (select event_id from audit_trailcontent order by event_id limit 1)",
        ["De inhoud van gebeurtenis {content} is veranderd."],
    ),
    "taken off the list before it was sealed": (
        "insert into audit_trailevent (id, municipality_id, kind, actor_id, about, ground, purpose, digest) values"
        " ('00000000-0000-4000-8000-000000000001', gen_random_uuid(), 'x', gen_random_uuid(), '', '', '', '');"
        " delete from audit_trailwaiting",
        ["niet in de rij om er een te krijgen: gebeurtenis 00000000-0000-4000-8000-000000000001"],
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_found_and_named(nabij: Nabij, here: Town, what: str) -> None:
    done_to_it, said = TAMPERED[what]
    event_of = {str(n): event for n, event, _seal, _words in queries.sealed_chain()}
    with as_owner() as cursor:
        cursor.execute("select event_id from audit_trailcontent order by event_id limit 1")
        event_of["content"] = cursor.fetchone()[0]
        cursor.execute("alter table audit_trailseal drop constraint if exists audit_trailseal_event_id_key")
        cursor.execute(done_to_it)
        cursor.execute("alter table audit_trailseal add constraint audit_trailseal_event_id_key unique (event_id)")
    done = nabij("audit verify")
    assert done.exit_code == 1, done.output
    assert "Het spoor is niet heel" in done.output
    for words in said:
        for name, event in event_of.items():
            words = words.replace(f"{{{name}}}", str(event))
        assert words in done.output, done.output


def rewrite(key: str) -> None:
    """As the owner: change event 5, and make every seal from there anew with a key."""
    with as_owner() as cursor:
        cursor.execute(f"update audit_trailevent set actor_id = gen_random_uuid() where id = {FIFTH}")
        previous = b""
        for n, _event, digest, words in queries.sealed_chain():
            previous = bytes(digest) if n < 5 else hmac.digest(bytes.fromhex(key), previous + words.encode(), "sha256")
            cursor.execute("select set_config('nabij.maintenance', 'on', false)")
            cursor.execute("update audit_trailseal set hash = %s where n = %s", [previous, n])


def test_a_rewrite_by_the_owner_without_the_key_is_one_sentence(nabij: Nabij, here: Town) -> None:
    fifth = queries.sealed_chain()[4][1]
    rewrite("ab" * 32)
    done = nabij("audit verify")
    assert done.exit_code == 1
    assert f"Vanaf zegel 5 (gebeurtenis {fifth}, " in done.output
    assert f"{links() - 4} zegels zijn opnieuw gemaakt zonder de sleutel" in done.output
    assert len(done.output.splitlines()) < 6, "one sentence, not one for each event"


def test_a_rewrite_by_an_owner_who_has_the_key_shows_by_the_heads(nabij: Nabij, here: Town, settings: Any) -> None:
    kept = witness.kept()
    rewrite(settings.NABIJ_TRAIL_KEY)
    assert chain.faults(queries.sealed_chain()) == [], "the chain alone cannot see it"
    done = nabij("audit verify")
    assert done.exit_code == 1
    first_after = min(head.n for head in kept if head.n >= 5)
    assert f"Zegel {first_after} is niet meer wat het was op " in done.output
    assert "het spoor is herschreven" in done.output


def test_the_night_looks_the_trail_after_once_and_leaves_what_it_found(nabij: Nabij, here: Town) -> None:
    night = timezone.make_aware(datetime.fromisoformat("2026-11-23 02:05"))
    assert nightly.check_trail(night)
    assert not nightly.check_trail(night + timedelta(hours=20)), "once a night"
    with as_owner() as cursor:
        cursor.execute(TAMPERED["somebody else looked"][0])
    assert nightly.check_trail(night + timedelta(days=1))
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        cursor.execute("select seals, waiting, faults, wrong::text from audit_trailcheck order by at")
        (whole, broken) = cursor.fetchall()
        cursor.execute("select set_config('nabij.maintenance', '', false)")
    assert whole == (links(), 0, 0, "[]")
    assert (broken[2], "is veranderd" in broken[3]) == (1, True)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-22 12:00", True),
        ("2026-11-22 02:01", "2026-11-23 01:59", False),
        ("2026-11-22 02:01", "2026-11-23 02:00", True),
        ("2026-11-20 02:01", "2026-11-22 15:00", True),
        ("2026-11-22 15:00", "2026-11-23 01:59", False),
    ],
)
def test_a_night_without_a_worker_is_made_up_for(last: str | None, now: str, due: bool) -> None:
    moments = [text and timezone.make_aware(datetime.fromisoformat(text)) for text in (last, now)]
    assert nightly.is_due(*moments) is due


def test_the_application_cannot_write_an_outcome(nabij: Nabij, here: Town) -> None:
    nightly.check_trail()
    for attempt in ("delete from audit_trailcheck", "update audit_trailcheck set faults = 0",
                    "insert into audit_trailcheck values (gen_random_uuid(), now(), 1, 0, 0, '[]')"):  # fmt: skip
        with pytest.raises(ProgrammingError), acting(here.worker), connections["default"].cursor() as cursor:
            cursor.execute(attempt)


def test_erased_content_is_no_mistake(nabij: Nabij, here: Town) -> None:
    with as_owner() as cursor:
        cursor.execute("delete from audit_trailcontent")
    assert nabij("audit verify").exit_code == 0


@pytest.mark.parametrize("cut", [1, 1000])
def test_a_tail_that_was_cut_off_shows_by_the_heads_that_were_kept(nabij: Nabij, here: Town, cut: int) -> None:
    with as_owner() as cursor:
        cursor.execute(CUT.format(f"n > (select max(n) from audit_trailseal) - {cut}"))
    assert chain.faults(queries.sealed_chain()) == [], "the chain alone cannot see it"
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
    sealed(lambda: [worker.work(job) for job in (*worker.JOBS, worker.JOBS[0])])  # a job leaves events of its own
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
    with connections["owner"].cursor() as cursor:  # the application itself has no way in
        cursor.execute("set nabij.maintenance = 'on'")
        cursor.execute(
            "update access_reach set depth = 3 where ground = 'team' and municipality_id = %s", [there.municipality.id]
        )
        cursor.execute("reset nabij.maintenance")
    done = nabij("audit reach")
    assert done.exit_code == 1
    assert "Elders: 1 verschillen" in done.output or "verschillen" in done.output
    assert "Testegem: in orde" in done.output
