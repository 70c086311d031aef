"""Goals: what the household wants, in its own words and order, and how it goes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nabij.access.pages import drafted, keep
from nabij.casework import actions, queries
from nabij.casework.forms import GoalEnds, GoalForm, ProgressForm
from nabij.casework.views.door import Home, entered_by_goal, form_page, may_write, plan_read, to_plan
from nabij.households.pages import entered


def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write a goal down as the household says it."""
    home = entered(request, key, "doel noteren")
    may_write(request, home)
    form = drafted(request, GoalForm, people=[member.person for member in home.members])
    if request.method == "POST" and form.is_valid():
        made, words = form.cleaned_data["key"], form.cleaned_data["words"]
        already, said = lambda: _same_goal(request, made, key, words), _("Het doel staat in het plan.")
        if keep(
            request, form, actions.add_goal, household=key, key=made, today=request.today, said=said, already=already,
            **form.asked(),
        ):  # fmt: skip
            return to_plan(request, home, made)
    return form_page(request, home, form, title=_("Een nieuw doel"), save=_("Zet in het plan"))


def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a goal's words, domain, people or moment."""
    home, _goal = entered_by_goal(request, key, "doel veranderen")
    may_write(request, home)
    shown = _in_plan(request, home, key)
    people = [member.person for member in home.members]
    people += [person for person in (*shown.for_whom, *shown.shielded) if person not in people]
    form = drafted(request, GoalForm, people=people, goal=shown)
    if request.method == "POST" and form.is_valid():
        asked, said = form.asked(), _("Het doel is aangepast.")
        if keep(request, form, actions.change_goal, goal=key, today=request.today, said=said, **asked):
            return to_plan(request, home, key)
    return form_page(request, home, form, title=_("Dit doel veranderen"), save=_("Bewaar"), goal=key)


def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a goal is reached, no longer needed, for later, or in the plan again."""
    home, goal = entered_by_goal(request, key, "doel afronden")
    may_write(request, home)
    form = drafted(request, GoalEnds, goal=goal)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if keep(
            request, form, actions.close_goal, goal=key, today=request.today, said=_("Genoteerd hoe het met dit doel liep."),
            already=lambda: _same_end(request, home, key, data), **data,
        ):  # fmt: skip
            return to_plan(request, home, key)
    return form_page(request, home, form, title=_("Hoe liep dit doel?"), save=_("Bewaar"), goal=key, quote=goal.words)


def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note how it goes with a goal."""
    home, goal = entered_by_goal(request, key, "vooruitgang noteren")
    may_write(request, home)
    form = drafted(request, ProgressForm)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if keep(
            request, form, actions.note_progress, goal=key, today=request.today, said=_("Genoteerd hoe het ermee gaat."),
            already=lambda: _same_words(request, home, key, data), **data,
        ):  # fmt: skip
            return to_plan(request, home, key)
    return form_page(
        request, home, form, title=_("Hoe gaat het met dit doel?"), save=_("Bewaar"), goal=key, quote=goal.words
    )


@require_POST
def order(request: HttpRequest, key: UUID) -> HttpResponse:
    """Move a goal one place up or down among the goals that are shown."""
    home = entered(request, key, "volgorde van de doelen")
    whole, plan, _reading = plan_read(request, home)
    moved, up = request.POST.get("omhoog") or request.POST.get("omlaag") or "", "omhoog" in request.POST
    shown = [str(goal.goal.id) for goal in plan.open_goals]
    if moved not in shown:
        return to_plan(request, home)
    keys = _moved([str(goal.goal.id) for goal in whole.goals], shown, moved, up)
    actions.order_goals(by=request.actor, household=key, keys=keys, now=timezone.now(), today=request.today)
    messages.success(request, _("De volgorde is bewaard."))
    return to_plan(request, home, UUID(moved))


def _moved(everything: list[str], shown: list[str], moved: str, up: bool) -> list[UUID]:
    at = shown.index(moved) + (-1 if up else 1)
    if 0 <= at < len(shown):
        everything.remove(moved)
        everything.insert(everything.index(shown[at]) + (0 if up else 1), moved)
    return [UUID(key) for key in everything]


def _in_plan(request: HttpRequest, home: Home, key: UUID) -> queries.GoalInPlan:
    plan = queries.plan_of(home.id, by=request.actor, on=request.today)
    return next(goal for goal in plan.goals if goal.goal.id == key)


def _same_goal(request: HttpRequest, key: UUID, household: UUID, words: str) -> bool:
    there = queries.goal(key, by=request.actor)
    return there.household_id == household and there.words == words.strip()


def _same_words(request: HttpRequest, home: Home, goal: UUID, data: dict[str, Any]) -> bool:
    notes = _in_plan(request, home, goal).progress
    return any(note.id == data["key"] and note.text == data["text"].strip() for note in notes)


def _same_end(request: HttpRequest, home: Home, key: UUID, data: dict[str, Any]) -> bool:
    there = queries.goal(key, by=request.actor)
    same = there.status == data["status"] and there.changed_by == request.actor.id
    return same and (not data["text"].strip() or _same_words(request, home, key, data))
