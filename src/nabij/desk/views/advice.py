"""Asking an expert about a household, and what the expert sees: the question and what it names, nothing else."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nabij.access import queries as who
from nabij.access.pages import drafted, keep, pressed
from nabij.access.roles import Ground, Part
from nabij.advice import actions as advice
from nabij.advice import permissions as may
from nabij.advice import queries as questions
from nabij.casework import queries as casework
from nabij.desk.forms_advice import PARTS, Ask, Reply
from nabij.frontdesk import queries as meetings
from nabij.households import queries as homes
from nabij.households.pages import entered
from nabij.ui.pages import page

SHOWN = 25


def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask an expert about a household, and choose what the expert may read."""
    by, today = request.actor, request.today
    home = entered(request, key, "raad vragen")
    may.ask(by, home.ground)
    experts = who.experts(by=by, on=today)
    form = drafted(request, Ask, experts=experts)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asked = {"household": key, "expert": data["expert"], "words": data["words"], "parts": form.opened()}
        said = _("Gevraagd. Het antwoord komt hier in het dossier.")
        same = {"key": data["key"], **asked}
        if keep(request, form, advice.ask, said=said, already=lambda: _is_asked(by, **same), today=today, **same):
            return redirect("desk:household", key)
    return page(request, "desk/ask_advice.html", form, home=home, experts=experts)


def question(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a question with what it opens; who was asked answers here."""
    by, today = request.actor, request.today
    found = questions.question(key, by=by)
    home = homes.open_household(found.household_id, by=by, on=today, purpose="raad")
    form = drafted(request, Reply)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        said = _("Je antwoord staat in het dossier.")
        same = {"question": key, "words": words}
        if keep(request, form, advice.answer, said=said, already=lambda: _is_answered(by, **same), today=today, **same):
            return redirect("desk:question", key)
    return page(
        request, "desk/question.html", form, home=home, found=found, mine=found.expert_id == by.id,
        asker=who.names_of([found.asked_by], by=by).get(found.asked_by, ""),
        opened=[words for part, words in PARTS if part & found.parts], **_parts(request, home, found.parts),
    )  # fmt: skip


@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back a question that has no answer yet."""
    by = request.actor
    found = questions.question(key, by=by)
    pressed(
        request, advice.take_back, said=_("Ingetrokken. Je collega leest nu niets meer van dit gezin."),
        already=lambda: _is_back(by, key), question=key, today=request.today,
    )  # fmt: skip
    return redirect("desk:household", found.household_id)


def _parts(request: HttpRequest, home: homes.OpenHousehold, parts: int) -> dict[str, Any]:
    """Return what the expert reads; who guides the household reads it in the file."""
    by, key = request.actor, home.id
    if home.ground != Ground.ADVISER:
        return {}
    return {
        "plan": casework.plan_in_short(key, by=by, on=request.today) if parts & Part.PLAN else None,
        "contacts": meetings.contacts_and_requests(key, by=by, limit=SHOWN)[0] if parts & Part.CONTACTS else None,
        "notes": casework.notes_of(key, by=by, limit=SHOWN) if parts & Part.NOTES else None,
    }


def _is_asked(by: Any, *, key: UUID, household: UUID, expert: UUID, words: str, parts: int) -> bool:
    there = questions.question(key, by=by)
    told = (there.household_id, there.expert_id, there.words, there.parts, there.asked_by)
    return told == (household, expert, words.strip(), int(parts), by.id)


def _is_answered(by: Any, *, question: UUID, words: str) -> bool:
    there = questions.question(question, by=by)
    return there.closed_by == by.id and there.answer == words.strip()


def _is_back(by: Any, key: UUID) -> bool:
    there = questions.question(key, by=by)
    return there.closed_by == by.id and not there.answer
