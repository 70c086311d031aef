"""The look-up takes as long for a name that is hidden as for a name of nobody.

Whether somebody may be known was asked of each row that the index found: half a millisecond more for a hidden name, which a
rank test over some hundred look-ups told. Now who is a stranger is gathered first, whatever is typed, and is left out for
the price of a comparison.
"""

from django.db import migrations

from nabij.access.hiding import hidden_homes

PHONES = (
    "array(select c.value::text from households_contactpoint c where c.person_id = p.id and c.valid_until is null"
    " and c.household_id <> all(away) order by c.value)"
)
CANDIDATES = f"""
create or replace function households_candidates(folded text, born date[], number text, phone text)
returns table (person_id uuid, given_name text, family_name text, search_name text, birth_date date,
               birth_precision text, insz text, phones text[], household_id uuid, household_name text)
language plpgsql stable security definer
set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    town uuid := nabij_municipality();
    mine uuid[];
    away uuid[];
    strangers uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    mine := access_my_teams();
    away := {hidden_homes()};
    -- A child that lives in two homes is known by the one that may be known.
    strangers := array(
        select m.person_id from households_membership m where m.household_id = any(away) and not exists
            (select 1 from households_membership o where o.person_id = m.person_id and o.household_id <> all(away)));
    return query
    with hits as (
        (select p.id from households_person p
            where folded <> '' and p.search_name % folded and p.municipality_id = town and p.id <> all(strangers)
            order by similarity(p.search_name, folded) desc, p.id limit 40)
        union
        (select p.id from households_person p
            where p.birth_date = any(born) and p.municipality_id = town and p.id <> all(strangers)
            order by similarity(p.search_name, folded) desc, p.id limit 40)
        union
        (select p.id from households_person p
            where number <> '' and p.insz = number and p.municipality_id = town and p.id <> all(strangers) limit 10)
        union
        (select c.person_id from households_contactpoint c
            where phone <> '' and c.kind = 'phone' and c.value = phone and c.valid_until is null
              and c.municipality_id = town and c.person_id is not null and c.household_id <> all(away) limit 10)
    )
    select p.id, p.given_name::text, p.family_name::text, p.search_name::text, p.birth_date, p.birth_precision::text,
           p.insz::text, {PHONES}, h.id, h.name::text
    from hits join households_person p on p.id = hits.id
    join lateral (select m.household_id from households_membership m
                  where m.person_id = p.id and m.household_id <> all(away)
                  order by m.valid_until desc nulls first, m.share desc, m.valid_from desc limit 1) m on true
    join households_household h on h.id = m.household_id;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0009_never_a_director"), ("households", "0008_doubles_of_who_is_hidden")]
    operations = [migrations.RunSQL(CANDIDATES, migrations.RunSQL.noop)]
