"""Access in an emergency: one worker, one household, 24 hours; it ends by the clock of the database, or sooner.

Who asks, in which words, and what came of it, is the matter of `oversight`.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nabij.access import events, permissions, policies, queries, reach
from nabij.access.actions.bases import record_ended
from nabij.access.models import Basis
from nabij.access.roles import Ground
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken

LASTS = timedelta(hours=24)
_DAY = timedelta(days=1)


@transaction.atomic
def give_emergency(
    *, by: Actor, household: UUID, on: date, now: datetime, key: UUID, clock: datetime | None = None
) -> Basis:
    """Give oneself access to one household for 24 hours; `clock` is given where a day that is past is written down.

    Raises `Denied`, and `NotNow` while it runs already, or when the clock of the page is not that of the database.
    """
    permissions.take_emergency(by)
    policies.same_clock(now, clock or queries.clock())
    ends = now + LASTS
    basis = Basis(
        id=key, municipality_id=by.municipality_id, household_id=household, worker_id=by.id, ground=Ground.EMERGENCY,
        valid_from=on, valid_until=timezone.localtime(ends).date() + _DAY, given_at=now, given_by=by.id, expires_at=ends,
    )  # fmt: skip
    with spoken():
        basis.save(force_insert=True)
    # By worker, never by household: what it costs must not depend on whether there is such a household.
    reach.refresh_worker(by.id)
    trail.record(
        events.BASIS_GIVEN, by=by, household=household, about=f"access.user:{by.id}", ground=basis.ground, on=on
    )
    return basis


@transaction.atomic
def end_emergency(*, by: Actor, basis: UUID, now: datetime) -> bool:
    """End an access that still runs, and return whether it did; it stays known until when it was."""
    found = Basis.objects.select_for_update().filter(id=basis, ground=Ground.EMERGENCY, expires_at__gt=now).first()
    if found is None:
        return False
    found.expires_at = found.ended_at = max(now, found.given_at + timedelta(microseconds=1))
    found.ended_by = by.id
    found.valid_until = max(found.valid_from, timezone.localtime(now).date())  # shut at once, whatever the clock says
    with spoken():
        found.save(update_fields=["valid_until", "expires_at", "ended_at", "ended_by"])
    record_ended([found], by=by)
    reach.refresh_households([found.household_id])
    return True


@transaction.atomic
def tidy_emergencies(*, by: Actor, now: datetime) -> int:
    """Mark what ended by itself as ended, and return how many; the wall closed them before, without anybody's help."""
    over = Basis.objects.select_for_update(skip_locked=True).filter(ground=Ground.EMERGENCY, ended_at__isnull=True)
    bases = list(over.filter(expires_at__lte=now).order_by("expires_at", "id"))
    for basis in bases:
        basis.ended_at, basis.ended_by = basis.expires_at, by.id
    Basis.objects.bulk_update(bases, ["ended_at", "ended_by"])
    record_ended(bases, by=by)
    return len(bases)
