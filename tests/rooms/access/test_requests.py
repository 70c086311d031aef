"""What a request meets before its page: the language of who asks, and a way on when there is no page."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.factories import Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


@pytest.fixture
def french(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    return client


def as_worker(client: Client, here: Town) -> Client:
    client.force_login(here.users["worker"], backend="nabij.access.backends.EmailBackend")
    return client


@pytest.mark.parametrize("address", ["/bestaat-niet/", "/gezin/00000000-0000-0000-0000-000000000001/"])
def test_a_page_that_is_not_there_is_dutch_for_a_worker(french: Client, here: Town, address: str) -> None:
    answer = as_worker(french, here).get(address)
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (404, "nl")
    assert '<html lang="nl"' in page and "Naar mijn dag" in page


def test_an_old_form_is_dutch_for_a_worker(here: Town) -> None:
    strict = as_worker(Client(enforce_csrf_checks=True), here)
    strict.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    answer = strict.post(reverse("access:sign-out"))
    assert (answer.status_code, answer["Content-Language"]) == (403, "nl")
    assert "Deze pagina stond te lang open." in answer.content.decode()


def test_a_stranger_keeps_the_language_of_the_cookie(french: Client, here: Town) -> None:
    for address in ("/bestaat-niet/", reverse("access:sign-in")):
        assert french.get(address)["Content-Language"] == "fr"


@pytest.mark.parametrize("asked", ["de", "pt-br", "nl-be", "fr'", "NL", "", "../fr"])
def test_only_a_language_that_is_offered_is_kept(client: Client, asked: str) -> None:
    answer = client.post(reverse("access:language"), {"language": asked})
    assert answer.status_code == 302
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


@pytest.mark.parametrize("kept", ["de", "xx", "../../etc", "fr" * 400])
def test_a_cookie_with_another_language_gives_dutch(client: Client, kept: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = kept
    answer = client.get(reverse("access:sign-in"))
    assert (answer.status_code, answer["Content-Language"]) == (200, "nl")


def test_a_stranger_who_is_refused_is_shown_to_the_sign_in_page(client: Client, here: Town) -> None:
    page = client.get("/bestaat-niet/").content.decode()
    assert "Naar mijn dag" not in page
    assert f'href="{reverse("access:sign-in")}">Naar aanmelden</a>' in page
    page = as_worker(client, here).get("/bestaat-niet/").content.decode()
    assert 'href="/">Naar mijn dag</a>' in page and "Naar aanmelden" not in page
