"""May this happen now?"""

from django.utils.translation import gettext_lazy as _

from nabij.casework.models import Case, Goal, Step
from nabij.kernel.refusals import NotNow, check


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
def step_is_open(step: Step) -> None:
    """Raise `NotNow` when a step was set or dropped already."""
    if step.status in (Step.Status.DONE, Step.Status.DROPPED):
        raise NotNow(_("Deze stap is al afgerond."))
