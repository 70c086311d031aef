"""Passkeys: the right one lets in; another site, another question, an answer of before or a copied key never does."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import RequestFactory
from tests.rooms.signin.hands import FIRST, SECOND, Visitor
from tests.rooms.signin.softkey import SoftKey

from nabij.kernel.actor import acting
from nabij.signin import passkeys, queries

pytestmark = pytest.mark.django_db
Lie = Callable[[SoftKey, str], str]


def at_a_name(visitor: Visitor) -> Visitor:
    """A browser at https://localhost: no browser makes a key for an address of digits, or without TLS."""
    visitor.client.defaults |= {"SERVER_NAME": "localhost", "SERVER_PORT": "443", "wsgi.url_scheme": "https"}
    return visitor


def asked(visitor: Visitor, page: str) -> str:
    found = re.search(r'data-passkey="([^"]+)"', visitor.get(page).content.decode())
    assert found, page
    return html.unescape(found[1])


@pytest.fixture
def keyed(wim: Visitor) -> tuple[Visitor, SoftKey]:
    """Wim, who set up a key as his only second step, and stands at the door again."""
    at_a_name(wim).types_password()
    key = SoftKey()
    answer = wim.post(FIRST, {"name": "laptop", "credential": key.makes(asked(wim, FIRST))})
    assert answer.status_code == 200 and wim.is_in()
    again = at_a_name(wim.elsewhere())
    again.types_password()
    return again, key


def test_the_right_key_lets_in(keyed: tuple[Visitor, SoftKey]) -> None:
    wim, key = keyed
    assert wim.post(SECOND, {"credential": key.shows(asked(wim, SECOND))}).status_code == 302
    assert wim.is_in()


LIES: dict[str, Lie] = {
    "another question": lambda key, page: key.shows(page, challenge="eW91IGFza2VkIHNvbWV0aGluZyBlbHNl"),
    "another site": lambda key, page: replace(key, site="elders.example").shows(page),
    "a page of another site": lambda key, page: replace(key, origin="https://elders.example").shows(page),
    "a page without TLS": lambda key, page: replace(key, origin="http://nabij.example").shows(page),
    "the answer to making a key": lambda key, page: key.shows(page, kind="webauthn.create"),
    "another key under this name": lambda key, page: replace(SoftKey(), id=key.id).shows(page),
    "a key that nobody knows": lambda key, page: SoftKey().shows(page),
    "no JSON": lambda key, page: "{",
    "a list": lambda key, page: "[]",
    "null": lambda key, page: "null",
    "no signature": lambda key, page: json.dumps(
        json.loads(key.shows(page)) | {"response": {"clientDataJSON": "e30", "authenticatorData": "", "signature": ""}}
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_lets_nobody_in(keyed: tuple[Visitor, SoftKey], lie: str) -> None:
    wim, key = keyed
    answer = wim.post(SECOND, {"credential": LIES[lie](key, asked(wim, SECOND))})
    assert answer.status_code == 422
    assert str(passkeys.WRONG) in answer.content.decode()
    assert not wim.is_in()


def test_an_answer_is_good_once(keyed: tuple[Visitor, SoftKey]) -> None:
    wim, key = keyed
    answer = key.shows(asked(wim, SECOND))
    assert wim.post(SECOND, {"credential": answer}).status_code == 302
    thief = at_a_name(wim.elsewhere())
    thief.types_password()
    asked(thief, SECOND)
    assert thief.post(SECOND, {"credential": answer}).status_code == 422
    assert thief.post(SECOND, {"credential": answer}).status_code == 422  # nor where nothing was asked
    assert not thief.is_in()


def test_a_key_that_was_copied_is_found_out_by_its_counter(keyed: tuple[Visitor, SoftKey]) -> None:
    wim, key = keyed
    copy = replace(key)
    for _ in range(2):
        wim.post("/afmelden/")
        wim.types_password()
        assert wim.post(SECOND, {"credential": key.shows(asked(wim, SECOND))}).status_code == 302
    thief = at_a_name(wim.elsewhere())
    thief.types_password()
    assert thief.post(SECOND, {"credential": copy.shows(asked(thief, SECOND))}).status_code == 422


def test_the_key_of_a_colleague_is_none(keyed: tuple[Visitor, SoftKey], arne: Visitor) -> None:
    wim, _key = keyed
    other = SoftKey()
    at_a_name(arne)
    answer = arne.post(
        "/mijn-aanmelding/sleutel/", {"name": "", "credential": other.makes(asked(arne, "/mijn-aanmelding/sleutel/"))}
    )
    assert answer.status_code == 302
    assert wim.post(SECOND, {"credential": other.shows(asked(wim, SECOND))}).status_code == 422


@pytest.mark.parametrize("lie", ["{}", "[]", "null", "{", '{"id": "x"}'])
def test_what_is_no_key_is_not_kept(wim: Visitor, lie: str) -> None:
    at_a_name(wim).types_password()
    asked(wim, FIRST)
    assert wim.post(FIRST, {"name": "x", "credential": lie}).status_code == 422
    assert not wim.is_in()
    with acting(wim.by):
        assert queries.factors(by=wim.by) == []


def test_a_key_made_for_another_page_is_not_kept(wim: Visitor) -> None:
    at_a_name(wim).types_password()
    asked(wim, FIRST)
    other = json.dumps({"challenge": "eW91IGFza2VkIHNvbWV0aGluZyBlbHNl"})
    assert wim.post(FIRST, {"name": "x", "credential": SoftKey().makes(other)}).status_code == 422
    page = asked(wim, FIRST)
    assert (
        wim.post(FIRST, {"name": "x", "credential": SoftKey(origin="https://elders.example").makes(page)}).status_code
        == 422
    )


def test_a_key_proves_it_again(keyed: tuple[Visitor, SoftKey], monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    from nabij.signin import marks

    wim, key = keyed
    wim.post(SECOND, {"credential": key.shows(asked(wim, SECOND))})
    now = marks.clock()
    monkeypatch.setattr(marks, "clock", lambda: now + settings.NABIJ_PROOF_MINUTES * 60 + 1)
    assert wim.get("/mijn-aanmelding/app/")["Location"].startswith("/bevestig/")
    assert wim.post("/bevestig/", {"credential": key.shows(asked(wim, "/bevestig/"))}).status_code == 302
    assert wim.get("/mijn-aanmelding/app/").status_code == 200


@pytest.mark.parametrize(
    ("host", "secure", "possible"),
    [
        ("localhost", False, True),
        ("127.0.0.1:8000", False, False),
        ("[::1]:8000", True, False),
        ("localhost:8000", True, True),
    ],
)
def test_where_a_browser_makes_a_key(host: str, secure: bool, possible: bool) -> None:
    assert passkeys.possible(RequestFactory().get("/", headers={"host": host}, secure=secure)) == possible
