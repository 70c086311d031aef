"""What the nightly check of the trail found; and an index by which one reads the looks of some days."""

import uuid

from django.conf import settings
from django.db import migrations, models

APP, BACKUP = settings.NABIJ_ROLES["app"], settings.NABIJ_ROLES["backup"]

# The application reads outcomes (who may, stands with the privacy officer's room) and cannot write one: a check that the
# checked may write is none.
WALLS = [
    "alter table audit_trailcheck enable row level security",
    "alter table audit_trailcheck force row level security",
    f"grant select on audit_trailcheck to {APP}",
    *([f"grant select on audit_trailcheck to {BACKUP}"] if BACKUP else []),
    "create policy maintenance on audit_trailcheck to current_user"
    " using ((select current_setting('nabij.maintenance', true)) = 'on')"
    " with check ((select current_setting('nabij.maintenance', true)) = 'on')",
    "create trigger never before update or delete on audit_trailcheck for each row execute function audit_never()",
]


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_waiting_for_a_seal")]
    operations = [
        migrations.CreateModel(
            name="TrailCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("seals", models.BigIntegerField()),
                ("waiting", models.BigIntegerField()),
                ("faults", models.BigIntegerField()),
                ("wrong", models.JSONField()),
            ],
            options={"indexes": [models.Index(fields=["-at"], name="check_by_moment")]},
        ),
        migrations.AddIndex(
            model_name="trailevent",
            index=models.Index(
                condition=models.Q(("kind", "households.looked")),
                fields=["municipality_id", "at"],
                name="trail_of_looks",
            ),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
