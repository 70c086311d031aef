"""May this happen now?"""

import re
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nabij.casework.models import MOST_SPARED, Case, Goal, Handover, Note, PlanVersion, SelfScore, Step
from nabij.kernel.checks import fits, is_one_of
from nabij.kernel.constraints import sentences
from nabij.kernel.domains import LifeDomain
from nabij.kernel.names import fold
from nabij.kernel.refusals import BadInput, NotNow, check

# Whose work is to check up on people. Who inspects landlords or employers stands up for a household, and is welcome.
CONTROL = re.compile(r"\b(controleurs?|controledienst|fraude\w*|inspecteurs?|sociale inspectie|inspector)\b")


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
def goal_changes(goal: Goal, status: str) -> None:
    """Raise `NotNow` when it was noted already that a goal stands so."""
    if goal.status == status:
        raise NotNow(_("Zo staat dit doel al in het plan."))


@check
def goal_is_sound(goal: Goal) -> None:
    """Raise `BadInput` for a goal of a domain or with a status that does not exist."""
    is_one_of(LifeDomain, goal.domain, "goal_domain_is_known", field="domain")
    is_one_of(Goal.Status, goal.status, "goal_status_is_known", field="status")


@check
def no_task_of_control(partner: str) -> None:
    """Raise `BadInput` for a step that would be set by who checks up on people: help and control are apart."""
    if CONTROL.search(fold(partner)):
        raise BadInput(
            _(
                "Een taak van controle hoort niet in het dossier van wie helpt."
                " Noteer hier wat jij, het gezin of een dienst die helpt doet."
            ),
            field="partner",
        )


@check
def step_is_sound(step: Step) -> None:
    """Raise `BadInput` for a step with a status that does not exist, too many words, or a number that cannot be."""
    is_one_of(Step.Status, step.status, "step_status_is_known", field="status")
    fits(step.description, 300, field="description")
    fits(step.partner, 120, field="partner")
    no_task_of_control(step.partner)
    for field, spared in (("errands", step.errands_spared), ("retellings", step.retellings_spared)):
        if not 0 <= spared <= MOST_SPARED:
            raise BadInput(sentences()["step_spares_up_to_99"], field=field)


@check
def score_is_sound(score: SelfScore) -> None:
    """Raise `BadInput` for a domain that does not exist, or a score that is not 1 to 5 (None: would rather not say)."""
    is_one_of(LifeDomain, score.domain, "self_score_domain_is_known", field=None)
    if score.score is not None and score.score not in range(1, 6):
        raise BadInput(sentences()["self_score_one_to_five"], field=score.domain)


@check
def outcome_is_known(outcome: str) -> None:
    """Raise `BadInput` for something that a household cannot say of its plan."""
    is_one_of(PlanVersion.Outcome, outcome, "plan_version_outcome_is_known", field="outcome")


@check
def kind_is_known(kind: str) -> None:
    """Raise `BadInput` for a kind of note that does not exist."""
    is_one_of(Note.Kind, kind, "note_kind_is_known", field="kind")


@check
def day_is_plausible(day: date | None, today: date, *, field: str = "due_on") -> None:
    """Raise `BadInput` for a day more than a year ago or more than ten years ahead: a slip in the year."""
    if day and not today - timedelta(days=366) <= day <= today + timedelta(days=3660):
        raise BadInput(_("Kijk het jaar na: deze dag ligt te ver van vandaag."), field=field)


@check
def day_is_of_our_time(day: date | None, *, field: str) -> None:
    """Raise `BadInput` for a day of another age, such as the year 202 for 2026."""
    if day and not 1900 <= day.year <= 2100:
        raise BadInput(_("Kijk het jaar na: deze dag ligt te ver van vandaag."), field=field)


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
