"""The administrator lets colleagues in along the sign-in of the municipality; one of them comes in, and leaves again."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests import directory as provider

pytestmark = [pytest.mark.story, pytest.mark.browser, pytest.mark.serial]
BOSS, WORKER, ADDRESS = "Dries Naessens", "Nele Vandenbroucke", "nele.vandenbroucke@example.org"
Look = Callable[..., None]


@pytest.fixture(scope="module")
def entra() -> Iterator[provider.Directory]:
    """A provider on this machine."""
    if not provider.node():
        pytest.skip(provider.NO_NODE)
    nele = provider.person("nele", WORKER, email=ADDRESS, roles=["nabij-werker"])
    other = provider.person("other", "Iemand anders", email="iemand@example.org", roles=["nabij-werker"])
    with provider.running(people=[nele, other]) as running:
        yield running


@pytest.fixture
def page(browser: Browser, city: str) -> Iterator[Page]:
    """A browser; a mistake in a script fails the test, and a refusal (403) is none."""
    context = browser.new_context(
        base_url=city, viewport={"width": 1280, "height": 900}, locale="nl-BE", bypass_csp=True
    )
    opened = context.new_page()
    mistakes: list[str] = []
    opened.on("pageerror", lambda error: mistakes.append(str(error)))
    yield opened
    context.close()
    assert not mistakes


def test_set_up_and_used(
    page: Page, sign_in: Callable[[Page, str], None], looked_at: Look, entra: provider.Directory
) -> None:
    sign_in(page, BOSS)
    welcomes_a_colleague(page)
    sets_up(page, entra, looked_at)
    comes_in(page, looked_at)
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page, BOSS)
    page.goto("/beheer/aanmelddienst/")
    page.get_by_role("link", name="Bekijk Entra ID").click()
    expect(page.get_by_role("main")).to_contain_text("geen account met dit adres of deze sleutel")
    expect(page.get_by_role("main")).to_contain_text("oid-other")
    looked_at(page)
    page.get_by_role("button", name="Zet uit").click()
    proves(page)
    page.context.clear_cookies()
    page.goto("/aanmelden/")
    expect(page.get_by_role("main")).not_to_contain_text("Entra ID")


def welcomes_a_colleague(page: Page) -> None:
    page.goto("/beheer/")
    page.get_by_role("link", name="Nieuwe medewerker").click()
    page.get_by_label("Naam").fill(WORKER)
    page.get_by_label("E-mailadres").fill(ADDRESS)
    page.get_by_role("main").get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status").first).to_contain_text("werkt nu hier")


def sets_up(page: Page, entra: provider.Directory, look: Look) -> None:
    page.goto("/beheer/aanmelden/")
    page.get_by_role("link", name="Aanmelddienst").click()
    look(page)
    page.get_by_role("link", name="Entra ID van Microsoft").click()
    proves(page)
    for wrong, sentence in (("http://elders.example/", "Geef een adres dat met https:// begint"), (entra.issuer, "")):
        page.get_by_label("Adres van de aanmelddienst (issuer)").fill(wrong)
        page.get_by_label("Naam van Nabij daar (client ID)").fill(provider.CLIENT)
        page.get_by_label("Geheim (client secret)").fill(provider.SECRET)
        page.get_by_label("Waarde voor je gemeente").fill(provider.TENANT)
        look(page)
        page.get_by_role("button", name="Bewaar").click()
        if sentence:
            expect(page.get_by_text(sentence).first).to_be_visible()
    page.get_by_role("link", name="Nieuwe regel").click()
    page.get_by_label("Waarde").fill("nabij-werker")
    page.get_by_label("Functie").select_option(label="Maatschappelijk werker")
    page.get_by_label("Team").select_option(index=1)
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Zet aan").click()
    expect(page.get_by_role("status").first).to_contain_text("De knop staat op de aanmeldpagina.")
    look(page, "aanmelddienst")


def proves(page: Page) -> None:
    if page.get_by_role("button", name="Ja, ik ben het").is_visible():
        page.get_by_role("button", name="Ja, ik ben het").click()


def comes_in(page: Page, look: Look) -> None:
    page.context.clear_cookies()
    page.goto("/aanmelden/?next=/gezinnen/")
    look(page)
    page.get_by_role("link", name=re.compile("Aanmelden met Entra ID")).click()
    page.get_by_role("button", name="Iemand anders").click()
    expect(page.get_by_role("heading", name="Niet aangemeld")).to_be_visible()
    look(page)
    page.context.clear_cookies()  # of the provider as well
    page.goto("/aanmelden/?next=/gezinnen/")
    page.get_by_role("link", name=re.compile("Aanmelden met Entra ID")).click()
    page.get_by_role("button", name=WORKER).click()
    expect(page).to_have_url(re.compile("/gezinnen/$"))
    page.goto("/")
    expect(page.get_by_role("banner")).to_contain_text(WORKER)
