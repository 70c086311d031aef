"""Row-level security of single sign-on: for the directory itself and for who manages the municipality; a visit also for its worker.

The sign-in page names the directories before there is a context. It asks a function, which returns what stands on the button.
"""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard

APP = settings.NABIJ_ROLES["app"]
DIRECTORY = "(select nabij_actor()) = '00000000-0000-0000-0000-000000000002'"
MANAGES = (
    "(select nabij_actor()) = '00000000-0000-0000-0000-000000000001' or exists (select 1 from access_post p"
    " where p.worker_id = (select nabij_actor()) and p.function = 'administrator'"
    " and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))"
)
EITHER = f"{DIRECTORY} or {MANAGES}"

DOORS = """
create function oidc_doors() returns table (id uuid, municipality_id uuid, town text, name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    return query select d.id, d.municipality_id, m.name::text, d.name::text
        from oidc_directory d join territory_municipality m on m.id = d.municipality_id
        where d.is_open order by m.name, d.name, d.id;
end $$;
"""

# For the administrator: whom this directory sent and who was not let in, so that he can be linked.
REFUSED = f"""
create function oidc_refused(whose uuid, since timestamptz, most integer) returns table (at timestamptz, content jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not ({MANAGES}) then
        return;
    end if;
    return query select e.at, c.content
        from audit_trailevent e left join audit_trailcontent c on c.event_id = e.id
        where e.municipality_id = nabij_municipality() and e.kind = 'signin.not_let_in' and e.at >= since
          and e.about = 'oidc.directory:' || whose::text
        order by e.at desc limit most;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("oidc", "0001_directories"), ("access", "0002_wall"), ("audit", "0002_append_only_and_sealed")]
    operations = [
        guard("oidc_directory", sees=EITHER),
        guard("oidc_rule", sees=EITHER),
        guard("oidc_link", sees=EITHER),
        guard("oidc_visit", sees=f"{DIRECTORY} or worker_id = {AUTHOR}"),
        migrations.RunSQL([DOORS, REFUSED], migrations.RunSQL.noop),
    ]
