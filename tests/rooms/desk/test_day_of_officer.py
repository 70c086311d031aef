"""What a privacy officer finds in the morning, and what a button says that is opened as a page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, household, town

from nabij.kernel.actor import acting
from nabij.privacy import actions

pytestmark = pytest.mark.django_db
BACKEND = "nabij.access.backends.EmailBackend"


@pytest.fixture
def here() -> Town:
    return town()


def morning(client: Client, here: Town, role: str) -> str:
    client.force_login(here.users[role], backend=BACKEND)
    return client.get(reverse("desk:my-day")).content.decode()


def test_the_officer_finds_what_residents_ask(client: Client, here: Town) -> None:
    key = household(here)
    assert "wachten op een antwoord" not in morning(client, here, "privacy_officer")
    for ago in (40, 2):
        with acting(here.worker):
            actions.ask(
                by=here.worker, household=key, kind="access", words="", now=timezone.now(),
                asked_on=here.today - timedelta(days=ago), today=here.today,
            )  # fmt: skip
    told = morning(client, here, "privacy_officer")
    assert "2 vragen van bewoners wachten op een antwoord." in told
    assert "de oudste moest beantwoord zijn op" in told
    for role in ("director", "administrator"):
        assert "van bewoners wacht" not in morning(client, here, role), role


def test_a_button_opened_as_a_page_says_that_nothing_happened(client: Client, here: Town) -> None:
    address = reverse("signin:codes")
    assert client.get(address).status_code == 302  # a stranger signs in first, and is sent back to the button
    client.force_login(here.users["worker"], backend=BACKEND)
    answer = client.get(address)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Er is niets veranderd." in answer.content.decode()
    assert client.head(address).content == b""
