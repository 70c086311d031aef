"""What goes, and when: announced before, held back, never open; what stays behind; and the trail stays whole."""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import Town, household, town

from nabij.casework import actions as casework
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.households.actions import NewPerson
from nabij.kernel.actor import Actor, acting
from nabij.kernel.privacy import Category
from nabij.kernel.refusals import BadInput, Denied, NotNow
from nabij.privacy import actions, disclosure, queries, references
from nabij.privacy.terms import NOTICE, Clock, Length, Unit

pytestmark = pytest.mark.django_db
YEARS = 366


def guided(here: Town, *, ended: timedelta | None, name: str = "Peeters") -> UUID:
    """Return a household whose file was opened long ago, and ended so long ago, or not at all."""
    long_ago = timezone.now() - timedelta(days=20 * YEARS)
    key = household(here, people=(NewPerson("Jef", name),), asked=(Asked("housing", "te klein"),), now=long_ago)
    now = timezone.now()
    with acting(here.worker):
        casework.open_case(by=here.worker, household=key, on=here.today, now=now)
        casework.add_goal(by=here.worker, household=key, words="Een bed", domain="housing", now=now, today=here.today)
        if ended is not None:
            casework.end_case(by=here.worker, household=key, on=here.today, now=now)
    with acting(here.worker), connection.cursor() as cursor:
        cursor.execute(
            "update casework_case set valid_from = valid_from - 7320, valid_until = valid_until - %s where household_id = %s",
            [ended.days if ended else 0, key],
        )
    return key


def announce(here: Town, on: date | None = None) -> int:
    on = on or here.today
    with acting(here.operator):
        return actions.announce(by=here.operator, now=at(on), today=on)


def night(here: Town, on: date) -> dict[str, int]:
    with acting(here.operator):
        return dict(actions.carry_out(by=here.operator, now=at(on), today=on))


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def is_there(here: Town, key: UUID) -> bool:
    with acting(here.operator):
        return bool(queries.candidates(by=here.operator, today=here.today, only=key))


def one(here: Town, key: UUID, by: Actor | None = None) -> queries.Candidate:
    by = by or here.privacy_officer
    with acting(by):
        return queries.candidates(by=by, today=here.today, only=key)[0]


def test_a_file_is_announced_first_and_goes_when_the_notice_is_over() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    assert announce(here) == 1
    assert announce(here) == 0
    assert one(here, key).goes_on == here.today + NOTICE
    assert night(here, here.today).get("file") is None
    assert night(here, here.today + NOTICE - timedelta(days=1)).get("file") is None
    assert is_there(here, key)
    assert night(here, here.today + NOTICE)["file"] == 1
    assert not is_there(here, key)


def test_a_file_within_its_term_is_not_announced() -> None:
    here = town()
    guided(here, ended=timedelta(days=9 * YEARS))
    assert announce(here) == 0


def test_an_open_file_never_goes_whatever_is_announced() -> None:
    here = town()
    key = guided(here, ended=None)
    assert announce(here) == 0
    later = here.today + timedelta(days=40 * YEARS)
    night(here, later)
    night(here, later + NOTICE)
    assert is_there(here, key)
    with acting(here.operator), pytest.raises(DatabaseError, match="privacy:open"), transaction.atomic():
        raw_erase(key, here.today)


def raw_erase(
    key: UUID, on: date, request: UUID | None = None, plan: str | None = None, rules: str | None = None
) -> None:
    rules = rules or json.dumps({c: {"amount": 1, "unit": "day", "clock": "contact"} for c in ("file", "visit")})
    with connection.cursor() as cursor:
        cursor.execute(
            "select privacy_erase(%s, %s, %s, %s, %s)",
            [key, on, request, rules, plan or json.dumps(references.plan())],
        )


