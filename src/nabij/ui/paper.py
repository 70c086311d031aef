"""Paper: a Typst template and its data become a tagged PDF (PDF/UA-1), with the fonts that npm brought.

What people say may be in any script. Characters that our own fonts lack are taken from the fonts of this machine; where
that does not help either, a question mark stands in their place, so that paper never fails on somebody's words.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import Refusal

ROOT = Path(__file__).resolve().parent.parent
"""What templates may read: `/ui/typst/page.typ`, `/ui/static/vendor/pictograms/…` and the templates of the rooms."""
FONTS = ROOT / "ui" / "static" / "vendor" / "fonts"
BUNDLED = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Armenian",
    "Noto Sans Bengali",
    "Noto Sans Ethiopic",
    "Noto Sans Georgian",
    "Noto Sans Thai",
    "Noto Emoji",
)
_STAND_IN = "?"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))
_LONG_WORD = re.compile(r"\S{13,}")
_RIGHT_TO_LEFT = ("R", "AL")


class NoPaper(Refusal):
    """Paper cannot be made on this installation."""

    status = 503


@dataclass(frozen=True)
class About:
    """What a reader, or a reading machine, is told about a document before its first line."""

    title: str
    author: str
    language: str
    on: date


def render(template: Path, data: Mapping[str, Any], about: About) -> bytes:
    """Return the PDF of a template below `ROOT`, which reads `sys.inputs.data`; the same data give the same bytes.

    Raises `NoPaper` when the fonts or the pictograms of this installation are missing.
    """
    if not FONTS.is_dir():
        raise NoPaper(
            _("Papier maken lukt hier nog niet: de lettertypes ontbreken. Vraag de beheerder om ze te installeren.")
        )
    facts = {"about": {**asdict(about), "on": about.on.isoformat()}, "fonts": BUNDLED, **data}
    text = json.dumps(_clean(facts), ensure_ascii=False)
    wanted: set[str] = set()
    for fonts in (_fonts(False), _fonts(True)):
        try:
            return _compile(template, text, about, fonts)
        except typst.TypstError as error:
            wanted = _undisplayed(error)
            if not wanted:
                raise
    return _compile(template, _without(text, wanted), about, _fonts(True))


def direction(text: str) -> str:
    """Return "rtl" for words of which the first letter runs from right to left, else "ltr"."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in _RIGHT_TO_LEFT:
            return "rtl"
        if kind == "L":
            break
    return "ltr"


def breakable(text: str) -> str:
    """Return the text with places to break inside very long words, so that no name runs off the paper."""
    return _LONG_WORD.sub(lambda word: _with_breaks(word[0]), text)


def _with_breaks(word: str) -> str:
    # Only between letters that stand apart: never inside a joined script, an accent on its letter or a composed emoji.
    parts = [word[0]]
    for before, letter in pairwise(word):
        apart = all(sign.isalnum() and unicodedata.bidirectional(sign) in ("L", "EN") for sign in (before, letter))
        parts.append(f"\u200b{letter}" if apart else letter)
    return "".join(parts)


def _compile(template: Path, text: str, about: About, fonts: typst.Fonts) -> bytes:
    return typst.compile(
        template,
        root=ROOT,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": text},
        pdf_standards="ua-1",
        timestamp=datetime.combine(about.on, time(), UTC),
    )


@cache
def _fonts(system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[FONTS])


def _clean(value: Any) -> Any:
    """Return the data without control characters, lone surrogates and signs that turn the direction of what follows."""
    if isinstance(value, str):
        kept = "".join(
            c for c in value.translate(_OVERRIDES) if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")
        )
        return unicodedata.normalize("NFC", kept)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def _undisplayed(error: typst.TypstError) -> set[str]:
    found = _MISSING.findall(error.diagnostic)
    return {_ESCAPED.sub(lambda code: chr(int(code[1], 16)), cluster) for cluster in found}


def _without(text: str, clusters: set[str]) -> str:
    for cluster in sorted(clusters, key=len, reverse=True):
        text = text.replace(cluster, _STAND_IN)
    return text
