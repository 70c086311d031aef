"""Icons and pictograms, read from the files that npm brought and drawn in place, so that they take the colour of the text."""

import json
import re
from functools import cache
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_HERE = Path(__file__).resolve().parent
_VENDOR = _HERE / "static" / "vendor"
_NAME = re.compile(r"[a-z0-9-]+")


def icon(name: str, classes: str = "") -> SafeString:
    """Return an icon of the interface as SVG; nothing when there is no such file."""
    return _drawn("icons", (name,), f"icon {classes}".strip())


def pictogram(name: str, classes: str = "") -> SafeString:
    """Return a pictogram as SVG, by its own name or by its name without `domain-`; nothing when there is no such file."""
    return _drawn("pictograms", (name, f"domain-{name}"), f"n-pictogram {classes}".strip())


def listed(group: str) -> list[str]:
    """Return the names in one group of `vendor.json`."""
    return list(json.loads((_HERE / "vendor.json").read_text())[group]["names"])


@cache
def _drawn(folder: str, names: tuple[str, ...], classes: str) -> SafeString:
    for name in names:
        file = _VENDOR / folder / f"{name}.svg"
        if _NAME.fullmatch(name) and file.is_file():
            return _read(file, escape(classes))
    return mark_safe("")


def _read(file: Path, classes: str) -> SafeString:
    svg = file.read_text()
    head, rest = svg[svg.index("<svg") :].split(">", 1)
    head = re.sub(r'\s(class|width|height|xmlns)="[^"]*"', "", head)
    return mark_safe(f'{head} class="{classes}" aria-hidden="true" focusable="false">{rest.strip()}')  # noqa: S308 (our own files)
