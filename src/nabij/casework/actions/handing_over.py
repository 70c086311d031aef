"""Handing households over, one or many at once, and taking a handover back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.models import User
from nabij.access.roles import Ground
from nabij.audit import trail
from nabij.casework import events, permissions, policies, queries
from nabij.casework.actions.cases import can_have_households
from nabij.casework.models import Handover
from nabij.households.queries import hold, names_of, touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.checks import fits
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow, Refusal

AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class _Asked:
    to: UUID
    on: date
    reason: str
    note: str
    now: datetime


@transaction.atomic
def hand_over(
    *,
    by: Actor,
    household: UUID,
    expected: UUID | None,
    to: UUID,
    on: date,
    reason: str,
    now: datetime,
    today: date,
    note: str = "",
) -> Handover:
    """Hand a household to another worker from a day on, with a reason and what the next one should know.

    `expected` is who was case manager when the page was shown: if that changed meanwhile, raises `NotNow` with a sentence.
    """
    permissions.hand_over(by, touch_household(household, by=by, on=today))
    _may_begin(on, today)
    fits(reason, 300, field="reason")
    hold([household], by=by)
    charge = who.in_charge([household], by=by, on=today)[household]
    _still(charge, expected)
    if expected == to:
        raise BadInput(_("Deze collega is al dossierhouder. Kies iemand anders."), field="to")
    can_have_households(to, field="to", by=by, on=on)
    return _hand(by, household, charge, _Asked(to, on, reason, note, now))


@transaction.atomic
def hand_over_many(
    *,
    by: Actor,
    expected: Mapping[UUID, UUID | None],
    to: UUID,
    on: date,
    reason: str,
    now: datetime,
    today: date,
    note: str = "",
) -> list[Handover]:
    """Hand many households to one worker: all, or none. `expected` says of each who was case manager on the page.

    Raises `NotNow` with the names of the households of which that changed meanwhile.
    """
    if not expected:
        raise BadInput(_("Duid minstens één gezin aan."))
    _may_begin(on, today)
    fits(reason, 300, field="reason")
    can_have_households(to, field="to", by=by, on=on)
    keys = sorted(expected)  # everybody holds them in one order, so that nobody waits for each other
    for key in keys:
        permissions.hand_over(by, touch_household(key, by=by, on=today))
    hold(keys, by=by)
    charges = who.in_charge(keys, by=by, on=today)
    changed = [key for key in keys if _key(charges[key].lead) != expected[key]]
    if changed:
        raise NotNow(
            _("Intussen heeft %(names)s een andere dossierhouder. Er is niets overgedragen. Kijk opnieuw.")
            % {"names": _named(changed, by)}
        )
    if same := [key for key in keys if expected[key] == to]:
        raise BadInput(
            _("Deze collega is al dossierhouder van %(names)s. Kies iemand anders.") % {"names": _named(same, by)},
            field="to",
        )
    return [_named_hand(by, key, charges[key], _Asked(to, on, reason, note, now)) for key in keys]


@transaction.atomic
def take_back(*, by: Actor, handovers: Sequence[UUID], now: datetime, today: date) -> None:
    """Undo handovers of today: who was case manager is it again, all or none; both stay in the history.

    Raises `NotNow` when it was not today, or when the case manager changed again.
    """
    found = list(queries.handovers_by_key(handovers, by=by))
    if not found or len(found) != len(set(handovers)):
        raise NotNow(_("Deze overdracht is er niet, of ze is niet voor jou open."))
    for handover in found:
        permissions.take_back(by, touch_household(handover.household_id, by=by, on=today), handover.handed_by)
        policies.handed_today(handover, today)
    hold([handover.household_id for handover in found], by=by)
    for handover in found:
        _back(by, handover, now, today)


def _hand(by: Actor, household: UUID, charge: who.InCharge, asked: _Asked) -> Handover:
    if who.is_avoided(asked.to, household, by=by, on=asked.on):
        raise BadInput(_("Deze collega werkt in de wijk van dit gezin, dat elders geholpen wordt."), field="to")
    handover = Handover(
        municipality_id=by.municipality_id, household_id=household, from_worker_id=_key(charge.lead),
        to_worker_id=asked.to, valid_from=asked.on, reason=asked.reason, note=asked.note, handed_at=asked.now,
        handed_by=by.id,
    )  # fmt: skip
    with spoken():
        handover.save(force_insert=True)
    about = f"access.user:{asked.to}"
    trail.record(events.HANDED_OVER, by=by, household=household, about=about, on=asked.on, reason=asked.reason)
    if charge.duo and charge.duo.id == asked.to:
        access.end_basis(by=by, household=household, ground=Ground.DUO, worker=asked.to, on=asked.on, now=asked.now)
    _swap_lead(by, household, _key(charge.lead), asked.to, asked.on, asked.now)
    return handover


def _named_hand(by: Actor, household: UUID, charge: who.InCharge, asked: _Asked) -> Handover:
    try:
        return _hand(by, household, charge, asked)
    except Refusal as refusal:
        raise NotNow(f"{_named([household], by)}: {refusal}") from refusal


def _back(by: Actor, handover: Handover, now: datetime, today: date) -> None:
    household, new, old = handover.household_id, handover.to_worker_id, handover.from_worker_id
    on = max(handover.valid_from, today)
    _still(who.in_charge([household], by=by, on=on)[household], new)
    trail.record(
        events.HANDED_BACK, by=by, household=household, about=f"casework.handover:{handover.id}", on=handover.valid_from
    )
    was_duo = _was_duo(handover, by)
    if old:
        can_have_households(old, field="to", by=by, on=on, household=household)
        reason = str(_("Overdracht ongedaan gemaakt"))
        with spoken():
            Handover(
                municipality_id=by.municipality_id, household_id=household, from_worker_id=new, to_worker_id=old,
                valid_from=on, reason=reason, handed_at=now, handed_by=by.id,
            ).save(force_insert=True)  # fmt: skip
    if was_duo:
        access.give_basis(by=by, household=household, ground=Ground.DUO, worker=new, on=on, now=now)
    _swap_lead(by, household, new, old, on, now)


def _was_duo(handover: Handover, by: Actor) -> bool:
    bases = who.leads_of(handover.household_id, by=by)
    return any(
        basis.ground == Ground.DUO
        and basis.worker_id == handover.to_worker_id
        and basis.ended_at == handover.handed_at
        and basis.valid_until == handover.valid_from
        for basis in bases
    )


def _swap_lead(by: Actor, household: UUID, old: UUID | None, new: UUID | None, on: date, now: datetime) -> None:
    # The old one ends last in effect but first in time: the exclusion constraint allows no overlap, and `reach` is
    # refreshed by the second verb, so that whoever hands over can still write what belongs to it.
    if old:
        access.end_basis(by=by, household=household, ground=Ground.LEAD, worker=old, on=on, now=now)
    if new:
        access.give_basis(by=by, household=household, ground=Ground.LEAD, worker=new, on=on, now=now)


def _still(charge: who.InCharge, expected: UUID | None) -> None:
    if _key(charge.lead) == expected:
        return
    if charge.lead:
        raise NotNow(
            _("Intussen is %(name)s dossierhouder. Kijk opnieuw voor je overdraagt.") % {"name": charge.lead.name}
        )
    raise NotNow(_("Intussen heeft dit gezin geen dossierhouder meer. Kijk opnieuw voor je overdraagt."))


def _may_begin(on: date, today: date) -> None:
    if on < today:
        raise BadInput(_("Een overdracht begint vandaag of later."), field="on")
    if on > today + AHEAD:
        raise BadInput(_("Een overdracht ligt hoogstens een jaar vooruit. Kijk het jaartal na."), field="on")


def _key(worker: User | None) -> UUID | None:
    return worker.id if worker else None


def _named(households: list[UUID], by: Actor) -> str:
    return ", ".join(sorted(names_of(households, by=by).values()))
