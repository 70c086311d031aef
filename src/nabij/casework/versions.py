"""What of a plan is frozen, and what changed between two versions."""

from dataclasses import dataclass, field
from typing import Any

from nabij.casework.models import PlanVersion, Step
from nabij.casework.queries import GoalInPlan, Plan


def frozen(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain data: goals in order with people and steps, and the scores."""
    return {
        "goals": [_goal(goal) for goal in plan.open_goals],
        "scores": {domain.value: score.score for domain, score in plan.scores},
        "review_on": plan.case.review_on.isoformat() if plan.case and plan.case.review_on else None,
    }


@dataclass
class Difference:
    """What one version has that the other has not."""

    added: list[dict[str, Any]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    reordered: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether the versions say the same."""
        return not (self.added or self.gone or self.changed or self.reordered)


def compare(old: PlanVersion, new: PlanVersion) -> Difference:
    """Return which goals came, went, or read differently between two versions."""
    before = {goal["id"]: goal for goal in old.content["goals"]}
    after = {goal["id"]: goal for goal in new.content["goals"]}
    kept = [key for key in after if key in before]
    return Difference(
        added=[goal for key, goal in after.items() if key not in before],
        gone=[goal for key, goal in before.items() if key not in after],
        changed=[(before[key], after[key]) for key in kept if before[key] != after[key]],
        reordered=kept != [key for key in before if key in after],
    )


def _goal(shown: GoalInPlan) -> dict[str, Any]:
    return {
        "id": str(shown.goal.id),
        "words": shown.goal.words,
        "domain": shown.goal.domain,
        "status": shown.goal.status,
        "for": [str(person) for person in shown.for_whom],
        "shielded": [str(person.id) for person in shown.shielded],
        "steps": [_step(step) for step in shown.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": str(step.id),
        "description": step.description,
        "who": step.worker.name if step.worker else str(step.person) if step.person else step.partner,
        "due": step.due_on.isoformat() if step.due_on else None,
        "status": step.status,
    }
