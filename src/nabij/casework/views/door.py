"""What every page here begins and ends with: the household's door, who reads along, and saving once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.pages import saved
from nabij.casework import permissions as may
from nabij.casework import policies, queries
from nabij.casework.forms import TOGETHER
from nabij.households import queries as homes
from nabij.kernel.constraints import TWICE
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import NotOpen, Refusal
from nabij.ui.pages import page

Home = homes.OpenHousehold


@dataclass(frozen=True)
class Reading:
    """Who of the household reads along on the same screen: nobody, one person, or everybody together."""

    value: str = ""
    name: str = ""

    def hides(self, shielded: list[str]) -> bool:
        """Return whether a goal that is shielded from these people (by key) stays off this screen."""
        return bool(shielded) if self.value == TOGETHER else self.value in shielded

    def keep(self, url: str, **more: object) -> str:
        """Return an address on which the same people read along."""
        asked = {"lezer": self.value} if self.value else {}
        query = urlencode(asked | {name: str(value) for name, value in more.items() if value})
        return f"{url}?{query}" if query else url


def reading_along(request: HttpRequest, home: Home) -> Reading:
    """Return who reads along, as the address says; whatever else stands there hides most."""
    asked = request.GET.get("lezer", "")
    if not asked:
        return Reading()
    names = {str(member.person.id): member.person.given_name or member.name for member in home.members}
    return Reading(asked, names[asked]) if asked in names else Reading(TOGETHER, _("iedereen in huis"))


def hidden_goals(whole: queries.Plan, shown: queries.Plan) -> set[str]:
    """Return the keys of the goals that whoever reads along does not see."""
    return {str(goal.goal.id) for goal in whole.goals} - {str(goal.goal.id) for goal in shown.goals}


def entered(request: HttpRequest, key: UUID, purpose: str) -> Home:
    """Open the file of a household, and leave the look; raises `NotOpen`."""
    home = homes.open_household(key, by=request.actor, on=request.today, purpose=purpose)
    if not home.in_file:
        raise NotOpen(homes.NOT_OPEN)
    return home


def entered_by_goal(request: HttpRequest, key: UUID, purpose: str) -> tuple[Home, queries.Goal]:
    """Open the file to which a goal belongs; raises `NotOpen`."""
    goal = queries.goal(key, by=request.actor)
    return entered(request, goal.household_id, purpose), goal


def entered_by_step(request: HttpRequest, key: UUID, purpose: str) -> tuple[Home, queries.Step]:
    """Open the file to which a step belongs; raises `NotOpen`."""
    step = queries.step(key, by=request.actor)
    return entered(request, step.household_id, purpose), step


def plan_read(request: HttpRequest, home: Home) -> tuple[queries.Plan, queries.Plan, Reading]:
    """Return the whole plan, the plan as whoever reads along may see it, and who that is."""
    reading = reading_along(request, home)
    plan = queries.plan_of(home.id, by=request.actor, on=request.today)
    goals = [goal for goal in plan.goals if not reading.hides([str(person.id) for person in goal.shielded])]
    return plan, replace(plan, goals=goals), reading


def may_write(request: HttpRequest, home: Home) -> None:
    """Raise `Denied` or `NotNow` where the plan cannot be written by this person, or not now."""
    may.write_plan(request.actor, home.ground)
    policies.case_is_open(queries.open_case_of(home.id, by=request.actor, on=request.today))


def keep(
    request: HttpRequest,
    form: Form,
    verb: Callable[..., Any],
    *,
    said: str,
    already: Callable[[], bool] = bool,
    **kwargs: Any,
) -> bool:
    """Run a verb through its form, and return whether what was asked stands there now.

    `already` tells, after a refusal, whether the very same was saved before: a form that was sent twice is no mistake.
    """
    attempt(form, verb, by=request.actor, now=timezone.now(), **kwargs)
    twice = bool(form.errors) and _quietly(already)
    if form.errors and not twice:
        _renew(form)
        return False
    saved(request, form) if hasattr(form, "draft_key") else None
    messages.success(request, _("Dit was al bewaard.") if twice else said)
    return True


def do(
    request: HttpRequest, verb: Callable[..., Any], *, said: str, already: Callable[[], bool], **kwargs: Any
) -> None:
    """Run a verb behind a button; pressed twice it says so kindly, and any other refusal stays one."""
    try:
        verb(by=request.actor, now=timezone.now(), **kwargs)
    except Refusal:
        if not _quietly(already):
            raise
        said = _("Dit was al bewaard.")
    messages.success(request, said)


def to_plan(request: HttpRequest, home: Home, goal: UUID | None = None) -> HttpResponse:
    """Go to the plan, with the same people reading along, at one goal."""
    return redirect(plan_url(reading_along(request, home), home, goal))


def plan_url(reading: Reading, home: Home, goal: UUID | None = None) -> str:
    """Return the address of the plan, at one goal."""
    url = reading.keep(reverse("casework:plan", args=[home.id]), doel=goal)
    return f"{url}#doel-{goal}" if goal else url


def form_page(
    request: HttpRequest, home: Home, form: Form, *, title: str, save: str, goal: UUID | None = None, **more: Any
) -> HttpResponse:
    """Render a page that is one form: title, lead, quote of the household, fields, one button, the way back."""
    reading = reading_along(request, home)
    back = plan_url(reading, home, goal)
    return page(
        request, "casework/form.html", form, home=home, title=title, save=save, back=back, reading=reading, **more
    )


def _quietly(already: Callable[[], bool]) -> bool:
    try:
        return already()
    except Refusal:
        return False


def _renew(form: Form) -> None:
    # The key is taken by something else that was typed: saved again, this becomes a thing of its own.
    if "key" in form.fields and str(TWICE) in form.non_field_errors():
        form.data = form.data.copy()
        form.data["key"] = str(uuid4())