@pytest.mark.parametrize("role", ["worker", "coordinator", "director", "administrator", "desk"])
def test_who_is_no_officer_cannot_erase_over_raw_sql(role: str) -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    with acting(getattr(here, role)), pytest.raises(DatabaseError, match="privacy:denied"), transaction.atomic():
        raw_erase(key, here.today + NOTICE)
    assert is_there(here, key)


def test_another_town_cannot_erase_nor_see_it() -> None:
    here, there = town("Hier"), town("Daar")
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    for by in (there.operator, there.privacy_officer):
        with acting(by), pytest.raises(DatabaseError, match="privacy:denied"), transaction.atomic():
            raw_erase(key, here.today + NOTICE)
        with acting(by):
            assert not queries.candidates(by=by, today=here.today, only=key)


def test_rules_that_the_caller_makes_up_erase_nothing_unannounced() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    with acting(here.operator), pytest.raises(DatabaseError, match="privacy:unannounced"), transaction.atomic():
        raw_erase(key, here.today)


def test_a_plan_that_forgets_a_column_erases_nothing() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    plan = references.plan()
    del plan["household"]["casework_note.household_id"]
    with (
        acting(here.operator),
        pytest.raises(DatabaseError, match=r"casework_note\.household_id"),
        transaction.atomic(),
    ):
        raw_erase(key, here.today + NOTICE, plan=json.dumps(plan))
    assert is_there(here, key)


def test_a_held_file_stays_until_the_hold_ends() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    announcement = one(here, key).announced_id
    officer = here.privacy_officer
    goes = here.today + NOTICE
    with acting(officer):
        actions.hold(
            by=officer, announcement=announcement, reason="Een klacht loopt", until=goes + timedelta(days=10),
            now=timezone.now(), today=here.today,
        )  # fmt: skip
    assert night(here, goes).get("file") is None
    assert night(here, goes + timedelta(days=9)).get("file") is None
    assert night(here, goes + timedelta(days=10))["file"] == 1


def test_a_hold_that_is_released_holds_no_longer() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    announcement, officer = one(here, key).announced_id, here.privacy_officer
    of = {"by": officer, "announcement": announcement, "today": here.today}
    with acting(officer):
        with pytest.raises(NotNow):
            actions.release(**of)
        actions.hold(reason="Klacht", until=here.today + timedelta(days=400), now=timezone.now(), **of)
        with pytest.raises(NotNow):
            actions.hold(reason="Nog een", until=here.today + timedelta(days=9), now=timezone.now(), **of)
        actions.release(**of)
    assert night(here, here.today + NOTICE)["file"] == 1


@pytest.mark.parametrize(
    ("reason", "days", "field"), [("", 10, "reason"), ("x", 0, "until"), ("x", -5, "until"), ("x", 4000, "until")]
)
def test_a_hold_has_a_reason_and_an_end(reason: str, days: int, field: str) -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    announcement, officer = one(here, key).announced_id, here.privacy_officer
    with acting(officer), pytest.raises(BadInput) as refused:
        actions.hold(
            by=officer, announcement=announcement, reason=reason, until=here.today + timedelta(days=days),
            now=timezone.now(), today=here.today,
        )  # fmt: skip
    assert refused.value.field == field


def test_who_comes_back_is_no_longer_announced() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    with acting(here.worker):
        casework.open_case(by=here.worker, household=key, on=here.today, now=timezone.now())
    announce(here)
    assert one(here, key).announced_id is None
    night(here, here.today + NOTICE)
    assert is_there(here, key)


def test_a_running_question_keeps_the_file() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    with acting(here.worker):
        actions.ask(
            by=here.worker,
            household=key,
            kind="access",
            words="",
            asked_on=here.today,
            now=timezone.now(),
            today=here.today,
        )
    assert night(here, here.today + NOTICE).get("file") is None
    assert is_there(here, key)


