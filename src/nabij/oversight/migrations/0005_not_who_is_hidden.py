"""Who is helped elsewhere is not there in an emergency either: not found, and not told of to who once was in the file.

The look-up leaves such a household out before it counts who fits, so that a namesake who is hidden changes no answer; the verb
then goes the same way as for a household that does not exist.
"""

from importlib import import_module

from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard

_BEFORE = import_module("nabij.oversight.migrations.0004_wall_of_access_in_need")
NAMED = _BEFORE.again(
    _BEFORE.NAMED,
    ("    where p.municipality_id = town", "    where not access_hidden(m.household_id) and p.municipality_id = town"),
)
OWN = f"worker_id = {AUTHOR} and (household_id is null or not access_hidden(household_id))"


class Migration(migrations.Migration):
    dependencies = [("oversight", "0004_wall_of_access_in_need"), ("access", "0008_helped_elsewhere")]
    operations = [
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
        guard(
            "oversight_emergency",
            sees=f"({OWN}) or {_BEFORE.OFFICER} or ({_BEFORE.IN_CHARGE})",
            adds=f"worker_id = {AUTHOR} and (household_id is null or {_BEFORE.OWN_BASIS})",
            verbs="SELECT, INSERT",
            again=True,
        ),
    ]
