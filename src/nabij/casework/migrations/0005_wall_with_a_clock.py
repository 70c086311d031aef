"""The wall of casework asks what hour it is, whether the ground may write, and what a question named for an adviser."""

from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard, reach

PLAN, NOTES_PART = 1, 4  # of access.roles.Part
IN_FILE, WHOLE_FILE, IN_PLAN = reach("household_id", 2), reach("household_id", 3), reach("household_id", 2, part=PLAN)
NOTES = (
    f"(kind = 'shared' and {reach('household_id', 2, part=NOTES_PART)}) or (kind = 'case' and {WHOLE_FILE})"
    f" or (kind = 'sealed' and written_by = {AUTHOR} and {IN_FILE})"
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_indexes_that_help"), ("access", "0006_wall_with_a_clock")]
    operations = [
        guard("casework_case", sees=IN_PLAN, again=True),
        guard("casework_goal", sees=IN_PLAN, again=True),
        guard("casework_goalperson", sees=IN_PLAN, again=True),
        guard("casework_step", sees=IN_PLAN, again=True),
        guard("casework_progress", sees=IN_PLAN, again=True),
        guard("casework_selfscore", sees=IN_PLAN, again=True),
        guard("casework_planversion", sees=IN_PLAN, again=True),
        guard("casework_note", sees=NOTES, adds=f"written_by = {AUTHOR} and {IN_FILE}", again=True),
        guard("casework_handover", sees=IN_FILE, again=True),
    ]
