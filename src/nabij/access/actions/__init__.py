"""The public verbs of access. Each keeps the flat table right in the same transaction."""

from nabij.access.actions.absences import NO_ABSENCE, change_substitute, end_absence, note_absence
from nabij.access.actions.bases import (
    assign_team,
    basis,
    end_basis,
    end_basis_on,
    end_receiving,
    end_transfer,
    give_bases,
    give_basis,
    receive_many_today,
    receive_today,
)
from nabij.access.actions.elsewhere import avoid_instead, hide_from, unhide
from nabij.access.actions.emergency import end_emergency, give_emergency, tidy_emergencies
from nabij.access.actions.staffing import appoint, end_post, enrol, form_team

__all__ = [
    "NO_ABSENCE",
    "appoint",
    "assign_team",
    "avoid_instead",
    "basis",
    "change_substitute",
    "end_absence",
    "end_basis",
    "end_basis_on",
    "end_emergency",
    "end_post",
    "end_receiving",
    "end_transfer",
    "enrol",
    "form_team",
    "give_bases",
    "give_basis",
    "give_emergency",
    "hide_from",
    "note_absence",
    "receive_many_today",
    "receive_today",
    "tidy_emergencies",
    "unhide",
]
