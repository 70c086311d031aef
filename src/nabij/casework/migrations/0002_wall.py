"""Row-level security of casework: the file, and what in it is for lead and duo, or for the author alone."""

from django.db import migrations

from nabij.kernel.migrations._first_wall import AUTHOR, guard, reach

IN_FILE, WHOLE_FILE = reach("household_id", 2), reach("household_id", 3)
READ_AND_ADD = "SELECT, INSERT"
NOTES = (
    f"(kind = 'shared' and {IN_FILE}) or (kind = 'case' and {WHOLE_FILE})"
    f" or (kind = 'sealed' and written_by = {AUTHOR} and {IN_FILE})"
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_cases_and_plans"), ("households", "0002_wall")]
    operations = [
        guard("casework_case", sees=IN_FILE),
        guard("casework_goal", sees=IN_FILE),
        guard("casework_goalperson", sees=IN_FILE),
        guard("casework_step", sees=IN_FILE),
        guard("casework_progress", sees=IN_FILE, verbs=READ_AND_ADD),
        guard("casework_selfscore", sees=IN_FILE, verbs=READ_AND_ADD),
        guard("casework_planversion", sees=IN_FILE, verbs=READ_AND_ADD),
        guard("casework_note", sees=NOTES, adds=f"written_by = {AUTHOR} and {IN_FILE}", verbs=READ_AND_ADD),
        guard("casework_handover", sees=IN_FILE, verbs=READ_AND_ADD),
    ]
