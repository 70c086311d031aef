"""The public verbs of this room."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.roles import Ground, Part
from nabij.advice import events, permissions, policies, queries
from nabij.advice.models import Question
from nabij.audit import trail
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.checks import fits
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotOpen

# The household may come back with what was answered; after that the expert needs a new question.
AFTERWARDS = timedelta(days=30)
LONGEST = 5000


@transaction.atomic
def ask(
    *, by: Actor, household: UUID, expert: UUID, words: str, parts: Part, now: datetime, today: date,
    key: UUID | None = None,
) -> Question:  # fmt: skip
    """Ask an expert about a household, and open the parts of the file that the question needs, until it is answered.

    Raises `NotOpen`, `Denied`, `BadInput` for somebody who gives no advice or without words, `NotNow` when it was saved.
    """
    permissions.ask(by, touch_household(household, by=by, on=today))
    words = words.strip()
    if not words:
        raise BadInput(_("Schrijf wat je wilt weten."), field="words")
    fits(words, LONGEST, field="words")
    if expert not in {one.id for one in who.experts(by=by, on=today)}:
        raise BadInput(_("Deze collega geeft geen raad. Kies iemand van de kenniscel."), field="expert")
    basis = access.give_basis(
        by=by, household=household, ground=Ground.ADVISER, worker=expert, on=today, now=now, parts=parts
    )
    made = Question(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=household, expert_id=expert, basis=basis,
        words=words, parts=parts, asked_at=now, asked_by=by.id,
    )  # fmt: skip
    with spoken():
        made.save(force_insert=True)
    trail.record(events.ASKED, by=by, household=household, about=f"advice.question:{made.id}", parts=int(parts))
    return made


@transaction.atomic
def answer(*, by: Actor, question: UUID, words: str, now: datetime, today: date) -> Question:
    """Answer a question that was asked of `by`; what it opened closes after thirty days.

    Raises `NotOpen` for somebody else's question, `BadInput` without words, `NotNow` when it was closed before.
    """
    found = queries.question(question, by=by)
    if found.expert_id != by.id:
        raise NotOpen(queries.NO_QUESTION)
    policies.still_open(found)
    words = words.strip()
    if not words:
        raise BadInput(_("Schrijf je antwoord."), field="words")
    fits(words, LONGEST, field="words")
    _close(found, by, now, words)
    trail.record(events.ANSWERED, by=by, household=found.household_id, about=f"advice.question:{question}")
    access.end_basis_on(by=by, basis=found.basis_id, on=today + AFTERWARDS, now=now)
    return found


@transaction.atomic
def take_back(*, by: Actor, question: UUID, now: datetime, today: date) -> None:
    """Take back a question that has no answer yet; the expert reads nothing more from that moment on.

    Raises `NotOpen`, `Denied` for who does not guide the household, `NotNow` when it was closed before.
    """
    found = queries.question(question, by=by)
    permissions.ask(by, touch_household(found.household_id, by=by, on=today))
    policies.still_open(found)
    _close(found, by, now, "")
    trail.record(events.TAKEN_BACK, by=by, household=found.household_id, about=f"advice.question:{question}")
    access.end_basis_on(by=by, basis=found.basis_id, on=today, now=now)


def _close(question: Question, by: Actor, now: datetime, words: str) -> None:
    # Of two at the same moment the second finds nothing open; an expert who came second finds the question gone.
    if not Question.objects.filter(id=question.id, closed_at=None).update(answer=words, closed_at=now, closed_by=by.id):
        policies.still_open(queries.question(question.id, by=by))
        raise NotOpen(queries.NO_QUESTION)
    question.answer, question.closed_at, question.closed_by = words, now, by.id
