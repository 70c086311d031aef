"""INSZ: the national register number and the BIS number. A number is evidence, not a key: many people have none."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _
from stdnum.be import bis, nn
from stdnum.exceptions import ValidationError

from nabij.households.recognition.dates import BirthDate, spoken
from nabij.kernel.refusals import BadInput


@dataclass(frozen=True)
class Insz:
    """A number that can exist: eleven digits, of which kind, and what it says about the birth."""

    number: str
    kind: Literal["national", "bis"]
    birth_date: date | None
    birth_year: int | None

    def __str__(self) -> str:
        return format_insz(self.number)


def parse_insz(text: str, birth_date: date | BirthDate | None = None) -> Insz:
    """Return the number in any spelling; raises `BadInput` when it cannot exist or does not fit the birth date."""
    number = _digits(text)
    kind: Literal["national", "bis"] = "bis" if number[2] in "2345" else "national"
    module = bis if kind == "bis" else nn
    try:
        module.validate(number)
        found = Insz(number, kind, module.get_birth_date(number), module.get_birth_year(number))
    except ValidationError as error:
        raise BadInput(_wrong(number), field="insz") from error
    _check_birth(found, birth_date)
    return found


def format_insz(number: str) -> str:
    """Return eleven digits as they stand on the card: 85.07.30-033.28; anything else as it is."""
    if not re.fullmatch(r"[0-9]{11}", number):
        return number
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"


def _digits(text: str) -> str:
    bare = re.sub(r"[\s.\-/–_]", "", unicodedata.normalize("NFKC", text))
    if not bare:
        raise BadInput(_("Er staat geen rijksregisternummer. Vul het in, of laat het leeg."), field="insz")
    if re.search(r"[^0-9]", bare):
        sentence = _(
            "Een rijksregisternummer heeft enkel cijfers; hier staat ook “%(other)s”. Kijk het na op de kaart."
        )
        raise BadInput(sentence % {"other": re.sub(r"[0-9]", "", bare)[:20]}, field="insz")
    if len(bare) != 11:
        raise BadInput(_length(len(bare)), field="insz")
    return bare


def _length(length: int) -> str:
    said = _("Een rijksregisternummer heeft 11 cijfers; hier staan er %(length)s.") % {"length": length}
    if length in (9, 10):
        return f"{said} " + str(_("Begint het met een nul? Die valt in Excel soms weg. Kijk het na op de kaart."))
    return f"{said} " + str(_("Kijk het na op de kaart, of laat het leeg."))


def _wrong(number: str) -> str:
    """Which of the two it is: check digits that fit neither century, or a month that no register gives."""
    base, check = int(number[:9]), int(number[9:])
    if check in (97 - base % 97, 97 - (2_000_000_000 + base) % 97) and int(number):
        return str(_("Dit rijksregisternummer kan niet: de geboortedatum erin bestaat niet. Kijk het na op de kaart."))
    sentence = _(
        "Dit rijksregisternummer klopt niet: de laatste twee cijfers passen niet bij de rest. "
        "Kijk het na op de kaart, of laat het leeg."
    )
    return str(sentence)


def _check_birth(found: Insz, given: date | BirthDate | None) -> None:
    """Compare what both know: one in 200 swapped neighbours passes the check digits, few of them pass this."""
    if given is None:
        return
    birth = given if isinstance(given, BirthDate) else BirthDate(given)
    if found.birth_date and not birth.only_year and found.birth_date != birth.date:
        said = {"number": spoken(found.birth_date), "given": birth}
    elif found.birth_year and found.birth_year != birth.date.year:
        said = {"number": found.birth_year, "given": birth}
    else:
        return
    sentence = _(
        "Dit rijksregisternummer hoort bij iemand geboren op %(number)s, en als geboortedatum staat er %(given)s. "
        "Kijk beide na op de kaart."
    )
    if not found.birth_date or birth.only_year:
        sentence = _(
            "Dit rijksregisternummer hoort bij iemand geboren in %(number)s, en als geboortedatum staat er %(given)s. "
            "Kijk beide na op de kaart."
        )
    raise BadInput(sentence % said, field="insz")
