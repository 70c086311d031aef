"""French and English: every sentence that a resident or a newcomer meets has both, and pages show them."""

import ast
import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import NodeList
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from tests.factories import PASSWORD, town

from nabij.access import actions as access
from nabij.access.roles import FUNCTIONS
from nabij.config import errors, translations
from nabij.kernel.actor import acting

SOURCE = Path(translations.__file__).resolve().parents[1]
LANGUAGES = ("fr", "en")
UI = [
    "plain",
    "refusal",
    "shell",
    "_places",
    "base",
    "_mark",
    "_languages",
    "_messages",
    "_form_errors",
    "field",
    "_help",
    "_field_errors",
    "_draft",
    "_forget_draft",
]
SIGN_IN = "access/templates/access/sign_in.html"
OIDC = [f"signin/oidc/templates/oidc/{name}.html" for name in ("_doors", "refused")]
TEMPLATES = [SIGN_IN, *OIDC, *(f"ui/templates/ui/{name}.html" for name in UI)]
MODULES = [
    "access/forms.py",
    "access/views.py",
    "access/middleware.py",
    "access/roles.py",
    "access/permissions.py",
    "config/errors.py",
    "config/shell.py",
    "kernel/refusals.py",
    "kernel/constraints.py",
    "signin/oidc/middleware.py",
    "signin/oidc/refusing.py",
]
FILES = [*TEMPLATES, *MODULES]
HANDLERS = {
    "bad_request": (400, "Deze vraag begrijpt Nabij niet. Ga terug en probeer het opnieuw."),
    "denied": (403, "Dit is niet voor jou open."),
    "not_found": (404, "Deze pagina is er niet, of ze is niet voor jou open."),
    "broken": (500, "Er liep bij ons iets mis. Er is niets half bewaard. Probeer het straks opnieuw."),
    "csrf_failure": (403, "Deze pagina stond te lang open. Ga terug, laad ze opnieuw en bewaar dan nog eens."),
}
MISFIT = "E-mailadres en wachtwoord passen niet bij elkaar. Probeer het opnieuw."
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
# Addresses and names of fields stay as they are; what people see or hear does not.
UNSEEN = re.compile(r'\s(?:href|action|src|class|id|for|name|value|content|aria-labelledby)="[^"]*"')


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    for written in translations.compile_all(sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/*.po"))):
        translation_file_changed(sender=None, file_path=written)


@pytest.fixture(autouse=True)
def _dutch_afterwards() -> Iterator[None]:
    yield
    translation.deactivate()  # a request leaves its language behind for the next test of this process


@cache
def strings_of(file: str) -> list[str]:
    found = _of_template(file) if file.endswith(".html") else _of_module((SOURCE / file).read_text())
    return list(dict.fromkeys(found))


def _of_module(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        name = _name(node.func) if isinstance(node, ast.Call) else ""
        assert not name.startswith(("ngettext", "pgettext", "npgettext")), f"{name}: read plurals and contexts here too"
        if isinstance(node, ast.Call) and name in ("_", "gettext", "gettext_lazy"):
            yield ast.literal_eval(node.args[0])  # a sentence that is put together cannot be translated: it fails here


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _of_template(file: str) -> Iterator[str]:
    nodes: NodeList = get_template(file.split("/templates/", 1)[1]).template.nodelist  # type: ignore[attr-defined]
    for node in nodes.get_nodes_by_type(TranslateNode):
        yield node.filter_expression.var.literal
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        assert not node.plural, f"{file}: read its plural here too"
        yield node.render_token_list(node.singular)[0]


@cache
def entries_of(language: str) -> dict[str, polib.POEntry]:
    found: dict[str, polib.POEntry] = {}
    for folder in settings.LOCALE_PATHS:
        for entry in polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po")):
            found.setdefault(entry.msgid, entry)  # the first one wins, as in Django
    return found


def said(sentence: str, language: str) -> str:
    return entries_of(language)[sentence].msgstr


def seen(answer: HttpResponse) -> str:
    return UNSEEN.sub("", html.unescape(answer.content.decode()))


def language_of(answer: HttpResponse) -> str:
    return answer.content.decode().split('<html lang="')[1].split('"')[0]


def speaking(language: str, **kwargs: bool) -> Client:
    client = Client(**kwargs)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def dutch_left_in(page: str, language: str, sentences: list[str]) -> list[str]:
    changed = [sentence for sentence in sentences if said(sentence, language) != sentence]
    return [s for s in changed if re.search(rf"(?<!\w){re.escape(s)}(?!\w)", page, re.IGNORECASE)]


def names_of_functions() -> list[str]:
    with translation.override("nl"):
        return [str(function.name) for function in FUNCTIONS.values()]


# What is written in the files


def test_the_files_are_those_that_these_pages_are_made_of() -> None:
    named = {file.split("/templates/", 1)[1] for file in TEMPLATES}
    used = {
        name for file in TEMPLATES for name in re.findall(r"\b(?:ui|access)/\w+\.html", (SOURCE / file).read_text())
    }
    assert used <= named
    assert {f"access/{file.name}" for file in (SOURCE / "access/templates/access").iterdir()} <= named


def test_strings_are_found_wherever_they_stand() -> None:
    assert {"Aanmelden", "Of met een account"} <= set(strings_of(SIGN_IN))  # inside a condition too
    assert "Zoek een gezin of een straat" in strings_of("ui/templates/ui/shell.html")  # in an attribute
    assert "Dit typte je op %(when)s en bewaarde je nog niet." in strings_of("ui/templates/ui/_draft.html")
    assert "Verdeelt het werk van het team, ziet wie wacht, draagt dossiers over." in strings_of("access/roles.py")
    assert [sentence for _, sentence in HANDLERS.values()] == strings_of("config/errors.py")


@pytest.mark.parametrize("file", TEMPLATES)
def test_no_tag_escapes_the_search(file: str) -> None:
    text = (SOURCE / file).read_text()
    tags = re.findall(r"{%\s*(?:translate|trans|blocktranslate|blocktrans)\b", text)
    assert len(tags) == len(list(_of_template(file)))
    assert "_(" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_every_sentence_is_translated(file: str, language: str) -> None:
    entries = entries_of(language)
    lacking = [
        sentence
        for sentence in strings_of(file)
        if sentence not in entries or not entries[sentence].msgstr.strip() or entries[sentence].fuzzy
    ]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    different = [
        entry.msgid
        for entry in entries_of(language).values()
        if sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_one_translation(language: str) -> None:
    first, twice = entries_of(language), []
    for folder in settings.LOCALE_PATHS:
        own = [entry.msgid for entry in polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po"))]
        twice += [sentence for sentence in own if own.count(sentence) > 1]
        for entry in polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po")):
            twice += [entry.msgid] if first[entry.msgid].msgstr != entry.msgstr else []
    assert twice == []


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    said_somewhere = {sentence for file in FILES for sentence in strings_of(file)}
    for language in LANGUAGES:
        for room in ("ui", "access", "config"):
            file = SOURCE / room / "locale" / language / "LC_MESSAGES" / "django.po"
            assert [entry.msgid for entry in polib.pofile(str(file)) if entry.msgid not in said_somewhere] == []


# What pages show


@pytest.fixture
def demo_people(db: None) -> list[str]:
    here, names = town(), ["Amina", "Brecht", "Chloé", "Dries", "Elif", "Femke", "Goran", "Hind"]
    with acting(here.operator):
        for name, slug in zip(names, FUNCTIONS, strict=True):
            access.enrol(by=here.operator, name=name, email=f"{slug}@example.org", demo_function=slug)
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_page_speaks_it(demo_people: list[str], language: str) -> None:
    sentences = [*strings_of(SIGN_IN), *strings_of("ui/templates/ui/base.html"), "E-mailadres", "Wachtwoord"]
    answer = speaking(language).get(reverse("access:sign-in"))
    page = seen(answer)
    assert (answer.status_code, language_of(answer)) == (200, language)
    assert [name for name in demo_people if name not in page] == []
    assert [s for s in sentences if said(s, language) not in page] == []
    assert [f for f in names_of_functions() if said(f, language).capitalize() not in page] == []
    assert dutch_left_in(page, language, [*sentences, *names_of_functions()]) == []


@pytest.mark.django_db
def test_without_a_choice_the_sign_in_page_is_dutch() -> None:
    answer = Client().get(reverse("access:sign-in"))
    assert language_of(answer) == "nl"
    assert "Welkom bij Nabij" in seen(answer)


@pytest.mark.django_db
def test_the_language_of_the_browser_counts_until_one_chooses() -> None:
    browser = {"Accept-Language": "fr-BE,fr;q=0.9,nl;q=0.5"}
    assert language_of(Client(headers=browser).get(reverse("access:sign-in"))) == "fr"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_is_told_in_it(language: str) -> None:
    summary = strings_of("ui/templates/ui/_form_errors.html")
    fields = {"email": "niemand@example.org", "password": "fout"}
    answer = speaking(language).post(reverse("access:sign-in"), fields)
    page = seen(answer)
    assert (answer.status_code, language_of(answer)) == (422, language)
    assert [s for s in [*summary, MISFIT] if said(s, language) not in page] == []
    assert dutch_left_in(page, language, [*summary, MISFIT, *strings_of(SIGN_IN)]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "required"), [("fr", "Ce champ est obligatoire."), ("en", "This field is required.")]
)
def test_an_empty_form_is_told_in_it(language: str, required: str) -> None:
    page = seen(speaking(language).post(reverse("access:sign-in"), {"next": "/"}))
    assert page.count(required) == 4  # for both fields: above the form, and at the field
    assert f"{said('E-mailadres', language)}</a>: {required}" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_is_told_to_a_stranger_in_it(language: str) -> None:
    # Whoever is signed in has another way on.
    here = [sentence for sentence in strings_of("ui/templates/ui/refusal.html") if sentence != "Naar mijn dag"]
    sentences = [HANDLERS["not_found"][1], *here]
    answer = speaking(language).get("/bestaat-niet/")
    page = seen(answer)
    assert (answer.status_code, language_of(answer)) == (404, language)
    assert [s for s in sentences if said(s, language) not in page] == []
    assert dutch_left_in(page, language, sentences) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_with_an_old_key_is_told_in_it(language: str) -> None:
    answer = speaking(language, enforce_csrf_checks=True).post(reverse("access:sign-in"), {"email": "a@example.org"})
    assert (answer.status_code, language_of(answer)) == (403, language)
    assert said(HANDLERS["csrf_failure"][1], language) in seen(answer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("handler", HANDLERS)
def test_every_mistake_is_told_in_it(handler: str, language: str) -> None:
    status, sentence = HANDLERS[handler]
    with translation.override(language):
        answer = getattr(errors, handler)(RequestFactory().get("/"))
    assert (answer.status_code, language_of(answer)) == (status, language)
    assert f"<h1>{said(sentence, language)}</h1>" in seen(answer)


@pytest.mark.django_db
def test_a_worker_works_in_dutch_whatever_the_cookie_says() -> None:
    here, client = town(sign_in=True), speaking("fr")
    client.post(reverse("access:sign-in"), {"email": here.users["desk"].email, "password": PASSWORD})
    answer = client.get("/")
    assert (answer.status_code, language_of(answer)) == (200, "nl")
    assert "Mijn dag" in seen(answer)
    assert said("Mijn dag", "fr") not in seen(answer)


# The buttons


def press(client: Client, language: str) -> HttpResponse:
    """Press a button of the page as it stands there: its address, and the hidden fields of its form."""
    page = client.get(reverse("access:sign-in") + "?next=/gezinnen/").content.decode()
    action, form = re.findall(
        r'<form method="post" action="([^"]+)" class="n-languages">(.*?)</form>', page, re.DOTALL
    )[0]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    assert f'name="language" value="{language}"' in form
    return client.post(action, {**fields, "language": language})


def current(client: Client) -> list[str]:
    page = client.get(reverse("access:sign-in")).content.decode()
    return re.findall(r'value="(\w+)" lang="\w+" class="[^"]*" aria-current="true"', page)


@pytest.mark.django_db
def test_the_buttons_change_the_language_and_come_back() -> None:
    client = Client(enforce_csrf_checks=True)
    for language in ("fr", "en", "nl"):
        answer = press(client, language)
        assert (answer.status_code, answer["Location"]) == (302, reverse("access:sign-in") + "?next=/gezinnen/")
        assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == language
        assert language_of(client.get(reverse("access:sign-in"))) == language
        assert current(client) == [language]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "xx", "../nl"])
def test_a_language_that_is_not_offered_changes_nothing(asked: str) -> None:
    client = speaking("fr")
    answer = client.post(reverse("access:language"), {"language": asked, "next": "https://elders.example/"})
    assert answer["Location"] == "/"
    assert language_of(client.get(reverse("access:sign-in"))) == "fr"
