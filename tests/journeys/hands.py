"""Two ways to use a page: with the mouse, and with the keyboard only. A story does not know which one it has."""

from playwright.sync_api import Locator, Page

MANY = 250  # tabs that no page needs


class Mouse:
    """Points, clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        """Press a button, follow a link, open what is folded."""
        what.click()

    def fill(self, box: Locator, text: str) -> None:
        """Type a text in a box, letter by letter, in the place of what stood there."""
        box.fill("")
        # In a date box each browser wants day, month and year in its own order: there the value is what counts.
        box.fill(text) if box.get_attribute("type") == "date" else box.press_sequentially(text)

    def choose(self, radio: Locator) -> None:
        """Choose one of a group."""
        radio.check()

    def tick(self, box: Locator) -> None:
        """Tick a box."""
        box.check()

    def pick(self, box: Locator, label: str) -> None:
        """Pick from a list by what it says."""
        box.select_option(box.locator("option", has_text=label).first.get_attribute("value"))

    def search(self, text: str) -> None:
        """Search from any page."""
        self.page.get_by_role("searchbox").fill(text)
        self.page.get_by_role("searchbox").press("Enter")


class Keyboard(Mouse):
    """Tab, Enter, Space, arrows and letters; what Tab does not reach, nobody reaches."""

    def press(self, what: Locator) -> None:
        """Tab to it and press Enter."""
        self._reach(what)
        if what.evaluate("one => one.tagName") == "SUMMARY":
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, box: Locator, text: str) -> None:
        """Tab to the box and type."""
        self._reach(box)
        if box.get_attribute("type") == "date":
            box.fill(text)
            return
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text) if text else self.page.keyboard.press("Delete")

    def choose(self, radio: Locator) -> None:
        """Tab to the group, and walk it with the arrows."""
        name = radio.get_attribute("name")
        for _ in range(MANY):
            if self.page.evaluate(
                "name => document.activeElement.name === name && document.activeElement.type === 'radio'", name
            ):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(40):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {radio}")

    def tick(self, box: Locator) -> None:
        """Tab to the box and press Space."""
        self._reach(box)
        self.page.keyboard.press("Space")
        assert box.is_checked()

    def pick(self, box: Locator, label: str) -> None:
        """Tab to the list and type what it says."""
        self._reach(box)
        self.page.keyboard.type(label)
        assert label in box.locator("option:checked").inner_text()

    def search(self, text: str) -> None:
        """The key / leads to the search box."""
        self.page.evaluate("document.activeElement?.blur()")
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _reach(self, what: Locator) -> None:
        what.wait_for(state="attached")
        aim = what.element_handle()
        for _ in range(MANY):
            if self.page.evaluate("aim => document.activeElement === aim", aim):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {what}")
