"""Cases and notes of files that come from an older system, many at once, with an event for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import permissions
from nabij.audit import trail
from nabij.casework import events, policies
from nabij.casework.models import Case, Note
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput

BATCH = 2000


@dataclass(frozen=True)
class OldCase:
    """What an older system knew of a household's guidance: since when (None: no case), and what was noted."""

    household: UUID
    since: date | None = None
    notes: tuple[str, ...] = ()


@transaction.atomic
def bring_over_cases(*, by: Actor, cases: Sequence[OldCase], on: date, now: datetime) -> None:
    """Open many cases at once and keep their notes for the team; `by` has the ground of the transfer on each household.

    Raises `Denied` unless `by` manages the municipality, `BadInput` for a day to come, `NotNow` where a case is open.
    """
    permissions.manage_municipality(by)
    if any(case.since and case.since > on for case in cases):
        raise BadInput(_("Een dossier begint vandaag of vroeger. Kijk de datum na."))
    for case in cases:
        policies.day_is_of_our_time(case.since, field="since")
    opened = [
        Case(
            municipality_id=by.municipality_id,
            household_id=case.household,
            valid_from=case.since,
            opened_at=now,
            opened_by=by.id,
        )
        for case in cases
        if case.since
    ]
    notes = [_note(by, case.household, text, on, now) for case in cases for text in case.notes if text.strip()]
    with spoken():
        Case.objects.bulk_create(opened, batch_size=BATCH)
        Note.objects.bulk_create(notes, batch_size=BATCH)
    if opened:
        trail.record_many(events.CASE_OPENED, by=by, rows=[(c.household_id, "", {"on": c.valid_from}) for c in opened])
    if notes:
        trail.record_many(
            events.NOTE_WRITTEN,
            by=by,
            rows=[(n.household_id, f"casework.note:{n.id}", {"kind": n.kind}) for n in notes],
        )


def _note(by: Actor, household: UUID, text: str, on: date, now: datetime) -> Note:
    return Note(
        id=uuid4(), municipality_id=by.municipality_id, household_id=household, kind=Note.Kind.SHARED,
        text=text.strip(), about_on=on, written_at=now, written_by=by.id,
    )  # fmt: skip
