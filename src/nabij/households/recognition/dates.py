"""Birth dates as people type them: to the day, or only the year; what cannot be gets a sentence."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput

OLDEST = 120
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_EXAMPLE = _("Schrijf dag/maand/jaar, zoals 3/4/1987, of enkel het jaar.")
_STARTS = {"mrt": 3, "maa": 3, "mar": 3, "oct": 10, "may": 5} | {month[:3]: at for at, month in enumerate(MONTHS, 1)}


@dataclass(frozen=True)
class BirthDate:
    """A birth date with what is known of it; with precision "year" the date is 1 January of that year."""

    date: date
    precision: Literal["day", "year"] = "day"

    @property
    def only_year(self) -> bool:
        """Return whether likely only the year is known: registers write 1 January for refugees."""
        return self.precision == "year" or (self.date.month, self.date.day) == (1, 1)

    def __str__(self) -> str:
        return spoken(self.date) if self.precision == "day" else str(self.date.year)


def spoken(day: date) -> str:
    """Return “3 april 1987”."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_birth_date(text: str, today: date) -> BirthDate:
    """Return the date in 3/4/1987, 03041987, 3 apr 87, 1987-04-03 or 1987; raises `BadInput` when it cannot be."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    digits = re.sub(r"[^0-9]", "", plain)
    if re.fullmatch(r"[0-9]{4}|'?[0-9]{2}", plain):
        return _checked(BirthDate(date(_year(digits, today), 1, 1), "year"), today)
    if re.fullmatch(r"[0-9]{6}|[0-9]{8}", plain):
        return _run_together(plain, today)
    if found := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[t ]00:00(?::00)?)?", plain):
        return _built(found[3], found[2], found[1], today)
    if found := re.fullmatch(r"([0-9]{1,2})\s*[-/., ]\s*([0-9]{1,2})\s*[-/., ]\s*'?([0-9]{4}|[0-9]{2})", plain):
        return _built(found[1], found[2], found[3], today)
    if found := re.fullmatch(r"([0-9]{1,2})[-/. ]*([a-zé]{3,9})\.?[-/. ]*([0-9]{4}|[0-9]{2})", plain):
        return _built(found[1], str(_month(found[2])), found[3], today)
    sentence = _("“%(text)s” is geen geboortedatum.") % {"text": text.strip()[:40]}
    raise BadInput(f"{sentence} {_EXAMPLE}" if text.strip() else _("Er staat geen geboortedatum."), field="birth_date")


def _month(word: str) -> int:
    number = _STARTS.get(word[:3])
    if not number:
        raise BadInput(_("“%(word)s” is geen maand.") % {"word": word}, field="birth_date")
    return number


def _year(digits: str, today: date) -> int:
    """Two digits mean the last year that has passed: in 2026 '87 is 1987, '12 is 2012."""
    if len(digits) == 4:
        if not int(digits):
            raise BadInput(_("Het jaar 0000 bestaat niet. Kijk het jaar na."), field="birth_date")
        return int(digits)
    year = today.year - today.year % 100 + int(digits)
    return year if year <= today.year else year - 100


def _run_together(digits: str, today: date) -> BirthDate:
    """03041987 or 19870403: the reading that can be a birth date wins; the Belgian order goes first."""
    try:
        return _built(digits[:2], digits[2:4], digits[4:], today)
    except BadInput:
        if len(digits) == 6:
            raise
        try:
            return _built(digits[6:], digits[4:6], digits[:4], today)
        except BadInput:
            pass
        raise


def _built(day_text: str, month_text: str, year_text: str, today: date) -> BirthDate:
    day, month, year = int(day_text), int(month_text), _year(year_text, today)
    if day == 0 or month == 0:
        # Registers write 00/00/1987 when only the year is known.
        return _checked(BirthDate(date(year, 1, 1), "year"), today)
    if month > 12:
        sentence = _("Er is geen maand %(month)s. Schrijf eerst de dag en dan de maand.") % {"month": month}
        raise BadInput(sentence, field="birth_date")
    if day > monthrange(year, month)[1]:
        said = {"day": day, "month": MONTHS[month - 1], "year": year}
        sentence = _("%(day)s %(month)s %(year)s bestaat niet. Kijk de dag en de maand na.") % said
        raise BadInput(sentence, field="birth_date")
    return _checked(BirthDate(date(year, month, day)), today)


def _checked(birth: BirthDate, today: date) -> BirthDate:
    if birth.date > today:
        sentence = _("Deze geboortedatum (%(date)s) ligt in de toekomst. Kijk het jaar na.") % {"date": birth}
        raise BadInput(sentence, field="birth_date")
    if today.year - birth.date.year > OLDEST:
        said = {"date": birth, "oldest": OLDEST}
        sentence = _("Deze geboortedatum (%(date)s) is meer dan %(oldest)s jaar geleden. Kijk het jaar na.") % said
        raise BadInput(sentence, field="birth_date")
    return birth
