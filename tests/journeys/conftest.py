"""A running demo city, a browser that looks, and eyes that check: axe on every page, a picture for the manual."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small Lindegem of its own, served as `make demo` serves it; or a running one in `NABIJ_CITY`."""
    if running := os.environ.get("NABIJ_CITY"):
        yield running
        return
    room = tmp_path_factory.mktemp("city")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "NABIJ_", "PYTEST_", "DJANGO_"))}
    command = [sys.executable, "-m", "nabij.config.cli", "demo", "--no-open", "--port", str(port)]
    log = (room / "log").open("w")
    served = subprocess.Popen(
        command, env={**clean, "NABIJ_VAR": str(room)}, stdout=log, stderr=log, start_new_session=True
    )
    try:
        _wait(f"http://127.0.0.1:{port}/aanmelden/", served, room / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        served.terminate()
        served.wait(30)


def _wait(address: str, served: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert served.poll() is None, log.read_text()[-3000:]
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-3000:])


@pytest.fixture
def at_desk(browser: Browser, city: str) -> Iterator[Page]:
    """A page on a wide screen, in Dutch; a mistake in a script fails the test."""
    context = browser.new_context(
        base_url=city, viewport={"width": 1280, "height": 900}, locale="nl-BE", bypass_csp=True
    )
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on(
        "console", lambda line: mistakes.append(line.text) if line.type == "error" and "422" not in line.text else None
    )
    yield page
    context.close()
    assert not mistakes


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """Sign in as one of the demo's people, by name."""

    def enter(page: Page, name: str) -> None:
        page.context.clear_cookies()
        page.goto("/aanmelden/")
        page.get_by_role("button", name=name, exact=True).first.click()
        page.wait_for_url(re.compile(r"/$"))

    return enter


@pytest.fixture
def looked_at() -> Callable[..., None]:
    """Check a page with axe; with a name, keep a picture of it for the manual when `NABIJ_MANUAL` asks for it."""

    def look(page: Page, name: str = "") -> None:
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        wrong = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]]
        assert not wrong, f"{page.url}: {wrong}"
        wide = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert wide, f"{page.url} is wider than the screen"
        if name and (folder := os.environ.get("NABIJ_MANUAL")):
            target = ROOT / folder / "beelden"
            target.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=target / f"{name}.png", full_page=False)

    return look
