"""The plan on paper: that it was printed stays in the trail."""

from datetime import date
from uuid import UUID

from django.db import transaction

from nabij.audit import trail
from nabij.casework import events
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor


@transaction.atomic
def note_printed(*, by: Actor, household: UUID, reader: str, language: str, today: date) -> None:
    """Note that the plan went on paper, and for whose eyes; raises `NotOpen`."""
    touch_household(household, by=by, on=today)
    trail.record(events.PLAN_PRINTED, by=by, household=household, reader=reader, language=language)
