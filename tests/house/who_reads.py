"""Who reads which row on a day, said once more in plain Python: what the second wall of PostgreSQL is held against.

Written after design and page, not after the SQL. Days are numbers, so that days can pass.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Row = dict[str, Any]
PLAN, CONTACTS, NOTES = 1, 2, 4
DEPTH = {
    "lead": 3, "duo": 3, "substitute": 3, "transfer": 3, "team": 2, "emergency": 2, "grace": 2, "adviser": 1, "front_desk": 1,
}  # fmt: skip
GUIDES = {"social_worker", "coordinator"}
RECEIVE = GUIDES | {"front_desk", "bridge_figure"}
SERVING = dict.fromkeys(DEPTH, GUIDES) | {
    "transfer": GUIDES | {"administrator"}, "adviser": {"knowledge_cell"}, "front_desk": RECEIVE,
}  # fmt: skip


@dataclass
class Span:
    """A period of whole days, from one up to and without another."""

    since: int
    until: int | None = None

    def holds(self, day: int) -> bool:
        """Return whether a day lies in it."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Post(Span):
    """A function that somebody has, in a team or a centre."""

    who: str = ""
    function: str = ""
    team: int | None = None
    centre: int | None = None
    key: UUID | None = None


@dataclass
class Held(Span):
    """A ground that was given, to a worker or to a team."""

    home: UUID | None = None
    ground: str = ""
    who: str | None = None
    team: int | None = None
    parts: int = 0
    grace_until: int | None = None


@dataclass
class Away(Span):
    """Somebody is absent, and perhaps somebody stands in."""

    who: str = ""
    substitute: str | None = None
    key: UUID | None = None


@dataclass
class Elsewhere(Span):
    """A household that one team does not know, because another helps it."""

    home: UUID | None = None
    avoided: int = 0
    helping: int = 0


@dataclass
class Facts:
    """Everything that happened, of which access follows."""

    day: int = 0
    posts: list[Post] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    centres: dict[int, int] = field(default_factory=dict)
    """The centre of a team, where it has one."""

    def now(self, of: list[Any]) -> list[Any]:
        """Return what holds today."""
        return [one for one in of if one.holds(self.day)]

    def functions(self, who: str) -> set[str]:
        """Return what somebody is today."""
        return {post.function for post in self.now(self.posts) if post.who == who}

    def works_at(self, who: str, team: int) -> bool:
        """Return whether somebody works in a team today, or in its centre."""
        centre = self.centres.get(team, -1)
        return any(p.who == who and (p.team == team or p.centre == centre) for p in self.now(self.posts))

    def guides_in(self, who: str) -> set[int | None]:
        """Return the teams in which somebody guides households today."""
        return {p.team for p in self.now(self.posts) if p.who == who and p.function in GUIDES}

    def is_hidden(self, who: str, home: UUID) -> bool:
        """Return whether a household does not exist for somebody: it is helped elsewhere, and this is whom it avoids."""
        return any(e.home == home and self.works_at(who, e.avoided) for e in self.now(self.elsewhere))

    def holder(self, home: UUID, ground: str) -> Held | None:
        """Return who has a ground today of which there is one at a time."""
        return next((one for one in self.now(self.held) if one.home == home and one.ground == ground), None)

    def grounds(self, who: str, home: UUID) -> dict[str, int]:
        """Return on which grounds somebody reaches a household today, with the parts that a question opens."""
        if self.is_hidden(who, home):
            return {}
        found: dict[str, int] = {}
        lead = self.holder(home, "lead")
        for one in self.held:
            if one.home != home:
                continue
            if one.holds(self.day) and (one.who == who or (one.team is not None and one.team in self.guides_in(who))):
                found[one.ground] = found.get(one.ground, 0) | one.parts
            if one.who == who and one.until is not None and one.grace_until and one.until <= self.day < one.grace_until:
                found["grace"] = 0
        if any(a.substitute == who and lead and a.who == lead.who for a in self.now(self.away)):
            found["substitute"] = 0
        return {ground: parts for ground, parts in found.items() if self.functions(who) & SERVING[ground]}

    def sight(self, who: str, home: UUID) -> "Sight":
        """Return how far somebody sees into a household today."""
        grounds = self.grounds(who, home)
        parts = 0
        for opened in grounds.values():
            parts |= opened
        depth = max((DEPTH[ground] for ground in grounds), default=0)
        away = next((e for e in self.now(self.elsewhere) if e.home == home), None)
        # That it is helped elsewhere is no news to who helps it; to anybody else there is no such household at all.
        knows_of = away is None or depth > 0 or self._helps(who, away)
        return Sight(depth, parts, knows_of, "privacy_officer" in self.functions(who))

    def _helps(self, who: str, away: Elsewhere) -> bool:
        return self.works_at(who, away.helping) and not self.works_at(who, away.avoided)


