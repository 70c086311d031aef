"""May this happen now?"""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nabij.casework.models import Case, Goal, Handover, Step
from nabij.kernel.refusals import BadInput, NotNow, check


@check
def case_is_open(case: Case | None) -> None:
    """Raise `NotNow` when there is no open case."""
    if case is None:
        raise NotNow(_("Er is nu geen open dossier. Open het eerst; het verhaal hoeft niet opnieuw."))


@check
def case_is_closed(case: Case | None) -> None:
    """Raise `NotNow` when there is an open case already."""
    if case is not None:
        raise NotNow(_("Dit gezin heeft al een open dossier."))


@check
def goal_is_open(goal: Goal) -> None:
    """Raise `NotNow` when a goal is over."""
    if goal.status in (Goal.Status.REACHED, Goal.Status.DROPPED):
        raise NotNow(_("Dit doel is afgerond. Zet het eerst opnieuw in het plan."))


@check
def day_is_plausible(day: date | None, today: date) -> None:
    """Raise `BadInput` for a day more than a year ago or more than ten years ahead: a slip in the year."""
    if day and not today - timedelta(days=366) <= day <= today + timedelta(days=3660):
        raise BadInput(_("Kijk het jaar na: deze dag ligt te ver van vandaag."), field="due_on")


@check
def step_is_open(step: Step) -> None:
    """Raise `NotNow` when a step was set or dropped already."""
    if step.status in (Step.Status.DONE, Step.Status.DROPPED):
        raise NotNow(_("Deze stap is al afgerond."))


@check
def handed_today(handover: Handover, today: date) -> None:
    """Raise `NotNow` when a handover is older than today: then the way back is a new handover."""
    if timezone.localtime(handover.handed_at).date() != today:
        raise NotNow(_("Ongedaan maken kan op de dag zelf. Draag het gezin nu opnieuw over."))
