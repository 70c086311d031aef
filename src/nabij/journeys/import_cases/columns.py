"""The columns of the file, the words under which older systems know them, and how a cell is read."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from nabij.households.languages import LANGUAGES
from nabij.households.models import Membership
from nabij.households.recognition.dates import parse_birth_date
from nabij.households.recognition.insz import parse_insz
from nabij.households.recognition.names import check_name
from nabij.households.recognition.phones import parse_phone
from nabij.kernel.refusals import BadInput
from nabij.kernel.tables import Column, text
from nabij.kernel.tables.columns import heading

# What is said once of a household, on any of its lines; where two lines say it, they say the same.
OF_HOUSEHOLD = (
    *("straat", "huisnummer", "bus", "postcode", "gemeente"),
    *("team", "dossierhouder", "duo", "dossier sinds"),
)
_ROLES = {
    Membership.Role.ADULT: ("volwassene", "adult", "ouder", "moeder", "vader", "partner", "referentiepersoon", "hoofd"),
    Membership.Role.CHILD: ("kind", "child", "zoon", "dochter", "minderjarige", "enfant"),
    Membership.Role.OTHER: ("woont mee in", "inwonend", "inwonende", "other", "andere", "ander"),
}
_LANGUAGES = {code: tuple(word.lower() for word in words) for code, words in LANGUAGES.items()}


def columns(today: date) -> list[Column]:
    """Return the columns; a birth date or a beginning after today is refused."""
    return [
        Column(
            "dossier",
            ("dossiernummer", "referentie", "eigen referentie", "reference", "gezin", "gezinsnummer"),
            required=True,
            parse=_short(60),
        ),
        Column("familienaam", ("naam", "achternaam", "family name", "last name", "nom"), parse=check_name),
        Column("voornaam", ("given name", "first name", "prénom", "roepnaam"), parse=check_name),
        Column("geboortedatum", ("geboren", "geboren op", "birth date", "date de naissance"), parse=_birth(today)),
        Column("rijksregisternummer", ("insz", "rrn", "rijksregister", "nationaal nummer", "niss"), parse=_insz),
        Column("rol", ("role", "hoedanigheid", "gezinsrol", "positie in het gezin"), parse=_one_of(_ROLES, _role)),
        Column("taal", ("talen", "moedertaal", "contacttaal", "language", "langue"), parse=_languages),
        Column("telefoon", ("tel", "gsm", "telefoonnummer", "mobiel", "phone", "téléphone"), parse=_phones),
        Column("e-mail", ("mail", "email", "e-mailadres", "mailadres"), parse=_email),
        Column("straat", ("straatnaam", "street", "rue"), parse=_short(120)),
        Column("huisnummer", ("nummer", "nr", "huisnr", "number", "numéro"), parse=_short(20)),
        Column("bus", ("busnummer", "box", "boîte"), parse=_short(20)),
        Column("postcode", ("postnummer", "post code", "pc", "zip", "code postal"), parse=_short(10)),
        Column("gemeente", ("plaats", "woonplaats", "stad", "place", "city", "commune"), parse=_short(100)),
        Column("team", ("wijkteam", "ploeg"), parse=_short(100)),
        Column("dossierhouder", ("dossierbeheerder", "maatschappelijk werker", "case manager"), parse=_email),
        Column("duo", ("duopartner", "tweede dossierhouder", "e-mail duo"), parse=_email),
        Column("dossier sinds", ("geopend op", "dossier geopend op", "startdatum", "opened on"), parse=_day(today)),
        Column("notitie", ("nota", "opmerking", "opmerkingen", "note", "remarque"), parse=str.strip),
    ]  # fmt: skip


def _short(most: int) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if len(text(cell)) > most:
            said = {"length": len(text(cell)), "most": most}
            raise BadInput(_("Hier staan %(length)s tekens; er passen er %(most)s. Maak het korter.") % said)
        return text(cell)

    return parse


def _birth(today: date) -> Callable[[str], Any]:
    return lambda cell: parse_birth_date(cell, today)


def _insz(cell: str) -> str:
    return parse_insz(cell).number


def _day(today: date) -> Callable[[str], date]:
    def parse(cell: str) -> date:
        try:
            return parse_birth_date(cell, today).date
        except BadInput as refusal:
            if _is_to_come(cell, today):
                sentence = _("Deze dag ligt in de toekomst. Een dossier begint vandaag of vroeger.")
                raise BadInput(sentence) from refusal
            said = {"cell": cell[:40]}
            raise BadInput(_("“%(cell)s” is geen datum. Schrijf dag/maand/jaar, zoals 3/4/2019.") % said) from refusal

    return parse


def _is_to_come(cell: str, today: date) -> bool:
    year = re.search(r"[0-9]{4}", cell)
    if year and int(year[0]) > today.year:
        return True
    try:
        return parse_birth_date(cell, date(today.year, 12, 31)).date > today
    except BadInput:
        return False


def _phones(cell: str) -> tuple[str, ...]:
    """Return one number or more: older systems keep several in one cell, parted by ; or , or “en” or “of”."""
    parts = [part for part in re.split(r"[;,|]|\s(?:en|of)\s", cell) if part.strip()]
    return tuple(dict.fromkeys(parse_phone(part) for part in parts or [cell]))


def _email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise BadInput(_("“%(cell)s” is geen e-mailadres.") % {"cell": cell[:60]}) from None
    if len(cell) > 120:
        raise BadInput(_("Dit e-mailadres heeft meer dan 120 tekens."))
    return cell.lower()


def _role(cell: str) -> str:
    raise BadInput(_("“%(cell)s” is niet gekend. Schrijf volwassene, kind of woont mee in.") % {"cell": cell[:40]})


def _one_of(words: dict[Any, tuple[str, ...]], otherwise: Callable[[str], str]) -> Callable[[str], str]:
    known = {heading(word): str(value) for value, spellings in words.items() for word in spellings}
    return lambda cell: known.get(heading(cell)) or otherwise(cell)


def _languages(cell: str) -> tuple[str, ...]:
    parts = [part for part in re.split(r"[,;/+|]|\s(?:en|of)\s", cell) if part.strip()]
    return tuple(dict.fromkeys(_language(part.strip()) for part in parts))


def _code(word: str) -> str:
    if re.fullmatch(r"[a-zA-Z]{2,3}", word):
        return word.lower()
    raise BadInput(
        _("De taal “%(word)s” is niet gekend. Schrijf ze in het Nederlands, of als code: nl, tr, ar.")
        % {"word": word[:40]}
    )


_language = _one_of(_LANGUAGES, _code)
