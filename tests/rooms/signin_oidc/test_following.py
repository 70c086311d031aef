"""A session that a directory opened is asked again, and ends when the directory says so, at once when it sends word."""

import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
import requests
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from joserfc import jwt
from tests import directory as provider
from tests.directory import person
from tests.factories import town
from tests.rooms.signin_oidc.conftest import There, with_directory

from nabij.access import drafts
from nabij.audit.models import TrailEvent
from nabij.kernel.actor import acting
from nabij.kernel.secrets import unseal
from nabij.signin import marks
from nabij.signin.models import SignedIn
from nabij.signin.oidc import actions, asking, fetching, following, tokens
from nabij.signin.oidc.actions import visits as following_visits
from nabij.signin.oidc.actor import of_directory
from nabij.signin.oidc.models import Visit

pytestmark = pytest.mark.django_db
NOW = override_settings(NABIJ_DIRECTORY_MINUTES=0)


def visits(there: There) -> list[Visit]:
    with acting(of_directory(there.here.municipality.id)):
        return list(Visit.objects.filter(directory=there.directory))


def let_in(there: There) -> There:
    assert there.enter("wim").status_code == 302
    assert there.signed_in()
    return there


def ended(there: There) -> int:
    with acting(of_directory(there.here.municipality.id)):
        return TrailEvent.objects.filter(kind="signin.ended_there").count()


# Asked again


def test_a_session_goes_on_while_the_directory_says_yes(there: There) -> None:
    let_in(there)
    before = visits(there)[0]
    with NOW:
        assert there.signed_in()
        assert there.signed_in()  # the token for the next time is another one
    after = visits(there)[0]
    assert after.confirmed > before.confirmed
    assert bytes(after.refresh) != bytes(before.refresh)


def test_no_token_leaves_the_server(there: There) -> None:
    given = there.enter("wim")
    kept = dict(there.client.session.items())
    assert "eyJ" not in str(kept) + str(given.headers) + given.content.decode()
    refresh = unseal(bytes(visits(there)[0].refresh or b""), use="oidc")
    assert len(refresh) > 20
    assert refresh not in str(kept) + str(there.client.cookies)


