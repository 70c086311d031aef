"""The pages between password and work, as a browser shows them: axe finds nothing, on a phone neither."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from nabij.signin import codes, totp
from nabij.signin.forms import Code, NewApp, NewPasskey, NewPassword
from nabij.ui import views

pytestmark = pytest.mark.browser
SOURCE = Path(views.__file__).parents[1]
AXE = SOURCE.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
HOST = "http://nabij.test"
SOMEBODY = SimpleNamespace(name="Wim Werker", email="wim@example.org")
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
DRAWN = {"drawing": totp.drawn(totp.address(SECRET, account=SOMEBODY.email)), "secret": totp.in_fours(SECRET)}
WRONG = NewApp({"code": ""})
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "set up": ("first", {"form": NewApp(), "app": NewApp(), "passkey": NewPasskey(), "options": "{}", **DRAWN}),
    "set up wrongly": ("first", {"form": WRONG, "app": WRONG, "passkey": NewPasskey(), "options": "", **DRAWN}),
    "second step": ("second", {"form": Code(), "options": "{}"}),
    "recovery codes": ("codes", {"form": None, "codes": codes.fresh(), "to": "/", "user": SOMEBODY}),
    "invitation": ("invited", {"form": NewPassword(), "invited": SOMEBODY}),
    "no function": ("no_function", {"sentence": "Je hebt hier geen functie meer."}),
}


def drawn(template: str, context: dict[str, Any]) -> str:
    request = RequestFactory().get("/")
    request.user, request.actor = AnonymousUser(), None
    request._messages = []
    return render(request, f"signin/{template}.html", context).content.decode()


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_by_everybody(page: Page, name: str, width: int) -> None:
    html = drawn(*PAGES[name])

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        room = path.removeprefix("/static/").split("/")[0]
        file = SOURCE / (room if (SOURCE / room).is_dir() else "ui") / path.lstrip("/")
        if path.startswith("/static/") and file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.route("**/*", answer)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{HOST}/")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert not [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not mistakes
    assert page.get_by_role("heading", level=1).count() == 1
