"""Asking again: before what is sealed and what leaves the house; by no POST around it, and what was typed stays."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import PASSWORD, Town, household
from tests.rooms.signin.hands import Visitor

from nabij.casework import actions as casework
from nabij.casework.models import Note
from nabij.kernel.actor import acting
from nabij.signin import marks

pytestmark = pytest.mark.django_db
TOLD = "Wat ze alleen aan mij vertelde"


@pytest.fixture
def home(here: Town) -> Any:
    key = household(here)
    by, now = here.worker, timezone.now()
    with acting(by):
        casework.open_case(by=by, household=key, on=here.today, now=now)
        casework.write_note(
            by=by, household=key, kind="sealed", text="eerder verteld", about_on=here.today, now=now, today=here.today
        )
    return key


@pytest.fixture
def a_while_ago(wim: Visitor, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Visitor:
    """Wim signed in a while ago, and the session goes on."""
    wim.sets_up()
    now = marks.clock()
    monkeypatch.setattr(marks, "clock", lambda: now + settings.NABIJ_PROOF_MINUTES * 60 + 1)
    return wim


def sealed_of(here: Town) -> Any:
    with acting(here.worker):
        return Note.objects.get(kind="sealed")


def typed(kind: str, here: Town) -> dict[str, str]:
    return {"kind": kind, "text": TOLD, "about_on": here.today.isoformat()}


def test_within_minutes_nothing_is_asked(wim: Visitor, here: Town, home: Any) -> None:
    wim.sets_up()
    address = reverse("casework:note-sealed", args=[home, sealed_of(here).id])
    assert wim.get(address).status_code == 200
    assert "eerder verteld" in wim.post(address).content.decode()
    assert wim.post(reverse("casework:note-add", args=[home]), typed("sealed", here)).status_code == 302
    assert wim.post(reverse("oversight:list", args=[home]), {"language": "nl"}).status_code in (200, 422)


@pytest.mark.parametrize("name", ["casework:note-sealed", "oversight:list"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_while_later_it_is_asked_also_by_post(
    a_while_ago: Visitor, here: Town, home: Any, name: str, method: str
) -> None:
    args = [home, sealed_of(here).id] if name == "casework:note-sealed" else [home]
    address = reverse(name, args=args)
    answer = getattr(a_while_ago, method)(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/bevestig/?next=")
    assert "eerder verteld" not in answer.content.decode()
    answer = a_while_ago.post("/bevestig/", {"password": PASSWORD, "next": address})
    assert answer["Location"] == address
    assert a_while_ago.get(address).status_code == 200


def test_what_was_typed_of_a_sealed_note_stays(a_while_ago: Visitor, here: Town, home: Any) -> None:
    address = reverse("casework:note-add", args=[home])
    a_while_ago.get(address)
    answer = a_while_ago.post(address, typed("sealed", here) | {"draft-key": address})
    assert answer["Location"] == f"/bevestig/?next={address.replace('/', '%2F')}"
    with acting(here.worker):
        assert Note.objects.filter(kind="sealed").count() == 1  # the earlier one
    assert a_while_ago.post("/bevestig/", {"code": fresh(a_while_ago), "next": address})["Location"] == address
    page = a_while_ago.get(address).content.decode()
    assert TOLD in page
    assert a_while_ago.post(address, typed("sealed", here)).status_code == 302
    with acting(here.worker):
        assert Note.objects.filter(kind="sealed").count() == 2


def fresh(visitor: Visitor) -> str:
    visitor.rests()
    return visitor.code()


def test_a_note_for_the_team_asks_nothing(a_while_ago: Visitor, here: Town, home: Any) -> None:
    answer = a_while_ago.post(reverse("casework:note-add", args=[home]), typed("shared", here))
    assert answer["Location"].endswith("#notes")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"password": "verkeerd"},
        {"code": "000000"},
        {"credential": "{}"},
        {"credential": "geen json"},
        {"password": "", "code": "", "credential": ""},
        {"proved": "1", "whole": "1"},
        {"code": "aaaaa-aaaaa"},
    ],
)
def test_what_proves_nothing_opens_nothing(a_while_ago: Visitor, here: Town, home: Any, sent: dict[str, str]) -> None:
    address = reverse("casework:note-sealed", args=[home, sealed_of(here).id])
    assert a_while_ago.post("/bevestig/", {**sent, "next": address}).status_code == 422
    assert a_while_ago.get(address).status_code == 302


def test_the_proof_of_a_colleague_is_none(a_while_ago: Visitor, arne: Visitor, home: Any) -> None:
    assert a_while_ago.post("/bevestig/", {"code": fresh(arne)}).status_code == 422


def test_guessing_is_counted_here_too(a_while_ago: Visitor) -> None:
    statuses = [a_while_ago.post("/bevestig/", {"password": "gok"}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert a_while_ago.post("/bevestig/", {"password": PASSWORD}).status_code == 429
    assert a_while_ago.post("/bevestig/", {"code": fresh(a_while_ago)}).status_code == 302  # codes count by themselves


@pytest.mark.parametrize("wanted", ["https://elders.example/", "//elders.example"])
def test_it_sends_nobody_elsewhere(a_while_ago: Visitor, wanted: str) -> None:
    assert a_while_ago.post("/bevestig/", {"password": PASSWORD, "next": wanted})["Location"] == "/"
    page = a_while_ago.get(f"/bevestig/?next={wanted}").content.decode()
    assert wanted not in page


def test_a_referer_of_elsewhere_is_no_way_back(a_while_ago: Visitor, here: Town, home: Any) -> None:
    address = reverse("casework:note-add", args=[home])
    for said, back in (("https://elders.example/x/", address), ("http://testserver/onthaal/?a=1", "/onthaal/?a=1")):
        answer = a_while_ago.post(address, typed("sealed", here), HTTP_REFERER=said)
        assert unquote(answer["Location"]) == f"/bevestig/?next={back}"


def test_a_second_tab_need_not_prove_it_again(a_while_ago: Visitor, here: Town, home: Any) -> None:
    address = reverse("casework:note-sealed", args=[home, sealed_of(here).id])
    a_while_ago.post("/bevestig/", {"password": PASSWORD})
    assert a_while_ago.get(address).status_code == 200
    assert a_while_ago.post("/bevestig/", {"password": PASSWORD}).status_code == 302  # the page of the first tab


def test_own_factors_are_changed_after_asking_again(a_while_ago: Visitor) -> None:
    for address in ("/mijn-aanmelding/app/", "/mijn-aanmelding/sleutel/"):
        assert a_while_ago.get(address)["Location"].startswith("/bevestig/")
    for address in ("/mijn-aanmelding/herstelcodes/", f"/mijn-aanmelding/weg/{a_while_ago.user.id}/"):
        assert a_while_ago.post(address)["Location"].startswith("/bevestig/")


def test_in_the_demo_a_plain_yes_is_enough_and_it_is_asked(
    wim: Visitor, settings: Any, monkeypatch: pytest.MonkeyPatch, home: Any, here: Town
) -> None:
    settings.NABIJ_SECOND_FACTOR = False
    wim.types_password()
    now = marks.clock()
    monkeypatch.setattr(marks, "clock", lambda: now + settings.NABIJ_PROOF_MINUTES * 60 + 1)
    address = reverse("casework:note-sealed", args=[home, sealed_of(here).id])
    assert wim.get(address)["Location"].startswith("/bevestig/")
    assert "Ja, ik ben het" in wim.get("/bevestig/").content.decode()
    assert wim.post("/bevestig/", {"next": address})["Location"] == address
    assert wim.get(address).status_code == 200


def test_outside_the_demo_a_plain_yes_is_not_enough(a_while_ago: Visitor) -> None:
    assert "Ja, ik ben het" not in a_while_ago.get("/bevestig/").content.decode()
    assert a_while_ago.post("/bevestig/", {"next": "/"}).status_code == 422


def test_a_clock_set_back_is_no_proof(wim: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    wim.sets_up()
    now = marks.clock()
    monkeypatch.setattr(marks, "clock", lambda: now - 3600)
    assert wim.get("/mijn-aanmelding/app/")["Location"].startswith("/bevestig/")
