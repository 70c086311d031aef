"""Whatever colour a municipality chooses, everything that is drawn from it can be read."""

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from nabij.ui import views
from nabij.ui.colours import contrast, parse, tokens

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
FIXED = (Path(views.__file__).parent / "static" / "ui" / "tokens.css").read_text()
LIGHT, DARK = (dict(re.findall(r"--(n-[a-z-]+): (#[0-9a-f]{3,6});", part)) for part in FIXED.split("@media", 1))


def ratio(one: str, other: str) -> float:
    return contrast(parse(full(one)), parse(full(other)))


def full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * part for part in colour[1:])


@given(COLOURS)
@settings(max_examples=500, deadline=None)
def test_text_in_any_colour_can_be_read(colour: str) -> None:
    made = tokens(colour)
    for prefix, fixed in (("", LIGHT), ("dark-", DARK)):
        primary, strong, soft = (made[f"{prefix}primary{part}"] for part in ("", "-strong", "-soft"))
        for text, ground in [
            *((primary, ground) for ground in (fixed["n-paper"], fixed["n-ground"], soft)),
            *((strong, ground) for ground in (fixed["n-paper"], soft)),
            *((fixed["n-on-primary"], ground) for ground in (primary, strong)),
            *((text, soft) for text in (fixed["n-ink"], fixed["n-quiet"])),
        ]:
            assert ratio(text, ground) >= 4.5, (prefix, text, ground)


@pytest.mark.parametrize("fixed", [LIGHT, DARK], ids=["light", "dark"])
def test_fixed_colours_can_be_read(fixed: dict[str, str]) -> None:
    for kind in ("good", "warn", "bad"):
        assert ratio(fixed[f"n-{kind}"], fixed[f"n-{kind}-soft"]) >= 4.5
        assert ratio(fixed[f"n-{kind}"], fixed["n-paper"]) >= 4.5
        assert ratio(fixed["n-ink"], fixed[f"n-{kind}-soft"]) >= 4.5
        assert ratio(fixed["n-focus"], fixed[f"n-{kind}-soft"]) >= 3
    for ground in (fixed["n-paper"], fixed["n-ground"]):
        assert ratio(fixed["n-ink"], ground) >= 7
        assert ratio(fixed["n-quiet"], ground) >= 4.5
        assert ratio(fixed["n-focus"], ground) >= 3
    assert ratio(fixed["n-on-bad"], fixed["n-bad"]) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(parse("#000000"), parse("#ffffff")) == pytest.approx(21)
    assert contrast(parse("#767676"), parse("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("asked", ["", "?kleur=", "?kleur=zzzzzz", "?kleur=fff", "?kleur=000000}*{display:none"])
def test_what_is_no_colour_becomes_that_of_the_house(asked: str) -> None:
    house = views.stylesheet(views.HOUSE).content
    answer = views.municipality_css(RequestFactory().get(f"/stijl/lindegem.css{asked}"), slug="lindegem")
    assert answer.content == house
    assert answer["Content-Type"] == "text/css"


def test_the_stylesheet_follows_the_colour() -> None:
    answer = views.municipality_css(RequestFactory().get("/stijl/mol.css?kleur=8A1538"), slug="mol")
    assert f"--n-primary:{tokens('#8a1538')['primary']};" in answer.content.decode()
    assert answer.content != views.stylesheet(views.HOUSE).content
