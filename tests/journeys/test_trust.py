"""Trust, with the keyboard only: a file opened in an emergency, who looked on paper, a household helped elsewhere.

axe looks at every page, and nothing is wider than the screen. Names have an apostrophe, as people have here.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.hands import Keyboard

pytestmark = [pytest.mark.story, pytest.mark.browser, pytest.mark.serial]

SignIn = Callable[[Page, str], None]
Look = Callable[..., None]
QUIET, NEEDED = ("Oriana", "D'Haeseleer"), ("Godwin", "T'Kindt")
DESK, LEAD, AFAR, OFFICER = "Rosa D'Hulst", "Lieve Van den Broeck", "Hanne Seynaeve", "Veerle Baekelandt"


class Trust:
    """One keyboard, and who sits at it."""

    def __init__(self, page: Page, look: Look, enter: SignIn) -> None:
        self.page, self.hands, self._look, self._enter = page, Keyboard(page), look, enter

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def enter(self, name: str) -> None:
        self._enter(self.page, name)

    def look(self, picture: str = "") -> None:
        self._look(self.page, picture)

    def says(self, text: str) -> None:
        expect(self.main).to_contain_text(text)

    def told(self, text: str) -> None:
        expect(self.page.get_by_role("status").first).to_contain_text(text)

    def title(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def fill(self, name: str, text: str) -> None:
        self.hands.fill(self.main.locator(f"[name={name}]").first, text)

    def choose(self, name: str, value: str) -> None:
        self.hands.choose(self.main.locator(f"[name={name}][value='{value}']"))

    def press(self, label: str, within: Locator | None = None) -> None:
        room = within or self.main
        self.hands.press(room.get_by_role("button", name=label).or_(room.get_by_role("link", name=label)).first)

    def go(self, place: str) -> None:
        menu = self.page.get_by_role("navigation", name="Hoofdmenu")
        self.hands.press(menu.get_by_role("link", name=place))

    def find(self, name: tuple[str, str]) -> Locator:
        """Search for a household, and return the link to it, if there is one."""
        self.hands.search(" ".join(name))
        return self.main.get_by_role("link", name=" ".join(name))

    def receive(self, name: tuple[str, str], born: str, number: str) -> None:
        """At the desk: somebody who tells who she is, where she lives and what she asks."""
        self.go("Onthaal")
        for field, text in (("given_name", name[0]), ("family_name", name[1]), ("birth_date", born)):
            self.fill(field, text)
        self.choose("domain", "housing")
        self.fill("words", "Het is koud in huis.")
        self.fill("street", "Avondstraat")
        self.fill("number", number)
        expect(self.page.locator("#where")).to_contain_text("Overlinde")
        self.press("Bewaar")

    def take_up(self, name: tuple[str, str]) -> None:
        """Become case manager, from my day."""
        row = self.main.get_by_role("listitem").filter(has_text=" ".join(name))
        self.hands.press(row.get_by_role("button", name="Neem op").first)
        self.says(f"dossierhouder {LEAD}")


def test_trust_with_the_keyboard(at_desk: Page, sign_in: SignIn, looked_at: Look) -> None:
    story = Trust(at_desk, looked_at, sign_in)
    is_helped_elsewhere(story)
    is_opened_in_an_emergency(story)
    is_reviewed(story)
    gets_the_list(story)
    asks_for_a_copy(story)
    leaves_the_team(story)
    comes_in_again(story)


def is_helped_elsewhere(story: Trust) -> None:
    """She asks it at the desk, without a reason; her team does not find her any more, nor her page."""
    story.enter(DESK)
    story.receive(QUIET, "3/4/1979", "14")
    story.enter(LEAD)
    story.take_up(QUIET)
    address = story.page.url
    story.enter(DESK)
    story.go("Onthaal")
    for field, text in (("given_name", QUIET[0]), ("family_name", QUIET[1]), ("birth_date", "3/4/1979")):
        story.fill(field, text)
    story.press(f"Ja, dit is {' '.join(QUIET)}")
    story.hands.tick(story.main.get_by_label("Wil elders geholpen worden"))
    story.look()
    story.press("Bewaar")
    story.told("Genoteerd.")
    story.look()
    story.enter(LEAD)
    expect(story.main).not_to_contain_text(QUIET[1])
    expect(story.find(QUIET)).to_have_count(0)
    story.says("Geen gezin gevonden dat voor jou openstaat.")
    assert story.page.request.get(address).status == 404
    story.page.go_back()
    expect(story.main).not_to_contain_text(QUIET[1])


def is_opened_in_an_emergency(story: Trust) -> None:
    """A colleague of another team writes why it cannot wait; first with too little, then with the whole name."""
    story.enter(DESK)
    story.receive(NEEDED, "5/6/1984", "16")
    story.enter(LEAD)
    story.take_up(NEEDED)
    story.enter(AFAR)
    expect(story.find(NEEDED)).to_have_count(0)
    story.press("Noodtoegang")
    story.press("Open het dossier voor 24 uur")
    expect(story.page.get_by_role("alert")).to_contain_text("waarom dit niet kan wachten")
    story.find(NEEDED)
    story.press("Noodtoegang")
    story.fill("reason", "Hij staat overstuur aan de deur, en Lieve neemt niet op.")
    story.fill("given_name", NEEDED[0])
    story.fill("family_name", NEEDED[1])
    story.fill("birth_date", "6/5/1984")
    story.look("noodtoegang")
    story.press("Open het dossier voor 24 uur")
    expect(story.page.get_by_role("alert")).to_contain_text("ging geen dossier voor je open")
    story.says("Hij staat overstuur")
    story.fill("birth_date", "5/6/1984")
    story.look()
    story.press("Open het dossier voor 24 uur")
    story.title(" ".join(NEEDED))
    story.told("Open voor 24 uur.")
    story.says("Noodtoegang tot")
    story.look("noodtoegang-dossier")


def is_reviewed(story: Trust) -> None:
    """The lead sees it and says something of it; the privacy officer reviews it, without the name."""
    story.enter(LEAD)
    story.says("In nood geopend")
    story.look()
    row = story.main.get_by_role("listitem").filter(has_text="Hij staat overstuur")
    story.press("Bekijk", row)
    story.fill("text", "Goed dat je opendeed. Ik was op huisbezoek.")
    story.look()
    story.press("Zet erbij")
    story.enter(OFFICER)
    story.press("Kijk ze na")
    story.look()
    assert NEEDED[1] not in story.main.inner_text()
    row = story.main.get_by_role("listitem").filter(has_text="Hij staat overstuur")
    story.press("Kijk na", row)
    story.says("Goed dat je opendeed.")
    assert NEEDED[1] not in story.main.inner_text()
    story.look("noodtoegang-nakijken")
    story.press("Noteer je oordeel")
    expect(story.page.get_by_role("alert")).to_be_visible()
    story.choose("outcome", "justified")
    story.fill("text", "Er was gevaar, en niemand nam op.")
    story.look()
    story.press("Noteer je oordeel")
    story.told("Genoteerd.")
    story.go("Gegevens")
    story.look("gegevens")


def gets_the_list(story: Trust) -> None:
    """The household is given who looked, on paper: the emergency stands on it."""
    story.enter(LEAD)
    story.hands.press(story.find(NEEDED).first)
    story.look()
    story.press("Lijst voor het gezin: wie keek")
    story.look()
    sent = story.main.locator("form").last.evaluate("form => Object.fromEntries(new FormData(form))")
    answer = story.page.request.post(story.page.url, form=sent, headers={"Referer": story.page.url})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def asks_for_a_copy(story: Trust) -> None:
    """Somebody says in passing that he wants to see what is written: that counts, and has a day."""
    story.hands.press(story.find(NEEDED).first)
    story.press("Vragen over gegevens")
    story.look()
    story.press("Noteer een vraag")
    story.choose("kind", "access")
    story.look()
    story.press("Noteer")
    story.says("antwoord tegen")
    story.press("Maak een kopie")
    story.look("kopie")
    story.enter(OFFICER)
    story.says("wachten op een antwoord")
    story.press("Bekijk de vragen")
    story.title("Gegevens van bewoners")


def leaves_the_team(story: Trust) -> None:
    """Later the household asks its case manager: another team helps, and the case manager's page is gone."""
    story.enter(LEAD)
    story.hands.press(story.find(NEEDED).first)
    address = story.page.url
    story.hands.press(story.main.locator("summary", has_text="Zelden nodig"))
    story.press("Het gezin wil elders geholpen worden")
    choice = story.main.get_by_label("Team Buurtcentrum De Spoel")
    story.hands.choose(choice)
    story.look("elders")
    story.press("Laat dit gezin elders helpen")
    expect(story.page).not_to_have_url(re.compile("/elders/"))
    expect(story.main).not_to_contain_text(NEEDED[1])
    assert story.page.request.get(address).status == 404
    assert story.page.request.get(f"{address}elders/").status == 404


def comes_in_again(story: Trust) -> None:
    """At the desk of the neighbourhood nothing warns; the team that helps says whether it is the same household."""
    story.enter(DESK)
    story.receive(NEEDED, "5/6/1984", "16")
    story.enter(AFAR)
    story.go("Gezinnen")
    story.press("Misschien dubbel")
    story.says(NEEDED[1])
    story.look("misschien-dubbel")
    row = story.main.get_by_role("listitem").filter(has_text=NEEDED[1])
    story.press("Zelfde mensen", row.first)
    story.told("Genoteerd.")
    story.hands.press(story.find(NEEDED).first)
    story.says("wordt op eigen vraag elders geholpen")
    story.look()
