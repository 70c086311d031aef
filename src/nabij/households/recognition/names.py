"""Names: kept as given, and folded to a second form in which spellings, scripts and particles meet."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput

LONGEST = 120

_PARTICLES = frozenset(
    (
        *("van", "vande", "vanden", "vander", "von", "vom", "de", "den", "der", "des", "du", "di", "da", "dos"),
        *("la", "le", "les", "el", "al", "ul", "ben", "bin", "bint", "ibn", "abd", "abou", "abu", "oum", "umm"),
        *("ter", "ten", "te", "tot", "op", "het", "t", "d", "l", "s", "o", "mac", "mc"),
    )
)
# Apostrophes and their look-alikes, accents typed as a letter of their own: they join (D’Hondt, ʿAbd, Dem'yanenko).
_JOINERS = re.compile(r"['`´‘’‚‛′ʹʺʻʼʽʾʿˈ\u0640]")
_PICTURES = {"So", "Sk", "Sm", "Sc", "Cs", "Co", "Cn"}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_NON_JOINER = "\u200c"  # part of the spelling of Persian names


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return the search form: Latin letters and digits in lower case, particles joined, at most 120 characters."""
    letters = "".join(_seen(letter) for letter in name)
    latin = anyascii(_JOINERS.sub("", unicodedata.normalize("NFC", letters))).lower()
    words = re.sub(r"[^a-z0-9]+", " ", _JOINERS.sub("", latin)).split()
    return " ".join(_join_particles(words))[:LONGEST].rstrip()


def _seen(letter: str) -> str:
    """Anyascii would spell an emoji out (":grinning:"), and nobody is called that; marks of direction join."""
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    return " " if category in _PICTURES and letter not in "`´" else letter


def _join_particles(words: Iterable[str]) -> list[str]:
    joined: list[str] = []
    pending = False
    for word in words:
        if pending:
            joined[-1] += word
        else:
            joined.append(word)
        # Also what pieces make together ("van" "de"), or folding twice would join more than folding once.
        pending = word in _PARTICLES or joined[-1] in _PARTICLES
    return joined


def search_name(given: str, family: str) -> str:
    """Return what is stored for the trigram index: both names folded apart, given name first."""
    return f"{fold(given)} {fold(family)}".strip()


def sort_key(family: str, given: str = "") -> str:
    """Return a key that sorts as Flemish lists do, particle first, byte by byte (collation "C")."""
    # Two spaces sort before one letter and after one word: Peeters Zoë stands before Peeters Janssens An.
    key = f"{fold(family)}  {fold(given)}".strip()[:200]
    return key or "~" + clean(family + given)[:100]


def halves(family: str) -> list[str]:
    """Return the parts of a double surname, folded; empty when the name has one part."""
    parts = fold(family).split()
    return parts if len(parts) > 1 else []


def clean(name: str) -> str:
    """Return the name as given, without stray white space and characters that cannot be seen."""
    kept = "".join(letter for letter in name if _is_kept(letter))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _is_kept(letter: str) -> bool:
    return letter.isspace() or letter == _NON_JOINER or unicodedata.category(letter) not in _INVISIBLE


def check_name(name: str, *, field: str | None = None) -> str:
    """Return the cleaned name; raises `BadInput` when it has no letter or is longer than 120 characters."""
    tidy = clean(name)
    if not any(letter.isalpha() for letter in tidy):
        sentence = _("Een naam heeft minstens één letter. Geen naam gekend? Kies dan “Zonder naam”.")
        raise BadInput(sentence, field=field)
    if len(tidy) > LONGEST:
        sentence = _("Deze naam heeft %(length)s tekens; er passen er %(most)s. Schrijf de namen die men gebruikt.")
        raise BadInput(sentence % {"length": len(tidy), "most": LONGEST}, field=field)
    return tidy


def full_name(given: str, family: str) -> str:
    """Return the name as people say it."""
    return f"{given} {family}".strip()


def short_name(given: str, family: str) -> str:
    """Return the name for who may not see more: “Amina B.”."""
    first = next((letter for letter in family if letter.isalpha()), "")
    return f"{given} {first.upper()}.".strip() if given and first else given or (f"{first.upper()}." if first else "")


def household_name(families: Iterable[str]) -> str:
    """Return “Gezin Yıldız – Van den Berghe”: each family name once, in the order given."""
    once: dict[str, str] = {}
    for family in families:
        once.setdefault(fold(family) or family, family)
    names = [family for family in once.values() if family]
    return str(_("Gezin %(names)s") % {"names": " – ".join(names)}) if names else str(_("Gezin zonder naam"))
