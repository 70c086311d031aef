"""Who stands in reaches what the one who is away reaches, as long as that lasts: in the verbs, and over raw SQL."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from tests.factories import Town, household, town

from nabij.access import actions, reach
from nabij.access import queries as who
from nabij.access.models import Absence
from nabij.access.roles import Ground
from nabij.casework import actions as casework
from nabij.households.queries import open_household, touch_household
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen, Refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def led(where: Town, by: Actor) -> UUID:
    key = household(where)
    with acting(by):
        casework.open_case(by=by, household=key, on=where.today, now=timezone.now())
    return key


def away(where: Town, worker: Actor, *, by: Actor | None = None, **asked: object) -> Absence:
    by = by or worker
    told = {"substitute": where.neighbour.id, "on": where.today, "until": where.today + 7 * DAY} | asked
    with acting(by):
        return actions.note_absence(by=by, worker=worker.id, now=timezone.now(), **told)  # type: ignore[arg-type]


def notes_seen(by: Actor) -> set[str]:
    with acting(by), connection.cursor() as cursor:
        cursor.execute("select text from casework_note")
        return {text for (text,) in cursor.fetchall()}


def ground(by: Actor, key: UUID, on: date) -> Ground | None:
    with acting(by):
        return who.ground_of(by, key, on=on)


def test_who_stands_in_reads_and_writes_as_the_case_manager_and_no_longer() -> None:
    here = town()
    key = led(here, here.worker)
    with acting(here.worker):
        casework.write_note(
            by=here.worker, household=key, kind="case", text="voor dossierhouder en duo", now=timezone.now(),
            about_on=here.today, today=here.today,
        )  # fmt: skip
    assert notes_seen(here.neighbour) == set()
    absence = away(here, here.worker)
    assert ground(here.neighbour, key, here.today) == Ground.SUBSTITUTE
    assert ground(here.neighbour, key, here.today + 7 * DAY) is None
    assert notes_seen(here.neighbour) == {"voor dossierhouder en duo"}
    with acting(here.neighbour):
        opened = open_household(key, by=here.neighbour, on=here.today, purpose="gezin")
        assert "vervangt" in str(opened.ground.sentence)
        casework.plan_review(
            by=here.neighbour, household=key, on=here.today + 30 * DAY, now=timezone.now(), today=here.today
        )
    with acting(here.worker):
        actions.end_absence(by=here.worker, absence=absence.id, on=here.today)
    assert notes_seen(here.neighbour) == set()
    with acting(here.neighbour), pytest.raises(NotOpen):
        open_household(key, by=here.neighbour, on=here.today, purpose="gezin")


def test_a_household_taken_up_or_handed_over_meanwhile_is_covered_too() -> None:
    here = town()
    away(here, here.worker)
    key = led(here, here.worker)
    assert ground(here.neighbour, key, here.today) == Ground.SUBSTITUTE
    with acting(here.coordinator):
        casework.hand_over(
            by=here.coordinator, household=key, expected=here.worker.id, to=here.colleague.id, on=here.today,
            reason="ziek", now=timezone.now(), today=here.today,
        )  # fmt: skip
    assert ground(here.neighbour, key, here.today) is None


def test_the_flat_table_follows_whatever_happens_to_absences() -> None:
    here = town()
    led(here, here.worker)
    absence = away(here, here.worker, on=here.today - 3 * DAY)
    with acting(here.worker):
        actions.change_substitute(by=here.worker, absence=absence.id, substitute=here.colleague.id, on=here.today)
        assert reach.differences() == 0
        rows = Absence.objects.filter(worker_id=here.worker.id).order_by("valid_from")
        assert [(row.substitute_id, row.valid_until) for row in rows] == [
            (here.neighbour.id, here.today), (here.colleague.id, here.today + 7 * DAY),
        ]  # fmt: skip
        actions.end_absence(by=here.worker, absence=rows[1].id, on=here.today + DAY)
        assert reach.differences() == 0


def test_days_that_overlap_are_refused_in_a_sentence() -> None:
    here = town()
    away(here, here.worker)
    with pytest.raises(NotNow, match="al een afwezigheid"):
        away(here, here.worker, on=here.today + 6 * DAY, until=None)
    away(here, here.worker, on=here.today + 7 * DAY, until=here.today + 9 * DAY)


@pytest.mark.parametrize("days", [0, -1, -400])
def test_an_absence_does_not_end_before_it_begins(days: int) -> None:
    here = town()
    with pytest.raises(BadInput, match="laatste dag"):
        away(here, here.worker, until=here.today + days * DAY)


def test_who_cannot_stand_in_is_refused_in_a_sentence() -> None:
    here = town()
    with pytest.raises(Refusal, match="zichzelf"):
        away(here, here.worker, substitute=here.worker.id)
    with pytest.raises(BadInput, match="begeleidt op die dag geen gezinnen"):
        away(here, here.worker, substitute=here.director.id)
    away(here, here.neighbour, substitute=None, on=here.today + 2 * DAY, until=None)
    with pytest.raises(BadInput, match="zelf afwezig"):
        away(here, here.worker, substitute=here.neighbour.id)
    away(here, here.worker, substitute=here.neighbour.id, until=here.today + 2 * DAY)


def test_only_oneself_and_the_own_coordinator_note_an_absence() -> None:
    here = town()
    away(here, here.worker, by=here.coordinator)
    for by in (here.colleague, here.desk, here.director, here.administrator, here.privacy_officer):
        with pytest.raises(Denied):
            away(here, here.neighbour, by=by, substitute=by.id)
    with pytest.raises(Denied):
        away(here, here.neighbour, by=here.coordinator)


def test_an_absence_of_another_team_or_town_is_not_there() -> None:
    here, there = town(), town("Elders")
    absence = away(here, here.neighbour, substitute=here.worker.id)
    for by in (here.coordinator, here.colleague, there.coordinator, there.worker):
        with acting(by):
            for verb in (actions.end_absence, actions.change_substitute):
                more = {"substitute": by.id} if verb is actions.change_substitute else {}
                with pytest.raises(NotOpen, match="er niet, of ze is niet van jouw team"):
                    verb(by=by, absence=absence.id, on=here.today, **more)  # type: ignore[operator]
    with acting(there.worker):
        assert who.absence(absence.id, by=there.worker) is None


def test_standing_in_goes_no_further_than_one_colleague() -> None:
    here = town()
    key = led(here, here.worker)
    away(here, here.worker)
    # The neighbour falls ill as well: who stands in for the neighbour does not inherit what the neighbour stood in for.
    away(here, here.neighbour, substitute=here.coordinator.id)
    with acting(here.coordinator):
        assert who.ground_of(here.coordinator, key, on=here.today) == Ground.TEAM
        assert touch_household(key, by=here.coordinator, on=here.today) == Ground.TEAM
