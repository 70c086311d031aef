"""Makes the households that have no written story: believable in size, age, language and wijk, the same from one seed.

Fast enough for a whole city: what a household is stands ready, its contacts are made when somebody goes through them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from nabij.demo import workdays
from nabij.demo.dice import Weighted, dice, steady
from nabij.demo.names import Origin, Person, PersonMaker, Registry, birth, child_family_name, origin_weights, origins
from nabij.demo.sentences import FOR_CHILDREN, FOR_TEENAGERS, NOT_FOR_OLD, fitting, options, say
from nabij.demo.shapes import (
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
from nabij.demo.territory import Territory

KINDS = Weighted({
    "single": 31, "single_parent": 22, "couple": 10, "family": 24, "old_single": 7, "old_couple": 3,
    "three_generations": 3,
})  # fmt: skip
CHILDREN = Weighted({1: 38, 2: 34, 3: 18, 4: 7, 5: 2, 6: 1})
DOMAINS = Weighted({
    "income": 16, "debt": 11, "housing": 14, "health": 10, "work": 9, "education": 6, "children": 9, "youth": 3,
    "leisure": 3, "culture": 1, "sport": 3, "network": 4, "administration": 12, "mobility": 3, "legal": 5,
})  # fmt: skip
HOW = Weighted({
    "walk_in": 34, "phone": 14, "school": 13, "partner": 11, "bridge_figure": 9, "neighbour": 6, "activity": 6,
    "home_visit": 4, "online": 3,
})  # fmt: skip
CONTACT_HOW = Weighted({"phone": 40, "centre": 24, "home_visit": 14, "walk_in": 13, "elsewhere": 5, "online": 4})
AUTHORS = Weighted({"lead": 76, "duo": 9, "front_desk": 12, "bridge_figure": 3})
# Households of the house in a hundred, by order of the wijken: the middle and the ring around it more than the fields.
WIJK_WEIGHTS = (9, 13, 14, 7, 12, 15, 4, 4, 6, 3, 5, 3, 5)
CONTACTS_SPREAD = (1.6, 20.8)  # shape and scale of the spread of contacts over households; about 33 on average
SERIALS = {"lindegem": range(500, 800), "oudlo": range(800, 900)}
PHONES = {"lindegem": "0499 00", "oudlo": "0499 01"}


@dataclass(frozen=True, slots=True)
class LazyContacts(Collection[DemoContact]):
    """Contacts that are made while one goes through them: the same ones every time."""

    seed: str
    count: int
    begins: date
    ends: date
    names: tuple[tuple[str, str], ...]  # key and given name of the adults
    child: str
    domains: tuple[str, ...]

    def __len__(self) -> int:
        return self.count

    def __contains__(self, item: object) -> bool:
        return any(contact == item for contact in self)

    def __iter__(self) -> Iterator[DemoContact]:
        rng = dice(self.seed)
        span = max(1, (self.ends - self.begins).days)
        days = sorted(
            workdays.before(self.begins + timedelta(days=rng.randrange(span)), self.begins) for _ in range(self.count)
        )
        sentences = fitting("contacts", "", bool(self.child))
        for day in days:
            (key, name), domain = rng.choice(self.names), rng.choice(self.domains)
            words = say(rng, rng.choice(sentences), name=name, child=self.child, domain=domain)
            at = time(rng.randint(8, 16), rng.choice((0, 10, 15, 20, 30, 45)))
            yield DemoContact(day, at, CONTACT_HOW.pick(rng), key, domain, words, AUTHORS.pick(rng))


def households(seed: int, count: int, today: date, territory: Territory) -> Iterator[DemoHousehold]:
    """Yield so many households of a town; a longer list begins with the shorter one."""
    maker = PersonMaker(Registry(SERIALS[territory.key], PHONES[territory.key]))
    for nth in range(count):
        yield _Making(seed, nth, today, territory, maker).household()


class _Making:
    """One household while it is made: what its parts need to know of each other."""

    def __init__(self, seed: int, nth: int, today: date, territory: Territory, maker: PersonMaker) -> None:
        self.key = f"{territory.key}-{nth + 1:05d}"
        self.rng = dice("household", seed, self.key)
        self.seed, self.today, self.territory, self.maker = seed, today, territory, maker
        self.origin = origins()[origin_weights().pick(self.rng)]
        self.kind = KINDS.pick(self.rng)
        self.old = self.kind.startswith("old")
        self.came = today - timedelta(days=int(min(2900, self.rng.expovariate(1 / 620))) + 1)
        self.members = self._members()
        self.events = self._events()
        self.until = next((event.on for event in self.events if event.kind == "ended"), today)
        self.adults = [m for m in self.members if m.person.age_on(today) >= 18]
        self.children = [m for m in self.members if m.role == "child"]
        self.domains = self._domains()

    def household(self) -> DemoHousehold:
        """Return the household with its plan, its notes and its agenda."""
        rng = self.rng
        head = self.members[0].person
        goals = self._goals()
        return DemoHousehold(
            key=self.key, title=f"Gezin {head.family}", nis=self.territory.nis, address=self._address(),
            members=tuple(self.members), language=head.languages[0],
            place=rng.choices(("centre", "home", "elsewhere", "phone"), (52, 34, 4, 10))[0],
            channel="phone" if head.phone else "home_visit",
            arrival=DemoArrival(HOW.pick(rng), rng.choice(options("told_by")), self.came),
            requests=self._requests(), lead=rng.random() > 0.07, lead_slot=steady(self.key, 10_000),
            goals=goals, scores=self._scores(), agreement=self._agreement() if goals else None,
            review_on=self._soon(150) if goals and not self._has_left() else None,
            notes=self._notes(), events=self.events,
            appointments=() if self._has_left() else self._appointments(),
            contacts=self._contacts(),
        )  # fmt: skip

    # Who lives here

    def _members(self) -> list[DemoMember]:
        head = self._person(66 if self.old else 19, 92 if self.old else 64)
        # Whoever comes in an own name is of age.
        self.came = max(self.came, head.birth_date + timedelta(days=18 * 366))
        made = [self._member("a1", head, "head")]
        if self.kind in ("couple", "family", "old_couple", "three_generations"):
            made.append(self._member("a2", self._partner(head), "partner"))
        if self.kind in ("single_parent", "family", "three_generations"):
            made += self._offspring([member.person for member in made])
        if self.kind == "three_generations":
            age = min(95, head.age_on(self.today) + self.rng.randint(20, 32))
            made.append(self._member("a3", self._person(age, age, family=head.family), "parent"))
        return made

    def _member(self, key: str, person: Person, role: str) -> DemoMember:
        # A child of divided parents lives here half of the time, now and then.
        halves = role == "child" and self.kind == "single_parent" and self.rng.random() < 0.2
        born_here = person.birth_date > self.came
        since = person.birth_date if born_here else self.came
        return DemoMember(key, person, role, since, by_event=born_here, share=50 if halves else 100)

    def _person(self, youngest: int, oldest: int, *, origin: Origin | None = None, family: str = "") -> Person:
        day = birth(self.rng, self.today, youngest, oldest)
        return self.maker.make(self.rng, day, self.today, origin=origin or self.origin, family=family)

    def _partner(self, head: Person) -> Person:
        age = head.age_on(self.today) + self.rng.randint(-6, 6)
        mixed = origins()[origin_weights().pick(self.rng)] if self.rng.random() < 0.16 else self.origin
        return self._person(max(18, age - 1), max(18, age + 1), origin=mixed)

    def _offspring(self, parents: list[Person]) -> list[DemoMember]:
        youngest_parent = min(parent.age_on(self.today) for parent in parents)
        oldest = min(24, max(0, youngest_parent - 18))
        family = child_family_name(self.rng, [parent.family for parent in parents])
        # Years apart, so at most as many as there are years.
        ages = sorted(self.rng.sample(range(oldest + 1), min(CHILDREN.pick(self.rng), 1 + oldest // 2)), reverse=True)
        children: dict[str, Person] = {}
        for age in ages:
            child = self._person(age, age, family=family)
            children.setdefault(child.given, child)
        return [self._member(f"k{nth}", person, "child") for nth, person in enumerate(children.values(), 1)]

    def _address(self) -> DemoAddress:
        if self.rng.random() < 0.003:
            return self.territory.address_uncovered(self.rng)
        codes = [wijk.code for wijk in self.territory.wijken]
        return self.territory.address_in(self.rng.choices(codes, WIJK_WEIGHTS[: len(codes)])[0], self.rng)

    # What they ask and want

    def _domains(self) -> tuple[str, ...]:
        wanted = self.rng.choices((1, 2, 3, 4), (34, 36, 21, 9))[0]
        drawn = dict.fromkeys(DOMAINS.pick(self.rng) for _ in range(wanted))
        unfit = [domain for domain in FOR_CHILDREN if not self._meant(domain)] + list(NOT_FOR_OLD if self.old else ())
        fits = tuple(domain for domain in drawn if domain not in unfit)
        return fits or ("administration",)

    def _meant(self, domain: str) -> list[DemoMember]:
        """The children of whom one would speak in a domain: nobody says of a baby that it wants to leave school."""
        ages = [(member, member.person.age_on(self.today)) for member in self.children]
        if domain in FOR_TEENAGERS:
            return [member for member, age in ages if age >= 12]
        return [member for member, age in ages if 3 <= age < 18] or self.children

    def _child(self, domain: str) -> str:
        meant = self._meant(domain)
        return self.rng.choice(meant).person.given if meant else ""

    def _say(self, kind: str, domain: str) -> str:
        sentence = self.rng.choice(fitting(kind, domain, bool(self._meant(domain)), self.old))
        return say(self.rng, sentence, name=self.members[0].person.given, child=self._child(domain), domain=domain)

    def _requests(self) -> tuple[DemoRequest, ...]:
        days = [self.came] + [self._between(self.came) for _ in self.domains[1:]]
        return tuple(
            DemoRequest(self._say("requests", d), d, on) for d, on in zip(self.domains, sorted(days), strict=True)
        )

    def _goals(self) -> tuple[DemoGoal, ...]:
        if self.rng.random() < 0.12:
            return ()
        return tuple(self._goal(domain) for domain in self.domains)

    def _goal(self, domain: str) -> DemoGoal:
        for_whom: tuple[str, ...] = ()
        if domain in FOR_CHILDREN:
            for_whom = (self.rng.choice(self._meant(domain)).key,)
        elif self.rng.random() < 0.4:
            for_whom = (self.rng.choice(self.adults or self.members).key,)
        steps = self.rng.sample(fitting("steps", domain, bool(self._meant(domain)), self.old), self.rng.randint(1, 3))
        return DemoGoal(self._say("goals", domain), domain, for_whom, tuple(self._step(s, domain) for s in steps))

    def _step(self, sentence: str, domain: str) -> DemoStep:
        words = say(self.rng, sentence, name=self.members[0].person.given, child=self._child(domain), domain=domain)
        done = self.until < self.today or self.rng.random() < 0.55
        due = self._between(self.came) if done else self.today + timedelta(days=self.rng.randint(-12, 60))
        actor = self.rng.choices(("worker", "member", "partner"), (74, 16, 10))[0]
        who = {"worker": "", "member": self.rng.choice(self.adults or self.members).key}.get(actor)
        if who is None:
            who = say(self.rng, "{partner}", domain=domain)
        spares = actor == "worker" and done
        return DemoStep(
            words, actor, who, due, due if done else None,
            self.rng.randint(0, 3) if spares else 0, self.rng.randint(0, 2) if spares else 0,
        )  # fmt: skip

    def _scores(self) -> tuple[DemoScore, ...]:
        if self.rng.random() < 0.35:
            return ()
        on, member = self._between(self.came), self.rng.choice(self.adults or self.members).key
        grades = (1, 2, 3, 4, 5, None)
        return tuple(
            DemoScore(member, d, self.rng.choices(grades, (12, 24, 28, 18, 8, 10))[0], on) for d in self.domains
        )

    def _agreement(self) -> DemoAgreement:
        state = self.rng.choices(("agreed", "not_agreed", "not_asked"), (84, 7, 9))[0]
        reason = "" if state == "agreed" else self.rng.choice(options("reasons")[state])
        return DemoAgreement(state, self._between(self.came), reason)

    # What is written, planned, and happened

    def _notes(self) -> tuple[DemoNote, ...]:
        notes = []
        for secrecy, chance in (("shared", 0.6), ("case", 0.3)):
            if self.rng.random() < chance:
                words = self.rng.choice(options("notes")[secrecy])
                words = say(self.rng, words, domain=self.domains[0])
                notes.append(DemoNote(words, secrecy, self._between(self.came), "lead"))
        return tuple(notes)

    def _appointments(self) -> tuple[DemoAppointment, ...]:
        if self.rng.random() < 0.45:
            return ()
        words = self.rng.choice(fitting("about", "", bool(self.children)))
        words = say(self.rng, words, domain=self.domains[0])
        at = time(self.rng.choice((9, 10, 11, 13, 14, 15)), self.rng.choice((0, 30)))
        minutes, place = self.rng.choice((30, 45, 60)), self.rng.choice(("centre", "centre", "home"))
        return (DemoAppointment(self._soon(35), at, minutes, place, words),)

    def _events(self) -> tuple[DemoEvent, ...]:
        """Children were born; a few households have left, and of those some came back."""
        births = [DemoEvent("child_born", m.since, (m.key,)) for m in self.members if m.by_event]
        earliest = max([self.came + timedelta(days=200), *(event.on + timedelta(days=30) for event in births)])
        events = sorted(births, key=lambda event: event.on)
        if (self.today - earliest).days > 100 and self.rng.random() < 0.11:
            events += self._leaving(earliest)
        return tuple(events)

    def _leaving(self, earliest: date) -> list[DemoEvent]:
        ended = self._day(earliest, self.today)
        left = DemoEvent("ended", ended, reason=self.rng.choice(("", "", "Het lukt weer alleen.")))
        if self.rng.random() < 0.3 and (self.today - ended).days > 30:
            return [left, DemoEvent("returned", self._day(ended + timedelta(days=20), self.today))]
        return [left]

    def _has_left(self) -> bool:
        return bool(self.events) and self.events[-1].kind == "ended"

    def _contacts(self) -> LazyContacts:
        names = tuple((m.key, m.person.given) for m in self.adults or self.members)
        count = 1 + int(self.rng.gammavariate(*CONTACTS_SPREAD))
        return LazyContacts(
            f"contacts:{self.seed}:{self.key}", count, self.came, self.until, names, self._child(""), self.domains
        )

    def _between(self, begins: date) -> date:
        return self._day(begins, self.until)

    def _day(self, begins: date, ends: date) -> date:
        """A working day from `begins` up to but not including `ends`."""
        days = max(1, (ends - begins).days)
        return workdays.before(begins + timedelta(days=self.rng.randrange(days)), begins)

    def _soon(self, within: int) -> date:
        return workdays.after(self.today + timedelta(days=self.rng.randint(0, within)))
