"""A household moves: a new address, perhaps another wijk and so another team; the case manager stays if they so choose."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.models import Team, User
from nabij.households import actions as households
from nabij.households.actions import NewAddress
from nabij.journeys.first_visit import team_of_address
from nabij.kernel.actor import Actor


@dataclass(frozen=True)
class Proposal:
    """What a move would change: the team, and who is case manager now; without an address there is no fixed place."""

    address: NewAddress | None
    old_team: Team | None
    new_team: Team
    lead: User | None

    @property
    def changes_team(self) -> bool:
        """Return whether another team serves the new address."""
        return self.old_team is None or self.old_team.id != self.new_team.id

    @property
    def covered(self) -> bool:
        """Return whether a wijk covers the new address."""
        return bool(self.address and self.address.neighbourhood_id)


def propose(*, by: Actor, household: UUID, address: NewAddress | None, today: date) -> Proposal:
    """Return what a move would change, before anything is saved."""
    found, team = team_of_address(address, by=by)
    charge = who.in_charge([household], by=by, on=today)[household]
    return Proposal(found, charge.team, team, charge.lead)


@transaction.atomic
def move(
    *, by: Actor, household: UUID, address: NewAddress | None, keep_team: bool, on: date, now: datetime, today: date
) -> Proposal:
    """Note the move; the team follows the address unless the household would rather stay with its team.

    A household that is helped elsewhere stays so, unknown to the team of its new address, unless it comes back.

    The case manager keeps the household in either case, until somebody hands it over.
    """
    proposal = propose(by=by, household=household, address=address, today=today)
    households.move(by=by, household=household, address=proposal.address, on=on, now=now, today=today)
    _follow(by, household, proposal, keep_team, max(on, today), now)
    return proposal


@transaction.atomic
def correct(
    *, by: Actor, household: UUID, address: NewAddress, keep_team: bool, reason: str, now: datetime, today: date
) -> Proposal:
    """Correct an address that was written down wrongly; the team follows what is right, unless they would rather stay."""
    proposal = propose(by=by, household=household, address=address, today=today)
    households.correct_address(
        by=by, household=household, address=proposal.address or address, reason=reason, now=now, today=today
    )
    _follow(by, household, proposal, keep_team, today, now)
    return proposal


def _follow(by: Actor, household: UUID, proposal: Proposal, keep_team: bool, on: date, now: datetime) -> None:
    if who.elsewhere_of(household, by=by, on=on):
        _follow_elsewhere(by, household, proposal, keep_team, on, now)
    elif proposal.changes_team and not keep_team:
        access.assign_team(by=by, household=household, team=proposal.new_team.id, on=on, now=now)


def _follow_elsewhere(by: Actor, household: UUID, proposal: Proposal, stays: bool, on: date, now: datetime) -> None:
    # It stays where it is helped, and from here on the team of the new address does not know it; unless it comes back.
    if stays or not proposal.changes_team:
        access.avoid_instead(by=by, household=household, avoided=proposal.new_team.id, on=on, now=now)
    else:
        access.unhide(by=by, household=household, team=proposal.new_team.id, on=on, now=now)
