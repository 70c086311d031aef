"""Telephone numbers: Belgian ones in any spelling, foreign ones with their country, to one form to compare."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput

_EXAMPLE = _("Schrijf het zoals 0478 12 34 56 of 056 27 71 00, of met het land ervoor: +33 6 12 34 56 78.")
_MOBILE = r"4[5-9][0-9]{7}"
_FIXED = r"[1-9][0-9]{7}"


def parse_phone(text: str) -> str:
    """Return the number as +32478123456 (E.164); raises `BadInput` when it cannot be one number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    bare = re.sub(r"[\s./\-–()_\u200e\u200f\u202a-\u202e]", "", plain.replace("(0)", ""))
    bare = "+" + bare[2:] if bare.startswith("00") else bare
    if not bare:
        raise BadInput(_("Er staat geen telefoonnummer. Vul het in, of laat het leeg."), field="phone")
    if not re.fullmatch(r"\+?[0-9]+", bare):
        raise BadInput(_("In een telefoonnummer staan enkel cijfers. Schrijf uitleg in de nota."), field="phone")
    number = _belgian(bare) if bare.startswith(("+32", "0")) or not bare.startswith("+") else _foreign(bare)
    if not number:
        raise BadInput(_impossible(bare), field="phone")
    return number


def _belgian(bare: str) -> str:
    country = bare.startswith("+32")
    national = bare.removeprefix("+32").removeprefix("0")
    if re.fullmatch(_MOBILE, national):
        # Also without its zero: a sheet that took it for a number dropped it.
        return "+32" + national
    if (country or bare.startswith("0")) and re.fullmatch(_FIXED, national) and not re.match("4[5-9]", national):
        return "+32" + national
    return ""


def _foreign(bare: str) -> str:
    return bare if re.fullmatch(r"\+[1-9][0-9]{7,14}", bare) else ""


def _impossible(bare: str) -> str:
    digits = len(bare.lstrip("+"))
    if digits >= 16:
        return str(_("Hier staan te veel cijfers voor één telefoonnummer. Zet elk nummer apart."))
    said = str(_("Dit kan geen telefoonnummer zijn: er staan %(digits)s cijfers.") % {"digits": digits})
    return f"{said} {_EXAMPLE}"


def format_phone(number: str) -> str:
    """Return “0478 12 34 56” or “056 27 71 00”; a foreign number stays as it is."""
    found = re.fullmatch(r"\+32([1-9][0-9]{7,8})", number)
    if not found:
        return number
    national = "0" + found[1]
    if len(national) == 10:
        return _spaced(national, 4, 2, 2, 2)
    if national[:4] in {"0800", "0900"} or re.match("090[0-9]", national):
        return _spaced(national, 4, 2, 3)
    if national[1] in "2349" and not national.startswith("090"):
        return _spaced(national, 2, 3, 2, 2)
    return _spaced(national, 3, 2, 2, 2)


def _spaced(digits: str, *sizes: int) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return " ".join(parts)
