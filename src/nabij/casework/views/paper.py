"""The plan on paper: in which language, how large, and for whose eyes; then the sheet itself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.casework import actions, queries
from nabij.casework.forms import TOGETHER, PaperForm
from nabij.casework.paper.content import AgreementOnPaper, ContactOnPaper, GoalOnPaper, PlanPaper, StepOnPaper, plan_pdf
from nabij.casework.templatetags.plan_words import doer, first_names
from nabij.casework.version_words import same_agreement
from nabij.casework.views.door import Home, Reading, form_page
from nabij.households.pages import entered
from nabij.ui.pages import sheet


def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask how the plan goes on paper; sent, answer the PDF and note that it was printed."""
    home = entered(request, key, "plan op papier")
    sent = request.POST if request.method == "POST" else None
    reader = request.GET.get("lezer") or TOGETHER
    form = PaperForm(sent, people=[member.person for member in home.members], initial={"reader": reader})
    if form.is_valid():
        asked = form.cleaned_data
        with translation.override(asked["language"]):
            made = plan_pdf(_content(request, home, **asked))
        actions.note_printed(
            by=request.actor, household=key, reader=asked["reader"], language=asked["language"], today=request.today
        )
        return sheet(made, f"plan-{request.today.isoformat()}")
    lead = _("Eén blad om mee te geven: wie wat doet, tegen wanneer, en wie het gezin kan bellen.")
    return form_page(request, home, form, title=_("Het plan op papier"), save=_("Maak het blad"), lead=lead)


def _content(request: HttpRequest, home: Home, *, reader: str, language: str, large_type: bool) -> PlanPaper:
    plan = queries.plan_of(home.id, by=request.actor, on=request.today)
    charge = who.in_charge([home.id], by=request.actor, on=request.today)[home.id]
    eyes = Reading(reader)
    shown = [goal for goal in plan.open_goals if not eyes.hides([str(person.id) for person in goal.shielded])]
    return PlanPaper(
        household_name=home.name,
        municipality=request.user.municipality.name,
        centre_name=charge.team.centre.name if charge.team and charge.team.centre else "",
        printed_on=request.today,
        language=language,
        large_type=large_type,
        goals=[_goal(goal) for goal in shown],
        scores=[(domain.value, _words(score.score)) for domain, score in plan.scores],
        next_talk=plan.case.review_on if plan.case else None,
        case_manager=_contact(charge.lead),
        duo=_contact(charge.duo),
        **_agreed(plan, tell_reason=len(shown) == len(plan.open_goals)),
    )


def _goal(shown: queries.GoalInPlan) -> GoalOnPaper:
    steps = [
        StepOnPaper(step.description, doer(step), step.due_on, step.status == "done")
        for step in shown.steps
        if step.status != "dropped"
    ]
    return GoalOnPaper(shown.goal.words, shown.goal.domain, first_names(shown.for_whom), steps)


def _words(score: int | None) -> str:
    return str(queries.RATHER_NOT if score is None else queries.SCORE_WORDS[score])


def _contact(worker: Any) -> ContactOnPaper | None:
    return ContactOnPaper(worker.name, worker.phone, worker.email) if worker else None


def _agreed(plan: queries.Plan, *, tell_reason: bool) -> dict[str, Any]:
    # Only what was said of this very plan; and a reason may name a goal that stays off this sheet.
    latest = plan.latest_version
    if latest is None or not same_agreement(plan, latest):
        return {}
    reason = latest.reason if tell_reason else ""
    return {"agreement": AgreementOnPaper(latest.outcome, latest.frozen_on, reason), "version": latest.number}
