"""Templates: no inline script or style, none unused, no undefined component, and a name that is not there is heard."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template
from tests.undefined import Listener

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


TYPOS = {
    "a name": "{{ typo }}",
    "a name behind a name": "{{ person.typo }}",
    "a name with a default": "{{ typo|default:'x' }}",
    "an argument of a tag": "{% include 'ui/_mark.html' with x=typo %}",
    "a loop": "{% for x in typo %}{{ x }}{% endfor %}",
    "a name in a sentence": "{% load i18n %}{% blocktranslate %}Dag {{ typo }}{% endblocktranslate %}",
    "an attribute of a component": "{% cotton status :kind='typo' %}x{% endcotton %}",
    "words in an attribute": "{% cotton status kind='{{ typo }}' %}x{% endcotton %}",
}


@pytest.mark.parametrize("text", TYPOS.values(), ids=TYPOS)
def test_a_name_that_is_not_there_is_heard(text: str, nothing_undefined: Listener) -> None:
    template = engines["django"].from_string(text)
    template.render({"person": {"name": "Ayşe"}})
    assert [line.split(": ")[1] for line in nothing_undefined.heard] in (["typo"], ["person.typo"])
    nothing_undefined.heard.clear()


def test_a_name_that_is_there_and_a_question_are_not_heard(nothing_undefined: Listener) -> None:
    text = "{% if typo %}x{% endif %}{{ person.name }}{{ person.none }}{% for x in person.empty %}x{% endfor %}"
    engines["django"].from_string(text).render({"person": {"name": "Ayşe", "none": None, "empty": []}})
    assert nothing_undefined.heard == []
