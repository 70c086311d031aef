"""What the demo city is made of, before any action is called: plain values that a builder hands to the verbs.

Everything is dated with real dates; nothing here knows a database. A `key` is a short name that is unique in its list.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from nabij.demo.names import Person

HOW = (
    "walk_in", "phone", "home_visit", "centre", "elsewhere", "online", "partner", "school", "bridge_figure",
    "neighbour", "activity",
)  # fmt: skip
PLACES = ("centre", "home", "elsewhere", "phone")
ROLES = ("head", "partner", "child", "parent", "relative", "friend")
SECRECY = ("shared", "case", "sealed")
AUTHORS = ("lead", "duo", "front_desk", "bridge_figure", "youth_worker", "coordinator")
AGREEMENTS = ("agreed", "not_agreed", "not_asked")
EVENTS = (
    "child_born", "partner_moves_in", "moves_out", "separation", "moves", "handed_over", "ended", "returned",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoAddress:
    """Where a household lives; `wijk` is the code, or empty where deliberately no team covers the address."""

    street: str
    number: int
    box: str
    postcode: str
    town: str
    wijk: str


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A person in a household; `since` is the first day, and `by_event` says that an event brings this person in."""

    key: str
    person: Person
    role: str
    since: date
    by_event: bool = False
    share: int = 100  # per cent of the time that this is home: children may live in two


@dataclass(frozen=True, slots=True)
class DemoStep:
    """What is done for a goal: by the worker (the default: the advocate walks), a member (key) or a partner (name)."""

    words: str
    actor: str  # "worker", "member" or "partner"
    who: str  # the member's key, the partner's name, or empty for the worker
    due: date
    done: date | None = None
    errands_spared: int = 0
    retellings_spared: int = 0


@dataclass(frozen=True, slots=True)
class DemoGoal:
    """A goal in the household's own words; an empty `for_whom` means the whole household."""

    words: str
    domain: str
    for_whom: tuple[str, ...]
    steps: tuple[DemoStep, ...]
    shielded_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """What somebody asked, in their own words and language."""

    words: str
    domain: str
    on: date
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class DemoArrival:
    """How a household came: the way, who told them, the day."""

    how: str
    told_by: str
    on: date


@dataclass(frozen=True, slots=True)
class DemoNote:
    """A note of a worker: shared (team), case (lead and duo) or sealed (author only)."""

    words: str
    secrecy: str
    on: date
    author: str


@dataclass(frozen=True, slots=True)
class DemoScore:
    """How a member says a life domain goes, 1 to 5; None is "rather not"."""

    member: str
    domain: str
    score: int | None
    on: date


@dataclass(frozen=True, slots=True)
class DemoAgreement:
    """What the household said of its plan; every state but `agreed` has a reason."""

    state: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoContact:
    """A talk that took place: the way, with which member (empty: nobody in particular), about what, in short."""

    on: date
    at: time
    how: str
    member: str
    domain: str
    words: str
    author: str


@dataclass(frozen=True, slots=True)
class DemoAppointment:
    """A talk that is planned (or was): the day may lie before today."""

    on: date
    at: time
    minutes: int
    place: str
    about: str


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """A change in the household. `members` are those it is about; `address` is the new one, where there is one."""

    kind: str
    on: date
    members: tuple[str, ...] = ()
    address: DemoAddress | None = None
    keeps_lead: bool = False
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DemoHousehold:
    """A household with everything that a builder needs to call the verbs in the order of the dates.

    `title` is a label for who reads the demo, not a name of the house. `address` is where it lived on arrival;
    `events` tell what came after, in order. `lead` is False where nobody is in charge yet; `lead_slot` is a steady
    number to divide households over the workers of a team. `contacts` may be lazy: it has a length and can be gone
    through more than once.
    """

    key: str
    title: str
    nis: str
    address: DemoAddress
    members: tuple[DemoMember, ...]
    language: str
    place: str
    channel: str
    arrival: DemoArrival
    requests: tuple[DemoRequest, ...]
    lead: bool
    lead_slot: int
    goals: tuple[DemoGoal, ...] = ()
    scores: tuple[DemoScore, ...] = ()
    agreement: DemoAgreement | None = None
    review_on: date | None = None
    notes: tuple[DemoNote, ...] = ()
    events: tuple[DemoEvent, ...] = ()
    appointments: tuple[DemoAppointment, ...] = ()
    contacts: Collection[DemoContact] = ()

    def address_on(self, day: date) -> DemoAddress:
        """Return where the household lives on a day."""
        moved = [e for e in self.events if e.kind == "moves" and e.address and e.on <= day]
        return max(moved, key=lambda e: e.on).address or self.address if moved else self.address
