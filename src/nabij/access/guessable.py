"""Passwords that somebody guesses: those that leaked elsewhere, and those made of words of the house."""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Beside one's own name and address, and the name of the municipality: the words that hang in the corridor.
HOUSE = (
    "nabij", "ocmw", "gemeente", "stad", "sociaal", "huis", "dienst", "welzijn", "wijk", "team", "maatschappelijk", "werker",
    "welkom", "wachtwoord", "password", "geheim", "login", "aanmelden",
    "lente", "zomer", "herfst", "winter", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
ENOUGH = 5  # different signs, no digits, that must be left without those words
# Of every password of twelve characters and more in the million most used ones (Burnett's ten million, as Mozilla ships
# them) and in Django's list: the first six bytes of the SHA-256 of its lower case, in order. No readable word is kept.
LEAKED, WIDTH = Path(__file__).parent / "leaked.bin", 6


class LeakedPassword:
    """Refuses a password that leaked somewhere, so that everybody who guesses tries it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` for a password on the list."""
        if is_leaked(password):
            raise ValidationError(
                _("Dit wachtwoord lekte al ergens anders uit, en wie raadt, probeert het. Neem een ander."),
                code="leaked",
            )

    def get_help_text(self) -> str:
        """Return what is asked."""
        return str(_("Geen wachtwoord dat ergens anders al uitlekte."))


class HouseWords:
    """Refuses a password of one's own name, the municipality and other words of the house, with a year behind it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` when too little is left without those words."""
        few = signs_beside_house_words(password, user) < ENOUGH
        if few and any(word in _plain(password) for word in (*HOUSE, *_own_words(user))):
            raise ValidationError(
                _(
                    "Dit wachtwoord bestaat uit namen en woorden die iedereen hier kent. Neem er andere woorden bij, die "
                    "niets met je werk te maken hebben."
                ),
                code="of_the_house",
            )

    def get_help_text(self) -> str:
        """Return what is asked."""
        return str(_("Niet alleen je naam, je gemeente of een woord van het werk."))


def is_leaked(password: str) -> bool:
    """Return whether this password stands on the list."""
    mark = hashlib.sha256(password.strip().lower().encode()).digest()[:WIDTH]
    marks = _leaked()
    at = bisect_left(range(len(marks) // WIDTH), mark, key=lambda n: marks[n * WIDTH : (n + 1) * WIDTH])
    return marks[at * WIDTH : (at + 1) * WIDTH] == mark


def signs_beside_house_words(password: str, user: Any = None) -> int:
    """Return how many different signs are left without digits and without the words of the house, capitals and accents apart."""
    left = _plain(password)
    for word in sorted({*HOUSE, *_own_words(user)}, key=len, reverse=True):
        left = left.replace(word, " ")
    return len({sign for sign in left if not sign.isdigit() and not sign.isspace()})


def _own_words(user: Any) -> set[str]:
    municipality = getattr(user, "municipality", None)
    told = [getattr(user, "name", ""), getattr(user, "email", ""), getattr(municipality, "name", "")]
    return {word for text in told for word in re.findall(r"[a-z]{3,}", _plain(text))}


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


@cache
def _leaked() -> bytes:
    return LEAKED.read_bytes()
