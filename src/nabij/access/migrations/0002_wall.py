"""Row-level security of access; and who may read the trail, which stands here because the trail lies below."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, MUNICIPALITY, grant, guard, of_table, reach

APP, BACKUP = settings.NABIJ_ROLES["app"], settings.NABIJ_ROLES["backup"]
# Sign-in reads a user before there is a context; inside a context only one's own municipality is there.
USERS = "municipality_id = (select nabij_municipality()) or (select nabij_municipality()) is null"
USER_WALL = [
    "alter table access_user enable row level security",
    "alter table access_user force row level security",
    f"grant select, insert, update on access_user to {APP}",
    f"create policy sees on access_user for select to {APP} using ({USERS})",
    f"create policy adds on access_user for insert to {APP} with check ({MUNICIPALITY})",
    f"create policy changes on access_user for update to {APP} using ({USERS}) with check ({USERS})",
    "create policy maintenance on access_user to current_user"
    " using ((select current_setting('nabij.maintenance', true)) = 'on')"
    " with check ((select current_setting('nabij.maintenance', true)) = 'on')",
    *([f"grant select on access_user to {BACKUP}"] if BACKUP else []),
]
ITS_HOUSEHOLD = of_table(reach("household_id", 3), "audit_trailevent")
TRAIL = [
    f"create policy sees on audit_trailevent for select to {APP} using ({MUNICIPALITY}"
    f" and (actor_id = {AUTHOR} or (household_id is not null and {ITS_HOUSEHOLD})))",
    f"create policy sees on audit_trailcontent for select to {APP} using ({MUNICIPALITY}"
    " and exists (select 1 from audit_trailevent e where e.id = event_id))",
]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_who_may"),
        ("audit", "0002_append_only_and_sealed"),
        ("territory", "0002_wall"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(USER_WALL, migrations.RunSQL.noop),
        guard("access_team"),
        guard("access_teamarea"),
        guard("access_post"),
        guard("access_basis", verbs="SELECT, INSERT, UPDATE"),
        guard("access_reach"),
        guard("access_draft", sees=f"worker_id = {AUTHOR}"),
        grant("django_session"),
        migrations.RunSQL(TRAIL, migrations.RunSQL.noop),
    ]
