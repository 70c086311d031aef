"""There and back along a real provider: who comes in, with which functions, and who does not."""

import html
import re
import socket
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from tests.directory import ELSEWHERE, PASSWORD_ONLY, person
from tests.factories import town
from tests.rooms.signin_oidc.conftest import There, settings_for, with_directory

from nabij.access.middleware import WRITES_ON_GET
from nabij.access.models import Post
from nabij.audit.models import TrailEvent
from nabij.kernel.actor import acting
from nabij.signin.oidc import actions, asking, queries
from nabij.signin.oidc.actor import DIRECTORY, of_directory
from nabij.signin.oidc.refusing import REASONS

pytestmark = pytest.mark.django_db


def says(answer: Any, why: str) -> bool:
    return answer.status_code in (400, 403, 409) and str(REASONS[why]).split(".")[0] in answer.content.decode()


def events(there: There, kind: str) -> list[TrailEvent]:
    with acting(of_directory(there.here.municipality.id)):
        return list(TrailEvent.objects.filter(kind=kind, actor_id=DIRECTORY))


def test_from_the_sign_in_page_to_my_day_and_out(there: There) -> None:
    page = there.client.get("/aanmelden/?next=/gezinnen/").content.decode()
    assert f"Aanmelden met Entra ID ({there.here.municipality.name})" in page
    assert reverse("oidc:leave", args=[there.directory.id]) in page
    (button,) = re.findall(r'href="(/aanmelden/met/[^"]+)"', page)
    assert there.client.get(html.unescape(button))["Location"].startswith(there.running.issuer)
    answer = there.enter("wim", next="/gezinnen/")
    assert (answer.status_code, answer["Location"]) == (302, "/gezinnen/")
    assert "Wim Werker" in there.client.get("/").content.decode()
    assert there.functions() == {("social_worker", ""), ("team", "Team A")}
    there.client.post("/afmelden/")
    assert not there.signed_in()


@pytest.mark.parametrize("said", ["", "knop=", "knop=x", "knop={other}", "opnieuw=1&knop=x"])
def test_a_link_elsewhere_signs_nobody_in(there: There, said: str) -> None:
    """Whoever is still signed in at the provider would be in here, without having asked for it."""
    there.client.get("/aanmelden/")
    said = said.format(other=asking.button_of("x" * 32))
    answer = there.client.get(reverse("oidc:leave", args=[there.directory.id]) + f"?next=/gezinnen/&{said}")
    assert (answer.status_code, answer["Location"]) == (302, "/aanmelden/?next=/gezinnen/")
    assert "oidc.asked" not in there.client.session
    fresh = Client().get(reverse("oidc:leave", args=[there.directory.id]))
    assert fresh["Location"] == "/aanmelden/?next=/"


def test_a_link_elsewhere_asks_nobody_to_show_who_he_is(there: There) -> None:
    there.enter("wim")
    answer = there.client.get(reverse("oidc:leave", args=[there.directory.id]) + "?opnieuw=1&next=/gezinnen/")
    assert answer["Location"] == "/gezinnen/"
    assert not there.client.session.get("oidc.asked")


def test_what_is_asked_of_the_directory(there: There) -> None:
    asked = parse_qs(urlsplit(there.leave(next="/gezinnen/")).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) > 40 and len(asked["nonce"][0]) > 40
    assert asked["redirect_uri"] == [f"http://testserver/aanmelden/met/{there.directory.id}/terug/"]
    assert "gezinnen" not in str(asked)
    again = parse_qs(urlsplit(there.leave()).query)
    assert {asked[name][0] for name in ("state", "nonce", "code_challenge")}.isdisjoint(
        again[name][0] for name in ("state", "nonce", "code_challenge")
    )


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_sent_elsewhere(there: There, wanted: str) -> None:
    assert there.enter("wim", next=wanted)["Location"] == "/"


