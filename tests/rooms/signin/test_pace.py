"""Whoever opens pages as only a machine does waits; a person at work never does, and nothing that was typed is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import Town, household
from tests.rooms.signin.hands import Visitor

from nabij.access import drafts
from nabij.access.models import Draft
from nabij.audit.models import TrailEvent
from nabij.kernel.actor import acting
from nabij.signin import marks, pace

pytestmark = pytest.mark.django_db
MINE = "/mijn-aanmelding/"


@pytest.fixture(autouse=True)
def nothing_counted(settings: Any) -> None:
    settings.NABIJ_PAGES_PER_HOUR = 20
    pace._counts.clear()


def told(visitor: Visitor) -> int:
    with acting(visitor.by):
        return TrailEvent.objects.filter(kind="signin.went_too_fast", about=f"access.user:{visitor.user.id}").count()


def opens(visitor: Visitor, many: int) -> list[int]:
    return [visitor.get(MINE).status_code for _ in range(many)]


def test_a_machine_waits_and_stands_in_the_trail_once(wim: Visitor) -> None:
    wim.sets_up()
    codes = opens(wim, 40)
    assert codes.index(429) > 5 and set(codes[codes.index(429) :]) == {429}
    assert told(wim) == 1
    page = wim.get(MINE).content.decode()
    assert "meer dan 20 bladzijden" in page and "Wat je typte, is bewaard." in page


def test_it_is_one_worker_who_waits(wim: Visitor, arne: Visitor) -> None:
    wim.sets_up()
    opens(wim, 40)
    assert arne.is_in()
    assert "zo veel bladzijden als alleen een machine doet" in arne.get(reverse("signin:people")).content.decode()


def test_after_the_hour_it_goes_on(wim: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    wim.sets_up()
    opens(wim, 40)
    now = marks.clock()
    monkeypatch.setattr(marks, "clock", lambda: now + pace.HOUR - 60)
    assert not wim.is_in()
    monkeypatch.setattr(marks, "clock", lambda: now + pace.HOUR + 1)
    assert wim.is_in()


def test_what_was_typed_stays_and_signing_out_works(wim: Visitor, here: Town) -> None:
    wim.sets_up()
    key = household(here)
    opens(wim, 40)
    address = reverse("desk:note-contact", args=[key])
    sent = {"channel": "phone", "words": "De boiler is stuk.", "draft-owner": drafts.owner_mark(wim.by)}
    assert wim.post(address, sent).status_code == 429
    wim.post("/mijn-aanmelding/wachtwoord/", {"old": "x", "new": "y", "again": "y"})
    with acting(wim.by):
        kept = drafts.kept(by=wim.by, key=address)
        assert Draft.objects.filter(worker_id=wim.user.id).count() == 1, "a password is no draft"
    assert kept and kept[0]["words"] == ["De boiler is stuk."]
    typed = {"draft-key": address, "words": "De boiler is stuk, en koud."}
    assert wim.post("/concept/", typed).status_code == 200
    assert wim.post("/afmelden/").status_code == 302


def test_a_page_asks_the_database_nothing_more_for_it(wim: Visitor, settings: Any) -> None:
    wim.sets_up()
    asked = []
    for most in (0, 10_000):
        settings.NABIJ_PAGES_PER_HOUR = most
        with CaptureQueriesContext(connection) as queries:
            wim.get(MINE)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_is_counted_is_forgotten() -> None:
    for n in range(50):
        assert pace.count(uuid4(), now=float(n)) == 1
    pace.count(uuid4(), now=float(3 * pace.HOUR))
    assert len(pace._counts) == 1
