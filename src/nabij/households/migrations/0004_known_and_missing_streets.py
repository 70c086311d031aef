"""Two answers over the wall: is this the key of a person here, and which streets does no wijk cover."""

from django.conf import settings
from django.db import migrations

APP = settings.NABIJ_ROLES["app"]

# Yes or no, and only within the municipality: a foreign key is checked over the wall, so it would let a stranger's pass.
KNOWN = """
create function households_known(person uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    return exists (select 1 from households_person p where p.id = person and p.municipality_id = nabij_municipality());
end $$;
"""

# The administrator has no basis on any household, and needs none: a street and how many, never a number or a name.
MISSING = """
create function households_streets_without_wijk()
returns table (street text, postcode text, households bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not exists (
        select 1 from access_post p where p.worker_id = nabij_actor() and p.municipality_id = nabij_municipality()
          and p.function = 'administrator'
          and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date)
    ) then
        return;
    end if;
    return query select min(a.street)::text, a.postcode::text, count(distinct a.household_id)
    from households_address a
    where a.municipality_id = nabij_municipality() and a.neighbourhood_id is null and a.street <> ''
      and a.valid_from <= current_date and (a.valid_until is null or a.valid_until > current_date)
    group by lower(a.street), a.postcode order by 3 desc, 1, 2;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0003_bringing_over"), ("access", "0002_wall")]
    operations = [
        migrations.RunSQL(
            [
                KNOWN,
                "revoke all on function households_known(uuid) from public",
                f"grant execute on function households_known(uuid) to {APP}",
                MISSING,
                "revoke all on function households_streets_without_wijk() from public",
                f"grant execute on function households_streets_without_wijk() to {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