def test_between_two_questions_nothing_is_asked(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in(there)
    monkeypatch.setattr(fetching, "refreshed", lambda *a, **k: pytest.fail("asked"))
    assert there.signed_in()


def test_who_was_put_out_there_is_out_here(there: There) -> None:
    let_in(there)
    there.running.change(person("wim", "Wim", email=there.here.users["worker"].email, closed=True, roles=["werker"]))
    assert there.signed_in()  # not asked yet
    with NOW:
        answer = there.client.get("/gezinnen/")
    assert answer["Location"] == "/aanmelden/?next=/gezinnen/"
    assert "De aanmelddienst heeft je sessie beëindigd" in there.client.get(answer["Location"]).content.decode()
    assert visits(there) == []
    assert ended(there) == 1


def test_what_was_being_typed_is_kept(there: There) -> None:
    let_in(there)
    there.running.change(person("wim", "Wim", email=there.here.users["worker"].email, closed=True, roles=["werker"]))
    with acting(there.here.worker):
        mine = drafts.owner_mark(there.here.worker)
    with NOW:
        answer = there.client.post(reverse("desk:add-worker"), {"name": "half getypt", "draft-owner": mine})
    assert answer["Location"].startswith("/aanmelden/?next=")
    assert "half getypt" in unseal(there.client.session["held"].encode())


def test_functions_follow_while_somebody_works(there: There) -> None:
    let_in(there)
    email = there.here.users["worker"].email
    there.running.change(person("wim", "Wim", email=email, roles=["werker-b"]))
    with NOW:
        assert there.signed_in()
    assert there.functions() == {("social_worker", ""), ("team", "Team B")}
    there.running.change(person("wim", "Wim", email=email, roles=[]))
    with NOW:
        assert not there.signed_in()
    assert there.functions() == set()


def test_of_two_requests_one_asks(there: There) -> None:
    let_in(there)
    visit, by, now = visits(there)[0], of_directory(there.here.municipality.id), timezone.now()
    with acting(by):
        asking = {"by": by, "visit": visit.id, "before": now, "now": now}
        assert following_visits.claim_asking(**asking)
        assert not following_visits.claim_asking(**asking)


def test_a_directory_that_is_down_for_a_while(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in(there)
    monkeypatch.setattr(
        "requests.Session.send", lambda *a, **k: (_ for _ in ()).throw(requests.ConnectionError("down"))
    )
    with NOW:
        assert there.signed_in()
        monkeypatch.setattr(following, "GRACE", timedelta(0))
        assert not there.signed_in()


def test_without_a_token_to_ask_with_a_session_is_short(there: There) -> None:
    let_in(there)
    with acting(of_directory(there.here.municipality.id)):
        Visit.objects.update(refresh=None)
    with NOW:
        assert there.signed_in()
        with override_settings(NABIJ_DIRECTORY_HOURS=0):
            assert not there.signed_in()


def test_a_directory_that_is_closed_or_a_worker_untied_ends_sessions(there: There) -> None:
    let_in(there)
    by = there.here.administrator
    with acting(by):
        actions.unlink(by=by, link=there.directory.links.get().id)
    assert not there.signed_in()
    again = let_in(There(there.here, there.directory, there.running))
    with acting(by):
        actions.open_or_close(by=by, directory=there.directory.id, is_open=False)
    assert not again.signed_in()


def test_a_session_of_a_password_is_never_asked(there: There) -> None:
    client = Client()
    client.force_login(there.here.users["worker"], backend="nabij.access.backends.EmailBackend")
    with NOW:
        assert client.get("/").status_code == 200


# Somebody left, says the directory


@pytest.fixture
def heard() -> Iterator[tuple[str, list[str]]]:
    """An address that hears what the provider says behind the browser's back, and what it heard."""
    said: list[str] = []

    class Listens(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said.append(parse_qs(body)["logout_token"][0])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Listens)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", said
    server.shutdown()
    server.server_close()


def left(there: There, token: str) -> int:
    address = reverse("oidc:left", args=[there.directory.id])
    return Client(enforce_csrf_checks=True).post(address, {"logout_token": token}).status_code


def test_who_signs_out_there_is_out_here(heard: tuple[str, list[str]]) -> None:
    address, said = heard
    with provider.running(people=[], logout=address) as running:
        here = town()
        running.change(person("wim", "Wim", email=here.users["worker"].email, roles=["werker"]))
        phone, laptop = with_directory(here, running), None
        let_in(phone)
        laptop = let_in(There(here, phone.directory, running))
        running.sign_out(laptop.browser)
        for _ in range(50):
            if said:
                break
            time.sleep(0.1)
        assert left(phone, said[0]) == 200
        assert not laptop.signed_in()
        assert phone.signed_in()  # another session there, and so another here
        with acting(here.worker):
            assert SignedIn.objects.filter(worker=here.users["worker"]).count() == 1
        assert left(phone, said[0]) == 200  # said twice: nothing left to end
        assert left(phone, said[0][:-9]) == 400


def forged(there: There, key: Any, **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": there.directory.issuer, "aud": there.directory.client, "sub": "wim", "iat": now, "jti": "x",
        "events": {tokens.LOGOUT: {}}, **changed,
    }  # fmt: skip
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def test_a_logout_that_nobody_signed_ends_nothing(there: There) -> None:
    let_in(there)
    for token in ("", "x", forged(there, provider.key("first")), forged(there, provider.key("unknown"))):
        assert left(there, token) == 400
    assert there.signed_in()


def test_an_old_logout_does_not_end_what_began_since() -> None:
    keys = provider.key("first")
    with provider.running(people=[], keys=[keys]) as running:
        here = town()
        running.change(person("wim", "Wim", email=here.users["worker"].email, roles=["werker"]))
        there = let_in(with_directory(here, running))
        assert left(there, forged(there, keys, iat=int(time.time()) - 250)) == 200
        assert there.signed_in()
        assert left(there, forged(there, keys, iat=int(time.time()) - 500)) == 400
        assert left(there, forged(there, keys, sub="somebody else")) == 200
        assert there.signed_in()
        assert left(there, forged(there, keys)) == 200
        assert not there.signed_in()


def test_a_directory_with_new_keys() -> None:
    with provider.running(people=[]) as first:
        here = town()
        port = int(first.issuer.rsplit(":", 1)[1])
        wim = person("wim", "Wim", email=here.users["worker"].email, roles=["werker"])
        first.change(wim)
        there = let_in(with_directory(here, first))
    with provider.running(people=[wim], keys=[provider.key("second")], port=port) as second:
        again = There(here, there.directory, second)
        assert fetching._kept  # the old keys are remembered
        let_in(again)


# To show again who one is


def test_to_show_again_who_one_is(there: There) -> None:
    let_in(there)
    page = there.client.get(reverse("signin:prove"), {"next": "/gezinnen/"}).content.decode()
    assert "Toon het opnieuw bij Entra ID" in page
    session = there.client.session
    mark = marks.of(session)
    assert mark
    marks.put(session, marks.Mark(mark.began, mark.seen, 0.0, mark.whole))
    session.save()
    address = there.leave(opnieuw="1", next="/gezinnen/")
    assert "prompt=login" in address and "max_age=0" in address
    back = there.running.visit(address, as_who="wim", browser=there.browser)
    assert there.back(back)["Location"] == "/gezinnen/"
    proved = marks.of(there.client.session)
    assert proved and proved.fresh(time.time())


def test_somebody_else_shows_who_he_is(there: There) -> None:
    let_in(there)
    there.running.change(person("eve", "Eve", roles=["werker"]))
    back = there.running.visit(there.leave(opnieuw="1"), as_who="eve")
    answer = there.back(back)
    assert answer.status_code == 400
    assert "Dit was iemand anders" in answer.content.decode()


def test_an_old_sign_in_does_not_show_who_one_is(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in(there)
    address = there.leave(opnieuw="1").replace("&prompt=login", "").replace("&max_age=0", "")
    later = tokens.SKEW + 5
    session = there.client.session
    asked = session["oidc.asked"]
    session["oidc.asked"] = {state: {**each, "at": each["at"] + later} for state, each in asked.items()}
    session.save()
    back = there.running.visit(address, as_who="wim", browser=there.browser)
    monkeypatch.setattr(asking, "time", SimpleNamespace(time=lambda: time.time() + later))
    assert "niet opnieuw getoond" in there.back(back).content.decode()
