"""Somebody tries the second step in the demo: an app, recovery codes on paper, a passkey, another device; axe looks along."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from nabij.signin import totp

pytestmark = [pytest.mark.story, pytest.mark.browser, pytest.mark.serial]
WHO = "Stan Goemaere"
Look = Callable[..., None]


@pytest.fixture
def named(city: str) -> str:
    """The city under a name: no browser makes a passkey for an address of digits."""
    return city.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(browser: Browser, named: str) -> Iterator[Page]:
    """A browser with a key of its own, as a laptop has (WebAuthn's virtual authenticator); a mistake fails the test."""
    context = browser.new_context(
        base_url=named, viewport={"width": 1280, "height": 900}, locale="nl-BE", bypass_csp=True
    )
    opened = context.new_page()
    link = context.new_cdp_session(opened)
    link.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    link.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    mistakes: list[str] = []
    opened.on("pageerror", lambda error: mistakes.append(str(error)))
    yield opened
    context.close()
    assert not mistakes


def comes_in(page: Page) -> None:
    page.goto("/aanmelden/")
    page.get_by_role("button", name=WHO, exact=True).first.click()


def test_the_second_step_is_tried_in_the_demo(page: Page, browser: Browser, named: str, looked_at: Look) -> None:
    comes_in(page)
    page.goto("/mijn-aanmelding/")
    looked_at(page)
    secret = sets_up_an_app(page, looked_at)
    keeps_a_key(page, looked_at)
    looked_at(page, "mijn-aanmelding")
    signs_in_with_the_key(page, looked_at)
    elsewhere(browser, named, secret, looked_at)
    page.goto("/mijn-aanmelding/")
    page.get_by_role("button", name="Meld al mijn andere toestellen af").click()
    expect(page.get_by_role("status").first).to_contain_text("andere toestellen zijn afgemeld")
    asks_again(page, looked_at)
    for _ in range(2):
        page.goto("/mijn-aanmelding/")
        page.get_by_role("button", name="Haal weg").first.click()
    expect(page.get_by_role("main")).to_contain_text("Je hebt nog geen tweede stap.")


def sets_up_an_app(page: Page, look: Look) -> str:
    page.get_by_role("link", name="Stel een app met codes in").click()
    page.get_by_text("Scannen lukt niet").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.wait_for_function("document.querySelector('img').complete && document.querySelector('img').naturalWidth > 100")
    look(page, "tweede-stap-app")
    page.get_by_label("Code uit de app").fill("000000")
    page.get_by_role("button", name="Stel in").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    page.get_by_label("Code uit de app").fill(totp.code(secret, totp.step_of(timezone.now())))
    page.get_by_role("button", name="Stel in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je herstelcodes")
    expect(page.get_by_role("button", name="Druk af")).to_be_visible()
    look(page, "herstelcodes")
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    return secret


def keeps_a_key(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Voeg een sleutel toe").click()
    look(page)
    page.get_by_label("Hoe noem je deze sleutel?").fill("laptop van het werk")
    page.get_by_role("button", name="Maak een sleutel").click()
    expect(page.get_by_role("main")).to_contain_text("laptop van het werk")


def signs_in_with_the_key(page: Page, look: Look) -> None:
    page.locator(".n-who summary").click()
    page.get_by_role("button", name="Afmelden").click()
    comes_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    look(page, "tweede-stap")
    page.goto("/gezinnen/")
    assert "/aanmelden/?next=" in page.url
    comes_in(page)
    page.get_by_role("button", name="Gebruik je sleutel").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Tweede stap")
    page.goto("/mijn-aanmelding/")
    expect(page.get_by_role("main")).to_contain_text("dit toestel")


def elsewhere(browser: Browser, named: str, secret: str, look: Look) -> None:
    """Another browser, that has no key: a code of the app; on a phone."""
    phone = browser.new_context(base_url=named, viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = phone.new_page()
    comes_in(page)
    look(page)
    page.locator("[name=code]").fill(totp.code(secret, totp.step_of(timezone.now()) + 1))
    page.get_by_role("button", name="Ga verder").click()
    page.goto("/mijn-aanmelding/")
    look(page)
    expect(page.get_by_role("button", name="Meld al mijn andere toestellen af")).to_be_visible()
    phone.close()


def asks_again(page: Page, look: Look) -> None:
    page.goto("/bevestig/?next=/mijn-aanmelding/")
    look(page, "bevestig")
    page.get_by_role("button", name="Gebruik je sleutel").click()
    page.wait_for_url("**/mijn-aanmelding/")
