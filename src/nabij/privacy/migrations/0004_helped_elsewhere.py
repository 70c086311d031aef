"""Who was helped elsewhere stands in no figure of the own neighbourhood, also not in those that stay behind."""

from django.db import migrations

LEAVE = """
create or replace function privacy_leave(home uuid, what text, began date) returns void
language sql set search_path = public, pg_temp as $$
    insert into privacy_leftbehind (id, municipality_id, category, year, wijk, kind, domains, goals_reached)
    select gen_random_uuid(), h.municipality_id, what, extract(year from began)::integer,
        case when exists (select 1 from access_elsewhere e where e.household_id = home) then '' else
            coalesce((select n.name from households_address a join territory_neighbourhood n on n.id = a.neighbourhood_id
                      where a.household_id = home order by a.valid_from desc, a.id limit 1), '') end,
        (select case when count(*) filter (where m.role = 'adult') > 1 then 'couple' else 'alone' end
             || case when bool_or(m.role = 'child') then '_with_children' else '' end
         from households_membership m where m.household_id = home and (m.valid_until is null or m.valid_until > began)),
        array(select d from (select domain as d from casework_goal where household_id = home
                             union select domain from frontdesk_helprequest where household_id = home) x order by d),
        (select count(*) from casework_goal g where g.household_id = home and g.status = 'reached')
    from households_household h where h.id = home
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_one_person"), ("access", "0008_helped_elsewhere")]
    operations = [migrations.RunSQL(LEAVE, migrations.RunSQL.noop)]
