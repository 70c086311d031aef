"""What the municipality looks like for its administrator: places and people who work there, never a household."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, enrol, household, town

from nabij.access import actions as access
from nabij.access import dividing
from nabij.access import queries as who
from nabij.access.models import Post, User
from nabij.casework import actions as casework
from nabij.households import queries as homes
from nabij.kernel.actor import acting
from nabij.kernel.refusals import Denied, NotNow
from nabij.territory import actions as territory_actions
from nabij.territory import queries as territory

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

URL = "/beheer/"


def visit(where: Town, role: str = "administrator") -> Client:
    client = Client()
    client.force_login(where.users[role], backend="nabij.access.backends.EmailBackend")
    return client


def text(where: Town, role: str = "administrator") -> str:
    return visit(where, role).get(URL).content.decode()


def post_of(where: Town, role: str) -> Post:
    with acting(where.operator):
        return Post.objects.get(worker_id=where.users[role].id)


def test_the_town_on_one_page() -> None:
    where = town()
    page = text(where)
    for words in ("Wijk A", "Team A", "Wim Werker", "Wijkcentrum A", "maandag 9-17", "Elk adres heeft een wijk."):
        assert words in page, words
    assert "Sociaal Huis" in page


def test_a_wijk_without_a_team_and_a_worker_without_a_function_stand_out() -> None:
    where = town()
    with acting(where.operator):
        from types import SimpleNamespace

        territory_actions.load_wijken(
            by=where.operator, wijken=[SimpleNamespace(code="C", name="Wijk C", geometry=None)]
        )
        access.enrol(by=where.operator, name="Nieuwe Nele", email="nele@example.org")
    page = text(where)
    assert "Wijken zonder team" in page
    assert "Wijk C" in page
    assert "Nieuwe Nele" in page


def test_streets_that_no_wijk_has_are_counted_and_nothing_more() -> None:
    where, there = town("Hier"), town("Daar")
    for number in ("7", "9"):
        household(where, street="Onbekendestraat", number=number)
    household(where, street="onbekendestraat", number="11")
    household(where)
    household(there, street="Ginderstraat")
    page = text(where)
    assert "Onbekendestraat" in page or "onbekendestraat" in page
    assert "Ginderstraat" not in page
    for secret in ("Yıldız", "Kerkstraat 12", "Onbekendestraat 7"):
        assert secret not in page
    by = where.administrator
    with acting(by):
        assert [(code, n) for _street, code, n in homes.streets_without_wijk(by=by)] == [("9999", 3)]


@pytest.mark.parametrize("role", ["worker", "coordinator", "desk", "director"])
def test_nobody_else_counts_streets(role: str) -> None:
    where = town()
    household(where, street="Onbekendestraat")
    by = getattr(where, role)
    with acting(by):
        assert homes.streets_without_wijk(by=by) == []
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from households_streets_without_wijk()")
        assert cursor.fetchone()[0] == 0, "without a context there is nothing"


@pytest.mark.parametrize("role", ["worker", "coordinator", "desk", "director", "bridge_figure"])
def test_only_the_administrator_sees_and_changes(role: str) -> None:
    where = town()
    client = visit(where, role)
    urls = [
        URL, reverse("desk:add-worker"), reverse("desk:give-function", args=[where.worker.id]),
        reverse("desk:end-function", args=[post_of(where, "worker").id]), reverse("desk:set-hours", args=[where.centre.id]),
    ]  # fmt: skip
    for url in urls:
        for answer in (client.get(url), client.post(url, {})):
            assert answer.status_code == 403, url
            assert "Alleen de beheerder van de gemeente" in answer.content.decode()


def test_another_town_is_not_there() -> None:
    where, there = town("Hier"), town("Daar")
    assert there.users["worker"].email not in text(where)
    client = visit(where)
    urls = [
        reverse("desk:give-function", args=[there.worker.id]),
        reverse("desk:end-function", args=[post_of(there, "worker").id]), reverse("desk:set-hours", args=[there.centre.id]),
    ]  # fmt: skip
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]


def worker(where: Town, **typed: str) -> dict[str, str]:
    return {
        "name": "Fatima Yılmaz", "email": "fatima@example.org", "phone": "0499 00 00 03", "function": "social_worker",
        "team": str(where.teams[0].id), "on": where.today.isoformat(),
    } | typed  # fmt: skip


def test_a_new_worker_may_work_today() -> None:
    where = town()
    url = reverse("desk:add-worker")
    done = visit(where).post(url, worker(where), follow=True)
    assert "Fatima Yılmaz werkt nu hier." in done.content.decode()
    fatima = User.objects.get(email="fatima@example.org")
    assert not fatima.has_usable_password()  # she chooses one herself, with an invitation
    assert "Maak een uitnodiging" in done.content.decode()
    with acting(where.operator):
        assert who.actor_for(fatima, on=where.today).functions == {"social_worker"}
    again = visit(where).post(url, worker(where))
    assert "Dit e-mailadres heeft al een account." in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"team": ""}, "Kies een team"),
        ({"email": "fatima"}, "Dit e-mailadres kan niet kloppen"),
        ({"on": "gisteren"}, "geen dag die bestaat"),
        ({"phone": "12"}, ""),
        ({"function": "baas"}, ""),
    ],
)
def test_a_worker_who_cannot_be_is_not_half_made(typed: dict[str, str], sentence: str) -> None:
    where = town()
    answer = visit(where).post(reverse("desk:add-worker"), worker(where, **typed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(email="fatima@example.org").exists()


def test_one_more_function_and_not_the_same_one_twice() -> None:
    where = town()
    client, url = visit(where), reverse("desk:give-function", args=[where.worker.id])
    more = {"function": "front_desk", "on": where.today.isoformat(), "centre": str(where.centre.id)}
    assert client.post(url, more).status_code == 302
    assert "heeft die functie al" in client.post(url, more).content.decode()


def test_a_function_ends_and_the_page_says_who_still_waits() -> None:
    where = town()
    key = household(where)
    with acting(where.worker):
        casework.open_case(by=where.worker, household=key, on=where.today, now=timezone.now())
    client, url = visit(where), reverse("desk:end-function", args=[post_of(where, "worker").id])
    assert "Wim Werker is dossierhouder van 1 gezin" in client.get(url).content.decode()
    assert client.post(url, {"on": where.today.isoformat()}).status_code == 302
    assert "al beëindigd" in client.post(url, {"on": where.today.isoformat()}).content.decode()
    assert "Wim Werker" in text(where)
    with acting(where.operator):
        _teams, idle = dividing.staff(by=where.operator, on=where.today)
        assert where.users["worker"] in idle


def test_before_it_began_nothing_ends() -> None:
    where = town()
    url = reverse("desk:end-function", args=[post_of(where, "worker").id])
    answer = visit(where).post(url, {"on": (where.today - timedelta(days=40)).isoformat()})
    assert "Een periode kan niet eindigen voor ze begint." in answer.content.decode()


def test_somebody_always_manages() -> None:
    where = town()
    last = post_of(where, "administrator")
    by = where.administrator
    with acting(by), pytest.raises(NotNow, match="laatste beheerder"):
        access.end_post(by=by, post=last.id, on=where.today)
    enrol(where, "Bea Beheer", "administrator")
    with acting(by):
        access.end_post(by=by, post=last.id, on=where.today)


def hours(where: Town, **typed: str) -> str:
    answer = visit(where).post(reverse("desk:set-hours", args=[where.centre.id]), typed, follow=True)
    return answer.content.decode()


def test_opening_hours_are_read_as_people_write_them() -> None:
    where = town()
    assert "zijn bewaard" in hours(where, day0="9-12 en 13.30-17", day2="gesloten")
    with acting(where.operator):
        week = territory.week_of(where.centre.id, by=where.operator)
    assert [(at, len(rows)) for at, rows in week.items()] == [(0, 2)]
    form = visit(where).get(reverse("desk:set-hours", args=[where.centre.id])).content.decode()
    assert 'value="9-12 en 13.30-17"' in form


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("straks", "niet te lezen"),
        ("17-9", "niet in volgorde"),
        ("9-26", "geen uur"),
        ("9-12, 11-14", "niet in volgorde"),
    ],
)
def test_hours_that_cannot_be(typed: str, sentence: str) -> None:
    where = town()
    page = hours(where, day0=typed)
    assert sentence in page
    assert f'value="{typed}"' in page
    with acting(where.operator):
        assert len(territory.week_of(where.centre.id, by=where.operator)) == 7


def test_the_verb_refuses_who_does_not_manage() -> None:
    where = town()
    with acting(where.worker), pytest.raises(Denied):
        territory_actions.set_hours(by=where.worker, centre=where.centre.id, hours=[])
