"""The small modules and the look, in a real browser; pages come from memory, so that no server and no database is needed."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import RequestFactory
from playwright.sync_api import Page, Request, Route

from nabij.kernel.actor import Actor
from nabij.territory.models import Municipality
from nabij.ui import views

pytestmark = pytest.mark.browser
UI = Path(views.__file__).parent
AXE = UI.parents[2] / "node_modules" / "axe-core" / "axe.min.js"
HOST = "http://nabij.test"
FORM = """<!doctype html><html lang="nl"><title>x</title><main>
<a href="/contact" data-key="c">Noteer</a><input data-key="/" id="search">
<button type="button" data-keys-switch hidden>Sneltoetsen</button>
<form method="post" action="/save" data-draft="note" data-draft-url="/draft" data-draft-kept="Concept bewaard om">
<fieldset class="n-choices"><label><input type="radio" name="about" value="1">een</label>
<label><input type="radio" name="about" value="2">twee</label></fieldset>
<textarea name="words"></textarea><input type="password" name="secret" value="geheim"><input type="file" name="paper">
<button>Bewaar</button><span role="status" data-draft-says></span></form></main>
<script type="module" src="/static/ui/nabij.js"></script></html>"""


class Site:
    """Answers every request of a page, and remembers what was posted."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.posted: list[Request] = []
        self.draft_status = 200

    def __call__(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        file = UI / path.lstrip("/")
        if route.request.method == "POST":
            self.posted.append(route.request)
        if path == "/draft":
            route.fulfill(status=self.draft_status, json={"kept": "14:03"})
        elif path == "/save":
            route.fulfill(status=204)
        elif path.startswith("/stijl/"):
            route.fulfill(body=views.stylesheet(views.HOUSE).content, content_type="text/css")
        elif path.startswith("/static/") and file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")


@pytest.fixture
def site() -> Site:
    return Site(FORM)


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", site)
    page.goto(f"{HOST}/")
    page.locator("[data-keys-switch][aria-pressed=true]").wait_for()
    yield page
    context.close()


def test_keys_focus_choose_and_go(page: Page) -> None:
    page.keyboard.press("2")
    assert page.locator("[value='2']").is_checked()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.locator("#search").blur()
    page.keyboard.press("c")
    page.wait_for_url("**/contact")


def test_keys_are_letters_while_somebody_types(page: Page) -> None:
    page.locator("textarea").press_sequentially("c/2")
    assert page.locator("textarea").input_value() == "c/2"
    assert page.url == f"{HOST}/"
    assert not page.locator("[value='2']").is_checked()


def test_keys_can_be_switched_off_and_stay_off(page: Page) -> None:
    page.get_by_role("button", name="Sneltoetsen").click()
    page.reload()
    page.locator("[data-keys-switch][aria-pressed=false]").wait_for()
    page.keyboard.press("2")
    assert not page.locator("[value='2']").is_checked()


def test_ctrl_enter_saves_and_the_button_rests(page: Page, site: Site) -> None:
    page.locator("textarea").fill("De trap is kapot.")
    page.keyboard.press("Control+Enter")
    page.locator("form button:disabled").wait_for()
    page.keyboard.press("Enter")
    assert [request.url for request in site.posted if request.url.endswith("/save")] == [f"{HOST}/save"]


def test_a_draft_is_kept_without_passwords_and_files(page: Page, site: Site) -> None:
    page.locator("textarea").fill("De trap is kapot.")
    page.get_by_text("Concept bewaard om 14:03").wait_for()
    [draft] = site.posted
    body = draft.post_data or ""
    assert "De trap is kapot." in body
    assert 'name="draft-key"' in body
    assert "secret" not in body
    assert "geheim" not in body
    assert "paper" not in body


def test_a_draft_that_was_refused_is_tried_again(page: Page, site: Site) -> None:
    site.draft_status = 500
    with page.expect_response("**/draft"):
        page.locator("textarea").fill("De trap is kapot.")
    assert page.get_by_text("Concept bewaard").count() == 0
    site.draft_status = 200
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.get_by_text("Concept bewaard om 14:03").wait_for()


def signed_in() -> Any:
    """The gallery stands in the shell, which is for who is signed in."""
    request: Any = RequestFactory().get("/ui/")
    request.actor = Actor.operator(uuid4())
    request.user = SimpleNamespace(municipality=Municipality(name="Testegem", slug="testegem"))
    return request


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is er niet: maak het met npm ci.")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_gallery_is_accessible_and_fits(browser: Any, scheme: str, width: int) -> None:
    html = views.gallery(signed_in()).content.decode()
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.route("**/*", Site(re.sub(r'href="/stijl/', f'href="{HOST}/stijl/', html)))
    page.goto(f"{HOST}/ui/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run().then(result => result.violations.map(one => [one.id, one.nodes[0].html]))")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert found == []
    assert wider <= 0
