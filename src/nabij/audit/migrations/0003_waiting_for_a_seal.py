"""What waits for its seal stands in a list, so that sealing reads what is new and not the whole trail.

Every event comes on the list in its own transaction, by a trigger that whoever inserts cannot avoid. The seal takes what it
sees there. What it sees is committed, so it waits for nobody: events of a long transaction are sealed after it ends, behind
those of shorter ones. Who may add an event may add to the list, and nobody but the seal takes anything off.
"""

from django.conf import settings
from django.db import migrations

APP, TRAIL = (settings.NABIJ_ROLES[role] for role in ("app", "trail"))

LIST = """
create table audit_trailwaiting (event_id uuid not null);
create function audit_wait() returns trigger language plpgsql as $$
begin
    insert into audit_trailwaiting select id from fresh;
    return null;
end $$;
create trigger waits after insert on audit_trailevent referencing new table as fresh
    for each statement execute function audit_wait();
insert into audit_trailwaiting
    select e.id from audit_trailevent e where not exists (select 1 from audit_trailseal s where s.event_id = e.id);
"""

WALLS = [
    "alter table audit_trailwaiting enable row level security",
    "alter table audit_trailwaiting force row level security",
    f"grant insert on audit_trailwaiting to {APP}, {TRAIL}",
    f"create policy adds on audit_trailwaiting for insert to {APP}, {TRAIL} with check (true)",
    "create policy maintenance on audit_trailwaiting to current_user"
    " using ((select current_setting('nabij.maintenance', true)) = 'on')"
    " with check ((select current_setting('nabij.maintenance', true)) = 'on')",
]

# Each event is looked up by its key, however large a cached plan thinks that the trail is.
SEAL = """
create or replace function audit_seal(inner_pad bytea, outer_pad bytea) returns integer
language plpgsql security definer set search_path = public, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
    e audit_trailevent;
    last_n bigint := 0;
    last_hash bytea := '';
    many integer := 0;
begin
    perform set_config('nabij.maintenance', 'on', true);
    perform pg_advisory_xact_lock(hashtext('nabij.audit.seal'));
    select n, hash into last_n, last_hash from audit_trailseal order by n desc limit 1;
    last_n := coalesce(last_n, 0);
    last_hash := coalesce(last_hash, '');
    for e in
        with taken as (delete from audit_trailwaiting returning event_id)
        select t.* from audit_trailevent t
        where t.id in (select event_id from taken)
          and not exists (select 1 from audit_trailseal s where s.event_id = t.id)
        order by t.xid, t.at, t.id
    loop
        last_n := last_n + 1;
        last_hash := sha256(outer_pad || sha256(inner_pad || last_hash || convert_to(audit_words(e), 'UTF8')));
        insert into audit_trailseal (n, event_id, hash) values (last_n, e.id, last_hash);
        many := many + 1;
    end loop;
    return many;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only_and_sealed")]
    operations = [
        migrations.RunSQL(LIST, migrations.RunSQL.noop),
        migrations.RunSQL([*WALLS, SEAL], migrations.RunSQL.noop),
    ]
