"""The wall asks what hour it is, and for a change whether the ground may write; who is away, and for how long.

Colleagues know who stands in for whom: absences are open within the municipality.
"""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, MUNICIPALITY, guard, of_table, reach

APP = settings.NABIJ_ROLES["app"]
ITS_HOUSEHOLD = of_table(reach("household_id", 3), "audit_trailevent")
TRAIL = [
    "drop policy sees on audit_trailevent",
    f"create policy sees on audit_trailevent for select to {APP} using ({MUNICIPALITY}"
    f" and (actor_id = {AUTHOR} or (household_id is not null and {ITS_HOUSEHOLD})))",
]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_bases_of_all_kinds"),
        ("audit", "0004_checks_and_looks"),
        ("oversight", "0002_wall"),
    ]
    operations = [guard("access_absence"), migrations.RunSQL(TRAIL, migrations.RunSQL.noop)]
