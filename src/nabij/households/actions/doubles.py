"""Saying of two files whether they are of the same people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.households import events, queries
from nabij.households.models import Double
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import Denied, NotOpen


@transaction.atomic
def decide_double(*, by: Actor, household: UUID, other: UUID, same: bool, now: datetime) -> None:
    """Keep whether another file is of the same people as a household that is helped elsewhere, so that nobody asks again.

    Raises `NotOpen` for a pair that was not found, or not for `by`, `Denied` to who wrote what makes them alike.
    """
    if not any((pair.household_id, pair.other_id) == (household, other) for pair in queries.perhaps_one(by=by)):
        raise NotOpen(_("Deze twee dossiers staan niet meer samen, of ze zijn niet voor jou open."))
    if same and queries.wrote_who_lives(household, by=by):
        raise Denied(_("Jij schreef in wie hier woont. Laat een collega zeggen of het om dezelfde mensen gaat."))
    outcome = Double.Outcome.SAME if same else Double.Outcome.OTHER
    with spoken():
        Double(
            municipality_id=by.municipality_id, household_id=household, other_id=other, outcome=outcome, decided_at=now,
            decided_by=by.id,
        ).save(force_insert=True)  # fmt: skip
    trail.record(events.DOUBLE_DECIDED, by=by, household=household, outcome=outcome)