def test_an_answer_is_good_once_and_in_one_browser(there: There) -> None:
    address = there.walk("wim")
    assert says(there.back(address, Client()), "state")
    assert there.back(address).status_code == 302
    assert says(there.back(address), "state")
    there.client.post("/afmelden/")
    assert says(there.back(address), "state")


def test_a_code_that_was_used_is_refused_by_the_directory(there: There) -> None:
    address = there.walk("wim")
    there.back(address)
    there.client.post("/afmelden/")
    used = parse_qs(urlsplit(address).query)["code"][0]
    state = parse_qs(urlsplit(there.leave()).query)["state"][0]
    again = f"{reverse('oidc:back', args=[there.directory.id])}?code={used}&state={state}"
    assert says(there.back(again), "refused_there")
    assert not there.signed_in()


def test_the_answer_to_another_question_of_the_same_browser(there: There) -> None:
    code = parse_qs(urlsplit(there.walk("wim")).query)["code"][0]
    state = parse_qs(urlsplit(there.leave()).query)["state"][0]
    mixed = f"{reverse('oidc:back', args=[there.directory.id])}?code={code}&state={state}"
    assert says(there.back(mixed), "refused_there")  # the verifier (PKCE) is of the other question


def test_several_windows_at_once(there: There) -> None:
    first, second = there.leave(next="/gezinnen/"), there.leave(next="/onthaal/")
    back = there.running.visit(first, as_who="wim", browser=there.browser)
    assert there.back(back)["Location"] == "/gezinnen/"
    assert second != first


