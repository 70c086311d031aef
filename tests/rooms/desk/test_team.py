"""The team on one page: who has nobody stands on top, with how long; and the page asks no more when there is more."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, household, town

from nabij.access import actions as access
from nabij.access.models import Post
from nabij.casework import actions as casework
from nabij.desk.dividing import SHOWN, team_page
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk import queries as meetings
from nabij.frontdesk.actions import Asked
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def visit(where: Town, role: str) -> Client:
    client = Client()
    client.force_login(where.users[role], backend="nabij.access.backends.EmailBackend")
    return client


def text(where: Town, role: str = "coordinator", query: str = "") -> str:
    return visit(where, role).get(reverse("desk:team") + query).content.decode()


def waiting(where: Town, team: int = 0) -> list[tuple[UUID, int]]:
    """Return who stands on top, with since how many days."""
    by = where.coordinator
    with acting(by):
        shown = team_page(where.teams[team], where.teams, by=by, today=where.today, opened=None)
    return [(one.household_id, (where.today - one.since).days) for one in shown.without if one.since]


def guided(where: Town, key: UUID, days_ago: int = 0) -> None:
    on = where.today - timedelta(days=days_ago)
    with acting(where.worker):
        casework.open_case(by=where.worker, household=key, on=on, now=timezone.now())


def at(where: Town, days_ago: int, **kwargs: object) -> UUID:
    return household(where, on=where.today, **kwargs) if not days_ago else _past(where, days_ago, **kwargs)


def _past(where: Town, days_ago: int, **kwargs: object) -> UUID:
    from nabij.households import actions as households
    from nabij.households.actions import NewAddress, NewHousehold, NewPerson

    new = NewHousehold((NewPerson("Oud", f"Dossier {days_ago}"),), NewAddress("Kerkstraat", "9"))
    with acting(where.worker):
        made = households.register(
            by=where.worker, new=new, team=where.teams[0].id, on=where.today - timedelta(days=days_ago),
            now=timezone.now(), today=where.today,
        )  # fmt: skip
    return made.id


def test_who_waits_longest_stands_on_top() -> None:
    where = town()
    new, old = at(where, 0), at(where, 12)
    assert waiting(where) == [(old, 12), (new, 0)]
    page = text(where)
    assert "2 gezinnen hebben geen dossierhouder" in page
    assert "12 dagen geleden" in page
    assert "Geef een dossierhouder" in page


def test_who_got_somebody_and_lost_that_the_same_day_waits_as_long_as_before() -> None:
    where = town()
    key, other = at(where, 90), at(where, 12)
    by = where.coordinator
    told = {"by": by, "now": timezone.now(), "today": where.today}
    with acting(by):
        made = casework.hand_over(
            household=key, expected=None, to=where.worker.id, on=where.today, reason="fout", **told
        )
    with acting(by):
        casework.take_back(handovers=[made.id], **told)
    assert waiting(where) == [(key, 90), (other, 12)]


def test_who_is_guided_or_done_waits_for_nobody() -> None:
    where = town()
    led, ended, answered = household(where), household(where), household(where, asked=(Asked("housing", "te klein"),))
    guided(where, led)
    guided(where, ended)
    with acting(where.worker):
        casework.end_case(by=where.worker, household=ended, on=where.today, now=timezone.now())
        [asked] = meetings.requests_of(answered, by=where.worker)
        assert [key for key, _days in waiting(where)] == [answered]
        frontdesk.answer_request(by=where.worker, request=asked.id, outcome="opgelost", now=timezone.now())
    assert waiting(where) == []
    assert "Elk gezin dat begeleiding vraagt, heeft een dossierhouder." in text(where)


def test_who_comes_back_with_a_question_waits_from_that_question_on() -> None:
    where = town()
    key = at(where, 9)
    guided(where, key, 8)
    with acting(where.worker):
        casework.end_case(by=where.worker, household=key, on=where.today - timedelta(days=5), now=timezone.now())
    assert waiting(where) == []
    with acting(where.worker):
        contact = frontdesk.note_contact(
            by=where.worker, household=key, channel="phone", words="", met_at=timezone.now(), now=timezone.now()
        )
        frontdesk.note_request(
            by=where.worker, contact=contact, asked=Asked("debt", "brief"), team=where.teams[0].id, now=timezone.now()
        )
    assert waiting(where) == [(key, 0)]


def test_a_case_without_lead_alarms() -> None:
    where = town()
    key = household(where)
    guided(where, key)
    with acting(where.worker):
        access.end_basis(
            by=where.worker, household=key, ground="lead", worker=where.worker.id, on=where.today, now=timezone.now()
        )
    assert waiting(where) == [(key, 0)]


def test_who_has_which_and_the_duo() -> None:
    where = town()
    key = household(where)
    guided(where, key)
    with acting(where.worker):
        casework.choose_duo(
            by=where.worker, household=key, worker=where.colleague.id, on=where.today, now=timezone.now()
        )
    page = text(where)
    assert "dossierhouder van 1 gezin" in page
    assert "duo bij 1" in page
    opened = text(where, query=f"?wie={where.worker.id}")
    assert f'value="{key}|{where.worker.id}"' in opened
    as_duo = text(where, query=f"?wie={where.colleague.id}")
    assert "Ayşe Yıldız" in as_duo
    assert f"{key}|" not in as_duo, "a duo has nothing to hand over"


def test_who_left_the_team_still_has_households_and_that_shows() -> None:
    where = town()
    key = household(where)
    guided(where, key)
    with acting(where.operator):
        post = Post.objects.get(worker_id=where.worker.id)
        access.end_post(by=where.operator, post=post.id, on=where.today)
    page = text(where, query=f"?wie={where.worker.id}")
    assert "werkt niet in dit team" in page
    assert f'value="{key}|{where.worker.id}"' in page


def test_new_requests_and_addresses_to_mend() -> None:
    where = town()
    household(where, asked=(Asked("housing", "Mijn dak lekt"),))
    page = text(where)
    assert "Mijn dak lekt" in page
    assert "Adressen zonder wijk" not in page
    central = _central(where)
    household(where, street="Onbekendestraat", number="7")
    page = central.get(reverse("desk:team")).content.decode()
    assert "Onbekendestraat 7" in page
    assert "Verbeter het adres" in page


def _central(where: Town) -> Client:
    from tests.factories import enrol

    user = enrol(where, "Centraal", "coordinator", where.teams[2])
    client = Client()
    client.force_login(user, backend="nabij.access.backends.EmailBackend")
    return client


def test_a_long_list_says_that_it_is_partial() -> None:
    where = town()
    for number in range(SHOWN + 2):
        household(where, number=str(number + 1))
    page = text(where)
    assert f"{SHOWN + 2} gezinnen hebben geen dossierhouder" in page
    assert f"Dit zijn de {SHOWN} die het langst wachten, van {SHOWN + 2}." in page


def test_the_number_of_questions_stays_the_same() -> None:
    where = town()

    def asked() -> int:
        client = visit(where, "coordinator")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("desk:team") + f"?wie={where.worker.id}").status_code == 200
        return len([q for q in seen.captured_queries if q["sql"].lstrip().lower().startswith(("select", "with"))])

    key = household(where, asked=(Asked("debt", "x"),))
    guided(where, key)
    household(where)
    before = asked()
    for number in range(8):
        more = household(where, number=str(number + 20), asked=(Asked("debt", "y"),))
        if number % 2:
            guided(where, more)
    assert asked() == before
    assert before <= 15


@pytest.mark.parametrize("role", ["worker", "desk", "director", "administrator", "bridge_figure"])
def test_only_who_divides_work_sees_it(role: str) -> None:
    where = town()
    answer = visit(where, role).get(reverse("desk:team"))
    assert answer.status_code == 403
    assert "Alleen de coördinator van het wijkteam verdeelt de gezinnen." in answer.content.decode()


def test_a_team_of_another_or_of_another_town_is_not_there() -> None:
    where, there = town("Hier"), town("Daar")
    key = household(there)
    for team in (where.teams[1], there.teams[0]):
        answer = visit(where, "coordinator").get(reverse("desk:team") + f"?team={team.id}")
        assert answer.status_code == 404
    assert str(key) not in text(where)
    assert text(where, query="?team=onzin&wie=onzin")


def test_a_worker_of_another_team_opens_nothing() -> None:
    where = town()
    household(where, street="Molenstraat")
    assert "Molenstraat" not in text(where, query=f"?wie={where.neighbour.id}")
    assert "Nora Nabuur" not in text(where)
