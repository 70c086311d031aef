"""The public verbs of casework."""

from nabij.casework.actions.agreement import freeze, plan_review, score
from nabij.casework.actions.cases import choose_duo, end_case, hand_over, open_case, take_lead
from nabij.casework.actions.goals import add_goal, change_goal, close_goal, note_progress, order_goals
from nabij.casework.actions.notes import open_sealed, write_note
from nabij.casework.actions.steps import add_step, change_step, finish_step

__all__ = [
    "add_goal",
    "add_step",
    "change_goal",
    "change_step",
    "choose_duo",
    "close_goal",
    "end_case",
    "finish_step",
    "freeze",
    "hand_over",
    "note_progress",
    "open_case",
    "open_sealed",
    "order_goals",
    "plan_review",
    "score",
    "take_lead",
    "write_note",
]
