"""The team on one page: who has nobody, who has which households, what waits; one answer, whatever the size."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Window
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from nabij.access import dividing
from nabij.access.dividing import Load
from nabij.access.models import Team, User
from nabij.casework import queries as casework
from nabij.frontdesk import queries as meetings
from nabij.frontdesk.models import HelpRequest
from nabij.households import queries as homes
from nabij.households.models import Address
from nabij.kernel.actor import Actor

MANY = 200
SHOWN = 50
NOBODY = "niemand"


@dataclass(frozen=True)
class Held:
    """A household in a list to hand over from: what it is called, and who was case manager when it was shown."""

    household_id: UUID
    name: str
    lead: UUID | None = None
    since: date | None = None
    is_duo: bool = False

    @property
    def value(self) -> str:
        """Return what a form sends: the household, and who was its case manager on the page."""
        return f"{self.household_id}|{self.lead or NOBODY}"


@dataclass
class TeamPage:
    """What a coordinator sees of one team."""

    team: Team
    teams: list[Team]
    loads: list[Load]
    without: list[Held]
    without_total: int
    requests: list[HelpRequest]
    more_requests: bool
    to_mend: list[Address]
    more_to_mend: bool
    opened: Load | None = None
    held: list[Held] = field(default_factory=list)
    more_held: bool = False

    @property
    def led(self) -> list[Held]:
        """Return the households of the opened worker as case manager: these can be handed over."""
        return [one for one in self.held if not one.is_duo]

    @property
    def seconded(self) -> list[Held]:
        """Return the households of the opened worker as duo."""
        return [one for one in self.held if one.is_duo]


def team_page(team: Team, teams: list[Team], *, by: Actor, today: date, opened: UUID | None) -> TeamPage:
    """Return the page of a team; with `opened` the list of one worker's households."""
    loads = dividing.loads(team.id, by=by, on=today)
    load = next((load for load in loads if load.worker.id == opened), None)
    held = dividing.held_in_team(load.worker.id, team.id, by=by, on=today) if load else {}
    rows = _waiting(team.id, by, today)
    names = homes.names_of([*held, *(row.household_id for row in rows)], by=by)
    shown = sorted(
        (_held(key, names[key], ground, load.worker) for key, ground in held.items() if key in names and load),
        key=lambda one: (one.is_duo, one.name),
    )
    requests = meetings.new_requests(by=by, limit=SHOWN, team=team.id)
    mend = homes.without_wijk(by=by, on=today, limit=SHOWN + 1)
    return TeamPage(
        team=team,
        teams=teams,
        loads=loads,
        without=[
            Held(row.household_id, names[row.household_id], None, row.since)
            for row in rows
            if row.household_id in names
        ],
        without_total=rows[0].total if rows else 0,
        requests=requests[:SHOWN],
        more_requests=len(requests) > SHOWN,
        to_mend=mend[:SHOWN],
        more_to_mend=len(mend) > SHOWN,
        opened=load,
        held=shown[:MANY],
        more_held=len(shown) > MANY,
    )


def _held(key: UUID, name: str, ground: str, worker: User) -> Held:
    return Held(key, name, worker.id if ground == "lead" else None, is_duo=ground != "lead")


def _waiting(team: UUID, by: Actor, today: date) -> list[Any]:
    """Who has nobody and needs somebody: longest first, at most `SHOWN`, each row with the total.

    Whose guidance ended, or whose question was answered at the desk, waits for nobody.
    """
    household = OuterRef("household_id")
    nobody = dividing.without_lead(team, by=by, on=today)
    # First who they are: the rest is then asked of some dozens of households, and not of all that the team has.
    rows = nobody.filter(id__in=list(nobody.values_list("id", flat=True))).annotate(
        guided=casework.guided_since(household, on=today), asked=meetings.waits_since(household)
    )
    fresh = ~casework.was_guided(household) & ~meetings.has_asked(household)
    rows = rows.filter(Q(guided__isnull=False) | Q(asked__isnull=False) | Q(fresh)).annotate(
        since=Greatest(
            "valid_from",
            Coalesce("last_led", "valid_from"),
            Coalesce("guided", TruncDate("asked", tzinfo=timezone.get_current_timezone()), "valid_from"),
        ),
        total=Window(Count("id")),
    )
    return list(rows.order_by(F("since").asc(), "household_id")[:SHOWN])
