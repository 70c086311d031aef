"""The public verbs of casework."""

from nabij.casework.actions.agreement import freeze, plan_review, score
from nabij.casework.actions.bringing_over import OldCase, bring_over_cases
from nabij.casework.actions.bringing_plans import OldGoal, OldPlan, OldStep, bring_over_plans
from nabij.casework.actions.cases import choose_duo, end_case, open_case, take_lead
from nabij.casework.actions.goals import add_goal, change_goal, close_goal, note_progress, order_goals
from nabij.casework.actions.handing_over import hand_over, hand_over_many, take_back
from nabij.casework.actions.notes import open_sealed, write_note
from nabij.casework.actions.printing import note_printed
from nabij.casework.actions.steps import add_step, change_step, finish_step

__all__ = [
    "OldCase",
    "OldGoal",
    "OldPlan",
    "OldStep",
    "add_goal",
    "add_step",
    "bring_over_cases",
    "bring_over_plans",
    "change_goal",
    "change_step",
    "choose_duo",
    "close_goal",
    "end_case",
    "finish_step",
    "freeze",
    "hand_over",
    "hand_over_many",
    "note_printed",
    "note_progress",
    "open_case",
    "open_sealed",
    "order_goals",
    "plan_review",
    "score",
    "take_back",
    "take_lead",
    "write_note",
]
