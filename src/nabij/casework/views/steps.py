"""Steps: who does what by when. The worker walks, unless agreed otherwise."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep
from nabij.casework import actions, policies, queries
from nabij.casework.forms import StepDone, StepForm
from nabij.casework.views.door import Home, entered_by_goal, entered_by_step, form_page, may_write, to_plan


def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree on a step of a goal."""
    home, goal = entered_by_goal(request, key, "stap afspreken")
    may_write(request, home)
    policies.goal_is_open(goal)
    form = drafted(request, StepForm, **_doers(request, home))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if keep(
            request, form, actions.add_step, goal=key, today=request.today, key=data["key"], doer=form.doer(),
            description=data["description"], due_on=data["due_on"], said=_("De stap staat in het plan."),
            already=lambda: _same_step(request, data["key"], key, data["description"]),
        ):  # fmt: skip
            return to_plan(request, home, key)
    return form_page(request, home, form, title=_("Een nieuwe stap"), save=_("Spreek af"), goal=key, quote=goal.words)


def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what a step is, who sets it, or when."""
    home, step = entered_by_step(request, key, "stap veranderen")
    may_write(request, home, step)
    form = drafted(request, StepForm, step=step, **_doers(request, home, step))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if keep(
            request, form, actions.change_step, step=key, today=request.today, doer=form.doer(),
            description=data["description"], due_on=data["due_on"], status=data.get("status"),
            said=_("De stap is aangepast."),
        ):  # fmt: skip
            return to_plan(request, home, step.goal_id)
    title = _("Deze stap veranderen")
    return form_page(request, home, form, title=title, save=_("Bewaar"), goal=step.goal_id, quote=step.goal.words)


def finish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a step is set, and what it spared the household."""
    home, step = entered_by_step(request, key, "stap gezet")
    may_write(request, home, step)
    form = drafted(request, StepDone, step=step)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if keep(
            request, form, actions.finish_step, step=key, today=request.today,
            errands_spared=data["errands"], retellings_spared=data["retellings"], said=_("Mooi. De stap is gezet."),
            already=lambda: _finished(request, key, data),
        ):  # fmt: skip
            return to_plan(request, home, step.goal_id)
    if request.method == "GET":
        policies.step_is_open(step)
    lead = _("Wat je zelf deed, hoefde het gezin niet te doen. Pas de getallen aan als dat niet klopt.")
    words = {"title": _("Is deze stap gezet?"), "save": _("Ja, gezet"), "lead": lead, "says": step.description}
    return form_page(request, home, form, goal=step.goal_id, **words)


def _doers(request: HttpRequest, home: Home, step: queries.Step | None = None) -> dict[str, Any]:
    by = request.actor
    charge = who.in_charge([home.id], by=by, on=request.today)[home.id]
    workers = {by.id: _("ik, %(name)s") % {"name": by.name}}
    for colleague in (charge.lead, charge.duo, step.worker if step else None):
        if colleague:
            workers.setdefault(colleague.id, colleague.name)
    people = [member.person for member in home.members]
    if step and step.person and step.person not in people:
        people.append(step.person)
    return {"workers": list(workers.items()), "people": people}


def _same_step(request: HttpRequest, key: UUID, goal: UUID, description: str) -> bool:
    there = queries.step(key, by=request.actor)
    return there.goal_id == goal and there.description == description.strip()


def _finished(request: HttpRequest, key: UUID, data: dict[str, int]) -> bool:
    there = queries.step(key, by=request.actor)
    same = (there.errands_spared, there.retellings_spared) == (data["errands"], data["retellings"])
    return there.status == "done" and there.changed_by == request.actor.id and same
