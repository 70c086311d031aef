"""The case: opening and ending it, who leads, who is duo. Each asks first, and says what follows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep, pressed
from nabij.casework import actions, policies, queries
from nabij.casework import permissions as may
from nabij.casework.forms import DuoForm
from nabij.casework.views.door import form_page
from nabij.households.pages import entered
from nabij.ui.pages import page


def open_case(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a case, or open it again for who comes back; then the plan is next."""
    by, today = request.actor, request.today
    home = entered(request, key, "dossier openen")
    if _pressed(
        request, key, actions.open_case, _opened_by, _("Het dossier is open. Begin met wat het gezin zelf wil.")
    ):
        return redirect("casework:plan", key)
    case = queries.open_case_of(key, by=by, on=today)
    came_back = case is None and bool(queries.cases_of(key, by=by))
    why = may.open_case.why(by, home.ground) or policies.case_is_closed.why(case)
    lead = who.in_charge([key], by=by, on=today)[key].lead
    title = _("Het dossier opnieuw openen") if came_back else _("Een dossier openen")
    return page(request, "casework/open_case.html", home=home, title=title, came_back=came_back, lead=lead, why=why)


def end_case(request: HttpRequest, key: UUID) -> HttpResponse:
    """End the guidance; no reason is asked, and whoever comes back is welcome."""
    by, today = request.actor, request.today
    home = entered(request, key, "dossier afsluiten")
    if _pressed(request, key, actions.end_case, _ended_by, _("Het dossier is afgesloten. Wie terugkomt, is welkom.")):
        still_mine = who.ground_of(by, key, on=today)
        return redirect("desk:household", key) if still_mine else redirect("desk:my-day")
    case = queries.open_case_of(key, by=by, on=today)
    why = may.write_plan.why(by, home.ground) or policies.case_is_open.why(case)
    plan = queries.plan_of(key, by=by, on=today)
    waiting = [step for goal in plan.open_goals for step in goal.steps if step.status == "to_do"]
    return page(request, "casework/end_case.html", home=home, plan=plan, waiting=waiting, why=why)


def take_lead(request: HttpRequest, key: UUID) -> HttpResponse:
    """Become the case manager of a household that has none."""
    by, today = request.actor, request.today
    home = entered(request, key, "dossierhouder worden")
    if _pressed(request, key, actions.take_lead, _led_by, _("Je bent nu dossierhouder van dit gezin.")):
        return redirect("desk:household", key)
    why = may.open_case.why(by, home.ground)
    lead = who.in_charge([key], by=by, on=today)[key].lead
    if not why and lead:
        why = _("%(name)s is dossierhouder. Overnemen gaat met een overdracht.") % {"name": lead.name}
    return page(request, "casework/take_lead.html", home=home, why=why)


def duo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose the duo: colleagues of the team first."""
    by, today = request.actor, request.today
    home = entered(request, key, "duo kiezen")
    may.hand_over(by, home.ground)
    charge = who.in_charge([key], by=by, on=today)[key]
    form = drafted(request, DuoForm, **_colleagues(request, charge))
    if request.method == "POST" and form.is_valid():
        chosen, said = form.cleaned_data["worker"], _("De duo is gekozen. Vertel het ook aan het gezin.")
        if keep(request, form, actions.choose_duo, household=key, worker=chosen, on=today, said=said):
            return redirect("desk:household", key)
    lead = _("De duo kent het gezin ook, en neemt over als de dossierhouder er niet is.")
    now = _("Nu is %(name)s duo.") % {"name": charge.duo.name} if charge.duo else ""
    words = {"title": _("Kies een duo"), "save": _("Bewaar"), "lead": f"{lead} {now}".strip()}
    return form_page(request, home, form, outside_plan=True, **words)


def _pressed(
    request: HttpRequest, key: UUID, verb: Callable[..., Any], already: Callable[[HttpRequest, UUID], bool], said: str
) -> bool:
    return pressed(request, verb, household=key, on=request.today, said=said, already=lambda: already(request, key))


def _colleagues(request: HttpRequest, charge: who.InCharge) -> dict[str, object]:
    by, on = request.actor, request.today
    lead = charge.lead.id if charge.lead else None
    team = who.case_workers(by=by, team=charge.team.id, on=on) if charge.team else []
    near = {worker.id for worker in team}
    others = [worker for worker in who.case_workers(by=by, on=on) if worker.id not in near]
    return {
        "team": [worker for worker in team if worker.id != lead],
        "others": [worker for worker in others if worker.id != lead],
        "team_name": charge.team.name if charge.team else "",
    }


def _led_by(request: HttpRequest, key: UUID) -> bool:
    lead = who.in_charge([key], by=request.actor, on=request.today)[key].lead
    return lead is not None and lead.id == request.actor.id


def _opened_by(request: HttpRequest, key: UUID) -> bool:
    case = queries.open_case_of(key, by=request.actor, on=request.today)
    return case is not None and case.opened_by == request.actor.id


def _ended_by(request: HttpRequest, key: UUID) -> bool:
    cases = queries.cases_of(key, by=request.actor)
    return bool(cases) and cases[0].ended_by == request.actor.id
