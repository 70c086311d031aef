"""The second step: nobody passes without, no code works twice, and nothing readable stands in the database."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from tests.factories import Town, town
from tests.house.addresses import ROUTES
from tests.rooms.at_once import at_once
from tests.rooms.signin.hands import FIRST, SECOND, SIGN_IN, Visitor, with_password

from nabij.audit.models import TrailEvent
from nabij.kernel.actor import acting
from nabij.kernel.refusals import BadInput, NotNow, Refusal
from nabij.kernel.secrets import seal, unseal
from nabij.signin import actions, codes, doors, marks, queries, totp
from nabij.signin.models import Factor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, 5, tzinfo=timezone.get_fixed_timezone(60))
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


# Codes, as they are computed


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code(SECRET, seconds // 30) == code  # RFC 6238, appendix B, its last six digits


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_differ_by_one_step(steps: int, good: bool) -> None:
    typed = totp.code(SECRET, totp.step_of(NOW) + steps)
    assert (totp.accept(SECRET, typed, now=NOW, after=0) is not None) == good


def test_a_code_is_good_once_and_an_older_one_never_after_it() -> None:
    step = totp.accept(SECRET, totp.code(SECRET, totp.step_of(NOW)), now=NOW, after=0)
    assert step == totp.step_of(NOW)
    for typed in (totp.code(SECRET, step), totp.code(SECRET, step - 1)):
        assert totp.accept(SECRET, typed, now=NOW, after=step) is None
    assert totp.accept(SECRET, totp.code(SECRET, step + 1), now=NOW, after=step) == step + 1


@pytest.mark.parametrize("typed", ["", " ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "null", "0" * 400, "12\n3456"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert totp.accept(SECRET, typed, now=NOW, after=0) is None


def test_spaces_in_a_code_do_not_matter() -> None:
    code = totp.code(SECRET, totp.step_of(NOW))
    assert totp.accept(SECRET, f" {code[:3]} {code[3:]} ", now=NOW, after=0)


def test_recovery_codes_are_many_and_differ_and_are_read_as_typed() -> None:
    made = codes.fresh()
    assert len(set(made)) == codes.MANY
    kept = [codes.hashed(one, worker="wim") for one in made]
    left = codes.without(kept, f" {made[3].upper().replace('-', ' ')} ", worker="wim")
    assert left is not None and len(left) == codes.MANY - 1
    assert codes.without(left, made[3], worker="wim") is None
    assert codes.without(kept, made[3], worker="another") is None
    assert codes.without(kept, "", worker="wim") is None


# Setting up, and signing in

OPEN = ("access:sign-in", "signin:first", "municipality-css", "access:language")


def test_a_worker_without_a_second_step_has_one_page_and_no_other(wim: Visitor) -> None:
    answer = wim.types_password(next="/gezinnen/")
    assert (answer.status_code, answer["Location"]) == (302, FIRST)
    tried = 0
    for name, parts in ROUTES:
        if name.split(":")[0] in ("ui",) or name in OPEN:
            continue
        address = doors_of(name, parts)
        for answer in (wim.get(address), wim.post(address)):
            assert answer.status_code in (302, 404, 405, 422), name
            assert answer.status_code != 302 or answer["Location"].startswith((SIGN_IN, FIRST, SECOND)), name
        wim.types_password(next="/gezinnen/")  # the sign-in page was one of them
        tried += 1
    assert tried > 60


def doors_of(name: str, parts: list[str]) -> str:
    from uuid import uuid4

    from django.urls import reverse

    known = {"number": 1, "other": 2, "slug": "x"}
    return reverse(name, kwargs={part: known.get(part, uuid4()) for part in parts})


def test_setting_up_lets_in_and_shows_the_codes_once(wim: Visitor) -> None:
    before = wim.types_password() and wim.client.session.session_key
    wim.sees_drawing()
    page = wim.get(FIRST).content.decode()
    assert 'src="data:image/svg+xml' in page and totp.in_fours(wim.secret) in page
    answer = wim.post(FIRST, {"code": wim.code()})
    shown = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", answer.content.decode())
    assert (answer.status_code, len(shown)) == (200, codes.MANY)
    assert "no-store" in answer["Cache-Control"]
    assert wim.is_in()
    assert wim.client.session.session_key != before
    assert wim.get(FIRST)["Location"] == "/"
    assert "signin.app" not in wim.client.session
    with acting(wim.by):
        assert queries.codes_left(by=wim.by) == codes.MANY


def test_a_wrong_first_code_sets_nothing_up(wim: Visitor) -> None:
    wim.types_password()
    wim.sees_drawing()
    wrong = f"{(int(wim.code()) + 1) % 10**6:06d}"
    assert wim.post(FIRST, {"code": wrong}).status_code == 422
    drawing = wim.secret
    wim.sees_drawing()
    assert wim.secret == drawing  # the app that scanned it still fits
    assert not wim.is_in()
    with acting(wim.by):
        assert queries.factors(by=wim.by) == []


def test_password_and_code_let_in_and_go_where_one_wanted(wim: Visitor) -> None:
    wim.sets_up()
    again = wim.elsewhere()
    assert again.types_password(next="/gezinnen/")["Location"] == SECOND
    assert not again.is_in()
    again.types_password(next="/gezinnen/")
    again.rests()
    assert again.post(SECOND, {"code": again.code()})["Location"] == "/gezinnen/"
    assert again.is_in()


@pytest.mark.parametrize("wanted", ["https://elders.example/", "//elders.example", "javascript:alert(1)", "\\\\x"])
def test_nobody_is_sent_elsewhere(wim: Visitor, wanted: str) -> None:
    wim.sets_up()
    again = wim.elsewhere()
    again.types_password(next=wanted)
    again.rests()
    assert again.post(SECOND, {"code": again.code()})["Location"] == "/"


def test_the_same_code_does_not_let_in_twice(wim: Visitor) -> None:
    wim.sets_up()
    one, other = wim.elsewhere(), wim.elsewhere()
    one.types_password()
    other.types_password()
    one.rests()
    code = one.code()
    assert one.post(SECOND, {"code": code}).status_code == 302
    assert other.post(SECOND, {"code": code}).status_code == 422
    assert not other.is_in()


def test_setting_up_ends_what_was_open_without(wim: Visitor, settings: Any) -> None:
    settings.NABIJ_SECOND_FACTOR = False
    before = wim.elsewhere()
    before.types_password()
    assert before.is_in()
    settings.NABIJ_SECOND_FACTOR = True
    wim.sets_up()
    settings.NABIJ_SECOND_FACTOR = False
    assert wim.is_in() and not before.is_in()


def test_who_set_up_a_second_step_cannot_set_up_another_with_the_password_alone(wim: Visitor) -> None:
    wim.sets_up()
    thief = wim.elsewhere()
    thief.types_password()
    assert thief.get(FIRST)["Location"] == SECOND
    thief.client.session["signin.app"] = seal(SECRET, use=queries.USE).decode()
    assert thief.post(FIRST, {"code": totp.code(SECRET, totp.step_of(timezone.now()))})["Location"] == SECOND
    assert not thief.is_in()


def test_the_second_step_alone_is_no_door(wim: Visitor) -> None:
    wim.sets_up()
    stranger = wim.elsewhere()
    for address in (FIRST, SECOND):
        assert stranger.get(address)["Location"] == SIGN_IN
        assert stranger.post(address, {"code": stranger.code()})["Location"] == SIGN_IN


def test_between_the_steps_ten_minutes_may_pass(wim: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    wim.sets_up()
    again, now = wim.elsewhere(), marks.clock()
    again.types_password()
    monkeypatch.setattr(marks, "clock", lambda: now + doors.MINUTES * 60 + 5)
    again.rests()
    assert again.post(SECOND, {"code": again.code()})["Location"] == SIGN_IN
    monkeypatch.setattr(marks, "clock", lambda: now - 3600)  # a clock that was set back opens nothing
    assert again.post(SECOND, {"code": again.code()})["Location"] == SIGN_IN


def test_a_password_that_changed_meanwhile_counts_as_none(wim: Visitor, here: Town) -> None:
    wim.sets_up()
    again = wim.elsewhere()
    again.types_password()
    with_password(here, "worker", "een heel ander wachtwoord")
    again.rests()
    assert again.post(SECOND, {"code": again.code()})["Location"] == SIGN_IN


def test_a_tab_of_somebody_else_signs_nobody_else_in(wim: Visitor, arne: Visitor) -> None:
    wim.sets_up()
    shared = wim.elsewhere()
    shared.types_password()
    shared.post(SIGN_IN, {"email": arne.user.email, "password": "een lang wachtwoord"})
    shared.rests()
    assert shared.post(SECOND, {"code": shared.code()}).status_code == 422  # Wim's code, Arne's turn
    assert not shared.is_in()


def test_a_recovery_code_lets_in_once_and_is_told(wim: Visitor) -> None:
    made = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", wim.sets_up().content.decode())
    for expected in (302, 422):
        again = wim.elsewhere()
        again.types_password()
        assert again.post(SECOND, {"code": made[0]}).status_code == expected
    with acting(wim.by):
        assert queries.codes_left(by=wim.by) == codes.MANY - 1
        assert TrailEvent.objects.filter(kind="signin.code_used", actor_id=wim.user.id).count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_at_once_use_a_code_once(real: None) -> None:
    here = town()
    wim = Visitor(with_password(here, "worker"))
    made = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", wim.sets_up().content.decode())
    wim.rests()
    code, now = wim.code(), timezone.now()

    def use(verb: Any, typed: str) -> Any:
        def used() -> str:
            with acting(wim.by):
                verb(by=wim.by, code=typed, now=now)
            return "in"

        return used

    for verb, typed in ((actions.use_app, code), (actions.use_code, made[0])):
        came = at_once(*[use(verb, typed)] * 4)
        assert came.count("in") == 1
        assert [type(one) for one in came if one != "in"] == [BadInput] * 3


# What stands in the database


def test_nothing_readable_stands_in_the_database(wim: Visitor) -> None:
    made = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", wim.sets_up().content.decode())
    with acting(wim.by):
        stored = b"".join(bytes(factor.secret) for factor in queries.factors(by=wim.by))
        opened = [queries.secret_of(factor) for factor in queries.factors(by=wim.by)]
    assert wim.secret.encode() not in stored and made[0].encode() not in stored
    assert {"secret": wim.secret} in opened
    assert made[0] not in str(opened) and made[0].replace("-", "") not in str(opened)
    for session in Session.objects.all():
        assert wim.secret not in str(session.get_decoded())


def test_the_key_of_notes_does_not_open_a_factor() -> None:
    sealed = seal("geheim", use=queries.USE)
    assert unseal(sealed, use=queries.USE) == "geheim"
    for use in ("", "iets anders"):
        with pytest.raises(Refusal):
            unseal(sealed, use=use)


def test_a_worker_sees_own_factors_alone(wim: Visitor, arne: Visitor, here: Town) -> None:
    wim.sets_up()
    for actor in (here.administrator, here.colleague, here.privacy_officer):
        with acting(actor), connection.cursor() as cursor:
            for table in ("signin_factor", "signin_signedin", "signin_invitation"):
                cursor.execute(f"select count(*) from {table} where worker_id = %s", [wim.user.id])
                assert cursor.fetchone()[0] == 0, table
                cursor.execute(
                    f"update {table} set municipality_id = municipality_id where worker_id = %s", [wim.user.id]
                )
                assert cursor.rowcount == 0
    with acting(here.colleague), connection.cursor() as cursor:
        for function in ("signin_reset(%s)", "signin_end_sessions(%s, '')"):
            cursor.execute(f"select {function}", [wim.user.id])
            assert cursor.fetchone()[0] == 0
        cursor.execute("select count(*) from signin_people(now())")
        assert cursor.fetchone()[0] == 0
    assert wim.is_in()


# Taking away


def test_the_last_one_stays_where_it_is_compulsory(wim: Visitor) -> None:
    wim.sets_up()
    with acting(wim.by):
        app = Factor.objects.get(worker_id=wim.user.id, kind="app")
        with pytest.raises(NotNow):
            actions.remove_factor(by=wim.by, factor=app.id, compulsory=True)
        actions.remove_factor(by=wim.by, factor=app.id, compulsory=False)
        assert queries.factors(by=wim.by) == []  # and the codes with it


def test_a_second_app_is_refused_in_a_sentence(wim: Visitor) -> None:
    wim.sets_up()
    now = timezone.now()
    with acting(wim.by), pytest.raises(NotNow, match="al een app"):
        actions.add_app(by=wim.by, secret=SECRET, code=totp.code(SECRET, totp.step_of(now)), now=now)


def test_new_codes_void_the_old_ones(wim: Visitor) -> None:
    wim.sets_up()
    with acting(wim.by):
        old = actions.make_codes(by=wim.by, now=timezone.now())
        new = actions.make_codes(by=wim.by, now=timezone.now())
        with pytest.raises(BadInput):
            actions.use_code(by=wim.by, code=old[0], now=timezone.now())
        assert actions.use_code(by=wim.by, code=new[0], now=timezone.now()) == codes.MANY - 1


# In the demo


def test_in_the_demo_it_is_not_asked_but_who_has_one_is(wim: Visitor, settings: Any) -> None:
    settings.NABIJ_SECOND_FACTOR = False
    assert wim.types_password()["Location"] == "/"
    assert wim.is_in()
    wim.sees_drawing("/mijn-aanmelding/app/")
    assert wim.post("/mijn-aanmelding/app/", {"code": wim.code()}).status_code == 200
    assert wim.elsewhere().types_password()["Location"] == SECOND


def test_a_session_of_before_ends_when_it_becomes_compulsory(wim: Visitor, settings: Any) -> None:
    settings.NABIJ_SECOND_FACTOR = False
    wim.types_password()
    assert wim.is_in()
    settings.NABIJ_SECOND_FACTOR = True
    assert wim.get("/")["Location"].startswith(SIGN_IN)
    settings.NABIJ_SECOND_FACTOR = False
    assert not wim.is_in()  # it is gone, not hidden


def test_a_session_that_came_along_no_door_is_none(wim: Visitor) -> None:
    wim.client.force_login(wim.user, backend=doors.BACKEND)
    assert wim.get("/")["Location"].startswith(SIGN_IN)


def test_outside_the_demo_nobody_is_picked_from_a_list(wim: Visitor) -> None:
    assert wim.post("/aanmelden/demo/", {"person": str(wim.user.id)}).status_code == 404
