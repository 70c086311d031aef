"""Sessions: a new key at sign-in, an end, a list that is one's own, and nobody in who does not work here any more."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.factories import PASSWORD, Town
from tests.rooms.signin.hands import SIGN_IN, Visitor

from nabij.access import actions as access
from nabij.access.models import Post, User
from nabij.audit.models import TrailEvent
from nabij.config import guesses
from nabij.kernel.actor import acting
from nabij.kernel.refusals import Denied, NotNow
from nabij.signin import actions, browsers, marks, queries
from nabij.signin.models import Invitation, SignedIn

pytestmark = pytest.mark.django_db
MINE = "/mijn-aanmelding/"


@pytest.fixture
def both(wim: Visitor) -> tuple[Visitor, Visitor]:
    """The same worker at two browsers."""
    wim.sets_up()
    other = wim.elsewhere()
    other.client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1"
    other.signs_in()
    return wim, other


def later(monkeypatch: pytest.MonkeyPatch, **ago: float) -> None:
    now = marks.clock()
    monkeypatch.setattr(marks, "clock", lambda: now + timedelta(**ago).total_seconds())


def test_a_key_that_was_planted_is_not_the_key_of_the_session(wim: Visitor) -> None:
    wim.get(SIGN_IN)
    wim.client.post("/bestaat-niet/", {"draft-owner": "x"})
    planted = wim.client.session
    planted["planted"] = True
    planted.save()
    wim.client.cookies["nabij"] = planted.session_key
    keys = [planted.session_key]
    wim.types_password()
    keys.append(wim.client.session.session_key)
    wim.sees_drawing()
    wim.post("/aanmelden/tweede-stap/instellen/", {"code": wim.code()})
    keys.append(wim.client.session.session_key)
    assert len(set(keys)) == 3
    thief = wim.elsewhere()
    for key in keys[:2]:
        assert not Session.objects.filter(session_key=key).exists()
        thief.client.cookies["nabij"] = key
        assert not thief.is_in()


def test_the_list_says_where_in_plain_words(both: tuple[Visitor, Visitor]) -> None:
    here, _there = both
    page = here.get(MINE).content.decode()
    assert "Firefox op Windows" in page and "Safari op iPhone" in page
    assert page.count("dit toestel") == 1
    assert page.count("/mijn-aanmelding/toestel/") == 1  # one's own session has no button: that is signing out


def test_one_is_ended_and_the_other_goes_on(both: tuple[Visitor, Visitor]) -> None:
    here, there = both
    with acting(here.by):
        row = SignedIn.objects.get(browser="Safari op iPhone")
    assert here.post(f"/mijn-aanmelding/toestel/{row.id}/").status_code == 302
    assert not there.is_in()
    assert here.is_in()
    assert here.post(f"/mijn-aanmelding/toestel/{row.id}/").status_code == 409


def test_all_others_end_at_once(both: tuple[Visitor, Visitor]) -> None:
    here, there = both
    here.post("/mijn-aanmelding/toestellen/")
    assert here.is_in() and not there.is_in()


def test_nobody_ends_the_session_of_another(both: tuple[Visitor, Visitor], here: Town) -> None:
    wim, other = both
    with acting(wim.by):
        rows = list(SignedIn.objects.filter(worker_id=wim.user.id))
    with acting(here.colleague):
        for row in rows:
            with pytest.raises(NotNow):
                actions.end_session(by=here.colleague, session=row.id)
        assert actions.end_others(by=here.colleague, kept="", worker=wim.user.id) == 0
    assert wim.is_in() and other.is_in()


def test_a_new_password_ends_the_others_and_keeps_this_one(both: tuple[Visitor, Visitor]) -> None:
    here, there = both
    new = "een nog langer wachtwoord"
    before = here.client.session.session_key
    answer = here.post("/mijn-aanmelding/wachtwoord/", {"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 302
    assert here.client.session.session_key != before
    assert here.is_in() and not there.is_in()
    assert "dit toestel" in here.get(MINE).content.decode()
    assert here.elsewhere().types_password().status_code == 422
    assert here.elsewhere().types_password(new).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"old": "iets anders", "new": "lang genoeg is dit", "again": "lang genoeg is dit"},
            "niet je wachtwoord van nu",
        ),
        ({"old": PASSWORD, "new": "kort", "again": "kort"}, "te kort"),
        ({"old": PASSWORD, "new": "lang genoeg is dit", "again": "lang genoeg is dat"}, "niet hetzelfde"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "hetzelfde wachtwoord"),
        ({}, "verplicht"),
    ],
)
def test_a_password_that_cannot_be_is_told_beside_the_box(wim: Visitor, typed: dict[str, str], said: str) -> None:
    wim.sets_up()
    answer = wim.post("/mijn-aanmelding/wachtwoord/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert wim.elsewhere().types_password().status_code == 302


def test_an_open_browser_is_no_place_to_guess_the_old_password(wim: Visitor) -> None:
    wim.sets_up()
    typed = {"old": "gok", "new": "lang genoeg is dit", "again": "lang genoeg is dit"}
    statuses = [wim.post("/mijn-aanmelding/wachtwoord/", typed).status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


def test_a_factor_that_is_taken_away_or_added_ends_the_others(both: tuple[Visitor, Visitor], settings: Any) -> None:
    here, there = both
    settings.NABIJ_SECOND_FACTOR = False
    with acting(here.by):
        app = next(f for f in queries.factors(by=here.by) if f.kind == "app")
    assert here.post(f"/mijn-aanmelding/weg/{app.id}/").status_code == 302
    assert here.is_in() and not there.is_in()
    there.types_password()
    assert there.is_in()
    here.sees_drawing("/mijn-aanmelding/app/")
    assert here.post("/mijn-aanmelding/app/", {"code": here.code()}).status_code == 200
    assert here.is_in() and not there.is_in()


def test_a_session_that_rests_ends(wim: Visitor, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    wim.sets_up()
    with monkeypatch.context() as moment:
        later(moment, minutes=settings.NABIJ_IDLE_MINUTES - 1)
        assert wim.is_in()
        later(moment, minutes=settings.NABIJ_IDLE_MINUTES - 1)
        assert wim.is_in()  # used meanwhile
        later(moment, minutes=settings.NABIJ_IDLE_MINUTES + 1)
        assert not wim.is_in()
    assert not wim.is_in()  # it is gone, also when the clock is set back


def test_a_session_ends_after_a_day_however_busy(wim: Visitor, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    wim.sets_up()
    for _ in range(settings.NABIJ_SESSION_HOURS * 2):
        assert wim.is_in()
        later(monkeypatch, minutes=30)
    later(monkeypatch, minutes=1)
    assert not wim.is_in()


def test_an_account_that_is_closed_is_out_at_once(wim: Visitor, here: Town) -> None:
    wim.sets_up()
    with acting(here.administrator):
        actions.close_account(by=here.administrator, worker=wim.user.id, now=timezone.now())
    assert not wim.is_in()
    assert wim.elsewhere().types_password().status_code == 422
    with acting(here.administrator):
        with pytest.raises(NotNow):
            actions.close_account(by=here.administrator, worker=wim.user.id, now=timezone.now())
        actions.open_account(by=here.administrator, worker=wim.user.id)
    assert wim.elsewhere().types_password().status_code == 302


def test_an_account_that_somebody_switched_off_by_hand_is_out_at_once(wim: Visitor, here: Town) -> None:
    wim.sets_up()
    with acting(here.operator):
        User.objects.filter(id=wim.user.id).update(is_active=False)
    assert not wim.is_in()


def test_who_has_no_function_any_more_has_no_page(wim: Visitor, here: Town) -> None:
    wim.sets_up()
    with acting(here.administrator):
        post = Post.objects.get(worker_id=wim.user.id)
        access.end_post(by=here.administrator, post=post.id, on=here.today)
    for address in ("/", "/gezinnen/", MINE, "/mijn-aanmelding/app/", f"/gezin/{wim.user.id}/"):
        answer = wim.get(address)
        assert answer.status_code == 403, address
        assert "geen functie meer" in answer.content.decode()
    assert wim.post("/afmelden/").status_code == 302


@pytest.mark.parametrize("role", ["worker", "privacy_officer", "director"])
def test_only_the_administrator_closes_and_invites_and_wipes(wim: Visitor, here: Town, role: str) -> None:
    by, other = getattr(here, role), here.users["colleague"].id
    with acting(by):
        for verb, more in (
            (actions.close_account, {"now": timezone.now()}),
            (actions.open_account, {}),
            (actions.reset_factors, {}),
            (actions.invite, {"days": 7, "now": timezone.now()}),
        ):
            with pytest.raises(Denied):
                verb(by=by, worker=other, **more)


def test_signing_in_is_in_the_trail_of_who_did(wim: Visitor) -> None:
    wim.sets_up()
    with acting(wim.by):
        assert TrailEvent.objects.filter(kind="signin.signed_in", actor_id=wim.user.id).count() == 1
        said = [one.sentence for one in queries.happenings(by=wim.by, now=timezone.now())]
    assert "Wim Werker meldde zich aan." in said and "Wim Werker stelde een tweede stap in." in said


def test_what_was_typed_survives_a_lost_session_and_the_second_step(wim: Visitor, here: Town) -> None:
    from nabij.access import drafts

    wim.sets_up()
    typed = {"text": "half getypt", "draft-key": "een pagina", "draft-owner": drafts.owner_mark(wim.by)}
    lost = wim.elsewhere()
    assert lost.post("/gezinnen/", typed)["Location"].startswith(SIGN_IN)
    lost.signs_in()
    with acting(wim.by):
        kept = drafts.kept(by=wim.by, key="een pagina")
    assert kept and kept[0] == {"text": ["half getypt"]}


def test_what_is_over_goes(both: tuple[Visitor, Visitor], here: Town) -> None:
    wim, other = both
    wim.post("/afmelden/")
    now = timezone.now()
    with acting(here.administrator):
        actions.invite(by=here.administrator, worker=here.users["desk"].id, days=7, now=now - timedelta(days=60))
        actions.invite(by=here.administrator, worker=here.users["bridge_figure"].id, days=7, now=now)
    guesses.forget(now)
    assert other.is_in() and not wim.is_in()
    with acting(wim.by):
        assert SignedIn.objects.filter(worker_id=wim.user.id).count() == 1
    for role, left in (("desk", 0), ("bridge_figure", 1)):
        by = queries.actor_of(here.users[role])
        with acting(by):
            assert Invitation.objects.filter(worker_id=by.id).count() == left


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0", "Edge op Windows"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537 Chrome/140.0 Mobile Safari/537", "Chrome op Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) AppleWebKit/605 Version/19 Safari/605", "Safari op Mac"),
        ("curl/8", "een onbekende browser"),
        ("", "een onbekende browser"),
        ("<script>alert(1)</script>" * 99, "een onbekende browser"),
    ],
)
def test_a_browser_in_plain_words(said: str, words: str) -> None:
    assert browsers.in_words(said) == words
