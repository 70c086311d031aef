"""Giving and ending the grounds on which a worker or a team reaches a household."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import events, queries, reach
from nabij.access.models import Basis, Reach
from nabij.access.roles import Ground, Part
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import NotNow

NO_PART = Part(0)


@transaction.atomic
def give_basis(
    *, by: Actor, household: UUID, ground: Ground, worker: UUID, on: date, now: datetime, until: date | None = None,
    parts: Part = NO_PART,
) -> Basis:  # fmt: skip
    """Give a worker a ground to reach a household from a day on; raises `NotNow` where only one may have it."""
    made = basis(by=by, household=household, ground=ground, on=on, now=now, worker_id=worker, valid_until=until)
    made.parts = parts
    with spoken():
        made.save(force_insert=True)
    reach.refresh_households([household])
    trail.record(events.BASIS_GIVEN, by=by, household=household, about=f"access.user:{worker}", ground=ground, on=on)
    return made


@transaction.atomic
def receive_today(*, by: Actor, household: UUID, on: date, now: datetime) -> None:
    """Give the front desk its ground for one day: the person stands there."""
    if queries.ground_of(by, household, on=on, writes=True):
        return
    give_basis(
        by=by,
        household=household,
        ground=Ground.FRONT_DESK,
        worker=by.id,
        on=on,
        until=date.fromordinal(on.toordinal() + 1),
        now=now,
    )


@transaction.atomic
def end_basis(*, by: Actor, household: UUID, ground: Ground, worker: UUID, on: date, now: datetime) -> None:
    """End a worker's ground on a day; raises `NotNow` when somebody ended it before."""
    held = Basis.objects.filter(household_id=household, ground=ground, worker_id=worker)
    basis = held.filter(queries.valid(on), ended_at__isnull=True).select_for_update().first()
    if basis is None:
        raise NotNow(_("Intussen is dit al veranderd. Kijk opnieuw wie in zorg staat voor dit gezin."))
    _end(basis, by=by, on=on, now=now)


@transaction.atomic
def end_basis_on(*, by: Actor, basis: UUID, on: date, now: datetime) -> None:
    """End one ground from a day on, today or later; raises `NotNow` when somebody ended it before."""
    found = Basis.objects.filter(id=basis, ended_at=None).select_for_update().first()
    if found is None:
        raise NotNow(_("Deze toegang is al beëindigd."))
    _end(found, by=by, on=on, now=now)


def _end(basis: Basis, *, by: Actor, on: date, now: datetime) -> None:
    basis.valid_until, basis.ended_at, basis.ended_by = on, now, by.id
    basis.grace_until = _grace(basis)
    with spoken():
        basis.save(update_fields=["valid_until", "ended_at", "ended_by", "grace_until"])
    household, holder = basis.household_id, _holder(basis)
    trail.record(events.BASIS_ENDED, by=by, household=household, about=holder, ground=basis.ground, on=on)
    reach.refresh_households([household])


def _grace(basis: Basis) -> date | None:
    # Who guided a household for at least a day may read along for as long as the municipality finds good: mostly not.
    if basis.ground not in (Ground.LEAD, Ground.DUO) or basis.valid_until == basis.valid_from:
        return None
    days = basis.municipality.grace_days
    return basis.valid_until + timedelta(days=days) if days and basis.valid_until else None


@transaction.atomic
def assign_team(*, by: Actor, household: UUID, team: UUID, on: date, now: datetime) -> None:
    """Assign a household to a team from a day on, and end what it had; no change when it is that team already."""
    if give_to_team(by=by, household=household, team=team, on=on, now=now):
        reach.refresh_households([household])


def give_to_team(*, by: Actor, household: UUID, team: UUID, on: date, now: datetime) -> bool:
    """Change whose household it is, and return whether it was another's; whoever calls it derives the flat table after."""
    current = (
        Basis.objects.filter(queries.valid(on), household_id=household, ground=Ground.TEAM).select_for_update().first()
    )
    if current and current.team_id == team:
        return False
    if current:
        current.valid_until, current.ended_at, current.ended_by = on, now, by.id
        current.save(update_fields=["valid_until", "ended_at", "ended_by"])
    with spoken():
        basis(by=by, household=household, ground=Ground.TEAM, on=on, now=now, team_id=team).save(force_insert=True)
    trail.record(events.TEAM_ASSIGNED, by=by, household=household, about=f"access.team:{team}", on=on)
    return True


@transaction.atomic
def give_bases(*, by: Actor, bases: list[Basis]) -> None:
    """Give many bases at once, as a bulk verb does, with an event each that names the worker or the team."""
    with spoken():
        Basis.objects.bulk_create(bases, batch_size=2000)
    reach.refresh_households(list({basis.household_id for basis in bases}))
    trail.record_many(
        events.BASIS_GIVEN,
        by=by,
        rows=[(b.household_id, _holder(b), {"ground": b.ground}) for b in bases],
    )


def _holder(basis: Basis) -> str:
    return f"access.team:{basis.team_id}" if basis.team_id else f"access.user:{basis.worker_id}"


def basis(*, by: Actor, household: UUID, ground: Ground, on: date, now: datetime, **who: UUID | date | None) -> Basis:
    """Return a basis that is not saved yet, for `give_bases`; `who` is worker_id or team_id, and valid_until."""
    return Basis(
        id=uuid4(),
        municipality_id=by.municipality_id,
        household_id=household,
        ground=ground,
        valid_from=on,
        given_at=now,
        given_by=by.id,
        **who,
    )


@transaction.atomic
def receive_many_today(*, by: Actor, households: list[UUID], on: date, now: datetime) -> None:
    """Give the front desk its ground for one day on many households at once, where it has none yet."""
    reached = Reach.objects.filter(queries.reached(on), worker_id=by.id, household_id__in=households, writes=True)
    known = set(reached.values_list("household_id", flat=True))
    until = date.fromordinal(on.toordinal() + 1)
    bases = [
        basis(by=by, household=h, ground=Ground.FRONT_DESK, on=on, now=now, worker_id=by.id, valid_until=until)
        for h in dict.fromkeys(households)
        if h not in known
    ]
    if bases:
        give_bases(by=by, bases=bases)


@transaction.atomic
def end_receiving(*, by: Actor, on: date, now: datetime) -> None:
    """End every ground that the front desk has today: who was received has left."""
    _end_own(by, Ground.FRONT_DESK, on, now)


@transaction.atomic
def end_transfer(*, by: Actor, on: date, now: datetime) -> None:
    """End the ground on which files were brought over: from here on they are the team's."""
    _end_own(by, Ground.TRANSFER, on, now)


def _end_own(by: Actor, ground: Ground, on: date, now: datetime) -> None:
    bases = Basis.objects.filter(queries.valid(on), worker_id=by.id, ground=ground, ended_at__isnull=True)
    ended = list(bases)
    if not ended:
        return
    bases.update(valid_until=on, ended_at=now, ended_by=by.id)
    record_ended(ended, by=by)
    reach.refresh_households([basis.household_id for basis in ended])


def record_ended(bases: list[Basis], *, by: Actor) -> None:
    """Note in the trail that many bases ended at once."""
    if bases:
        rows = [(basis.household_id, _holder(basis), {"ground": basis.ground}) for basis in bases]
        trail.record_many(events.BASIS_ENDED, by=by, rows=rows)
