"""The trail is append-only by right and by trigger, and sealed after commit by a function that the application may call."""

from django.conf import settings
from django.db import migrations

APP, TRAIL, BACKUP = (settings.NABIJ_ROLES[role] for role in ("app", "trail", "backup"))

# xid8 is PostgreSQL's own; Django need not know it. A seal takes only events of transactions that are surely over.
COLUMNS = """
alter table audit_trailevent alter column at set default clock_timestamp();
alter table audit_trailevent add column xid xid8 not null default pg_current_xact_id();
"""

NEVER = """
create function audit_never() returns trigger language plpgsql as $$
begin
    if current_setting('nabij.retention', true) = 'on' and tg_table_name = 'audit_trailcontent' and tg_op = 'DELETE' then
        return old;
    end if;
    raise exception 'the trail is only ever added to' using errcode = 'insufficient_privilege';
end $$;
"""

WORDS = """
create function audit_words(e audit_trailevent) returns text language sql stable as $$
    select concat_ws('|', e.id, e.municipality_id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        e.kind, e.actor_id, coalesce(e.household_id::text, '-'), e.about, e.ground, e.purpose, encode(e.digest, 'hex'))
$$;
"""

SEAL = """
create function audit_seal(inner_pad bytea, outer_pad bytea) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
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
    for e in select t.* from audit_trailevent t
        where t.xid < pg_snapshot_xmin(pg_current_snapshot())
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


def walls() -> list[str]:
    sql = []
    for table in ("audit_trailevent", "audit_trailcontent", "audit_trailseal"):
        sql += [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy maintenance on {table} to current_user"
            " using ((select current_setting('nabij.maintenance', true)) = 'on')"
            " with check ((select current_setting('nabij.maintenance', true)) = 'on')",
            f"create trigger never before update or delete on {table} for each row execute function audit_never()",
            f"create trigger never_all before truncate on {table} execute function audit_never()",
        ]
        if BACKUP:
            sql.append(f"grant select on {table} to {BACKUP}")
    for table in ("audit_trailevent", "audit_trailcontent"):
        sql += [
            f"grant insert on {table} to {TRAIL}",
            f"grant insert, select on {table} to {APP}",
            f"create policy adds_look on {table} for insert to {TRAIL} with check (true)",
            f"create policy adds on {table} for insert to {APP} with check (municipality_id = (select nabij_municipality()))",
        ]
    return [
        *sql,
        "revoke all on function audit_seal(bytea, bytea) from public",
        f"grant execute on function audit_seal(bytea, bytea) to {APP}",
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_trail"), ("kernel", "0001_functions_and_extensions")]
    operations = [
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL([NEVER, WORDS, SEAL], migrations.RunSQL.noop),
        migrations.RunSQL(walls(), migrations.RunSQL.noop),
    ]
