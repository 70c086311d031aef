"""Two people separate: two households, each with its team, the history where it belongs."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nabij.households import actions as households
from nabij.households.actions import NewAddress
from nabij.households.models import Household
from nabij.journeys.first_visit import team_of_address
from nabij.kernel.actor import Actor


@transaction.atomic
def separate(
    *, by: Actor, household: UUID, leaving: list[UUID], both_homes: list[UUID], address: NewAddress | None,
    on: date, now: datetime, today: date,
) -> Household:  # fmt: skip
    """Make two households of one and give the new one the team of its address; plan and notes stay with the old file."""
    found, team = team_of_address(address, by=by)
    return households.separate(
        by=by, household=household, leaving=leaving, both_homes=both_homes, address=found, team=team.id,
        on=on, now=now, today=today,
    )  # fmt: skip
