"""Each rule of unusual looking, just over its limit and just under it."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from tests.factories import Town, enrol, household, town
from tests.rooms.oversight.looking import SATURDAY, WEDNESDAY, at, files, found, habit, looked

from nabij.access import queries as who
from nabij.casework import actions as casework
from nabij.casework.models import Case
from nabij.frontdesk import actions as frontdesk
from nabij.households.actions import NewPerson
from nabij.journeys import first_visit
from nabij.kernel.actor import Actor, acting
from nabij.oversight import actions, queries
from nabij.oversight.rules import LIMITS, Days, Rule
from nabij.territory import actions as territory

pytestmark = pytest.mark.django_db
BEFORE = WEDNESDAY - timedelta(days=1000)


@pytest.fixture
def here() -> Town:
    """A town whose people work there since long, so that what they looked at in summer is judged by their own posts."""
    made = town()
    with acting(made.operator), connection.cursor() as cursor:
        cursor.execute("update access_post set valid_from = %s", [BEFORE])
    return made


def known(here: Town, **kwargs: object) -> UUID:
    """A household that came in long before: registered today, with its dates moved back."""
    key = household(here, **kwargs)  # type: ignore[arg-type]
    by = here.neighbour if kwargs.get("street") == "Molenstraat" else here.worker
    with acting(by), connection.cursor() as cursor:
        cursor.execute(
            "update access_basis set valid_from = %s where household_id = %s and ground = 'team'", [BEFORE, key]
        )
        cursor.execute("update households_address set valid_from = %s where household_id = %s", [BEFORE, key])
        cursor.execute("update frontdesk_contact set met_at = %s where household_id = %s", [at(BEFORE), key])
    return key


# Many files in a day, against one's own habit


@pytest.mark.parametrize(
    ("usual", "today", "is_many"), [(10, 20, False), (10, 21, True), (3, 14, False), (3, 15, True)]
)
def test_more_than_double_the_own_habit_is_many_but_never_below_fifteen(
    here: Town, usual: int, today: int, is_many: bool
) -> None:
    habit(here.worker, usual, days=6)
    looked(here.worker, *files(today), when=at(WEDNESDAY))
    lines = found(here, "many")
    assert bool(lines) == is_many
    if is_many:
        assert f"opende {today} dossiers. Gewoonlijk zijn dat er ongeveer {usual} op een dag." in lines[0].sentence


@pytest.mark.parametrize(("days", "today", "is_many"), [(4, 30, False), (4, 31, True), (5, 30, True)])
def test_without_five_days_there_is_no_habit_yet(here: Town, days: int, today: int, is_many: bool) -> None:
    habit(here.worker, 4, days=days)
    looked(here.worker, *files(today), when=at(WEDNESDAY))
    lines = found(here, "many")
    assert bool(lines) == is_many
    if days == 4 and lines:
        assert "nog geen gewoonte" in lines[0].sentence


@pytest.mark.parametrize(("back", "is_many"), [(89, True), (91, False)])
def test_the_habit_is_that_of_the_ninety_days_before(here: Town, back: int, is_many: bool) -> None:
    habit(here.worker, 4, days=4)
    looked(here.worker, *files(4), when=at(WEDNESDAY - timedelta(days=back)))
    looked(here.worker, *files(20), when=at(WEDNESDAY))
    assert bool(found(here, "many")) == is_many


def test_a_file_that_is_opened_often_is_one_file_and_others_have_their_own_habit(here: Town) -> None:
    habit(here.worker, 4, days=6)
    habit(here.colleague, 12, days=6)
    one = files(14)
    for minute in range(3):
        looked(here.worker, *one, when=at(WEDNESDAY, f"11:0{minute}"))
    looked(here.colleague, *files(20), when=at(WEDNESDAY))
    assert found(here, "many") == []


def test_the_day_ends_at_midnight_in_brussels(here: Town) -> None:
    habit(here.worker, 4, days=6)
    looked(here.worker, *files(8), when=at(WEDNESDAY, "23:59"))
    looked(here.worker, *files(8), when=at(WEDNESDAY + timedelta(days=1), "00:01"))
    assert found(here, "many", WEDNESDAY, WEDNESDAY + timedelta(days=1)) == []


# Ended long ago


def ended(here: Town, on: date) -> UUID:
    key, by = known(here), here.worker
    with acting(by):
        Case.objects.create(
            municipality_id=by.municipality_id, household_id=key, valid_from=BEFORE, valid_until=on,
            opened_at=at(BEFORE), opened_by=by.id, ended_at=at(on), ended_by=by.id,
        )  # fmt: skip
    return key


@pytest.mark.parametrize(("days", "is_long"), [(365, False), (366, True)])
def test_a_case_that_ended_more_than_a_year_before_is_long_ago(here: Town, days: int, is_long: bool) -> None:
    key = ended(here, WEDNESDAY - timedelta(days=days))
    looked(here.colleague, key, when=at(WEDNESDAY))
    lines = found(here, "ended")
    assert bool(lines) == is_long
    if is_long:
        assert "afgesloten sinds 9 juni 2025" in lines[0].sentence


@pytest.mark.parametrize(("days", "is_found"), [(30, False), (31, True)])
def test_who_came_back_within_the_month_explains_the_look(here: Town, days: int, is_found: bool) -> None:
    key = ended(here, WEDNESDAY - timedelta(days=500))
    met(here, here.colleague, key, WEDNESDAY - timedelta(days=days))
    looked(here.colleague, key, when=at(WEDNESDAY))
    assert bool(found(here, "ended")) == is_found


def test_a_case_that_is_open_again_is_not_ended(here: Town) -> None:
    key = ended(here, WEDNESDAY - timedelta(days=500))
    with acting(here.worker):
        opened = WEDNESDAY - timedelta(days=1)
        casework.open_case(by=here.worker, household=key, on=here.today, now=at(WEDNESDAY))
        Case.objects.filter(household_id=key, valid_until=None).update(valid_from=opened)
    looked(here.colleague, key, when=at(WEDNESDAY))
    assert found(here, "ended") == []


def met(here: Town, by: Actor, key: UUID, on: date, clock: str = "10:00") -> None:
    visit = first_visit.Visit("walk_in", "kwam langs", (), None)
    with acting(by):
        first_visit.receive_known(by=by, household=key, visit=visit, slot=None, on=here.today, now=at(on, clock))


# Own family name


@pytest.mark.parametrize(
    ("worker", "family", "is_own"),
    [
        ("Wim Peeters", "Peeters", True),
        ("Wim Peeters", "Peters", False),
        ("Lieve Van den Broeck", "Vandenbroeck", True),
        ("Lieve Van den Broeck", "Broeck", True),
        ("Lieve Van den Broeck", "Roeck", False),
        ("Ayşe YILDIZ", "Yıldız", True),
        ("Peeters Janssens", "Peeters", False),
        ("Rosa D'Hulst", "D’Hulst", True),
    ],
)
def test_the_family_name_of_the_worker(here: Town, worker: str, family: str, is_own: bool) -> None:
    by = who.actor_for(enrol(here, worker, "social_worker", here.teams[0]), on=here.today)
    key = known(here, people=(NewPerson("Ann", family, date(1990, 3, 4), "day"),))
    looked(by, key, when=at(WEDNESDAY))
    lines = found(here, "own_name")
    assert bool(lines) == is_own
    if is_own:
        assert "Dat kan toeval zijn." in lines[0].sentence and "Ann" not in lines[0].sentence


def test_a_name_in_letters_that_nothing_is_left_of_is_nobodys(here: Town) -> None:
    by = who.actor_for(enrol(here, "Wim 李", "social_worker", here.teams[0]), on=here.today)
    key = known(here, people=(NewPerson("Ann", "王", date(1990, 3, 4), "day"),))
    looked(by, key, when=at(WEDNESDAY))
    assert found(here, "own_name") == []


# Own street


@pytest.mark.parametrize(
    ("street", "postcode", "is_own"),
    [("Kerkstraat", "9999", True), ("KERK-STRAAT", "9999", False), ("kerkstraat ", "9999", True),
     ("Kerkstraat", "9998", False), ("Molenstraat", "9999", False)],
)  # fmt: skip
def test_the_street_of_the_worker(here: Town, street: str, postcode: str, is_own: bool) -> None:
    key = known(here)
    with acting(here.worker):
        actions.note_street(by=here.worker, worker=here.worker.id, street=street, postcode=postcode, now=at(WEDNESDAY))
    looked(here.worker, key, when=at(WEDNESDAY))
    looked(here.colleague, key, when=at(WEDNESDAY))
    lines = found(here, "own_street")
    assert [one.key.worker for one in lines] == ([here.worker.id] if is_own else [])


def test_where_the_household_lived_on_that_day(here: Town) -> None:
    key = known(here)
    with acting(here.worker):
        actions.note_street(
            by=here.worker, worker=here.worker.id, street="Kerkstraat", postcode="9999", now=at(WEDNESDAY)
        )
        with connection.cursor() as cursor:
            cursor.execute("update households_address set valid_until = %s where household_id = %s", [WEDNESDAY, key])
    looked(here.worker, key, when=at(WEDNESDAY))
    looked(here.worker, key, when=at(WEDNESDAY - timedelta(days=1)))
    lines = found(here, "own_street", WEDNESDAY - timedelta(days=1), WEDNESDAY)
    assert [one.key.day for one in lines] == [WEDNESDAY - timedelta(days=1)]


# Outside the hours: the centre of the factory is open every day from nine to five


def hours_of(here: Town, *week: tuple[int, time, time]) -> None:
    with acting(here.operator):
        territory.set_hours(by=here.operator, centre=here.centre.id, hours=list(week))


@pytest.mark.parametrize(
    ("clock", "is_outside"), [("07:59", True), ("08:00", False), ("18:00", False), ("18:01", True), ("12:30", False)]
)
def test_a_weekday_counts_from_eight_to_six(here: Town, clock: str, is_outside: bool) -> None:
    looked(here.worker, *files(2), when=at(WEDNESDAY, clock))
    lines = found(here, "hours")
    assert bool(lines) == is_outside
    if is_outside:
        assert "2 dossiers om" in lines[0].sentence
        assert lines[0].sentence.endswith("van 8 u. tot 18 u.")


@pytest.mark.parametrize(("clock", "is_outside"), [("20:59", False), ("21:00", False), ("21:01", True)])
def test_a_centre_that_is_open_in_the_evening_stretches_the_day(here: Town, clock: str, is_outside: bool) -> None:
    hours_of(here, (2, time(13), time(20)))
    looked(here.worker, *files(1), when=at(WEDNESDAY, clock))
    assert bool(found(here, "hours")) == is_outside


@pytest.mark.parametrize(
    ("opened", "clock", "is_outside"),
    [(True, "09:00", False), (True, "13:00", False), (True, "13:01", True), (False, "11:00", True)],
)
def test_a_saturday_counts_only_as_far_as_the_centre_is_open(
    here: Town, opened: bool, clock: str, is_outside: bool
) -> None:
    hours_of(here, *([(5, time(10), time(12))] if opened else [(2, time(9), time(17))]))
    looked(here.worker, *files(1), when=at(SATURDAY, clock))
    lines = found(here, "hours", SATURDAY)
    assert bool(lines) == is_outside
    if not opened:
        assert "op een dag dat het centrum dicht is" in lines[0].sentence


@pytest.mark.parametrize(("clock", "is_outside"), [("23:00", False), ("23:01", True)])
def test_a_talk_in_the_evening_explains_the_looks_around_it(here: Town, clock: str, is_outside: bool) -> None:
    key = known(here)
    with acting(here.worker):
        frontdesk.book(
            by=here.worker, household=key, worker=here.worker.id, starts_at=at(WEDNESDAY, "19:30"),
            ends_at=at(WEDNESDAY, "20:00"), place="home", now=at(WEDNESDAY),
        )  # fmt: skip
    looked(here.worker, key, when=at(WEDNESDAY, clock))
    looked(here.colleague, key, when=at(WEDNESDAY, "19:00"))
    lines = found(here, "hours")
    assert {one.key.worker for one in lines} - {here.colleague.id} == ({here.worker.id} if is_outside else set())
    assert here.colleague.id in {one.key.worker for one in lines}, "the talk of a colleague explains nothing"


# Another team, by the front desk


@pytest.mark.parametrize(
    ("street", "ground", "is_found"),
    [("Molenstraat", "front_desk", True), ("Kerkstraat", "front_desk", False), ("Molenstraat", "team", False)],
)
def test_a_household_of_another_team_by_the_front_desk(here: Town, street: str, ground: str, is_found: bool) -> None:
    key = known(here, street=street)
    looked(here.worker, key, when=at(WEDNESDAY), ground=ground)
    lines = found(here, "other_team")
    assert bool(lines) == is_found
    if is_found:
        assert "van Team B, niet het eigen team" in lines[0].sentence


@pytest.mark.parametrize(("days", "is_found"), [(0, False), (1, True)])
def test_a_contact_noted_that_day_explains_it(here: Town, days: int, is_found: bool) -> None:
    key = known(here, street="Molenstraat")
    met(here, here.worker, key, WEDNESDAY - timedelta(days=days))
    looked(here.worker, key, when=at(WEDNESDAY), ground="front_desk")
    assert bool(found(here, "other_team")) == is_found


def test_the_desk_of_a_centre_is_of_the_team_that_works_there(here: Town) -> None:
    own, other = known(here), known(here, street="Molenstraat")
    looked(here.desk, own, other, when=at(WEDNESDAY), ground="front_desk")
    assert [one.key.reference for one in found(here, "other_team")] == [str(other)[:8].upper()]


# All of them


def test_every_rule_has_a_name_and_says_how_it_is_found() -> None:
    for rule in Rule:
        assert str(rule.label) and str(rule.counted).endswith(".")
    assert f"Minstens {LIMITS['least']} " in str(Rule.MANY.counted)
    assert f"meer dan {LIMITS['new']}." in str(Rule.MANY.counted)
    assert f"{LIMITS['habit_days']} dagen" in str(Rule.MANY.counted)
    assert f"{LIMITS['contact_days']} dagen" in str(Rule.ENDED.counted)


def test_ordinary_work_finds_nothing(here: Town) -> None:
    keys = [known(here) for _ in range(3)]
    habit(here.worker, 4, days=6)
    looked(here.worker, *keys, when=at(WEDNESDAY))
    looked(here.desk, keys[0], when=at(WEDNESDAY), ground="front_desk")
    with acting(here.privacy_officer):
        assert queries.unusual(Days(WEDNESDAY, WEDNESDAY), by=here.privacy_officer, seen_as="test") == []
