"""Grounds with a limit: one that expires on the hour, one that reads along for some days, one that opens a part only."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.utils import timezone
from tests.factories import Town, enrol, household, town

from nabij.access import actions, reach
from nabij.access import queries as who
from nabij.access.models import Basis
from nabij.access.roles import Ground, Part
from nabij.casework import actions as casework
from nabij.households.queries import open_household, touch_household
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import Denied, NotNow, NotOpen, Refusal
from nabij.territory import actions as territory

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# What a row level policy opens, by table: a household with a case, a goal, a contact and a note has a row in each.
TABLES = (
    "households_household",
    "households_address",
    "casework_case",
    "casework_goal",
    "frontdesk_contact",
    "casework_note",
)


def with_everything(where: Town) -> UUID:
    key, by, now = household(where), where.worker, timezone.now()
    with acting(by):
        casework.open_case(by=by, household=key, on=where.today, now=now)
        casework.add_goal(
            by=by, household=key, words="Een huis zonder schimmel", domain="housing", now=now, today=where.today
        )
        casework.write_note(
            by=by, household=key, kind="shared", text="voor het team", about_on=where.today, now=now, today=where.today
        )
    return key


def give(where: Town, key: UUID, ground: Ground, worker: Actor, **more: object) -> Basis:
    by, now = worker if ground == Ground.EMERGENCY else where.worker, timezone.now()  # in need one gives it to oneself
    with acting(by):
        basis = actions.basis(
            by=by, household=key, ground=ground, on=where.today, now=now, worker_id=worker.id, **more,  # type: ignore[arg-type]
        )  # fmt: skip
        actions.give_bases(by=by, bases=[basis])
    return basis


def seen(by: Actor) -> set[str]:
    with acting(by), connection.cursor() as cursor:
        found = set()
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            found |= {table} if cursor.fetchone()[0] else set()
        return found


def test_an_hour_too_late_there_is_nothing_left_in_the_database() -> None:
    here = town()
    key = with_everything(here)
    now = timezone.now()
    running = give(here, key, Ground.EMERGENCY, here.neighbour, expires_at=now + HOUR, valid_until=here.today + 2 * DAY)
    assert seen(here.neighbour) == set(TABLES)
    with acting(here.neighbour), connection.cursor() as cursor:
        ago = {"given_at": now - 3 * HOUR, "expires_at": now - timedelta(seconds=1)}
        Basis.objects.filter(id=running.id).update(**ago)
        reach.refresh_households([key])
        cursor.execute("select expires_at < now() from access_reach where source = %s", [running.id])
        assert cursor.fetchone()[0], "the row is still there: it is the hour that closes it"
        assert who.ground_of(here.neighbour, key, on=here.today) is None
        with pytest.raises(NotOpen):
            open_household(key, by=here.neighbour, on=here.today, purpose="gezin")
    assert seen(here.neighbour) == set()


def test_the_database_refuses_an_emergency_of_more_than_a_day_or_without_an_hour() -> None:
    here = town()
    key, now = with_everything(here), timezone.now()
    for expires in (now + 24 * HOUR + timedelta(minutes=1), now - HOUR, None):
        with pytest.raises(Refusal, match="hoogstens 24 uur"):
            give(here, key, Ground.EMERGENCY, here.neighbour, expires_at=expires)
    with pytest.raises(Refusal, match="hoogstens 24 uur"):
        give(here, key, Ground.LEAD, here.neighbour, expires_at=now + HOUR)


@pytest.mark.parametrize(
    ("part", "opened"),
    [
        (Part.PLAN, {"casework_case", "casework_goal"}),
        (Part.CONTACTS, {"frontdesk_contact"}),
        (Part.NOTES, {"casework_note"}),
        (0, set()),
    ],
)
def test_an_adviser_reads_what_the_question_names_and_changes_nothing(part: int, opened: set[str]) -> None:
    here = town()
    key, user = with_everything(here), enrol(here, "Kim Kenniscel", "knowledge_cell")
    with acting(here.operator):
        expert = who.actor_for(user, on=here.today)
    give(here, key, Ground.ADVISER, expert, parts=part)
    assert seen(expert) == {"households_household"} | opened
    with acting(expert), connection.cursor() as cursor:
        for table, column in (
            ("casework_goal", "words"),
            ("households_household", "name"),
            ("frontdesk_contact", "words"),
        ):
            cursor.execute(f"update {table} set {column} = 'veranderd'")
            assert cursor.rowcount == 0
        with pytest.raises(Denied):
            touch_household(key, by=expert, on=here.today, depth=1)


@pytest.mark.parametrize("ground", [Ground.COMMITTEE, Ground.RESIDENT])
def test_a_seat_and_a_resident_open_no_page_of_a_worker(ground: Ground) -> None:
    here = town()
    key = with_everything(here)
    give(here, key, ground, here.neighbour)
    assert seen(here.neighbour) == set()
    with acting(here.neighbour), pytest.raises(NotOpen):
        open_household(key, by=here.neighbour, on=here.today, purpose="gezin")


@pytest.mark.parametrize("ground", [Ground.SUBSTITUTE, Ground.GRACE])
def test_what_follows_from_something_else_cannot_be_given(ground: Ground) -> None:
    here = town()
    key = with_everything(here)
    with pytest.raises((Refusal, IntegrityError)):
        give(here, key, ground, here.neighbour)


def test_parts_are_for_who_gives_advice_only() -> None:
    here = town()
    key = with_everything(here)
    with pytest.raises(Refusal, match="raad"):
        give(here, key, Ground.FRONT_DESK, here.neighbour, parts=Part.NOTES)


def handed(where: Town, key: UUID) -> None:
    with acting(where.coordinator):
        casework.hand_over(
            by=where.coordinator, household=key, expected=where.worker.id, to=where.colleague.id, on=where.today,
            reason="verlof", now=timezone.now(), today=where.today,
        )  # fmt: skip


def led_by_who_left_the_team(where: Town, *, grace: int) -> UUID:
    """Return a household handed over today by somebody who led it for five days and is in another team."""
    with acting(where.administrator):
        territory.set_grace(by=where.administrator, days=grace)
    key = with_everything(where)
    with acting(where.worker):
        Basis.objects.filter(household_id=key, ground=Ground.LEAD).update(valid_from=where.today - 5 * DAY)
        reach.refresh_households([key])
    handed(where, key)
    return key


def test_without_a_setting_access_ends_with_the_basis() -> None:
    here = town()
    key = led_by_who_left_the_team(here, grace=0)
    with acting(here.worker):
        grounds = set(who.grounds_of(here.worker, key, on=here.today))
    assert grounds == {Ground.TEAM}


def test_who_handed_over_reads_along_for_as_long_as_the_town_said_and_changes_nothing() -> None:
    here = town()
    key = led_by_who_left_the_team(here, grace=10)
    with acting(here.operator):
        for post in here.users["worker"].posts.all():
            actions.end_post(by=here.operator, post=post.id, on=here.today)
        elsewhere = here.teams[1].id
        actions.appoint(
            by=here.operator, worker=here.worker.id, function="social_worker", on=here.today, team=elsewhere
        )
    with acting(here.worker), connection.cursor() as cursor:
        assert who.ground_of(here.worker, key, on=here.today) == Ground.GRACE
        assert who.ground_of(here.worker, key, on=here.today + 9 * DAY) == Ground.GRACE
        assert who.ground_of(here.worker, key, on=here.today + 10 * DAY) is None
        assert open_household(key, by=here.worker, on=here.today, purpose="gezin").ground == Ground.GRACE
        with pytest.raises(Denied, match="mee"):
            touch_household(key, by=here.worker, on=here.today)
        cursor.execute("update casework_goal set words = 'veranderd'")
        assert cursor.rowcount == 0
        assert reach.differences() == 0


def test_a_handover_that_is_undone_leaves_nobody_reading_along() -> None:
    here = town()
    with acting(here.administrator):
        territory.set_grace(by=here.administrator, days=10)
    key = with_everything(here)
    handed(here, key)
    with acting(here.colleague):
        assert Ground.GRACE not in who.grounds_of(here.colleague, key, on=here.today + DAY)
    with acting(here.worker):
        assert Ground.GRACE not in who.grounds_of(here.worker, key, on=here.today + DAY), "led for less than a day"


@pytest.mark.parametrize("days", [-1, 32, 4000])
def test_reading_along_has_a_limit(days: int) -> None:
    here = town()
    with acting(here.administrator), pytest.raises(Refusal, match="31 dagen"):
        territory.set_grace(by=here.administrator, days=days)


def test_a_clock_that_was_set_back_loses_nothing() -> None:
    here = town()
    key = with_everything(here)
    with acting(here.worker), pytest.raises(NotNow, match="Kijk opnieuw"):
        actions.end_basis(
            by=here.worker, household=key, ground=Ground.LEAD, worker=here.worker.id, on=here.today - 3 * DAY,
            now=timezone.now() - 3 * DAY,
        )  # fmt: skip
    with acting(here.worker):
        assert who.ground_of(here.worker, key, on=here.today) == Ground.LEAD


def test_a_basis_does_not_end_before_it_starts() -> None:
    here = town()
    key = with_everything(here)
    with pytest.raises(Refusal, match="eindigen voor ze begint"):
        give(here, key, Ground.ADVISER, here.neighbour, valid_until=here.today - DAY)
