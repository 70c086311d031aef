"""How the household sees it, when we talk again, and what it thinks of the plan: each agreement freezes a version."""

import hashlib
import json
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.casework import events, permissions, policies, queries
from nabij.casework.models import PlanVersion, SelfScore
from nabij.casework.versions import frozen
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow


@transaction.atomic
def score(*, by: Actor, household: UUID, scores: dict[str, int | None], now: datetime, today: date) -> list[SelfScore]:
    """Write how the household itself sees life domains, 1 to 5; None is that it would rather not say.

    Raises `BadInput` for another score or a domain that does not exist, `NotNow` without an open case.
    """
    permissions.write_plan(by, touch_household(household, by=by, on=today))
    policies.case_is_open(queries.open_case_of(household, by=by, on=today))
    rows = [
        SelfScore(
            municipality_id=by.municipality_id, household_id=household, domain=domain, score=value,
            scored_on=today, noted_at=now, noted_by=by.id,
        )
        for domain, value in scores.items()
    ]  # fmt: skip
    if not rows:
        raise BadInput(_("Duid minstens één domein aan, of ga terug."))
    for row in rows:
        policies.score_is_sound(row)
    with spoken():
        SelfScore.objects.bulk_create(rows)
    trail.record(events.SCORED, by=by, household=household, domains=sorted(scores))
    return rows


@transaction.atomic
def plan_review(*, by: Actor, household: UUID, on: date, now: datetime, today: date) -> None:
    """Agree when household and worker look at the plan together again; raises `BadInput` for a day past or far ahead."""
    permissions.write_plan(by, touch_household(household, by=by, on=today))
    case = queries.open_case_of(household, by=by, on=today)
    policies.case_is_open(case)
    if on < today:
        raise BadInput(_("Kies een dag die nog komt."), field="on")
    policies.day_is_plausible(on, today, field="on")
    assert case  # noqa: S101 - an open case, so there is one
    case.review_on = on
    case.save(update_fields=["review_on"])
    trail.record(events.REVIEW_PLANNED, by=by, household=household, on=on)


@transaction.atomic
def freeze(
    *, by: Actor, household: UUID, outcome: str, reason: str, expected: int, now: datetime, today: date
) -> PlanVersion:
    """Freeze the plan with what the household says of it; `expected` is the latest version that the page showed.

    Raises `NotNow` when there is nothing to agree on, or somebody froze a version meanwhile.
    Raises `BadInput` without a reason, or for something that a household cannot say of its plan.
    """
    permissions.write_plan(by, touch_household(household, by=by, on=today))
    plan = queries.plan_of(household, by=by, on=today)
    policies.case_is_open(plan.case)
    policies.outcome_is_known(outcome)
    if not plan.open_goals:
        raise NotNow(_("Er staat nog geen doel in het plan. Begin met wat het gezin wil."))
    latest = PlanVersion.objects.filter(household_id=household).aggregate(n=Max("number"))["n"] or 0
    if latest != expected:
        raise NotNow(_("Intussen legde iemand anders het plan vast. Bekijk die versie eerst."))
    if outcome != PlanVersion.Outcome.AGREED and not reason.strip():
        raise BadInput(_("Schrijf erbij waarom: in de woorden van het gezin mag het ook."), field="reason")
    content = frozen(plan)
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    with spoken():
        version = PlanVersion.objects.create(
            municipality_id=by.municipality_id, household_id=household, number=latest + 1, outcome=outcome,
            reason=reason.strip(), content=content, digest=hashlib.sha256(text.encode()).hexdigest(),
            frozen_on=today, frozen_at=now, frozen_by=by.id,
        )  # fmt: skip
    trail.record(events.PLAN_AGREED, by=by, household=household, outcome=outcome, number=version.number)
    return version
