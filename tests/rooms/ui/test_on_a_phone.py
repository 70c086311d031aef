"""The navigation at 390 pixels, without JavaScript: every place of the menu can be reached, also by keyboard."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route

from nabij.ui import views

pytestmark = pytest.mark.browser
UI = Path(views.__file__).parent
HOST = "http://nabij.test"
PLACES = ("Mijn dag", "Onthaal", "Gezinnen", "Team", "Beheer", "Vragen", "Cijfers")


def shell(many: int, active: int = 0) -> str:
    items = [
        SimpleNamespace(label=label, url=f"/{at}/", icon="sun", active=at == active)
        for at, label in enumerate(PLACES[:many])
    ]
    town = SimpleNamespace(name="Testegem", slug="testegem", colour=views.HOUSE)
    menu = {"items": items, "who": None, "contact_url": "", "search_url": ""}
    return render_to_string("ui/shell.html", {"shell": menu, "municipality": town, "csrf_token": "x"})


@pytest.fixture
def phone(browser: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def show(page: Page, html: str) -> None:
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        if path.startswith("/static/") and (UI / path.lstrip("/")).is_file():
            route.fulfill(path=UI / path.lstrip("/"))
        elif path.startswith("/stijl/"):
            route.fulfill(body=views.stylesheet(views.HOUSE).content, content_type="text/css")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto(f"{HOST}/")


@pytest.mark.parametrize("many", [1, 4, 5, 7])
def test_every_place_can_be_reached(phone: Page, many: int) -> None:
    show(phone, shell(many))
    bar = phone.get_by_role("navigation", name="Snelmenu")
    more = bar.get_by_text("Meer")
    assert more.count() == (many > 4)
    for at, label in enumerate(PLACES[:many]):
        link = bar.get_by_role("link", name=label)
        if at >= 4:
            assert not link.is_visible()
            more.click()
        box = link.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
        assert box["height"] >= 44
        link.click()
        phone.wait_for_url(f"{HOST}/{at}/")


def test_the_keyboard_opens_what_did_not_fit(phone: Page) -> None:
    show(phone, shell(7))
    bar = phone.get_by_role("navigation", name="Snelmenu")
    bar.get_by_role("link", name="Team").focus()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    for _ in range(3):
        phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"{HOST}/6/")


def test_more_shows_that_one_is_in_it(phone: Page) -> None:
    weight = "getComputedStyle(document.querySelector('.n-more summary')).fontWeight"
    show(phone, shell(7))
    # A page of its own: what the first one still asks for is not taken from it.
    other = phone.context.new_page()
    show(other, shell(7, active=5))
    assert int(other.evaluate(weight)) > int(phone.evaluate(weight))
