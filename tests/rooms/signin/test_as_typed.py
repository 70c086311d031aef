"""Boxes for a password hide it, take what a safe pastes, and keep it exactly as it was typed, however long."""

import re
from pathlib import Path

import pytest
from tests.factories import PASSWORD
from tests.rooms.signin.hands import SIGN_IN, Visitor

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[3] / "src" / "nabij"
OUR_SCRIPTS = [file for file in SOURCE.glob("*/static/**/*.js") if "vendor" not in file.parts]
BOX = re.compile(r"<input[^>]*\bname=\"(password|old|new|again)\"[^>]*>")
LONG = " Één zin mét Hoofdletters, \t spaties en 🦔, " + "die zeer lang is; " * 10 + "en eindigt "


def boxes(page: str) -> list[str]:
    return [found.group() for found in BOX.finditer(page)]


def changes(visitor: Visitor, new: str) -> int:
    typed = {"old": PASSWORD, "new": new, "again": new}
    return visitor.post("/mijn-aanmelding/wachtwoord/", typed).status_code


def test_a_password_is_hidden_and_may_be_pasted(wim: Visitor) -> None:
    found = boxes(wim.get(SIGN_IN).content.decode())
    wim.sets_up()
    found += boxes(wim.get("/mijn-aanmelding/wachtwoord/").content.decode())
    found += boxes(wim.get("/bevestig/?next=/").content.decode())
    assert len(found) == 5
    for box in found:
        assert 'type="password"' in box and " value=" not in box
        assert re.search(r'autocomplete="(current|new)-password"', box), "a safe may fill it in"
        assert not re.search(r"maxlength|readonly|onpaste|pattern=", box)
    assert len(OUR_SCRIPTS) > 3
    assert not [file.name for file in OUR_SCRIPTS if re.search(r"\bpaste\b|clipboard", file.read_text())]


def test_a_password_is_what_was_typed(wim: Visitor) -> None:
    """Longer than any hash takes at once, with spaces at both ends: no sign is changed, left out or cut off."""
    assert len(LONG) > 128
    wim.sets_up()
    assert changes(wim, LONG) == 302
    wim.user.refresh_from_db()
    for other in (LONG.lstrip(), LONG[:-1], LONG[:64], LONG[:72], LONG[:128], LONG.replace("\t", " ")):
        assert not wim.user.check_password(other), other
    for other in (LONG.strip(), LONG.lower()):  # some tries are free
        assert wim.elsewhere().types_password(other).status_code == 422, other
    assert wim.elsewhere().types_password(LONG).status_code == 302


def test_a_password_of_spaces_counts_as_typed_too(wim: Visitor) -> None:
    wim.sets_up()
    new = "egeltje" + " " * 20
    assert changes(wim, new) == 302
    assert wim.elsewhere().types_password(new.strip()).status_code == 422
    assert wim.elsewhere().types_password(new).status_code == 302
