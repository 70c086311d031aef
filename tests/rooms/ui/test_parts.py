"""Components and fields: what belongs together is tied together, for who sees it and for who hears it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from nabij.ui import drawings, views
from nabij.ui.forms import BigChoices, Steps
from nabij.ui.gallery import Specimen

SOURCE = Path(views.__file__).resolve().parents[1]
ALL_TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
ICON = re.compile(r"""\{% icon ["']([a-z0-9-]+)["']|<c-button [^>]*symbol="([a-z0-9-]+)\"""")


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def one(self, **wanted: str) -> dict[str, str | None]:
        found = [attrs for _tag, attrs in self.tags if wanted.items() <= attrs.items()]
        assert len(found) == 1, (wanted, found)
        return found[0]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _tag, attrs in self.tags if "id" in attrs]


def drawn(source: str, **context: Any) -> str:
    # A template in a file is compiled by cotton's loader; one in a string is not.
    return Template(CottonCompiler().process(source)).render(Context(context))


@pytest.fixture(scope="module")
def gallery() -> str:
    request = RequestFactory().get("/ui/")
    answer = views.gallery(request)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_wrong_field_is_tied_to_help_and_error() -> None:
    page = Tags(Specimen({"name": ""})["name"].as_field_group())
    box = page.one(name="name")
    assert box["aria-invalid"] == "true"
    assert str(box["aria-describedby"]).split() == ["id_name_helptext", "id_name_error"]
    assert {"id_name_helptext", "id_name_error"} <= set(page.ids)
    assert "form-control" in str(box["class"])


def test_a_field_that_is_right_is_not_called_wrong() -> None:
    page = Tags(Specimen()["name"].as_field_group())
    assert "aria-invalid" not in page.one(name="name")
    assert page.one(name="name")["aria-describedby"] == "id_name_helptext"
    assert "id_name_error" not in page.ids


def test_a_group_is_a_fieldset_with_a_legend_tied_to_its_error() -> None:
    page = Tags(Specimen({})["place"].as_field_group())
    [group] = [attrs for tag, attrs in page.tags if tag == "fieldset"]
    assert group["aria-describedby"] == "id_place_error"
    assert "id_place_error" in page.ids
    assert "legend" in [tag for tag, _attrs in page.tags]


def test_what_was_typed_stays() -> None:
    html = Specimen({"words": "De trap <is> kapot."})["words"].as_field_group()
    assert "De trap &lt;is&gt; kapot." in html


def test_every_error_of_the_summary_leads_to_a_box() -> None:
    form = Specimen({"name": "", "born": "2030-01-01"})
    summary = drawn("{% include 'ui/_form_errors.html' %}", form=form)
    boxes = Tags("".join(field.as_field_group() for field in form))
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == len(form.errors) == 6
    assert set(targets) <= set(boxes.ids)


def test_without_errors_there_is_no_summary() -> None:
    assert drawn("{% include 'ui/_form_errors.html' %}", form=Specimen()).strip() == ""


@pytest.mark.parametrize(
    "part",
    [
        '<c-button id="x" kind="primary" why="{{ why }}">Sluit af</c-button>',
        '<c-action url="/x" why="{{ why }}">Sluit af</c-action>',
    ],
)
def test_a_greyed_button_says_why(part: str) -> None:
    html = drawn(part, why="Plan eerst een gesprek.")
    page = Tags(html)
    button = page.one(**{"aria-disabled": "true"})
    assert page.ids == [button["aria-describedby"]]
    assert "Plan eerst een gesprek." in html
    # It can be reached with the keyboard, and does nothing.
    assert "disabled" not in button
    assert button.get("type") != "submit"
    assert "href" not in button


def test_an_open_button_is_open() -> None:
    page = Tags(drawn('<c-button kind="primary" name="do" value="it" why="">Bewaar</c-button>'))
    [(tag, button)] = page.tags
    assert (tag, button["type"], button["name"], button["value"]) == ("button", "submit", "do", "it")
    assert "aria-disabled" not in button


def test_two_greyed_buttons_have_each_their_reason() -> None:
    html = drawn(
        "{% for url in urls %}<c-button url='{{ url }}' why='Nog niet.'>Bel</c-button>{% endfor %}", urls=["/a", "/b"]
    )
    ids = Tags(html).ids
    assert len(ids) == len(set(ids)) == 2


def test_status_is_a_word_and_a_shape() -> None:
    shapes = set()
    for kind in ("plain", "good", "warn", "bad"):
        html = drawn(f'<c-status kind="{kind}">woord</c-status>')
        assert "woord" in html
        shapes.add(re.search(r"<svg.*</svg>", html, re.S).group())  # type: ignore[union-attr]
    assert len(shapes) == 4


def test_big_choices_have_pictogram_and_key() -> None:
    class Form(forms.Form):
        about = forms.ChoiceField(
            choices=[(str(number), f"Keuze {number}") for number in range(1, 12)],
            widget=BigChoices(pictograms={"1": "housing"}),
        )

    html = Form()["about"].as_field_group()
    assert html.count("n-pictogram") == 1
    assert re.findall(r"<kbd[^>]*>(\d)</kbd>", html) == list("123456789")


def test_steps_offer_rather_not_without_counting_it() -> None:
    html = drawn(
        "<c-steps name='s' legend='Hoe gaat het?' :steps='steps' value='2' />",
        steps=[(1, "lukt niet"), (2, "lukt goed")],
    )
    inputs = [attrs for tag, attrs in Tags(html).tags if tag == "input"]
    assert [(box["value"], "checked" in box) for box in inputs] == [("1", False), ("2", True), ("", False)]
    assert "n-steps" in forms_with_steps()


def test_a_scale_that_was_not_answered_does_not_say_rather_not() -> None:
    def chosen(form: Specimen) -> list[str | None]:
        tags = Tags(form["goes"].as_field_group()).tags
        return [attrs["value"] for _tag, attrs in tags if "checked" in attrs]

    assert chosen(Specimen()) == []
    assert chosen(Specimen({"goes": ""})) == [""]
    assert chosen(Specimen({"goes": "3"})) == ["3"]


def forms_with_steps() -> str:
    form = type("Form", (forms.Form,), {"s": forms.ChoiceField(choices=[("1", "ja")], widget=Steps)})
    return str(form()["s"].as_field_group())


def test_a_name_cannot_bring_markup_along() -> None:
    html = drawn("<c-person name='{{ name }}' note='{{ name }}' />", name="<b>x</b>")
    assert "<b>" not in html
    assert "&lt;b&gt;x" in html


def test_the_map_says_in_words_what_it_shows() -> None:
    areas = [{"path": "M0 0H1V1Z", "label": "Noord", "highlighted": True}, {"path": "M1 0H2V1Z", "label": "Zuid"}]
    html = drawn("<c-map title='Wijken' viewbox='0 0 2 1' :areas='areas' />", areas=areas)
    page = Tags(html)
    assert page.one(role="img")["aria-label"] == "Wijken"
    assert len(re.findall(r"<li[^>]*>\s*(?:Noord|Zuid)", html)) == 2


def test_every_icon_that_a_template_draws_is_brought_along() -> None:
    listed = set(drawings.listed("icons"))
    asked = {(one or other, file.name) for file in ALL_TEMPLATES for one, other in ICON.findall(file.read_text())}
    assert len(asked) > 20
    assert {(name, file) for name, file in asked if name not in listed} == set()


@pytest.mark.parametrize("name", ["../../apps", "nothing-like-it", "", "home.svg"])
def test_an_icon_that_is_not_there_is_nothing(name: str) -> None:
    assert drawings.icon(name) == ""


def test_the_gallery_shows_every_component(gallery: str) -> None:
    parts = {file.stem for file in (SOURCE / "ui" / "templates" / "cotton").glob("*.html")}
    assert {part for part in parts if f"<code>c-{part}</code>" not in gallery} == set()


def test_the_gallery_has_no_id_twice_and_no_tie_to_nothing(gallery: str) -> None:
    page = Tags(gallery)
    assert len(page.ids) == len(set(page.ids))
    tied = [
        attrs.get(name) or "" for _tag, attrs in page.tags for name in ("aria-describedby", "aria-labelledby", "for")
    ]
    assert {target for group in tied for target in group.split()} <= set(page.ids)
