"""Two people separate: two households, each with its team, the history where it belongs."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.models import Elsewhere, Team
from nabij.casework import actions as casework
from nabij.households import actions as households
from nabij.households.actions import NewAddress
from nabij.households.models import Household
from nabij.journeys.first_visit import team_of_address
from nabij.kernel.actor import Actor


@transaction.atomic
def separate(
    *, by: Actor, household: UUID, leaving: list[UUID], both_homes: list[UUID], address: NewAddress | None,
    on: date, now: datetime, today: date, guide_both: bool = False, key: UUID | None = None,
) -> Household:  # fmt: skip
    """Make two households of one and give the new one the team of its address; plan and notes stay with the old file.

    Where the household is helped elsewhere, both are: who leaves did not ask to be known in the neighbourhood.

    With `guide_both` whoever notes it opens a case for who leaves, and becomes its case manager too.
    """
    found, team = team_of_address(address, by=by)
    elsewhere = who.elsewhere_of(household, by=by, on=today)
    avoided, team = (_avoided(elsewhere, team), elsewhere.helping_team) if elsewhere else (team, team)
    made = households.separate(
        by=by, household=household, leaving=leaving, both_homes=both_homes, address=found, team=team.id,
        on=on, now=now, today=today, key=key,
    )  # fmt: skip
    if guide_both:
        casework.open_case(by=by, household=made.id, on=today, now=now)
        if who.in_charge([made.id], by=by, on=today)[made.id].lead is None:
            casework.take_lead(by=by, household=made.id, on=today, now=now)
    if elsewhere:
        access.hide_from(by=by, household=made.id, avoided=avoided.id, helping=team.id, on=today, now=now)
    return made


def _avoided(elsewhere: Elsewhere, of_address: Team) -> Team:
    return elsewhere.avoided_team if of_address.id == elsewhere.helping_team_id else of_address