@dataclass(frozen=True)
class Sight:
    """How far somebody sees into a household: 0 nothing, 1 the name, 2 the file, 3 the whole file; and parts of it beside.

    `knows_of` is whether its key may turn up at all.
    """

    depth: int
    parts: int
    knows_of: bool
    reviews: bool


def _at(depth: int, part: int = 0) -> Callable[[Sight, UUID, Row], bool]:
    return lambda sight, _me, _row: sight.depth >= depth or bool(sight.parts & part)


def _own_or(column: str, part: int = 0) -> Callable[[Sight, UUID, Row], bool]:
    # What somebody noted of a visit stays his to read as long as he may know the name.
    return lambda sight, me, row: _at(2, part)(sight, me, row) or (sight.depth >= 1 and row[column] == str(me))


def _note(sight: Sight, me: UUID, row: Row) -> bool:
    if row["kind"] == "sealed":
        return sight.depth >= 1 and row["written_by"] == str(me)
    return sight.depth >= 3 if row["kind"] == "case" else _at(2, NOTES)(sight, me, row)


READS: dict[str, Callable[[Sight, UUID, Row], bool]] = {
    **dict.fromkeys(["households_household", "households_membership", "informing_told", "access_elsewhere"], _at(1)),
    **dict.fromkeys(
        ["households_address", "households_contactpoint", "households_correction", "households_double"], _at(2)
    ),
    **dict.fromkeys(["casework_handover", "informing_consent", "informing_withdrawal"], _at(2)),
    **dict.fromkeys(["casework_case", "casework_goal", "casework_goalperson", "casework_planversion"], _at(2, PLAN)),
    **dict.fromkeys(["casework_progress", "casework_selfscore", "casework_step"], _at(2, PLAN)),
    "casework_note": _note,
    "frontdesk_contact": _own_or("noted_by", CONTACTS),
    "frontdesk_helprequest": _own_or("asked_by", CONTACTS),
    "advice_question": lambda sight, me, row: sight.depth >= 2 or (sight.depth >= 1 and row["expert_id"] == str(me)),
    # Who is in charge of which key is known to who works here, but not of one that is helped elsewhere.
    "access_basis": lambda sight, _me, row: sight.knows_of or (sight.reviews and row["ground"] == "emergency"),
}
"""By table, whether a row of a household is read by somebody who sees so far."""
ELSEWHERE_TRIED = {
    "access_reach": "one's own rows only, in which no household is named that was hidden: test_helped_elsewhere",
    "audit_trailevent": "one's own, and for who is in charge: tests/rooms/audit, tests/rooms/oversight",
    "frontdesk_appointment": "an hour is of whom it is booked with too: tests/rooms/frontdesk",
    "oversight_emergency": "who is told depends on who is in charge: tests/rooms/oversight",
    "privacy_announced": "of the privacy officer: tests/rooms/privacy",
    "privacy_datarequest": "of the privacy officer too: tests/rooms/privacy",
    "privacy_hold": "of the privacy officer: tests/rooms/privacy",
}
"""Tables with a household whose wall asks more than how far one sees, and where that is tried."""
