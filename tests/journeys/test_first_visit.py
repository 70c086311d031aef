"""A mother walks in, is not known, has an appointment, gets a case manager and a plan, moves, and takes paper home.

The same story with the mouse and with the keyboard only; axe looks at every page; the manual's pictures are taken here.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.story, pytest.mark.browser, pytest.mark.serial]

SignIn = Callable[[Page, str], None]
Look = Callable[..., None]
OVERLINDE, SPINNERS = ("Avondstraat", "12"), ("Boekweitdreef", "7")


def fill(page: Page, name: str, text: str) -> None:
    page.locator(f"main [name={name}]").fill(text)


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"main [name={name}][value='{value}']").check()


def press(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("button", name=label).or_(
        page.get_by_role("main").get_by_role("link", name=label)
    ).first.click()


def household_of(page: Page, name: str) -> None:
    page.goto(f"/zoek/?q={name}")
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_a_mother_walks_in(at_desk: Page, sign_in: SignIn, looked_at: Look) -> None:
    page = at_desk
    page.goto("/aanmelden/")
    looked_at(page, "aanmelden")
    walks_in(page, sign_in, looked_at)
    gets_a_plan(page, sign_in, looked_at)
    moves(page, looked_at)
    takes_paper(page, looked_at)
    is_handed_over(page, sign_in, looked_at)
    stays_hidden(page, sign_in, looked_at)


def walks_in(page: Page, sign_in: SignIn, looked_at: Look) -> None:
    sign_in(page, "Rosa D'Hulst")
    looked_at(page)
    page.get_by_role("link", name="Onthaal").first.click()
    looked_at(page)
    fill(page, "given_name", "Samira")
    fill(page, "family_name", "Ben Thabet")
    fill(page, "birth_date", "31/02/1991")
    choose(page, "domain", "housing")
    fill(page, "words", "Er staat water in de slaapkamer van mijn dochter.")
    fill(page, "street", OVERLINDE[0])
    page.locator("main [name=number]").press_sequentially(OVERLINDE[1])
    expect(page.locator("#where")).to_contain_text("Overlinde")
    press(page, "Bewaar")
    expect(page.get_by_role("alert")).to_contain_text("Geboortedatum")
    assert page.locator("[name=words]").input_value().startswith("Er staat water")
    fill(page, "birth_date", "3/4/1991")
    page.locator("#where [name=slot]").first.check()
    looked_at(page, "onthaal")
    press(page, "Bewaar")
    expect(page.get_by_role("status").first).to_contain_text("afspraak staat vast")
    looked_at(page, "genoteerd")
    page.get_by_role("link", name="Onthaal").first.click()
    fill(page, "given_name", "Samira")
    fill(page, "family_name", "Benthabet")
    page.locator("main [name=birth_date]").press_sequentially("4/3/1991")
    expect(page.locator("#known")).to_contain_text("gekend: Samira Ben Thabet")
    looked_at(page, "onthaal-gekend")


def gets_a_plan(page: Page, sign_in: SignIn, looked_at: Look) -> None:
    sign_in(page, "Lieve Van den Broeck")
    expect(page.get_by_role("main")).to_contain_text("Samira Ben Thabet")
    looked_at(page, "mijn-dag")
    row = page.locator("li", has_text="Samira Ben Thabet").filter(has=page.get_by_role("button", name="Neem op"))
    row.get_by_role("button", name="Neem op").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Samira Ben Thabet")
    expect(page.get_by_role("main")).to_contain_text("dossierhouder Lieve")
    looked_at(page)
    page.get_by_role("main").get_by_role("link", name="Plan", exact=True).click()
    looked_at(page)
    adds_a_goal(page, "Mijn dochter slaapt droog", "housing", looked_at, "doel")
    adds_a_goal(page, "Minder brieven die ik niet versta", "administration", looked_at)
    page.locator("summary", has_text="Mijn dochter slaapt droog").click()
    press(page, "Nieuwe stap")
    looked_at(page)
    fill(page, "description", "De huisbaas bellen over het dak")
    fill(page, "due_on", "2030-01-15")
    press(page, "Spreek af")
    expect(page.get_by_role("main")).to_contain_text("De huisbaas bellen over het dak")
    looked_at(page, "plan")
    press(page, "Lees het plan samen")
    choose(page, "outcome", "not_agreed")
    press(page, "Leg vast")
    expect(page.get_by_role("alert")).to_contain_text("waarom")
    looked_at(page)
    choose(page, "outcome", "agreed")
    looked_at(page, "akkoord")
    press(page, "Leg vast")
    expect(page.get_by_role("main")).to_contain_text("versie 1")


def adds_a_goal(page: Page, words: str, domain: str, looked_at: Look, picture: str = "") -> None:
    press(page, "Nieuw doel")
    fill(page, "words", words)
    choose(page, "domain", domain)
    looked_at(page, picture)
    press(page, "Zet in het plan")
    expect(page.get_by_role("main")).to_contain_text(words)


def moves(page: Page, looked_at: Look) -> None:
    household_of(page, "Samira Ben Thabet")
    looked_at(page, "gezin")
    press(page, "Er verandert iets in het gezin")
    looked_at(page)
    press(page, "Het adres verandert")
    fill(page, "street", SPINNERS[0])
    fill(page, "number", SPINNERS[1])
    looked_at(page)
    press(page, "Bekijk wijk en team")
    expect(page.get_by_role("main")).to_contain_text("Dit is in Spinnerskwartier")
    page.get_by_label("het team van het nieuwe adres").check()
    looked_at(page, "verhuis")
    press(page, "Bewaar het adres")
    expect(page.get_by_role("status").first).to_contain_text("helpt dit gezin nu verder")
    household_of(page, "Samira Ben Thabet")
    expect(page.get_by_role("main")).to_contain_text("Spinnerskwartier")
    expect(page.get_by_role("main")).to_contain_text("dossierhouder Lieve")


def takes_paper(page: Page, looked_at: Look) -> None:
    page.get_by_role("main").get_by_role("link", name="Plan", exact=True).click()
    press(page, "Op papier")
    looked_at(page, "papier")
    answer = page.request.post(page.url, form=sent_by(page.locator("main form").last), headers={"Referer": page.url})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def sent_by(form: Locator) -> dict[str, str]:
    return form.evaluate("form => Object.fromEntries(new FormData(form))")


def is_handed_over(page: Page, sign_in: SignIn, looked_at: Look) -> None:
    sign_in(page, "Bilal Tahiri")
    page.get_by_role("link", name="Team").first.click()
    looked_at(page, "team")
    household_of(page, "Samira Ben Thabet")
    press(page, "Draag over")
    hanne = page.locator("main option", has_text="Hanne Seynaeve").first.get_attribute("value")
    page.locator("main select[name=to]").select_option(hanne)
    fill(page, "reason", "Het gezin woont nu in de wijk van Hanne.")
    looked_at(page, "overdragen")
    press(page, "Draag over")
    expect(page.get_by_role("status").first).to_contain_text("Hanne Seynaeve")
    sign_in(page, "Hanne Seynaeve")
    household_of(page, "Samira Ben Thabet")
    press(page, "Wie keek mee")
    expect(page.get_by_role("main")).to_contain_text("Lieve Van den Broeck")
    looked_at(page, "wie-keek")


def stays_hidden(page: Page, sign_in: SignIn, looked_at: Look) -> None:
    household_of(page, "Samira Ben Thabet")
    address = page.url
    for name in ("Hilde Vande Kerckhove", "Lieve Van den Broeck", "Tom Lips"):
        sign_in(page, name)
        assert page.request.get(address).status == 404, name
    sign_in(page, "Dries Naessens")
    page.get_by_role("link", name="Beheer").first.click()
    looked_at(page, "beheer")
