"""Row-level security of access; and who may read the trail, which stands here because the trail lies below."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.migrations._first_wall import AUTHOR, MUNICIPALITY, grant, guard, of_table, reach

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

# One statement instead of three, on every request: who acts for whom, whether it may write, and today's functions.
ENTER = """
create function access_enter(who uuid, town uuid, reads_only boolean, today date)
returns table (function text, team_id uuid, centre_id uuid) language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.actor', who::text, true), set_config('nabij.municipality', town::text, true);
    if reads_only then
        perform set_config('transaction_read_only', 'on', true);
    end if;
    return query select p.function::text, p.team_id, p.centre_id from access_post p
        where p.worker_id = who and p.valid_from <= today and (p.valid_until is null or p.valid_until > today)
        order by p.valid_from, p.id;
end $$;
"""


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
        migrations.RunSQL([*TRAIL, ENTER], migrations.RunSQL.noop),
    ]