def test_a_question_that_waited_too_long(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    address = there.walk("wim")
    monkeypatch.setattr("nabij.signin.oidc.asking.LASTS", -1)
    assert says(there.back(address), "late")


@pytest.mark.parametrize(
    "query",
    ["", "code=x", "state=x", "code=x&state=x", "error=access_denied", "state=&code=", "code=x&state=x&iss=y"],
)
def test_whatever_comes_back_unasked(there: There, query: str) -> None:
    answer = there.client.get(f"{reverse('oidc:back', args=[there.directory.id])}?{query}")
    assert says(answer, "state")


def test_another_directory_answers(there: There) -> None:
    address = there.walk("wim")
    assert "iss=" in address
    assert says(there.back(address.replace("iss=http%3A", "iss=https%3A")), "issuer")


def test_who_does_not_want_to_sign_in_there(there: There) -> None:
    assert says(there.enter(""), "refused_there")


def test_no_address_opens_for_a_directory_that_is_not_there_or_closed(there: There) -> None:
    with acting(there.here.administrator):
        actions.open_or_close(by=there.here.administrator, directory=there.directory.id, is_open=False)
    for name in ("leave", "back"):
        assert there.client.get(reverse(f"oidc:{name}", args=[there.directory.id])).status_code == 404
    assert there.client.post(reverse("oidc:left", args=[there.directory.id])).status_code == 404
    assert b"Aanmelden met" not in there.client.get("/aanmelden/").content


# Who is it


def test_an_unknown_person_a_closed_account_and_no_function_read_the_same(there: There) -> None:
    people = there.here.users
    there.running.change(
        person("nobody", "Nemo", roles=["werker"]),
        person("closed", "Cleo", email=people["colleague"].email, roles=["werker"]),
        person("idle", "Dora", email=people["desk"].email, roles=[]),
    )
    with acting(there.here.administrator):
        people["colleague"].is_active = False
        people["colleague"].save(update_fields=["is_active"])
    pages = []
    for sub in ("nobody", "closed", "idle"):
        answer = There(there.here, there.directory, there.running).enter(sub)
        assert says(answer, "unknown_person")
        pages.append(answer.content.decode().partition("<main")[2])
    assert len(set(pages)) == 1
    assert there.functions("desk") == {("front_desk", "")}  # an address alone ends nothing
    with acting(there.here.administrator):
        found = queries.refused(there.directory.id, by=there.here.administrator, now=timezone.now())
    assert {(each.name, each.key) for each in found} == {
        ("Nemo", "oid-nobody"),
        ("Cleo", "oid-closed"),
        ("Dora", "oid-idle"),
    }
    assert len({each.why for each in found}) == 3


def test_an_address_counts_once_and_then_the_key(there: There) -> None:
    address = there.here.users["worker"].email
    assert there.enter("wim").status_code == 302
    assert len(events(there, "signin.linked_itself")) == 1
    # Somebody else gets his address there: he comes in nowhere.
    there.running.change(person("eve", "Eve", email=address, roles=["werker"]))
    assert says(There(there.here, there.directory, there.running).enter("eve"), "other_key")
    # He himself gets another address: he stays who he is.
    there.running.change(person("wim", "Wim", email=there.here.users["administrator"].email, roles=["werker"]))
    other = There(there.here, there.directory, there.running)
    assert other.enter("wim").status_code == 302
    page = other.client.get("/").content.decode()
    assert "Wim Werker" in page and "Arne Beheer" not in page


def test_an_address_that_the_directory_does_not_vouch_for(there: There) -> None:
    address = there.here.users["worker"].email
    there.running.change(person("wim", "Wim", email=address, email_verified=False, roles=["werker"]))
    assert says(there.enter("wim"), "unknown_person")


def test_without_an_address_the_administrator_links(running: Any) -> None:
    there = with_directory(town(), running, key_claim="vo_id", address_claim="")
    running.change(person("vo", "Wim", email=there.here.users["worker"].email, vo_id="a5720746", roles=["werker"]))
    assert says(there.enter("vo"), "unknown_person")
    with acting(there.here.administrator):
        actions.link(
            by=there.here.administrator, directory=there.directory.id, worker=there.here.users["worker"].id,
            subject="a5720746", now=timezone.now(),
        )  # fmt: skip
    assert There(there.here, there.directory, running).enter("vo").status_code == 302


# Of which municipality


def test_who_is_of_another_organisation(there: There) -> None:
    there.running.change(
        person("wim", "Wim", email=there.here.users["worker"].email, tid="elsewhere", roles=["werker"])
    )
    assert says(there.enter("wim"), "elsewhere")
    assert not there.signed_in()
    assert there.functions()


def test_a_worker_of_two_towns_never_enters_the_wrong_one(running: Any) -> None:
    acm = {"kind": "acm", "organisation_claim": "vo_orgcode"}
    first = with_directory(town("Testegem"), running, organisation="0207430864", **acm)
    second = with_directory(town("Andergem"), running, organisation=ELSEWHERE, **acm)
    email = first.here.users["worker"].email
    running.change(person("two", "Wim", email=email, vo_orgcode=["0207430864", ELSEWHERE], roles=["werker"]))
    assert says(first.enter("two"), "two_towns")
    assert says(second.enter("two"), "two_towns")
    running.change(person("two", "Wim", email=email, vo_orgcode=ELSEWHERE, roles=["werker"]))
    assert says(There(first.here, first.directory, running).enter("two"), "elsewhere")
    # The other town does not know him by an address of the first.
    assert says(There(second.here, second.directory, running).enter("two"), "unknown_person")
    running.change(person("two", "Wim", email=email, vo_orgcode="0207.430.864", roles=["werker"]))
    third = There(first.here, first.directory, running)
    assert third.enter("two").status_code == 302
    assert b"Testegem" in third.client.get("/").content


def test_a_code_of_one_town_opens_no_door_of_another(running: Any) -> None:
    first, second = with_directory(town("Testegem"), running), with_directory(town("Andergem"), running)
    running.change(person("wim", "Wim", email=first.here.users["worker"].email, roles=["werker"]))
    address = first.walk("wim")
    moved = address.replace(str(first.directory.id), str(second.directory.id))
    assert says(second.back(moved, first.client), "state")


# Functions


def test_functions_follow_the_directory(there: There) -> None:
    email = there.here.users["worker"].email
    there.enter("wim")
    there.running.change(person("wim", "Wim", email=email, roles=["werker-b", "onthaal"]))
    assert There(there.here, there.directory, there.running).enter("wim").status_code == 302
    assert there.functions() == {("social_worker", ""), ("front_desk", ""), ("team", "Team B")}
    assert len(events(there, "signin.functions_set")) == 1
    assert {event.kind for event in events(there, "access.post_ended")} == {"access.post_ended"}
    assert len(events(there, "access.worker_appointed")) == 2


def test_who_has_no_function_there_any_more_loses_them_here(there: There) -> None:
    there.enter("wim")
    there.client.post("/afmelden/")
    there.running.change(person("wim", "Wim", email=there.here.users["worker"].email, roles=["iets anders"]))
    assert says(There(there.here, there.directory, there.running).enter("wim"), "no_function")
    assert there.functions() == set()
    with acting(there.here.administrator):
        ended = Post.objects.filter(worker=there.here.users["worker"], valid_until=there.here.today)
        assert ended.count() == 1
    assert len(events(there, "signin.not_let_in")) == 1


def test_the_last_administrator_stays_administrator(there: There) -> None:
    boss = there.here.users["administrator"]
    with acting(there.here.administrator):
        actions.add_rule(
            by=there.here.administrator, directory=there.directory.id, claim="roles", value="beheer",
            function="administrator",
        )  # fmt: skip
    there.running.change(person("arne", "Arne", email=boss.email, roles=["beheer"]))
    assert there.enter("arne").status_code == 302
    there.running.change(person("arne", "Arne", email=boss.email, roles=[]))
    assert says(There(there.here, there.directory, there.running).enter("arne"), "no_function")
    assert there.functions("administrator") == {("administrator", "")}


def test_a_function_or_team_that_went_away_changes_nothing(there: There) -> None:
    there.enter("wim")
    with acting(there.here.administrator):
        there.directory.rules.filter(value="werker").update(function="mayor")
    assert says(There(there.here, there.directory, there.running).enter("wim"), "unknown_function")
    assert there.functions() == {("social_worker", ""), ("team", "Team A")}


# The second step


@override_settings(NABIJ_SECOND_FACTOR=True)
def test_a_second_factor_that_was_shown_there_is_enough(there: There) -> None:
    assert there.enter("wim", next="/gezinnen/")["Location"] == "/gezinnen/"
    assert there.signed_in()


@override_settings(NABIJ_SECOND_FACTOR=True)
def test_without_one_there_it_is_asked_here(there: There) -> None:
    email = there.here.users["worker"].email
    there.running.change(person("wim", "Wim", email=email, acr=PASSWORD_ONLY, roles=["werker"]))
    answer = there.enter("wim", next="/gezinnen/")
    assert answer["Location"] == reverse("signin:first")
    assert not there.signed_in()


# The provider itself


def test_a_directory_that_does_not_answer(there: There, unused_port: int) -> None:
    with acting(of_directory(there.here.municipality.id)):
        there.directory.issuer = f"http://127.0.0.1:{unused_port}"
        there.directory.save(update_fields=["issuer"])
    answer = there.press(next="/gezinnen/")
    assert says(answer, "down")
    assert "/aanmelden/?next=/gezinnen/" in answer.content.decode()


def test_a_secret_that_is_wrong(there: There) -> None:
    with acting(there.here.administrator):
        said = {
            "directory": there.directory.id,
            "settings": settings_for(there.running.issuer),
            "secret": "een ander geheim",
        }
        actions.change(by=there.here.administrator, **said)
    assert says(there.enter("wim"), "refused_there")


def test_a_client_of_another_name(there: There) -> None:
    address = there.walk("wim")
    with acting(of_directory(there.here.municipality.id)):
        there.directory.client = "another"
        there.directory.save(update_fields=["client"])
    assert says(there.back(address), "refused_there")


def test_the_get_that_signs_in_is_the_only_one_that_writes(there: There) -> None:
    assert {"oidc:back"} == WRITES_ON_GET
    assert there.client.head(reverse("oidc:back", args=[there.directory.id])).status_code == 405
    assert there.client.post(reverse("oidc:back", args=[there.directory.id])).status_code in (403, 405)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
