"""Invitations that end, a lost second step, and the command line."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.factories import PASSWORD, Town, town
from tests.rooms.signin.hands import FIRST, SECOND, Visitor

from nabij.access.models import User
from nabij.kernel.actor import acting
from nabij.kernel.refusals import BadInput, NotNow
from nabij.signin import actions, queries
from nabij.signin.actions.accounts import mark_of

pytestmark = pytest.mark.django_db
NEW = "een heel eigen wachtwoord"


def invitation(here: Town, role: str = "desk", days: int = 7) -> str:
    with acting(here.administrator):
        return actions.invite(by=here.administrator, worker=here.users[role].id, days=days, now=timezone.now())


def chosen(password: str = NEW) -> dict[str, str]:
    return {"new": password, "again": password}


def test_somebody_new_chooses_a_password_and_a_second_step(here: Town) -> None:
    visitor = Visitor(here.users["desk"])
    link = f"/uitnodiging/{invitation(here)}/"
    page = visitor.get(link)
    assert page.status_code == 200
    assert "Dora Onthaal" in page.content.decode() and "no-store" in page["Cache-Control"]
    assert visitor.post(link, chosen())["Location"] == FIRST
    assert not visitor.is_in()
    visitor.post(link, chosen("nog een ander wachtwoord"))
    visitor.types_password(NEW)
    visitor.sees_drawing()
    assert visitor.post(FIRST, {"code": visitor.code()}).status_code == 200
    assert visitor.is_in()


def test_an_invitation_is_good_once(here: Town) -> None:
    link = f"/uitnodiging/{invitation(here)}/"
    Visitor(here.users["desk"]).post(link, chosen())
    other = Visitor(here.users["desk"])
    assert other.get(link).status_code == 404
    assert other.post(link, chosen("van iemand anders")).status_code == 404
    assert other.types_password("van iemand anders").status_code == 422


@pytest.mark.parametrize("how", ["ended", "withdrawn", "closed", "changed", "never"])
def test_an_invitation_that_is_over_answers_as_one_that_never_was(here: Town, how: str) -> None:
    token, visitor = invitation(here), Visitor(here.users["desk"])
    desk = here.users["desk"]
    with acting(here.administrator):
        if how == "ended":
            token = actions.invite(
                by=here.administrator, worker=desk.id, days=7, now=timezone.now() - timedelta(days=8)
            )
        elif how == "withdrawn":
            actions.invite(by=here.administrator, worker=desk.id, days=7, now=timezone.now())
        elif how == "closed":
            actions.close_account(by=here.administrator, worker=desk.id, now=timezone.now())
        elif how == "never":
            token = token[:-1] + ("A" if token[-1] != "A" else "B")
    if how == "changed":
        visitor.post(f"/uitnodiging/{token}/", chosen())
    answer = Visitor(desk).get(f"/uitnodiging/{token}/")
    assert answer.status_code == 404
    assert "al gebruikt of verlopen" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"), [(chosen("kort"), "te kort"), ({"new": NEW, "again": "x"}, "niet hetzelfde")]
)
def test_a_bad_password_leaves_the_invitation_open(here: Town, typed: dict[str, str], said: str) -> None:
    link, visitor = f"/uitnodiging/{invitation(here)}/", Visitor(here.users["desk"])
    answer = visitor.post(link, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert visitor.post(link, chosen()).status_code == 302


def test_only_a_hash_of_the_link_is_kept(here: Town) -> None:
    from django.db import connection

    token = invitation(here)
    with acting(queries.actor_of(here.users["desk"])), connection.cursor() as cursor:
        cursor.execute("select * from signin_invitation")
        stored = str(cursor.fetchall())
    assert token not in stored and mark_of(token) in stored


def test_a_forgotten_password_does_not_take_the_second_step_along(wim: Visitor, here: Town) -> None:
    wim.sets_up()
    other = wim.elsewhere()
    assert other.post(f"/uitnodiging/{invitation(here, 'worker')}/", chosen())["Location"] == SECOND
    assert not other.is_in()
    assert not wim.is_in()  # every session of before ended
    other.rests()
    other.types_password(NEW)
    assert other.post(SECOND, {"code": other.code()}).status_code == 302
    assert wim.elsewhere().types_password(PASSWORD).status_code == 422


def test_a_colleague_is_invited_and_no_stranger(here: Town) -> None:
    there = town("Elders")
    with acting(here.administrator):
        for worker in (there.users["desk"].id, there.municipality.id):
            for verb, more in (
                (actions.invite, {"days": 7, "now": timezone.now()}),
                (actions.reset_factors, {}),
                (actions.close_account, {"now": timezone.now()}),
            ):
                with pytest.raises(NotNow):
                    verb(by=here.administrator, worker=worker, **more)


def test_a_lost_second_step_is_wiped_and_told(wim: Visitor, arne: Visitor, here: Town) -> None:
    wim.sets_up()
    address = f"/beheer/aanmelden/{wim.user.id}/"
    assert "app met codes" in arne.get("/beheer/aanmelden/").content.decode()
    assert arne.post(address, {"do": "reset"}).status_code == 302
    assert not wim.is_in()
    assert wim.types_password()["Location"] == FIRST
    wim.sees_drawing()
    wim.post(FIRST, {"code": wim.code()})
    told = "Arne Beheer wiste de tweede stap van een medewerker"
    assert told in wim.get("/mijn-aanmelding/").content.decode()
    for role in ("privacy_officer", "administrator"):
        with acting(getattr(here, role)):
            found = queries.happenings(by=getattr(here, role), now=timezone.now(), everybody=True)
        assert [one.whose for one in found if told in one.sentence] == ["Wim Werker"]
    assert arne.post(address, {"do": "reset"}).status_code == 302
    assert arne.post(address, {"do": "reset"}).status_code == 409  # there is none


def test_nobody_wipes_or_closes_his_own(arne: Visitor) -> None:
    for wanted in ("reset", "close"):
        assert arne.post(f"/beheer/aanmelden/{arne.user.id}/", {"do": wanted}).status_code == 409
    assert arne.is_in()
    assert arne.post(f"/beheer/aanmelden/{arne.user.id}/", {"do": "iets"}).status_code == 422


def test_the_link_is_shown_once_and_works(arne: Visitor, here: Town) -> None:
    address = f"/beheer/aanmelden/{here.users['desk'].id}/"
    page = arne.post(address, {"do": "invite"}).content.decode()
    link = re.search(r"<code>http://testserver(/uitnodiging/[\w-]{43}/)</code>", page)
    assert link
    assert "/uitnodiging/" not in arne.get(address).content.decode()
    assert Visitor(here.users["desk"]).post(link[1], chosen())["Location"] == FIRST


@pytest.mark.parametrize("role", ["worker", "privacy_officer", "director", "coordinator"])
def test_the_pages_of_the_administrator_are_closed_to_others(here: Town, role: str, settings: Any, client: Any) -> None:
    settings.NABIJ_SECOND_FACTOR = False
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    assert client.get("/beheer/aanmelden/").status_code == 403
    assert client.post(f"/beheer/aanmelden/{here.users['desk'].id}/", {"do": "invite"}).status_code == 403
    assert client.get("/privacy/aanmelden/").status_code == (200 if role == "privacy_officer" else 403)


def test_a_password_is_checked_by_the_verb_as_well(here: Town) -> None:
    desk = queries.actor_of(here.users["desk"])
    token = invitation(here)
    with acting(desk), pytest.raises(BadInput) as refused:
        actions.use_invitation(by=desk, token=token, password="kort", now=timezone.now())
    assert refused.value.field == "new"
    with acting(desk):
        assert not User.objects.get(id=desk.id).has_usable_password()


# At the command line


@pytest.fixture
def nabij(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    from click.testing import CliRunner

    from nabij.config.cli import cli

    monkeypatch.setenv("NABIJ_VAR", str(tmp_path / "var"))

    def run(words: str) -> Any:
        done = CliRunner().invoke(cli, words.split())
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done

    return run


def test_the_command_line_invites_wipes_and_closes(here: Town, wim: Visitor, nabij: Any) -> None:
    of = f"--municipality {here.municipality.slug} --email {wim.user.email}"
    wim.sets_up()
    assert "nieuwe tweede stap" in nabij(f"user reset-factor {of}").output
    assert not wim.is_in()
    again = nabij(f"user reset-factor {of}")
    assert again.exit_code != 0 and "geen tweede stap" in again.output
    link = re.search(
        r"https://nabij.test(/uitnodiging/[\w-]{43}/)", nabij(f"user invite {of} --address https://nabij.test/").output
    )
    assert link
    assert wim.elsewhere().post(link[1], chosen())["Location"] == FIRST
    wim.sets_up_with(NEW)
    assert wim.is_in()
    assert "gesloten" in nabij(f"user close {of}").output
    assert not wim.is_in()
    assert "weer open" in nabij(f"user close {of} --open").output
    unknown = nabij(f"user invite --municipality {here.municipality.slug} --email niemand@example.org")
    assert unknown.exit_code != 0 and "heeft hier geen account" in unknown.output
