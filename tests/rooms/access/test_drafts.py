"""What somebody was typing survives a lost session, and is nobody else's."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import PASSWORD, Town, town

from nabij.access import drafts
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town(sign_in=True)


def enter(client: Client, here: Town, role: str, to: str = "/") -> None:
    answer = client.post(reverse("access:sign-in"), {"email": here.users[role].email, "password": PASSWORD, "next": to})
    assert answer.status_code == 302, answer.content.decode()


def owner_in(page: str) -> str:
    return page.split('name="draft-owner" value="')[1].split('"')[0]


def test_text_that_was_typed_is_there_again(client: Client, here: Town) -> None:
    enter(client, here, "desk")
    address = reverse("desk:front-desk")
    client.post(reverse("access:draft"), {"draft-key": address, "given_name": "D'Hondt", "languages": ["ar", "tr"]})
    page = client.get(address).content.decode()
    assert "D&#x27;Hondt" in page
    assert page.count("checked") >= 2


def test_a_form_sent_after_the_session_was_lost_comes_back(client: Client, here: Town) -> None:
    enter(client, here, "desk")
    address = reverse("desk:front-desk")
    mark = owner_in(client.get(address).content.decode())
    client.logout()
    answer = client.post(address, {"given_name": "Soraya", "words": "mijn huis lekt", "draft-owner": mark})
    assert answer.status_code == 302
    enter(client, here, "desk", to=address)
    assert "mijn huis lekt" in client.get(address).content.decode()


def test_but_not_to_somebody_else_at_that_desk(client: Client, here: Town) -> None:
    enter(client, here, "desk")
    address = reverse("desk:front-desk")
    mark = owner_in(client.get(address).content.decode())
    client.logout()
    client.post(address, {"words": "mijn huis lekt", "draft-owner": mark})
    enter(client, here, "worker", to=address)
    assert "mijn huis lekt" not in client.get(address).content.decode()


def test_a_draft_sent_after_the_session_was_lost_is_of_its_own_page(client: Client, here: Town) -> None:
    enter(client, here, "desk")
    address = reverse("desk:front-desk")
    mark = owner_in(client.get(address).content.decode())
    client.logout()
    client.post(reverse("access:draft"), {"draft-key": address, "words": "mijn huis lekt", "draft-owner": mark})
    enter(client, here, "desk", to=address)
    assert "mijn huis lekt" in client.get(address).content.decode()


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_form_whose_key_is_gone_comes_back_too(here: Town, signed_in: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(here.users["desk"], backend="nabij.access.backends.EmailBackend")
    address = reverse("desk:front-desk")
    mark = owner_in(client.get(address).content.decode())
    if not signed_in:
        client.logout()
    answer = client.post(address, {"words": "mijn huis lekt", "draft-owner": mark})
    assert answer.status_code == 302
    if not signed_in:
        assert reverse("access:sign-in") in answer["Location"]
        client.handler.enforce_csrf_checks = False
        enter(client, here, "desk", to=address)
    assert "mijn huis lekt" in client.get(address).content.decode()
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {"words": "vals", "draft-owner": "geen merk"}).status_code == 403


def test_a_draft_is_encrypted_and_ones_own(here: Town) -> None:
    from django.db import connection

    with acting(here.desk):
        drafts.keep(by=here.desk, key="/x/", fields={"words": ["mijn huis lekt"]}, now=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("select content from access_draft")
            assert b"lekt" not in bytes(cursor.fetchone()[0])
    with acting(here.worker):
        assert drafts.kept(by=here.worker, key="/x/") is None
    with acting(here.desk):
        assert drafts.kept(by=here.desk, key="/x/")
        drafts.forget(by=here.desk, key="/x/")
        assert drafts.kept(by=here.desk, key="/x/") is None


# Drafts that are too long


def test_a_draft_as_long_as_any_form_allows_is_kept_whole(here: Town) -> None:
    fields = {"words": ['"\n' * 20_000], "story": ["é" * 60_000], "languages": ["ar", "tr"]}
    with acting(here.desk):
        drafts.keep(by=here.desk, key="/x/", fields=fields, now=timezone.now())
        assert kept_by(here) == fields


@pytest.mark.parametrize("letter", ["x", "é", "🌸", '"', "a\n", "\x00"])
def test_of_a_draft_that_is_too_long_the_longest_texts_are_cut_and_say_so(here: Town, letter: str) -> None:
    fields = {"words": [letter * 400_000], "story": [letter * 160_000], "name": ["D'Hondt"], "languages": ["ar", "tr"]}
    with acting(here.desk):
        drafts.keep(by=here.desk, key="/x/", fields=fields, now=timezone.now())
        kept = kept_by(here)
    assert (kept["name"], kept["languages"]) == (["D'Hondt"], ["ar", "tr"])
    for name in ("words", "story"):
        (text,) = kept[name]
        assert text.endswith(str(drafts.CUT))
        assert fields[name][0].startswith(text.removesuffix(str(drafts.CUT)))
    assert drafts.MANY * 0.99 < len(json.dumps(kept, ensure_ascii=False)) <= drafts.MANY


def test_many_fields_with_long_names_stay_within_the_measure() -> None:
    fields = {f"{number:03}{'n' * 200}": ["x" * 900] for number in range(500)} | {"words": ["hallo"]}
    assert drafts.fitting(fields) == {"words": ["hallo"]}
    short = {f"{number:03}": ["x" * 900] for number in range(900)}
    kept = drafts.fitting(short)
    assert list(kept) == list(short)
    assert len(json.dumps(kept, ensure_ascii=False)) <= drafts.MANY


def test_the_page_shows_what_was_kept_of_a_text_that_is_too_long(client: Client, here: Town) -> None:
    enter(client, here, "desk")
    address = reverse("desk:front-desk")
    sent = {"draft-key": address, "given_name": "Soraya", "words": "mijn huis lekt " * 20_000}
    assert client.post(reverse("access:draft"), sent).status_code == 200
    page = client.get(address).content.decode()
    assert "Soraya" in page
    assert "mijn huis lekt" in page
    assert str(drafts.CUT) in page


def test_a_long_form_sent_after_the_session_was_lost_comes_back_too(client: Client, here: Town) -> None:
    enter(client, here, "desk")
    address = reverse("desk:front-desk")
    mark = owner_in(client.get(address).content.decode())
    client.logout()
    client.post(address, {"given_name": "Soraya", "words": "é" * 300_000, "draft-owner": mark})
    enter(client, here, "desk", to=address)
    page = client.get(address).content.decode()
    assert "Soraya" in page
    assert str(drafts.CUT) in page


@pytest.mark.parametrize("mark", ["", "x", "x" * 100_000])
def test_of_a_stranger_nothing_is_kept(client: Client, here: Town, mark: str) -> None:
    client.post(reverse("desk:front-desk"), {"words": "mijn huis lekt", "draft-owner": mark})
    assert "held" not in client.session


def kept_by(here: Town) -> dict[str, list[str]]:
    found = drafts.kept(by=here.desk, key="/x/")
    assert found, "a draft is shortened, never lost"
    return found[0]


@pytest.mark.parametrize("email", ["niemand@example.org", None])
def test_a_wrong_password_does_not_tell_whether_an_account_exists(
    client: Client, here: Town, email: str | None
) -> None:
    answer = client.post(reverse("access:sign-in"), {"email": email or here.users["desk"].email, "password": "fout"})
    assert answer.status_code == 422
    assert "E-mailadres en wachtwoord passen niet bij elkaar" in answer.content.decode()


def test_sign_in_does_not_lead_elsewhere(client: Client, here: Town) -> None:
    data = {"email": here.users["desk"].email, "password": PASSWORD, "next": "https://elders.example/"}
    assert client.post(reverse("access:sign-in"), data).url == "/"
