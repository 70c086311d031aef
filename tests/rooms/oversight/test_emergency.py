"""Access in an emergency: 24 hours, one household, a reason, told and reviewed; and no way to look around the wall."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import Town, enrol, household, town
from tests.rooms.at_once import at_once

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access import reach
from nabij.access.models import Basis, Post, Reach
from nabij.access.roles import Ground
from nabij.audit.models import TrailEvent
from nabij.casework import actions as casework
from nabij.households.actions import NewPerson
from nabij.households.queries import open_household
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen
from nabij.oversight import actions, events, queries
from nabij.oversight.models import Emergency, EmergencyWord
from nabij.oversight.policies import Named

pytestmark = pytest.mark.django_db
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
AYSE = Named("Ayse", "yildiz", date(1990, 3, 4))
WHY = "Ze belde dat hij voor de deur staat."


def ask(
    by: Actor, here: Town, whom: Named = AYSE, *, now: datetime | None = None, reason: str = WHY, past: bool = False
) -> Emergency:
    """Ask as the page does; with `past` as who writes a day of before down."""
    now = now or timezone.now()
    with acting(by):
        return actions.ask_emergency(
            by=by, whom=whom, reason=reason, on=timezone.localdate(now), now=now, clock=now if past else None
        )


def led(here: Town, **more: object) -> UUID:
    key = household(here, **more)  # type: ignore[arg-type]
    with acting(here.worker):
        casework.open_case(by=here.worker, household=key, on=here.today, now=timezone.now())
    return key


def helped_elsewhere(here: Town) -> UUID:
    """A household of wijk B, where the neighbour works, that asked to be helped at the Sociaal Huis."""
    enrol(here, "Sofie Sociaal Huis", "social_worker", here.teams[2])
    key = household(here, street="Molenstraat")
    with acting(here.desk):
        access.hide_from(
            by=here.desk, household=key, avoided=here.teams[1].id, helping=here.teams[2].id, on=here.today,
            now=timezone.now(),
        )  # fmt: skip
    return key


def review(here: Town, one: Emergency, outcome: str, now: datetime | None = None, by: Actor | None = None) -> None:
    by = by or here.privacy_officer
    with acting(by):
        actions.review_emergency(by=by, emergency=one.id, outcome=outcome, text="omdat", now=now or timezone.now())


def files(by: Actor) -> set[UUID]:
    with acting(by), connection.cursor() as cursor:
        cursor.execute("select id from households_household")
        return {row[0] for row in cursor.fetchall()}


def test_it_opens_one_file_as_the_team_reads_it_and_no_other() -> None:
    here = town()
    key = led(here)
    other = household(here, people=(NewPerson("Olena", "Bondar", date(1985, 1, 2), "day"),))
    with acting(here.worker):
        for kind in ("shared", "case"):
            casework.write_note(
                by=here.worker, household=key, kind=kind, text=kind, about_on=here.today, now=timezone.now(),
                today=here.today,
            )  # fmt: skip
    assert files(here.neighbour) == set()
    made = ask(here.neighbour, here)
    assert (made.state, made.household_id, made.initial) == ("opened", key, "Y")
    assert files(here.neighbour) == {key}
    with acting(here.neighbour), connection.cursor() as cursor:
        assert open_household(key, by=here.neighbour, on=here.today, purpose="gezin").ground == Ground.EMERGENCY
        cursor.execute("select kind from casework_note")
        assert [row[0] for row in cursor.fetchall()] == ["shared"]
        with pytest.raises(NotOpen):
            open_household(other, by=here.neighbour, on=here.today, purpose="gezin")


def test_it_lasts_24_hours_to_the_second_by_the_clock_of_the_database() -> None:
    here = town()
    key = led(here)
    made = ask(here.neighbour, here)
    basis = made.basis
    assert basis.expires_at - basis.given_at == 24 * HOUR
    for left, opens in ((SECOND, True), (-SECOND, False)):
        moment = timezone.now() - 24 * HOUR + left
        with acting(here.neighbour), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select now()")
            moment = cursor.fetchone()[0] - 24 * HOUR + left
            Basis.objects.filter(id=basis.id).update(given_at=moment, expires_at=moment + 24 * HOUR)
            reach.refresh_worker(here.neighbour.id)
            cursor.execute("select count(*) from households_household where id = %s", [key])
            assert bool(cursor.fetchone()[0]) == opens, left


def test_a_clock_that_was_set_back_or_forward_gives_nothing() -> None:
    here = town()
    led(here)
    for wrong in (-3 * HOUR, 3 * HOUR):
        with pytest.raises(NotNow, match="klok"):
            ask(here.neighbour, here, now=timezone.now() + wrong)
    assert files(here.neighbour) == set()


def test_a_household_that_is_not_there_one_that_is_shut_and_a_wrong_name_answer_alike() -> None:
    here = town()
    led(here)
    asked = {}
    cases = {
        "not there": Named("Niemand", "Nergens", date(1985, 1, 2)),
        "wrong day": Named("Ayşe", "Yıldız", date(1990, 3, 5)),
        "half a name": Named("Ay", "Yıl", date(1990, 3, 4)),
        "wrong address": Named("Ayşe", "Yıldız", date(1990, 3, 4), "Kerkstraat", "13"),
    }
    for case, whom in cases.items():
        with CaptureQueriesContext(connection) as seen:
            made = ask(here.neighbour, here, whom)
        assert made.state == "not_opened", case
        assert (made.household_id, made.basis_id) == (None, None)
        asked[case] = [query["sql"].split(" ")[0] for query in seen]
    assert len({str(statements) for statements in asked.values()}) == 1
    assert files(here.neighbour) == set()
    with acting(here.neighbour):
        assert not Basis.objects.filter(worker_id=here.neighbour.id).exists()
        assert not Reach.objects.filter(worker_id=here.neighbour.id, ground="emergency").exists()


def test_a_household_that_is_helped_elsewhere_answers_as_one_that_is_not_there() -> None:
    here = town()
    helped_elsewhere(here)
    statements = []
    for whom in (AYSE, Named("Niemand", "Nergens", date(1985, 1, 2))):
        with CaptureQueriesContext(connection) as seen:
            made = ask(here.neighbour, here, whom)
        assert made.state == "not_opened"
        assert (made.household_id, made.basis_id) == (None, None)
        statements.append([query["sql"].split(" ")[0] for query in seen])
    assert statements[0] == statements[1]
    with acting(here.privacy_officer):
        assert [(one.state, one.initial) for one in queries.emergencies_past(by=here.privacy_officer)] == [
            ("not_opened", "N"), ("not_opened", "Y"),
        ]  # fmt: skip


def test_a_hidden_namesake_changes_no_answer() -> None:
    here = town()
    key = led(here)
    helped_elsewhere(here)
    assert ask(here.neighbour, here).household_id == key


def test_who_was_in_a_file_that_is_hidden_from_him_now_reads_no_more_of_it() -> None:
    here = town()
    key = household(here, street="Molenstraat")
    with acting(here.operator):
        access.end_post(by=here.operator, post=Post.objects.get(worker_id=here.neighbour.id).id, on=here.today)
        access.appoint(
            by=here.operator, worker=here.neighbour.id, function="social_worker", on=here.today, team=here.teams[0].id
        )
    made = ask(here.neighbour, here)
    assert made.household_id == key
    with acting(here.operator):
        other = access.enrol(by=here.operator, name="Sofie Sociaal Huis", email=f"{uuid4().hex}@example.org")
        access.appoint(
            by=here.operator, worker=other.id, function="social_worker", on=here.today, team=here.teams[2].id
        )
    with acting(here.desk):
        access.hide_from(
            by=here.desk, household=key, avoided=here.teams[0].id, helping=here.teams[2].id, on=here.today,
            now=timezone.now(),
        )  # fmt: skip
    assert files(here.neighbour) == set()
    with acting(here.neighbour):
        assert queries.own_emergencies(by=here.neighbour) == []
    with acting(here.privacy_officer):
        assert [one.id for one in queries.emergencies_waiting(by=here.privacy_officer)] == [made.id]


def test_the_address_does_where_the_birth_date_is_not_known() -> None:
    here = town()
    key = led(here)
    assert ask(here.neighbour, here, Named("Ayşe", "Yıldız", None, "kerkstraat", "12")).household_id == key


def test_two_of_one_name_and_day_open_nothing_until_the_address_says_which() -> None:
    here = town()
    key = led(here)
    household(here, street="Molenstraat")
    assert ask(here.colleague, here, AYSE).state == "not_opened"
    assert ask(here.neighbour, here, Named("Ayşe", "Yıldız", date(1990, 3, 4), "Kerkstraat", "12")).household_id == key


@pytest.mark.parametrize(
    ("reason", "whom", "box"),
    [
        ("  ", AYSE, "reason"),
        ("...", AYSE, "reason"),
        (WHY, Named("", "Yıldız", date(1990, 3, 4)), "family_name"),
        (WHY, Named("Ayşe", "Yıldız"), "birth_date"),
        (WHY, Named("Ayşe", "Yıldız", None, "Kerkstraat", " "), "birth_date"),
    ],
)
def test_without_a_reason_or_enough_to_go_by_nothing_is_looked_up(reason: str, whom: Named, box: str) -> None:
    here = town()
    led(here)
    with CaptureQueriesContext(connection) as seen, pytest.raises(BadInput) as refused:
        ask(here.neighbour, here, whom, reason=reason)
    assert refused.value.field == box
    assert not [query for query in seen if "oversight_named" in query["sql"]]


@pytest.mark.parametrize("role", ["desk", "bridge_figure", "director", "administrator", "privacy_officer"])
def test_who_guides_no_households_never_has_it(role: str) -> None:
    here = town()
    led(here)
    with pytest.raises(Denied):
        ask(getattr(here, role), here)


def test_who_also_manages_never_has_it_and_not_by_hand_either() -> None:
    here = town()
    key = led(here)
    user = enrol(here, "Twee Petten", "coordinator", here.teams[1])
    with acting(here.operator):
        access.appoint(by=here.operator, worker=user.id, function="administrator", on=here.today)
        both = who.actor_for(user, on=here.today)
    with pytest.raises(Denied, match="nooit"):
        ask(both, here)
    with pytest.raises(DatabaseError, match="emergency_is_for_who_guides"):
        by_hand(both, key)


def by_hand(by: Actor, key: UUID, **other: object) -> None:
    now = timezone.now()
    told = {
        "municipality_id": by.municipality_id, "household_id": key, "worker_id": by.id, "ground": "emergency",
        "valid_from": now.date(), "given_at": now, "given_by": by.id, "expires_at": now + 24 * HOUR,
    }  # fmt: skip
    with acting(by), transaction.atomic():
        Basis(**told | other).save(force_insert=True)


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ({"given_at": 6 * HOUR, "expires_at": 30 * HOUR}, "emergency_begins_now"),
        ({"expires_at": 24 * HOUR + SECOND}, "emergency_expires"),
    ],
)
def test_by_hand_the_database_refuses_more_than_24_hours_from_now(what: dict[str, timedelta], rule: str) -> None:
    here = town()
    key = led(here)
    now = timezone.now()
    with pytest.raises(DatabaseError, match=rule):
        by_hand(here.neighbour, key, **{"given_at": now} | {name: now + length for name, length in what.items()})


def test_by_hand_the_database_refuses_it_for_another_and_refuses_to_stretch_it() -> None:
    here = town()
    key = led(here)
    with pytest.raises(DatabaseError, match="emergency_is_for_oneself"):
        by_hand(here.worker, key, worker_id=here.neighbour.id)
    made = ask(here.neighbour, here)
    for change in ("expires_at = expires_at + interval '1 second'", "household_id = gen_random_uuid()"):
        with pytest.raises(DatabaseError), acting(here.neighbour), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"update access_basis set given_at = given_at + interval '1 minute', {change} where id = %s",
                [made.basis_id],
            )


def test_while_it_runs_it_is_not_taken_again_and_afterwards_it_takes_a_reason_and_counts() -> None:
    here = town()
    led(here)
    first = ask(here.neighbour, here)
    with pytest.raises(NotNow, match="loopt al"):
        ask(here.neighbour, here)
    with acting(here.neighbour):
        actions.give_back(by=here.neighbour, emergency=first.id, now=timezone.now())
    assert files(here.neighbour) == set()
    second = ask(here.neighbour, here, reason="Hij staat er weer.")
    assert second.id != first.id
    with acting(here.privacy_officer):
        waiting = queries.emergencies_waiting(by=here.privacy_officer)
    assert [one.id for one in waiting] == [first.id, second.id]


def test_who_has_the_file_open_already_reads_so_and_leaves_no_attempt() -> None:
    here = town()
    led(here)
    with pytest.raises(NotNow, match="staat al voor jou open"):
        ask(here.colleague, here)
    with acting(here.privacy_officer):
        assert queries.emergencies_past(by=here.privacy_officer) == []


def test_refused_twice_within_a_year_there_is_none_for_a_month() -> None:
    here = town()
    key = led(here)
    by, now = here.neighbour, timezone.now()
    for ago in (200 * DAY, 10 * DAY):
        one = ask(by, here, now=now - ago, past=True)
        review(here, one, "refused", now - ago + 2 * HOUR)
    held = ask(by, here)
    assert (held.state, held.household_id) == ("held_back", None)
    assert files(by) == set()
    with acting(by):
        until = queries.barred_until(by.id, by=by)
    assert until and 17 <= (until - here.today).days <= 22
    with pytest.raises(DatabaseError, match="emergency_is_barred"):
        by_hand(by, key)


@pytest.mark.parametrize(("days", "state"), [((200, 32), "opened"), ((400, 10), "opened"), ((300, 20), "held_back")])
def test_a_month_after_the_second_or_a_year_between_them_it_opens(days: tuple[int, int], state: str) -> None:
    here = town()
    led(here)
    by, now = here.neighbour, timezone.now()
    for ago in days:
        review(here, ask(by, here, now=now - ago * DAY, past=True), "refused", now - ago * DAY + HOUR)
    assert ask(by, here).state == state


def test_a_third_refusal_within_a_year_of_the_second_bars_again() -> None:
    here = town()
    led(here)
    by, now = here.neighbour, timezone.now()
    for ago in (300, 200, 5):
        review(here, ask(by, here, now=now - ago * DAY, past=True), "refused", now - ago * DAY + HOUR)
    assert ask(by, here).state == "held_back"


def test_five_times_nothing_in_a_day_and_then_nothing_is_looked_up() -> None:
    here = town()
    led(here)
    for nth in range(5):
        assert ask(here.neighbour, here, Named("Fatma", "Onbekend", date(1980, 1, nth + 1))).state == "not_opened"
    with CaptureQueriesContext(connection) as seen:
        assert ask(here.neighbour, here).state == "held_back"
    assert not [query for query in seen if "oversight_named" in query["sql"]]


def test_a_refusal_shuts_a_file_that_is_still_open() -> None:
    here = town()
    key = led(here)
    made = ask(here.neighbour, here)
    assert files(here.neighbour) == {key}
    review(here, made, "refused")
    assert files(here.neighbour) == set()
    with acting(here.privacy_officer):
        assert queries.emergencies_waiting(by=here.privacy_officer) == []
    with pytest.raises(NotNow, match="al nagekeken"):
        review(here, made, "justified")


def test_who_reviews_is_a_privacy_officer_and_another() -> None:
    here = town()
    led(here)
    made = ask(here.neighbour, here)
    for actor in (here.neighbour, here.worker, here.coordinator, here.director, here.administrator, here.desk):
        with pytest.raises(Denied):
            review(here, made, "justified", by=actor)
    with pytest.raises(NotOpen):
        review(here, Emergency(id=uuid4()), "justified")
    elsewhere = town("Elders")
    with pytest.raises(NotOpen):
        review(here, made, "justified", by=elsewhere.privacy_officer)
    with pytest.raises(BadInput):
        review(here, made, "remark")


@pytest.mark.parametrize("kind", ["justified", "remark"])
def test_by_hand_who_took_it_says_nothing_of_it(kind: str) -> None:
    here = town()
    led(here)
    made = ask(here.neighbour, here)
    for by in (here.neighbour, here.colleague, here.worker if kind == "justified" else here.director):
        with pytest.raises(DatabaseError), acting(by), transaction.atomic():
            EmergencyWord.objects.create(
                municipality_id=by.municipality_id, emergency_id=made.id, kind=kind, text="goed", said_by=by.id,
                said_at=timezone.now(),
            )  # fmt: skip
    for statement in ("update oversight_emergency set reason = 'x'", "delete from oversight_emergencyword"):
        with pytest.raises(DatabaseError), acting(here.neighbour), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_is_in_charge_knows_at_once_and_says_one_thing() -> None:
    here = town()
    led(here)
    made = ask(here.neighbour, here)
    now = timezone.now()
    for role, told in (("worker", True), ("colleague", False), ("coordinator", False), ("neighbour", False)):
        by = getattr(here, role)
        with acting(by):
            assert [one.id for one, _name in queries.emergencies_to_know(by=by, on=here.today, now=now)] == (
                [made.id] if told else []
            ), role
    with acting(here.privacy_officer):
        assert queries.emergencies_to_review(by=here.privacy_officer) == 1
    said = {"emergency": made.id, "text": "Ik was bereikbaar.", "on": here.today, "now": now}
    for by in (here.neighbour, here.coordinator, here.privacy_officer):
        with pytest.raises(Denied), acting(by):
            actions.remark(by=by, **said)
    with pytest.raises(NotOpen), acting(here.colleague):
        actions.remark(by=here.colleague, **said)
    with acting(here.worker):
        actions.remark(by=here.worker, **said)
    with pytest.raises(NotNow), acting(here.worker):
        actions.remark(by=here.worker, **said)
    with acting(here.privacy_officer):
        (one,) = queries.emergencies_waiting(by=here.privacy_officer)
        assert [word.text for word in one.words.all()] == ["Ik was bereikbaar."]


def test_without_a_lead_the_coordinator_knows_and_with_a_duo_or_a_substitute_they_do_too() -> None:
    here = town()
    household(here)
    ask(here.neighbour, here)
    now = timezone.now()
    with acting(here.coordinator):
        assert len(queries.emergencies_to_know(by=here.coordinator, on=here.today, now=now)) == 1
    there = town("Ginder")
    led(there)
    with acting(there.worker):
        access.note_absence(
            by=there.worker, worker=there.worker.id, substitute=there.colleague.id, on=there.today, until=None, now=now
        )
    ask(there.neighbour, there)
    with acting(there.colleague):
        assert len(queries.emergencies_to_know(by=there.colleague, on=there.today, now=now)) == 1


def test_the_trail_keeps_the_reason_where_it_can_be_erased() -> None:
    here = town()
    key = led(here)
    made = ask(here.neighbour, here)
    with acting(here.neighbour), connection.cursor() as cursor:
        taken = TrailEvent.objects.get(kind=events.EMERGENCY_TAKEN.slug, actor_id=here.neighbour.id)
        assert (taken.household_id, taken.about) == (key, f"oversight.emergency:{made.id}")
        cursor.execute("select content ->> 'reason' from audit_trailcontent where event_id = %s", [taken.id])
        assert cursor.fetchone()[0] == WHY


def test_who_tidies_up_marks_what_is_over_and_nothing_else() -> None:
    here = town()
    led(here)
    now = timezone.now()
    old = ask(here.neighbour, here, now=now - 2 * DAY, past=True)
    running = ask(here.neighbour, here)
    with acting(here.operator):
        assert access.tidy_emergencies(by=here.operator, now=now) == 1
        assert access.tidy_emergencies(by=here.operator, now=now) == 0
        assert Basis.objects.get(id=old.basis_id).ended_at == old.basis.expires_at
        assert Basis.objects.get(id=running.basis_id).ended_at is None


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_two_at_once_open_it_for_both_and_twice_at_once_for_one_opens_it_once() -> None:
    here = town()
    key = led(here)
    second = enrol(here, "Tine Tweede", "social_worker", here.teams[1])
    with acting(here.operator):
        third = who.actor_for(second, on=here.today)
    results = at_once(*[lambda by=by: ask(by, here).state for by in (here.neighbour, here.neighbour, third)])
    assert sorted(str(type(r).__name__ if isinstance(r, Exception) else r) for r in results) == [
        "NotNow", "opened", "opened",
    ], results  # fmt: skip
    assert files(here.neighbour) == files(third) == {key}


def test_a_town_takes_nothing_of_another() -> None:
    here, there = town("Hier"), town("Daar")
    led(there)
    assert ask(here.worker, here).state == "not_opened"
