"""Templates: no inline script or style, none unused, no undefined component."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nabij"
TEMPLATES = sorted(file for file in SOURCE.rglob("templates/**/*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=['\"]js:", re.I
)


def name_of(file: Path) -> str:
    return str(file).split("/templates/", 1)[1]


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_nothing_inline(file: Path) -> None:
    assert not INLINE.findall(file.read_text())


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_it_compiles(file: Path) -> None:
    get_template(name_of(file))


def test_none_is_unused() -> None:
    texts = [file.read_text() for file in (*SOURCE.rglob("*.py"), *TEMPLATES)]
    unused = []
    for file in TEMPLATES:
        name = name_of(file)
        word = f"c-{Path(name).stem.replace('_', '-')}" if name.startswith("cotton/") else name
        if not any(word in text for text in texts):
            unused.append(name)
    assert not [name for name in unused if not name.startswith("ui/field")]
