"""The public questions of this room."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.advice.models import Question
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotOpen

NO_QUESTION = _("Deze vraag is er niet, of ze is niet voor jou open.")


def questions_of(household: UUID, *, by: Actor, limit: int = 20) -> list[Question]:
    """Return what was asked about a household, latest first; an expert sees the own questions only."""
    rows = Question.objects.filter(household_id=household).select_related("expert")
    return list(rows.order_by("-asked_at", "id")[:limit])


def asked_of(by: Actor, *, limit: int = 50) -> list[Question]:
    """Return the questions that wait for an answer of `by`, the oldest first."""
    rows = Question.objects.filter(expert_id=by.id, closed_at=None).select_related("household")
    return list(rows.order_by("asked_at", "id")[: limit + 1])


def question(key: UUID, *, by: Actor) -> Question:
    """Return one question; raises `NotOpen`, hidden or not there."""
    found = Question.objects.filter(id=key).select_related("expert", "household").first()
    if found is None:
        raise NotOpen(NO_QUESTION)
    return found


def question_of_adviser(household: UUID, *, by: Actor) -> Question | None:
    """Return the latest question about a household to `by`, on which the file is open in part."""
    return Question.objects.filter(household_id=household, expert_id=by.id).order_by("-asked_at").first()
