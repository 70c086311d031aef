"""A worker takes a request: it gets an owner, and the household a case and a case manager where it had none."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nabij.casework import actions as casework
from nabij.casework import queries as cases
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.models import HelpRequest
from nabij.kernel.actor import Actor


@transaction.atomic
def take_up(*, by: Actor, request: UUID, on: date, now: datetime) -> HelpRequest:
    """Take a request, and open the case of the household when none is open; raises the refusals of the verbs."""
    taken = frontdesk.take_request(by=by, request=request, now=now)
    if taken.household_id and cases.open_case_of(taken.household_id, by=by, on=on) is None:
        casework.open_case(by=by, household=taken.household_id, on=on, now=now)
    return taken