def test_who_never_had_a_file_goes_two_years_after_the_last_contact() -> None:
    here = town()
    then = timezone.now() - timedelta(days=3 * YEARS)
    once = household(here, people=(NewPerson("Jef", "Peeters"),), now=then)
    lately = household(here, people=(NewPerson("An", "Claes"),), now=timezone.now() - timedelta(days=400))
    assert announce(here) == 1
    assert night(here, here.today + NOTICE)["visit"] == 1
    assert not is_there(here, once)
    assert is_there(here, lately)


def test_nobody_is_erased_by_the_pages() -> None:
    here = town()
    for by in (here.privacy_officer, here.administrator, here.worker):
        with acting(by), pytest.raises(Denied):
            actions.carry_out(by=by, now=timezone.now(), today=here.today)


def test_contacts_without_a_name_go_after_two_years_and_leave_a_figure() -> None:
    here = town()
    old, new = timezone.now() - timedelta(days=3 * YEARS), timezone.now() - timedelta(days=100)
    with acting(here.desk):
        for moment in (old, new):
            contact = frontdesk.note_contact(
                by=here.desk,
                household=None,
                channel="walk_in",
                words="x",
                met_at=moment,
                now=moment,
                centre=here.centre.id,
            )
            frontdesk.note_request(
                by=here.desk, contact=contact, asked=Asked("debt", "help"), team=here.teams[0].id, now=moment
            )
    assert night(here, here.today)["nameless"] == 1
    with acting(here.desk), connection.cursor() as cursor:
        cursor.execute("select count(*) from frontdesk_contact where household_id is null")
        assert cursor.fetchone()[0] == 1


def test_drafts_of_a_month_ago_go_and_those_of_yesterday_stay() -> None:
    from nabij.access import drafts

    here = town()
    with acting(here.worker):
        for key, days in (("/nieuw/", 1), ("/oud/", 31)):
            drafts.keep(by=here.worker, key=key, fields={"a": ["b"]}, now=timezone.now() - timedelta(days=days))
    assert night(here, here.today)["draft"] == 1
    with acting(here.worker):
        assert drafts.kept(by=here.worker, key="/nieuw/")
        assert not drafts.kept(by=here.worker, key="/oud/")


def test_a_run_is_written_down_once_a_night() -> None:
    here = town()
    guided(here, ended=timedelta(days=11 * YEARS))
    night(here, here.today)
    night(here, here.today)
    with acting(here.privacy_officer):
        rows = queries.runs(by=here.privacy_officer)
    assert [(row.on, row.announced, row.erased) for row in rows] == [(here.today, 1, 0)]
    with acting(here.operator):
        assert queries.last_run(by=here.operator) == here.today


# Terms -------------------------------------------------------------------------------------------------------------


def set_term(
    here: Town,
    category: Category,
    amount: int,
    unit: str = "year",
    clock: str = "ended",
    why: str = "Besluit",
    by: Actor | None = None,
) -> None:
    by = by or here.administrator
    with acting(by):
        actions.set_term(
            by=by, category=category, length=Length(amount, Unit(unit)), clock=Clock(clock), legal_ground=why,
            now=timezone.now(), today=here.today,
        )  # fmt: skip


def test_a_municipality_sets_a_term_and_it_holds() -> None:
    here = town()
    key = guided(here, ended=timedelta(days=6 * YEARS))
    assert announce(here) == 0
    set_term(here, Category.FILE, 5)
    assert announce(here) == 1
    set_term(here, Category.FILE, 30)
    announce(here)
    assert one(here, key).announced_id is None
    with acting(here.privacy_officer):
        assert queries.terms(by=here.privacy_officer)[Category.FILE].length == Length(30, Unit.YEAR)


