"""A mother walks in, is not known, has an appointment, gets a case manager and a plan, moves, and takes paper home.

The same story with the mouse and with the keyboard only; axe looks at every page; the manual's pictures are taken here.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.hands import Keyboard, Mouse

pytestmark = [pytest.mark.story, pytest.mark.browser, pytest.mark.serial]

SignIn = Callable[[Page, str], None]
Look = Callable[..., None]
OVERLINDE, SPINNERS = ("Avondstraat", "12"), ("Boekweitdreef", "7")
MOTHERS = {"mouse": ("Samira", "Ben Thabet", "Benthabet"), "keyboard": ("Nadira", "El Khayat", "Elkhayat")}


class Story:
    """The story of one mother, told by whoever sits at the screen; pictures only of the first telling."""

    def __init__(self, page: Page, hands: Mouse, mother: tuple[str, str, str], looked_at: Look, enter: SignIn) -> None:
        self.page, self.hands, self.enter = page, hands, enter
        self.given, self.family, self.misspelt = mother
        self.name = f"{self.given} {self.family}"
        self.draws, self._look = type(hands) is Mouse, looked_at

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def look(self, picture: str = "") -> None:
        self._look(self.page, picture if self.draws else "")

    def says(self, text: str) -> None:
        expect(self.main).to_contain_text(text)

    def fill(self, name: str, text: str) -> None:
        self.hands.fill(self.main.locator(f"[name={name}]").first, text)

    def choose(self, name: str, value: str) -> None:
        self.hands.choose(self.main.locator(f"[name={name}][value='{value}']"))

    def press(self, label: str, exact: bool = False) -> None:
        button = self.main.get_by_role("button", name=label, exact=exact)
        self.hands.press(button.or_(self.main.get_by_role("link", name=label, exact=exact)).first)

    def go(self, place: str) -> None:
        menu = self.page.get_by_role("navigation", name="Hoofdmenu")
        self.hands.press(menu.get_by_role("link", name=place))

    def household(self) -> None:
        self.hands.search(self.name)
        self.hands.press(self.main.get_by_role("link", name=self.name).first)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.name)


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_a_mother_walks_in(at_desk: Page, sign_in: SignIn, looked_at: Look, hand: str) -> None:
    hands = (Mouse if hand == "mouse" else Keyboard)(at_desk)
    story = Story(at_desk, hands, MOTHERS[hand], looked_at, sign_in)
    at_desk.goto("/aanmelden/")
    story.look("aanmelden")
    walks_in(story)
    gets_a_plan(story)
    moves(story)
    takes_paper(story)
    is_handed_over(story)
    stays_hidden(story)


def walks_in(story: Story) -> None:
    story.enter(story.page, "Rosa D'Hulst")
    story.look()
    story.go("Onthaal")
    story.look()
    story.fill("given_name", story.given)
    story.fill("family_name", story.family)
    story.fill("birth_date", "31/02/1991")
    story.choose("domain", "housing")
    story.fill("words", "Er staat water in de slaapkamer van mijn dochter.")
    story.fill("street", OVERLINDE[0])
    story.fill("number", OVERLINDE[1])
    expect(story.page.locator("#where")).to_contain_text("Overlinde")
    story.press("Bewaar")
    expect(story.page.get_by_role("alert")).to_contain_text("Geboortedatum")
    assert story.page.locator("[name=words]").input_value().startswith("Er staat water")
    story.fill("birth_date", "3/4/1991")
    story.hands.choose(story.page.locator("#where [name=slot]").first)
    story.look("onthaal")
    story.press("Bewaar")
    expect(story.page.get_by_role("status").first).to_contain_text("afspraak staat vast")
    story.look("genoteerd")
    story.go("Onthaal")
    story.fill("given_name", story.given)
    story.fill("family_name", story.misspelt)
    story.fill("birth_date", "4/3/1991")
    expect(story.page.locator("#known")).to_contain_text(f"gekend: {story.name}")
    story.look("onthaal-gekend")


def gets_a_plan(story: Story) -> None:
    story.enter(story.page, "Lieve Van den Broeck")
    story.says(story.name)
    story.look("mijn-dag")
    row = story.main.get_by_role("listitem").filter(has_text=story.name)
    story.hands.press(row.get_by_role("button", name="Neem op").first)
    expect(story.page.get_by_role("heading", level=1)).to_contain_text(story.name)
    story.says("dossierhouder Lieve")
    story.look()
    story.press("Plan", exact=True)
    story.look()
    adds_a_goal(story, "Mijn dochter slaapt droog", "housing", "doel")
    adds_a_goal(story, "Minder brieven die ik niet versta", "administration")
    folded = story.main.locator("details", has_text="Mijn dochter slaapt droog").first
    if folded.get_attribute("open") is None:
        story.hands.press(folded.locator("summary"))
    story.hands.press(folded.get_by_role("link", name="Nieuwe stap"))
    story.look()
    story.fill("description", "De huisbaas bellen over het dak")
    story.fill("due_on", "2030-01-15")
    story.press("Spreek af")
    story.says("De huisbaas bellen over het dak")
    story.look("plan")
    story.press("Lees het plan samen")
    story.choose("outcome", "not_agreed")
    story.press("Leg vast")
    expect(story.page.get_by_role("alert")).to_contain_text("waarom")
    story.look()
    story.choose("outcome", "agreed")
    story.look("akkoord")
    story.press("Leg vast")
    story.says("versie 1")


def adds_a_goal(story: Story, words: str, domain: str, picture: str = "") -> None:
    story.press("Nieuw doel")
    story.fill("words", words)
    story.choose("domain", domain)
    story.look(picture)
    story.press("Zet in het plan")
    story.says(words)


def moves(story: Story) -> None:
    story.household()
    story.look("gezin")
    story.press("Er verandert iets in het gezin")
    story.look()
    story.press("Het adres verandert")
    story.fill("street", SPINNERS[0])
    story.fill("number", SPINNERS[1])
    story.look()
    story.press("Bekijk wijk en team")
    story.says("Dit is in Spinnerskwartier")
    story.hands.choose(story.page.get_by_label("het team van het nieuwe adres"))
    story.look("verhuis")
    story.press("Bewaar het adres")
    expect(story.page.get_by_role("status").first).to_contain_text("helpt dit gezin nu verder")
    story.household()
    story.says("Spinnerskwartier")
    story.says("dossierhouder Lieve")


def takes_paper(story: Story) -> None:
    story.press("Plan", exact=True)
    story.press("Op papier")
    story.look("papier")
    sent = story.main.locator("form").last.evaluate("form => Object.fromEntries(new FormData(form))")
    answer = story.page.request.post(story.page.url, form=sent, headers={"Referer": story.page.url})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def is_handed_over(story: Story) -> None:
    story.enter(story.page, "Bilal Tahiri")
    story.go("Team")
    story.look("team")
    story.household()
    story.press("Draag over")
    story.hands.pick(story.main.locator("select[name=to]"), "Hanne Seynaeve")
    story.fill("reason", "Het gezin woont nu in de wijk van Hanne.")
    story.look("overdragen")
    story.press("Draag over")
    expect(story.page.get_by_role("status").first).to_contain_text("Hanne Seynaeve")
    story.enter(story.page, "Hanne Seynaeve")
    story.household()
    story.press("Wie keek mee")
    story.says("Lieve Van den Broeck")
    story.look("wie-keek")
    story.household()
    story.press("Noteer: kreeg uitleg")
    story.says("kreeg uitleg op")
    story.press("Uitleg en toestemming")
    story.look("uitleg-en-toestemming")


def stays_hidden(story: Story) -> None:
    story.household()
    address = story.page.url
    for name in ("Hilde Vande Kerckhove", "Lieve Van den Broeck", "Tom Lips"):
        story.enter(story.page, name)
        assert story.page.request.get(address).status == 404, name
    story.enter(story.page, "Dries Naessens")
    story.go("Beheer")
    story.look("beheer")
    story.enter(story.page, "Veerle Baekelandt")
    story.go("Wie keek")
    story.says("in de eigen straat")
    story.look("ongewoon-kijken")
    story.hands.press(story.main.get_by_role("link", name="Toon die keer").first)
    story.says("Dat je dit bekijkt, is genoteerd.")
    story.look()
