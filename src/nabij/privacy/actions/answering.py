"""Questions about one's own data: noted, answered within a month; and erasing, which two people do."""

from calendar import monthrange
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.households.models import Membership
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.checks import is_one_of
from nabij.kernel.constraints import spoken
from nabij.kernel.privacy import Category
from nabij.kernel.refusals import BadInput
from nabij.privacy import erasing, events, permissions, policies, queries
from nabij.privacy.models import DataRequest, RequestKind


@transaction.atomic
def ask(
    *,
    by: Actor,
    household: UUID,
    kind: str,
    words: str,
    asked_on: date,
    now: datetime,
    today: date,
    person: UUID | None = None,
    key: UUID | None = None,
) -> DataRequest:
    """Note what somebody asks about what is kept; the answer is due a month after the day it was asked.

    Raises `NotOpen`, and `BadInput` for a day to come or somebody who is not of this household.
    """
    touch_household(household, by=by, on=today)
    is_one_of(RequestKind, kind, "data_request_kind_is_known", field="kind")
    if asked_on > today:
        raise BadInput(_("Deze dag moet nog komen. Wanneer werd het gevraagd?"), field="asked_on")
    if person and not Membership.objects.filter(household_id=household, person_id=person).exists():
        raise BadInput(_("Deze persoon hoort niet bij dit gezin."), field="person")
    row = DataRequest(
        municipality_id=by.municipality_id,
        household_id=household,
        person_id=person,
        kind=kind,
        words=words.strip(),
        asked_on=asked_on,
        due_on=a_month_after(asked_on),
        noted_at=now,
        noted_by=by.id,
    )
    row.id = key or row.id
    with spoken():
        row.save(force_insert=True)
    trail.record(events.ASKED, by=by, household=household, about=f"privacy.datarequest:{row.id}", kind=kind)
    return row


@transaction.atomic
def answer(*, by: Actor, request: UUID, outcome: str, words: str, now: datetime, today: date) -> None:
    """Answer a question about data: done, or refused with the reason that the resident gets.

    Raises `Denied` or `NotOpen` to who may not, `NotNow` when it was answered, `BadInput` without a reason; erasing is
    answered by erasing.
    """
    row = queries.request(request, by=by)
    if not permissions.guard_privacy.ok(by):
        permissions.answer(by, touch_household(row.household_id, by=by, on=today))
    policies.is_open(row)
    is_one_of(DataRequest.Outcome, outcome, "data_request_decided_is_paired", field="outcome")
    words = words.strip()
    if outcome == DataRequest.Outcome.REFUSED and not words:
        raise BadInput(
            _("Schrijf op waarom niet: welke wet, welke reden. De bewoner krijgt dit te lezen."), field="words"
        )
    if row.kind == RequestKind.ERASURE and outcome == DataRequest.Outcome.DONE:
        raise BadInput(
            _("Wissen doet de functionaris voor gegevensbescherming, op de pagina van de vraag zelf."), field="outcome"
        )
    row.outcome, row.answer, row.decided_at, row.decided_by = outcome, words, now, by.id
    with spoken():
        row.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    trail.record(
        events.ANSWERED, by=by, household=row.household_id, about=f"privacy.datarequest:{row.id}", outcome=outcome
    )


@transaction.atomic
def erase(*, by: Actor, request: UUID, exception: str, now: datetime, today: date) -> None:
    """Erase the file, or the one person in it, that a question asks to erase; the trail says that it happened.

    Raises `Denied` to who noted the question, `NotNow` for a file that is open, led or held, `BadInput` where a legal duty
    keeps it and nobody says why it should never have been there.
    """
    permissions.guard_privacy(by)
    row = queries.request(request, by=by)
    policies.is_open(row)
    permissions.not_alone(by, row.noted_by)
    home = row.household_id
    state = queries.candidates(by=by, today=today, only=home)[0]
    duty = state.category == Category.FILE and state.due_on and state.due_on > today
    policies.no_legal_duty(state.due_on if duty else None, exception.strip())
    if row.person_id:
        erasing.erase_person(row.person_id, home, by=by, today=today, request=row.id)
    else:
        erasing.erase(home, by=by, today=today, request=row.id)
    trail.record(
        events.ERASED, by=by, household=home, about=state.reference, ground="request", exception=exception.strip()
    )


def a_month_after(day: date) -> date:
    """Return the same day a month later, or the last of that month."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
