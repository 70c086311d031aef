"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

CASE_OPENED = event("casework.case_opened", _("{by} opende een dossier."))
CASE_ENDED = event("casework.case_ended", _("{by} sloot het dossier af. Wie terugkomt, is welkom."))
CASE_REOPENED = event("casework.case_reopened", _("{by} opende het dossier opnieuw."))
LEAD_TAKEN = event("casework.lead_taken", _("{by} werd dossierhouder."))
DUO_CHOSEN = event("casework.duo_chosen", _("{by} koos een duo."))
HANDED_OVER = event("casework.handed_over", _("{by} droeg het gezin over."))
HANDED_BACK = event("casework.handed_back", _("{by} maakte een overdracht ongedaan."))
GOAL_ADDED = event("casework.goal_added", _("{by} noteerde een doel."))
GOAL_CHANGED = event("casework.goal_changed", _("{by} veranderde een doel."))
GOALS_ORDERED = event("casework.goals_ordered", _("{by} zette de doelen in de volgorde van het gezin."))
GOAL_CLOSED = event("casework.goal_closed", _("{by} noteerde hoe het met een doel afliep."))
PROGRESS_NOTED = event("casework.progress_noted", _("{by} noteerde hoe het met een doel gaat."))
STEP_ADDED = event("casework.step_added", _("{by} sprak een stap af."))
STEP_CHANGED = event("casework.step_changed", _("{by} veranderde een stap."))
STEP_DONE = event("casework.step_done", _("{by} noteerde dat een stap gezet is."))
SCORED = event("casework.scored", _("{by} noteerde hoe het gezin het zelf ziet."))
REVIEW_PLANNED = event("casework.review_planned", _("{by} sprak af wanneer we het plan samen bekijken."))
PLAN_AGREED = event("casework.plan_agreed", _("{by} legde vast wat het gezin van het plan vindt."))
PLAN_PRINTED = event("casework.plan_printed", _("{by} maakte het plan op papier."))
NOTE_WRITTEN = event("casework.note_written", _("{by} schreef een notitie."))
SEALED_READ = event("casework.sealed_read", _("{by} las een eigen verzegelde notitie."))
