"""The trail under load: many writers at once, some long, some broken off; and many events in one go."""

import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from tests.factories import Town, town

from nabij.access import events
from nabij.audit import chain, heads, queries, trail
from nabij.audit.models import TrailContent, TrailEvent
from nabij.kernel.actor import Actor, acting

TIMEOUT = 30


def note(by: Actor, about: str) -> UUID:
    with acting(by):
        return trail.record(events.TEAM_FORMED, by=by, about=about, name="x")


def in_threads(*works: Callable[[], None]) -> Callable[[], None]:
    """Start each in a thread with connections of its own; the answer waits, and raises what one of them raised."""
    wrong: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            wrong.append(error)
        finally:
            trail.close()
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()

    def finish() -> None:
        for thread in threads:
            thread.join(TIMEOUT)
        assert not wrong, wrong
        assert not any(thread.is_alive() for thread in threads)

    return finish


def sealed() -> list[UUID]:
    return [event for _n, event, _seal, _words in queries.sealed_chain()]


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
@pytest.mark.serial
class TestAtOnce:
    @pytest.fixture
    def here(self) -> Town:
        made = town()
        trail.seal()
        return made

    def test_a_long_transaction_does_not_hold_up_the_seals_of_others(self, here: Town) -> None:
        by, keys = here.operator, {}
        written, end = threading.Event(), threading.Event()

        def long_one() -> None:
            with acting(by):
                keys["long"] = trail.record(events.TEAM_FORMED, by=by, about="long")
                written.set()
                assert end.wait(TIMEOUT)

        finish = in_threads(long_one)
        assert written.wait(TIMEOUT)
        keys["short"] = note(by, "short")
        assert trail.seal() == 1
        assert sealed()[-1] == keys["short"]
        end.set()
        finish()
        assert trail.seal() == 1
        assert sealed()[-2:] == [keys["short"], keys["long"]], "what commits later stands later"
        assert chain.faults(queries.sealed_chain()) == []

    def test_each_committed_event_is_sealed_once_while_writers_and_sealers_work(self, here: Town) -> None:
        by = here.operator
        before, kept, dropped = len(sealed()), set[UUID](), set[UUID]()
        writing = threading.Event()
        writing.set()

        def write() -> None:
            for number in range(25):
                with acting(by):
                    key = trail.record(events.TEAM_FORMED, by=by, about=f"n:{number}")
                    (dropped if number % 5 == 0 else kept).add(key)
                    if number % 5 == 0:
                        transaction.set_rollback(True)

        def keep_sealing() -> None:
            while writing.is_set():
                trail.seal()

        sealers, writers = in_threads(keep_sealing, keep_sealing), in_threads(write, write, write, write)
        writers()
        writing.clear()
        sealers()
        trail.seal()
        order = sealed()
        assert len(order) == len(set(order)) == before + len(kept) == before + 80
        assert set(order[before:]) == kept and not kept & dropped
        assert chain.faults(queries.sealed_chain()) == []
        assert trail.seal() == 0

    def test_a_look_waits_for_its_seal_too(self, here: Town) -> None:
        trail.look(events.TEAM_FORMED, by=here.operator, household=uuid4(), ground="lead", purpose="x")
        assert trail.seal() == 1

    def test_what_is_written_past_the_verbs_waits_too_and_nonsense_on_the_list_is_dropped(self, here: Town) -> None:
        by = here.operator
        with acting(by), connection.cursor() as cursor:
            cursor.execute("insert into audit_trailwaiting values (gen_random_uuid())")
            cursor.execute(
                "insert into audit_trailevent (id, municipality_id, kind, actor_id, about, ground, purpose, digest)"
                " select gen_random_uuid(), %s, 'x', %s, '', '', '', '' from generate_series(1, 3)",
                [by.municipality_id, by.id],
            )
            cursor.execute("insert into audit_trailwaiting values (%s)", [sealed()[0]])
        assert trail.seal() == 3
        assert trail.seal() == 0
        assert chain.faults(queries.sealed_chain()) == []


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("many", [0, 1, 2, 300])
def test_every_row_of_a_bulk_verb_is_an_event_with_its_own_words(many: int) -> None:
    here = town()
    by, odd = here.operator, "D'Hondt “%s” \\ {0} יעל 😀\n"
    rows = [
        (uuid4() if n % 2 else None, f"about:{n}:{odd}", {"n": n, "words": odd, "on": here.today} if n % 3 else {})
        for n in range(many)
    ]
    with acting(by):
        trail.record_many(events.BASIS_GIVEN, by=by, rows=rows)
        found = {e.about: e for e in TrailEvent.objects.filter(kind=events.BASIS_GIVEN.slug)}
        contents = TrailContent.objects.in_bulk([e.id for e in found.values()])
    assert set(found) == {about for _, about, _ in rows} and len({e.id for e in found.values()}) == many
    for household, about, content in rows:
        event = found[about]
        assert (event.household_id, event.actor_id, event.municipality_id) == (household, by.id, by.municipality_id)
        told = contents[event.id].content if event.id in contents else {}
        assert told == {key: value if key != "on" else value.isoformat() for key, value in content.items()}


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
@pytest.mark.serial
def test_what_many_events_say_is_what_their_digests_say() -> None:
    by = town().operator
    contents = [{"n": 1.0, "big": 10**30}, {"words": "é\u2028\\u0041"}, {}, {"list": [None, True, {"b": 1, "a": "2"}]}]
    with acting(by):
        trail.record_many(events.BASIS_GIVEN, by=by, rows=[(None, "", content) for content in contents])
        assert TrailContent.objects.count() >= 3
    assert heads.changed_contents() == []
