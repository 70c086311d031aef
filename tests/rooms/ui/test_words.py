"""Dates, amounts and lists as people write them, in each language."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from nabij.ui.templatetags import nabij_text as text

TODAY = date(2026, 11, 21)
AFTERNOON = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)  # half past two in Brussels


def plain(written: str) -> str:
    return written.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "day", "moment", "euro", "names"),
    [
        ("nl", "di 24 nov.", "di 24 nov., 14.30 u.", "€ 1.367,34", "Ayşe, Tom en Noor"),
        ("fr", "mar. 24 nov.", "mar. 24 nov., 14 h 30", "1 367,34 €", "Ayşe, Tom et Noor"),
        ("en", "Tue 24 Nov", "Tue 24 Nov, 14:30", "€ 1,367.34", "Ayşe, Tom and Noor"),
    ],
)
def test_each_language(language: str, day: str, moment: str, euro: str, names: str) -> None:
    with translation.override(language):
        assert text.day(AFTERNOON, TODAY) == day
        assert plain(text.moment(AFTERNOON, TODAY)) == moment
        assert plain(text.euro(Decimal("1367.34"))) == euro
        assert text.enumerate_names(["Ayşe", "Tom", "Noor"]) == names


def test_a_full_hour_has_no_minutes() -> None:
    assert text.clock(datetime(2026, 11, 24, 13, 0, tzinfo=UTC)) == "14 u."


def test_a_month_that_is_not_shortened_has_no_dot() -> None:
    assert text.day(date(2026, 5, 5), TODAY) == "di 5 mei"


def test_another_year_is_named() -> None:
    assert text.day(date(2024, 3, 1), TODAY) == "vr 1 maart 2024"
    assert text.day(date(2027, 1, 1), TODAY) == "vr 1 jan. 2027"


def test_a_moment_just_before_midnight_utc_is_the_next_day_here() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert text.moment(late, TODAY) == "di 24 nov., 0.30 u."
    assert text.full(late) == "24 november 2026"
    assert text.away(late, TODAY) == "over 3 dagen"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (21, "vandaag"),
        (22, "morgen"),
        (20, "gisteren"),
        (23, "overmorgen"),
        (19, "eergisteren"),
        (24, "over 3 dagen"),
        (11, "10 dagen geleden"),
    ],
)
def test_away(day: int, written: str) -> None:
    assert text.away(date(2026, 11, day), TODAY) == written


def test_away_in_other_languages_never_falls_back_to_dutch() -> None:
    for language, word in (("fr", "dans 2 jours"), ("en", "in 2 days")):
        with translation.override(language):
            assert text.away(date(2026, 11, 23), TODAY) in (word, "après-demain")
            assert text.away(date(2026, 11, 21), TODAY) in ("aujourd’hui", "today")


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "€ 0,00"),
        (Decimal("0.125"), "€ 0,13"),
        (Decimal("1234567.8"), "€ 1.234.567,80"),
        (-12, "€ -12,00"),
        (0.1, "€ 0,10"),
    ],
)
def test_euro(amount: Decimal | float, written: str) -> None:
    assert plain(text.euro(amount)) == written


def test_what_is_not_there_is_empty() -> None:
    assert [
        text.day(None),
        text.full(None),
        text.moment(None),
        text.clock(None),
        text.away(None, TODAY),
        text.euro(None),
    ] == [""] * 6


@pytest.mark.parametrize(
    ("names", "written"), [([], ""), (None, ""), (["Ayşe"], "Ayşe"), (["Ayşe", "Tom"], "Ayşe en Tom")]
)
def test_enumerate(names: list[str] | None, written: str) -> None:
    assert text.enumerate_names(names) == written


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ayşe Yıldız", "AY"), ("Tom Van den Berghe", "TB"), ("Noor", "N"), ("", ""), ("(onbekend)", "")],
)
def test_initials(name: str, letters: str) -> None:
    assert text.initials(name) == letters
