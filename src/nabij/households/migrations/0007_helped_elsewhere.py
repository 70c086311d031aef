"""The questions that look over the wall leave out who is helped elsewhere, in the same scan of the same index.

No unique constraint spans hidden files any more: its violation would tell of them.
"""

from django.conf import settings
from django.db import migrations, models

from nabij.access.hiding import hidden

APP = settings.NABIJ_ROLES["app"]
HIDDEN_HOME, HIDDEN_POINT = hidden("m.household_id"), hidden("c.household_id")
# A child that lives in two homes is known by the one that may be known. Asked of whatever the index finds, hit or not.
KNOWN = (
    "exists (select 1 from households_membership m where m.person_id = p.id and not " + HIDDEN_HOME + ")"
)  # fmt: skip
PHONES = (
    "array(select c.value::text from households_contactpoint c where c.person_id = p.id and c.valid_until is null"
    f" and not {HIDDEN_POINT} order by c.value)"
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
begin
    perform set_config('nabij.maintenance', 'on', true);
    mine := access_my_teams();
    return query
    with hits as (
        (select p.id from households_person p
            where folded <> '' and p.search_name % folded and p.municipality_id = town and {KNOWN}
            order by similarity(p.search_name, folded) desc, p.id limit 40)
        union
        (select p.id from households_person p
            where p.birth_date = any(born) and p.municipality_id = town and {KNOWN}
            order by similarity(p.search_name, folded) desc, p.id limit 40)
        union
        (select p.id from households_person p
            where number <> '' and p.insz = number and p.municipality_id = town and {KNOWN} limit 10)
        union
        (select c.person_id from households_contactpoint c
            where phone <> '' and c.kind = 'phone' and c.value = phone and c.valid_until is null
              and c.municipality_id = town and c.person_id is not null and not {HIDDEN_POINT} limit 10)
    )
    select p.id, p.given_name::text, p.family_name::text, p.search_name::text, p.birth_date, p.birth_precision::text,
           p.insz::text, {PHONES}, h.id, h.name::text
    from hits join households_person p on p.id = hits.id
    join lateral (select m.household_id from households_membership m
                  where m.person_id = p.id and not {HIDDEN_HOME}
                  order by m.valid_until desc nulls first, m.share desc, m.valid_from desc limit 1) m on true
    join households_household h on h.id = m.household_id;
end $$;
"""

FACE = f"""
create or replace function households_face(household uuid) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare mine uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    mine := access_my_teams();
    return (select h.name from households_household h
            where h.id = household and h.municipality_id = nabij_municipality() and not {hidden("h.id")});
end $$;
"""

REFERENCES = f"""
create or replace function households_old_references(asked text[]) returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare mine uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    mine := access_my_teams();
    return query select distinct h.old_reference::text from households_household h
        where h.municipality_id = nabij_municipality() and h.old_reference <> '' and h.old_reference = any(asked)
          and not {hidden("h.id")};
end $$;
"""

ALIKE = f"""
create or replace function households_alike(names text[], born date[], numbers text[], phones text[])
returns table (place integer, given_name text, family_name text, birth_date date, birth_precision text, insz text,
               phones_known text[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    town uuid := nabij_municipality();
    mine uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    mine := access_my_teams();
    return query
    with asked as materialized (
        select a.name, a.birth, a.number, a.phone, a.at::integer as at
        from unnest(names, born, numbers, phones) with ordinality as a(name, birth, number, phone, at)
    ), hits as (
        select a.at, p.id from asked a join households_person p
            on p.birth_date = a.birth and p.municipality_id = town and similarity(p.search_name, a.name) > 0.35
            where {KNOWN}
        union
        select a.at, p.id from asked a join households_person p
            on p.insz = a.number and p.insz <> '' and p.municipality_id = town
            where {KNOWN}
        union
        select a.at, c.person_id from asked a join households_contactpoint c
            on c.value = a.phone and a.phone <> '' and c.municipality_id = town and c.valid_until is null
            where c.person_id is not null and not {HIDDEN_POINT}
    )
    select hits.at - 1, p.given_name::text, p.family_name::text, p.birth_date, p.birth_precision::text, p.insz::text,
           {PHONES}
    from hits join households_person p on p.id = hits.id order by hits.at, p.id;
end $$;
"""

IS_KNOWN = f"""
create or replace function households_known(person uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare mine uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    mine := access_my_teams();
    return exists (select 1 from households_person p
                   where p.id = person and p.municipality_id = nabij_municipality() and {KNOWN});
end $$;
"""

# A count is a count of nobody in particular, until a street has one household: who is helped elsewhere is not in it.
MISSING = """
create or replace function households_streets_without_wijk()
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
      and not exists (select 1 from access_elsewhere e where e.household_id = a.household_id
                      and e.valid_from <= current_date and (e.valid_until is null or e.valid_until > current_date))
    group by lower(a.street), a.postcode order by 3 desc, 1, 2;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0006_wall_with_a_clock"), ("access", "0008_helped_elsewhere")]
    operations = [
        migrations.RemoveConstraint(model_name="household", name="one_household_an_old_reference"),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(
                condition=models.Q(("old_reference", ""), _negated=True),
                fields=["municipality", "old_reference"],
                name="household_by_old_reference",
            ),
        ),
        migrations.RunSQL(
            [CANDIDATES, FACE, REFERENCES, ALIKE, IS_KNOWN, MISSING],
            migrations.RunSQL.noop,
        ),
    ]
