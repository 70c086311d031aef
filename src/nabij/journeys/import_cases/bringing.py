"""All of it or nothing: households, who is in charge, cases, notes; last of all the ground on which it was done."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from nabij.access import actions as access
from nabij.access import permissions
from nabij.casework import actions as casework
from nabij.casework.actions import OldCase
from nabij.households import actions as households
from nabij.journeys.import_cases.checking import Report
from nabij.kernel.actor import Actor
from nabij.kernel.tables import FileRefused

BATCH = 500


@transaction.atomic
def bring_in(
    report: Report, *, by: Actor, on: date, now: datetime, progress: Callable[[int], object] = lambda done: None
) -> int:
    """Bring over everything that a report found ready and return how many households; `progress` hears of each batch.

    Raises `FileRefused` while the report has errors, `Denied` unless `by` manages the municipality, and `NotNow` when
    somebody else brought one of them over meanwhile.
    """
    permissions.manage_municipality(by)
    if report.errors:
        raise FileRefused.from_lines(report.errors)
    for start in range(0, len(report.ready), BATCH):
        batch = report.ready[start : start + BATCH]
        keys = households.bring_over(by=by, files=[ready.file for ready in batch], on=on, now=now)
        cases = [OldCase(key, ready.since, ready.notes) for key, ready in zip(keys, batch, strict=True)]
        casework.bring_over_cases(by=by, cases=cases, on=on, now=now)
        progress(len(batch))
    # Last: from here on `by` sees none of them.
    access.end_transfer(by=by, on=on, now=now)
    return len(report.ready)