@pytest.mark.parametrize(
    ("category", "amount", "unit", "clock", "why", "field"),
    [
        (Category.FILE, 0, "year", "ended", "x", "amount"),
        (Category.FILE, 99, "year", "ended", "x", "amount"),
        (Category.FILE, 3, "day", "ended", "x", "amount"),
        (Category.FILE, 10, "year", "ended", "  ", "legal_ground"),
        (Category.SESSION, 5, "day", "ended", "x", "amount"),
        (Category.DRAFT, 5, "day", "contact", "x", "clock"),
    ],
)
def test_a_term_that_cannot_be(category: Category, amount: int, unit: str, clock: str, why: str, field: str) -> None:
    here = town()
    with pytest.raises(BadInput) as refused:
        set_term(here, category, amount, unit, clock, why)
    assert refused.value.field == field


def test_a_rule_by_which_an_open_file_would_go_is_refused() -> None:
    here = town()
    key = guided(here, ended=None)
    with acting(here.worker), connection.cursor() as cursor:
        cursor.execute(
            "update frontdesk_contact set met_at = met_at - interval '9 years' where household_id = %s", [key]
        )
    with pytest.raises(BadInput, match="1 open dossiers"):
        set_term(here, Category.FILE, 2, clock="contact")
    set_term(here, Category.FILE, 2, clock="ended")


@pytest.mark.parametrize("role", ["privacy_officer", "worker", "director", "operator"])
def test_who_watches_over_terms_does_not_set_them(role: str) -> None:
    here = town()
    with pytest.raises(Denied):
        set_term(here, Category.FILE, 5, by=getattr(here, role))


def test_a_term_is_refused_over_raw_sql_to_who_does_not_manage() -> None:
    here = town()
    with (
        acting(here.privacy_officer),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into privacy_term (id, municipality_id, category, amount, unit, clock, legal_ground, set_at, set_by)"
            " values (gen_random_uuid(), %s, 'file', 1, 'year', 'ended', 'x', now(), %s)",
            [here.municipality.id, here.privacy_officer.id],
        )


@pytest.mark.parametrize("table", ["privacy_leftbehind", "privacy_announced", "privacy_retentionrun"])
def test_the_application_writes_none_of_its_own(table: str) -> None:
    here = town()
    with (
        acting(here.privacy_officer),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"delete from {table}")


def test_what_stays_behind_is_read_by_nobody_row_by_row() -> None:
    here = town()
    guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    night(here, here.today + NOTICE)
    for by in (here.privacy_officer, here.administrator, here.director, here.operator):
        with acting(by), connection.cursor() as cursor:
            cursor.execute("select count(*) from privacy_leftbehind")
            assert cursor.fetchone()[0] == 0


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 12), max_size=8))
def test_no_hidden_number_can_be_worked_out(cells: dict[str, int]) -> None:
    for table in disclosure.tables([(2020, place, many) for place, many in cells.items()]):
        shown = {place: many for place, many in table.cells if many is not None}
        hidden = {place: cells[place] for place, many in table.cells if many is None}
        assert all(many >= disclosure.LEAST for many in shown.values())
        assert shown == {place: cells[place] for place in shown}
        if table.total is not None and hidden:
            rest = table.total - sum(shown.values())
            assert len(hidden) >= 2
            assert rest >= disclosure.LEAST


# The trail ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_trail_is_whole_after_erasing_and_says_nothing_more_of_who_went() -> None:
    from nabij.audit import checking, trail
    from nabij.config import witness

    here = town()
    key = guided(here, ended=timedelta(days=11 * YEARS))
    announce(here)
    trail.seal()
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        content = (
            "select count(*) from audit_trailcontent c join audit_trailevent e on e.id = c.event_id"
            " where e.household_id = %s and e.kind <> 'privacy.erased'"
        )
        cursor.execute(content, [key])
        assert cursor.fetchone()[0] > 0
        assert night(here, here.today + NOTICE)["file"] == 1
        trail.seal()
        cursor.execute(content, [key])
        assert cursor.fetchone()[0] == 0
        cursor.execute("select set_config('nabij.maintenance', '', false)")
    assert checking.check(witness.kept()).wrong == []
