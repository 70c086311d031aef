"""Opening, leading, handing over and ending."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.roles import FUNCTIONS, Ground
from nabij.audit import trail
from nabij.casework import events, permissions, policies, queries
from nabij.casework.models import Case, Handover
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow


@transaction.atomic
def open_case(*, by: Actor, household: UUID, on: date, now: datetime) -> Case:
    """Open a case, or open it again for who comes back; `by` becomes case manager where there is none.

    Raises `NotOpen`, `Denied`, or `NotNow` when it is open already.
    """
    ground = touch_household(household, by=by, on=on)
    permissions.open_case(by, ground)
    policies.case_is_closed(queries.open_case_of(household, by=by, on=on))
    came_back = Case.objects.filter(household_id=household).exists()
    with spoken():
        case = Case.objects.create(
            municipality_id=by.municipality_id, household_id=household, valid_from=on, opened_at=now, opened_by=by.id
        )
    trail.record(events.CASE_REOPENED if came_back else events.CASE_OPENED, by=by, household=household, on=on)
    if ground != Ground.TRANSFER and who.in_charge([household], by=by, on=on)[household].lead is None:
        take_lead(by=by, household=household, on=on, now=now)
    return case


@transaction.atomic
def take_lead(*, by: Actor, household: UUID, on: date, now: datetime) -> None:
    """Become the case manager of a household that has none; raises `NotNow` when somebody was faster."""
    permissions.open_case(by, touch_household(household, by=by, on=on))
    access.give_basis(by=by, household=household, ground=Ground.LEAD, worker=by.id, on=on, now=now)
    trail.record(events.LEAD_TAKEN, by=by, household=household, on=on)


@transaction.atomic
def choose_duo(*, by: Actor, household: UUID, worker: UUID, on: date, now: datetime) -> None:
    """Choose who knows the household besides the case manager; a former duo steps back.

    Raises `BadInput` when lead and duo would be one person, or when the colleague cannot have households.
    """
    permissions.hand_over(by, touch_household(household, by=by, on=on))
    charge = who.in_charge([household], by=by, on=on)[household]
    if charge.lead and charge.lead.id == worker:
        raise BadInput(_("De duo is iemand anders dan de dossierhouder: kies een collega."), field="worker")
    _can_have_households(worker, by=by, on=on)
    if charge.duo and charge.duo.id == worker:
        return
    if charge.duo:
        access.end_basis(by=by, household=household, ground=Ground.DUO, worker=charge.duo.id, on=on, now=now)
    access.give_basis(by=by, household=household, ground=Ground.DUO, worker=worker, on=on, now=now)
    trail.record(events.DUO_CHOSEN, by=by, household=household, about=f"access.user:{worker}", on=on)


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
    if on < today:
        raise BadInput(_("Een overdracht begint vandaag of later."), field="on")
    current = who.in_charge([household], by=by, on=today)[household]
    _still(current.lead.id if current.lead else None, expected, current.lead.name if current.lead else "")
    if expected == to:
        raise BadInput(_("Deze collega is al dossierhouder. Kies iemand anders."), field="to")
    _can_have_households(to, by=by, on=on)
    handover = Handover(
        municipality_id=by.municipality_id,
        household_id=household,
        from_worker_id=expected,
        to_worker_id=to,
        valid_from=on,
        reason=reason,
        note=note,
        handed_at=now,
        handed_by=by.id,
    )
    with spoken():
        handover.save(force_insert=True)
    trail.record(events.HANDED_OVER, by=by, household=household, about=f"access.user:{to}", on=on, reason=reason)
    if current.duo and current.duo.id == to:
        access.end_basis(by=by, household=household, ground=Ground.DUO, worker=to, on=on, now=now)
    _swap_lead(by, household, expected, to, on, now)
    return handover


@transaction.atomic
def end_case(*, by: Actor, household: UUID, on: date, now: datetime) -> None:
    """End the guidance; no reason is asked. Lead and duo end with it, the team stays."""
    ground = touch_household(household, by=by, on=on)
    permissions.write_plan(by, ground)
    case = queries.open_case_of(household, by=by, on=on)
    policies.case_is_open(case)
    case.valid_until, case.ended_at, case.ended_by = on, now, by.id
    with spoken():
        case.save(update_fields=["valid_until", "ended_at", "ended_by"])
    trail.record(events.CASE_ENDED, by=by, household=household, on=on)
    charge = who.in_charge([household], by=by, on=on)[household]
    others = [(Ground.DUO, charge.duo), (Ground.LEAD, charge.lead)]
    for held, worker in sorted(others, key=lambda pair: pair[1] is not None and pair[1].id == by.id):
        if worker:
            access.end_basis(by=by, household=household, ground=held, worker=worker.id, on=on, now=now)


def _swap_lead(by: Actor, household: UUID, old: UUID | None, new: UUID, on: date, now: datetime) -> None:
    # The old one ends last in effect but first in time: the exclusion constraint allows no overlap, and `reach` is
    # refreshed by the second verb, so that whoever hands over can still write what belongs to it.
    if old:
        access.end_basis(by=by, household=household, ground=Ground.LEAD, worker=old, on=on, now=now)
    access.give_basis(by=by, household=household, ground=Ground.LEAD, worker=new, on=on, now=now)


def _still(lead: UUID | None, expected: UUID | None, name: str) -> None:
    if lead == expected:
        return
    if name:
        raise NotNow(_("Intussen is %(name)s dossierhouder. Kijk opnieuw voor je overdraagt.") % {"name": name})
    raise NotNow(_("Intussen heeft dit gezin geen dossierhouder meer. Kijk opnieuw voor je overdraagt."))


def _can_have_households(worker: UUID, *, by: Actor, on: date) -> None:
    slugs = {slug for slug, function in FUNCTIONS.items() if function.has_team_households}
    colleague = who.worker(worker, by=by)
    if colleague is None or not colleague.posts.filter(who.valid(on), function__in=slugs).exists():
        raise BadInput(
            _("Deze collega begeleidt op die dag geen gezinnen. Kies een maatschappelijk werker."), field="to"
        )
