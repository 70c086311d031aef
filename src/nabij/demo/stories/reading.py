"""Reads the written stories into the same shapes as the generated households, around a given today."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from importlib.resources import files
from typing import Any

import yaml

from nabij.demo import partners, workdays
from nabij.demo.dice import dice, steady
from nabij.demo.names import Person, Registry, mailbox
from nabij.demo.shapes import (
    AGREEMENTS,
    AUTHORS,
    EVENTS,
    HOW,
    PLACES,
    ROLES,
    SECRECY,
    DemoAddress,
    DemoAgreement,
    DemoAppointment,
    DemoArrival,
    DemoContact,
    DemoEvent,
    DemoGoal,
    DemoHousehold,
    DemoMember,
    DemoNote,
    DemoRequest,
    DemoScore,
    DemoStep,
)  # fmt: skip
from nabij.demo.stock import LOADER
from nabij.demo.stories.schema import StoryError, check
from nabij.demo.territory import Territory, towns
from nabij.kernel.domains import LifeDomain

UNCOVERED = "uncovered"  # written where a wijk would stand: a street that no team covers
NUMBERS = ("national", "bis", "none")
SERIALS, PHONES = range(900, 998), "0499 09"  # of the stories only, so that no generated person has the same


def load(today: date) -> list[DemoHousehold]:
    """Return the households of all stories, sorted by key. StoryError names the file and key where one is wrong."""
    registry = Registry(SERIALS, PHONES)
    told = [_Telling(file, story, today, registry).household() for file, story in _stories()]
    seen: set[str] = set()
    for household in told:
        if household.key in seen:
            raise StoryError("stories", household.key, "deze sleutel komt twee keer voor")
        seen.add(household.key)
    return sorted(told, key=lambda household: household.key)


def read(file: str, text: str, today: date) -> list[DemoHousehold]:
    """Return the households of one text in YAML. StoryError as in `load`."""
    registry = Registry(SERIALS, PHONES)
    return [_Telling(name, story, today, registry).household() for name, story in _parsed(file, text)]


def _stories() -> Iterable[tuple[str, dict[str, Any]]]:
    found = (item for item in files(__package__).iterdir() if item.name.endswith(".yaml"))
    for item in sorted(found, key=lambda item: item.name):
        yield from _parsed(item.name, item.read_text("utf-8"))


def _parsed(file: str, text: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        stories = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise StoryError(file, "begin", f"dit is geen geldige YAML ({error})") from error
    if not isinstance(stories, list):
        raise StoryError(file, "begin", "hier hoort een lijst van verhalen")
    for story in stories:
        check(file, story)
    return [(file, story) for story in stories]


class _Telling:
    """One story while it is read."""

    def __init__(self, file: str, story: dict[str, Any], today: date, registry: Registry) -> None:
        self.file, self.story, self.today, self.registry = file, story, today, registry
        self.key: str = story["key"]
        self.town = self._town()
        self.came = self._ago(story["came"]["days_ago"])
        self.keys = [member["key"] for member in story["members"]]
        self.events = tuple(self._event(nth, e) for nth, e in enumerate(story.get("events", []), 1))
        self.members = tuple(self._member(entry) for entry in story["members"])

    def household(self) -> DemoHousehold:
        """Return the household that the story tells of."""
        story, head = self.story, self.members[0].person
        prefers = story.get("prefers", {})
        agreement = story.get("agreement")
        return DemoHousehold(
            key=self.key, title=story["title"], nis=self.town.nis, address=self._address("start", story["wijk"]),
            members=self.members, language=prefers.get("language", head.languages[0]),
            place=self._one_of("prefers.place", prefers.get("place", "centre"), PLACES),
            channel=self._one_of("prefers.channel", prefers.get("channel", "phone"), HOW),
            arrival=DemoArrival(
                self._one_of("came.how", story["came"]["how"], HOW), story["came"]["told_by"], self.came
            ),
            requests=tuple(self._request(entry) for entry in story["asked"]),
            lead=story.get("lead", True), lead_slot=steady(self.key, 10_000),
            goals=tuple(self._goal(entry) for entry in story.get("goals", [])), scores=tuple(self._scores()),
            agreement=self._agreement(agreement) if agreement else None,
            review_on=self._ahead(story["review_in"]) if "review_in" in story else None,
            notes=tuple(self._note(entry) for entry in story.get("notes", [])), events=self.events,
            appointments=tuple(self._appointment(entry) for entry in story.get("appointments", [])),
            contacts=tuple(sorted(map(self._contact, story.get("contacts", [])), key=lambda c: c.on)),
        )  # fmt: skip

    # Where and who

    def _town(self) -> Territory:
        wanted = self.story.get("town", "lindegem")
        self._one_of("town", wanted, tuple(town.key for town in towns()))
        return next(town for town in towns() if town.key == wanted)

    def _address(self, which: str, wijk: str) -> DemoAddress:
        rng = dice("story", self.key, which)
        if wijk == UNCOVERED:
            return self.town.address_uncovered(rng)
        self._one_of("wijk", wijk, tuple(w.name for w in self.town.wijken))
        return self.town.address_in(self.town.wijk(wijk).code, rng)

    def _member(self, entry: dict[str, Any]) -> DemoMember:
        brought = {m: e.on for e in self.events if e.kind in ("child_born", "partner_moves_in") for m in e.members}
        born_now = {m for e in self.events if e.kind == "child_born" for m in e.members}
        key = entry["key"]
        birth_date = brought[key] if key in born_now else self._birth_date(entry)
        role = self._one_of("members.role", entry.get("role", "child"), ROLES)
        person = self._person(entry, birth_date)
        since = brought.get(key, max(self.came, birth_date))
        return DemoMember(key, person, role, since, key in brought, entry.get("share", 100))

    def _birth_date(self, entry: dict[str, Any]) -> date:
        """A day that makes the age right today; which one belongs to the story and the member."""
        nth = steady(f"{self.key}/{entry['key']}", 350)
        if "months" in entry:
            return self._ago(entry["months"] * 30 + nth % 25)
        if "age" not in entry:
            raise StoryError(self.file, f"{self.key}.members", f"'{entry['key']}' heeft geen age of months")
        return self._ago(round(entry["age"] * 365.25) + 8 + nth)

    def _person(self, entry: dict[str, Any], birth_date: date) -> Person:
        first = self.story["members"][0]
        family = entry.get("family") or first.get("family") or ""
        languages = tuple(entry.get("languages") or first.get("languages") or ("nl",))
        number = self._one_of("members.number", entry.get("number", "national"), NUMBERS)
        return Person(
            entry["given"], family, birth_date, languages,
            "" if number == "none" else self.registry.number(birth_date, bis=number == "bis"),
            self.registry.phone() if entry.get("phone") else "",
            f"{mailbox(entry['given'], family)}@example.org" if entry.get("email") else "",
        )  # fmt: skip

    # What they said, and what is done

    def _request(self, entry: dict[str, Any]) -> DemoRequest:
        on = self._ago(entry["days_ago"]) if "days_ago" in entry else self.came
        return DemoRequest(entry["words"], self._domain(entry["domain"]), on, entry.get("language", "nl"))

    def _goal(self, entry: dict[str, Any]) -> DemoGoal:
        return DemoGoal(
            entry["words"], self._domain(entry["domain"]), self._known("goals.for", entry.get("for", [])),
            tuple(self._step(step) for step in entry["steps"]),
            self._known("goals.hidden_from", entry.get("hidden_from", [])),
        )  # fmt: skip

    def _step(self, entry: dict[str, Any]) -> DemoStep:
        by = entry.get("by", "worker")
        kind = "worker" if by == "worker" else "member" if by in self.keys else "partner"
        if kind == "partner":
            self._one_of("goals.steps.by", by, tuple(partners.names()))
        done = self._day(entry["done"]) if "done" in entry else None
        return DemoStep(
            entry["do"], kind, "" if kind == "worker" else by, self._day(entry["due"]), done,
            entry.get("errands", 0), entry.get("retellings", 0),
        )  # fmt: skip

    def _scores(self) -> Iterable[DemoScore]:
        on = self._ago(self.story.get("agreement", self.story["came"])["days_ago"])
        for member, scores in self.story.get("scores", {}).items():
            self._known("scores", [member])
            for domain, score in scores.items():
                if score is not None and score not in range(1, 6):
                    raise StoryError(self.file, f"{self.key}.scores.{member}", "een score is 1 tot 5, of null")
                yield DemoScore(member, self._domain(domain), score, on)

    def _agreement(self, entry: dict[str, Any]) -> DemoAgreement:
        state = self._one_of("agreement.state", entry["state"], AGREEMENTS)
        if (state == "agreed") == bool(entry.get("reason")):
            raise StoryError(self.file, f"{self.key}.agreement", "alleen wie niet akkoord ging heeft een reden")
        return DemoAgreement(state, self._ago(entry["days_ago"]), entry.get("reason", ""))

    def _note(self, entry: dict[str, Any]) -> DemoNote:
        return DemoNote(
            entry["words"], self._one_of("notes.secrecy", entry["secrecy"], SECRECY), self._ago(entry["days_ago"]),
            self._one_of("notes.by", entry.get("by", "lead"), AUTHORS),
        )  # fmt: skip

    def _contact(self, entry: dict[str, Any]) -> DemoContact:
        member = entry.get("with", self.keys[0])
        self._known("contacts.with", [member])
        at = time(9 + steady(entry["words"], 7), 15 * steady(entry["words"], 4))
        on = workdays.before(self._ago(entry["days_ago"]), self.came)
        return DemoContact(
            on, at, self._one_of("contacts.how", entry["how"], HOW), member, self._domain(entry["domain"]),
            entry["words"], self._one_of("contacts.by", entry.get("by", "lead"), AUTHORS),
        )  # fmt: skip

    def _appointment(self, entry: dict[str, Any]) -> DemoAppointment:
        place = self._one_of("appointments.place", entry["place"], PLACES)
        try:
            at = time.fromisoformat(entry["at"])
        except ValueError as error:
            raise StoryError(self.file, f"{self.key}.appointments.at", "schrijf het uur als 09:30") from error
        return DemoAppointment(self._ahead(entry["in_days"]), at, entry.get("minutes", 45), place, entry["about"])

    def _event(self, nth: int, entry: dict[str, Any]) -> DemoEvent:
        return DemoEvent(
            self._one_of("events.kind", entry["kind"], EVENTS), self._ago(entry["days_ago"]),
            self._known("events.members", entry.get("members", [])),
            self._address(f"event {nth}", entry["to"]) if "to" in entry else None,
            entry.get("keeps_lead", False), entry.get("reason", ""), entry.get("note", ""),
        )  # fmt: skip

    # Days and checks

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _ahead(self, days: int) -> date:
        return workdays.after(self._day(days))

    def _domain(self, slug: str) -> str:
        return self._one_of("domain", slug, tuple(LifeDomain.values))

    def _known(self, where: str, keys: list[str]) -> tuple[str, ...]:
        for key in keys:
            self._one_of(where, key, tuple(self.keys))
        return tuple(keys)

    def _one_of(self, where: str, value: str, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            raise StoryError(self.file, f"{self.key}.{where}", f"'{value}' is hier niet gekend")
        return value
