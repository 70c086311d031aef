"""The plan on one screen, where the household reads along; and how it sees things itself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep
from nabij.casework import actions, policies, queries
from nabij.casework import permissions as may
from nabij.casework.forms import TOGETHER, ReviewForm, ScoresForm
from nabij.casework.templatetags.plan_words import first_names
from nabij.casework.version_words import same_agreement
from nabij.casework.views.door import (
    Home,
    Reading,
    form_page,
    hidden_goals,
    may_write,
    plan_read,
    plan_url,
    to_plan,
)
from nabij.households.pages import entered
from nabij.ui.pages import page


def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the plan: one goal open at a time, in the words and the order of the household."""
    by = request.actor
    home = entered(request, key, "plan")
    whole, found, reading = plan_read(request, home)
    why_not_mine = may.write_plan.why(by, home.ground)
    version, open_now = found.latest_version, opened(request, found)
    return page(
        request,
        "casework/plan.html",
        home=home,
        plan=found,
        reading=reading,
        readers=readers(home, reading),
        shielded_from=shielded_from(found),
        opened=open_now,
        closed_open=open_now in [str(goal.goal.id) for goal in found.closed_goals],
        why_not_mine=why_not_mine,
        why_not=why_not_mine or policies.case_is_open.why(found.case),
        why_not_agree=why_not_mine or policies.case_is_open.why(found.case) or _nothing_to_agree(found, reading),
        charge=who.in_charge([key], by=by, on=request.today)[key],
        scores=[(domain, _word(score.score), score.scored_on) for domain, score in found.scores],
        version=version,
        changed_since=version is not None and not same_agreement(whole, version, hidden_goals(whole, found)),
        query=reading.keep(""),
    )


def scores(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write how the household itself sees life domains; whoever would rather not say, says so."""
    home = entered(request, key, "hoe het gezin het ziet")
    may_write(request, home)
    _whole, found, reading = plan_read(request, home)
    about = [goal.goal.domain for goal in found.open_goals]
    form = drafted(request, ScoresForm, before={domain.value: score for domain, score in found.scores}, first=about)
    if request.method == "POST" and form.is_valid() and keep(
        request, form, actions.score, household=key, scores=form.scores(),
        today=request.today, said=_("Genoteerd hoe het gezin het ziet."),
        ):  # fmt: skip
        return to_plan(request, home)
    return page(request, "casework/scores.html", form, home=home, reading=reading, back=plan_url(reading, home))


def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree when household and worker look at the plan together again."""
    home = entered(request, key, "volgende bespreking")
    may_write(request, home)
    case = queries.open_case_of(key, by=request.actor, on=request.today)
    form = drafted(request, ReviewForm, initial={"on": case.review_on if case else None})
    if request.method == "POST" and form.is_valid() and keep(
        request, form, actions.plan_review, household=key, on=form.cleaned_data["on"],
        today=request.today, said=_("De dag staat in het plan."),
        ):  # fmt: skip
        return to_plan(request, home)
    return form_page(request, home, form, title=_("De volgende bespreking"), save=_("Bewaar"))


def readers(home: Home, reading: Reading) -> list[tuple[str, str, bool]]:
    """Return who may read along: value, what stands on the link, and whether it is so now."""
    people = [
        (str(m.person.id), m.person.given_name or m.name)
        for m in home.members
        if m.membership.role != "child" or (m.age or 0) >= 12
    ]
    choices = [("", _("niemand")), *people]
    if len(people) > 1:
        choices.append((TOGETHER, _("iedereen")))
    return [(value, label, value == reading.value) for value, label in choices]


def shielded_from(found: queries.Plan) -> list[str]:
    """Return the names of those from whom something on this screen is shielded."""
    return list(dict.fromkeys(name for goal in found.goals for name in first_names(goal.shielded)))


def opened(request: HttpRequest, found: queries.Plan) -> str:
    """Return the key of the goal that stands open: the one that was asked for, or else the first."""
    keys = [str(goal.goal.id) for goal in found.goals]
    asked = request.GET.get("doel", "")
    first = found.open_goals[0].goal.id if found.open_goals else ""
    return asked if asked in keys else str(first)


def _word(score: int | None) -> Any:
    return queries.RATHER_NOT if score is None else queries.SCORE_WORDS[score]


def _nothing_to_agree(found: queries.Plan, reading: Reading) -> str:
    if found.open_goals:
        return ""
    if reading.value:
        return _("Hier staat nu geen doel om samen te lezen.")
    return _("Er staat nog geen doel in het plan. Begin met wat het gezin wil.")
