"""Opening, leading, and ending."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.roles import Ground
from nabij.audit import trail
from nabij.casework import events, permissions, policies, queries
from nabij.casework.models import Case
from nabij.households.queries import hold, touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput


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
    hold([household], by=by)
    access.give_basis(by=by, household=household, ground=Ground.LEAD, worker=by.id, on=on, now=now)
    trail.record(events.LEAD_TAKEN, by=by, household=household, on=on)


@transaction.atomic
def choose_duo(*, by: Actor, household: UUID, worker: UUID, on: date, now: datetime) -> None:
    """Choose who knows the household besides the case manager; a former duo steps back.

    Raises `BadInput` when lead and duo would be one person, or when the colleague cannot have households.
    """
    permissions.hand_over(by, touch_household(household, by=by, on=on))
    hold([household], by=by)
    charge = who.in_charge([household], by=by, on=on)[household]
    if charge.lead and charge.lead.id == worker:
        raise BadInput(_("De duo is iemand anders dan de dossierhouder: kies een collega."), field="worker")
    can_have_households(worker, field="worker", by=by, on=on, household=household)
    if charge.duo and charge.duo.id == worker:
        return
    if charge.duo:
        access.end_basis(by=by, household=household, ground=Ground.DUO, worker=charge.duo.id, on=on, now=now)
    access.give_basis(by=by, household=household, ground=Ground.DUO, worker=worker, on=on, now=now)
    trail.record(events.DUO_CHOSEN, by=by, household=household, about=f"access.user:{worker}", on=on)


@transaction.atomic
def end_case(*, by: Actor, household: UUID, on: date, now: datetime) -> None:
    """End the guidance; no reason is asked. Lead and duo end with it, the team stays."""
    ground = touch_household(household, by=by, on=on)
    permissions.write_plan(by, ground)
    case = queries.open_case_of(household, by=by, on=on)
    policies.case_is_open(case)
    assert case  # noqa: S101 - an open case, so there is one
    case.valid_until, case.ended_at, case.ended_by = on, now, by.id
    with spoken():
        case.save(update_fields=["valid_until", "ended_at", "ended_by"])
    trail.record(events.CASE_ENDED, by=by, household=household, on=on)
    charge = who.in_charge([household], by=by, on=on)[household]
    others = [(Ground.DUO, charge.duo), (Ground.LEAD, charge.lead)]
    for held, worker in sorted(others, key=lambda pair: pair[1] is not None and pair[1].id == by.id):
        if worker:
            access.end_basis(by=by, household=household, ground=held, worker=worker.id, on=on, now=now)


def can_have_households(worker: UUID, *, field: str, by: Actor, on: date, household: UUID | None = None) -> None:
    """Raise `BadInput` unless a colleague guides households on a day, and may guide this one: it may be helped elsewhere."""
    if not who.guides(worker, by=by, on=on):
        raise BadInput(who.GUIDES_NOT, field=field)
    if household and who.is_avoided(worker, household, by=by, on=on):
        raise BadInput(_("Deze collega werkt in de wijk van dit gezin, dat elders geholpen wordt."), field=field)
