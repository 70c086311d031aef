"""What every page here begins and ends with: the household's door, who reads along, and the way back to the plan."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.casework import permissions as may
from nabij.casework import policies, queries
from nabij.casework.forms import TOGETHER
from nabij.households.pages import entered
from nabij.households.queries import OpenHousehold as Home
from nabij.ui.pages import page


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


def may_write(request: HttpRequest, home: Home, step: queries.Step | None = None) -> None:
    """Raise `Denied` or `NotNow` where the plan, or this step of it, cannot be written by this person, or not now."""
    if step is None or step.worker_id != request.actor.id:  # a step of one's own is set without being case manager
        may.write_plan(request.actor, home.ground)
    policies.case_is_open(queries.open_case_of(home.id, by=request.actor, on=request.today))


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
