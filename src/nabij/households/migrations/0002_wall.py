"""Row-level security of households, and the look-up: the only way to find somebody without a basis."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.migrations._first_wall import guard, reach

APP = settings.NABIJ_ROLES["app"]
IN_REACH, IN_FILE = reach("household_id"), reach("household_id", 2)
READ_AND_ADD = "SELECT, INSERT"

# A policy keeps PostgreSQL from using the trigram index, so the short list is a function of the owner. It checks the
# municipality itself, and returns no address. The caller ranks; the caller's page leaves the look.
CANDIDATES = """
create function households_candidates(folded text, born date[], number text, phone text)
returns table (person_id uuid, given_name text, family_name text, search_name text, birth_date date,
               birth_precision text, insz text, phones text[], household_id uuid, household_name text)
language plpgsql stable security definer
set search_path = public, pg_temp as $$
#variable_conflict use_column
declare town uuid := nabij_municipality();
begin
    perform set_config('nabij.maintenance', 'on', true);
    return query
    with hits as (
        (select p.id from households_person p
            where folded <> '' and p.search_name % folded and p.municipality_id = town
            order by similarity(p.search_name, folded) desc, p.id limit 40)
        union
        (select p.id from households_person p
            where p.birth_date = any(born) and p.municipality_id = town
            order by similarity(p.search_name, folded) desc, p.id limit 40)
        union
        (select p.id from households_person p
            where number <> '' and p.insz = number and p.municipality_id = town limit 10)
        union
        (select c.person_id from households_contactpoint c
            where phone <> '' and c.kind = 'phone' and c.value = phone and c.valid_until is null
              and c.municipality_id = town and c.person_id is not null limit 10)
    )
    select p.id, p.given_name::text, p.family_name::text, p.search_name::text, p.birth_date, p.birth_precision::text,
           p.insz::text,
           array(select c.value::text from households_contactpoint c where c.person_id = p.id and c.valid_until is null),
           h.id, h.name::text
    from hits join households_person p on p.id = hits.id
    join lateral (select m.household_id from households_membership m where m.person_id = p.id
                  order by m.valid_until desc nulls first, m.share desc, m.valid_from desc limit 1) m on true
    join households_household h on h.id = m.household_id;
end $$;
"""

# What the desk may know of a household that stands before it: what it is called, nothing else.
FACE = """
create function households_face(household uuid) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    return (select h.name from households_household h where h.id = household and h.municipality_id = nabij_municipality());
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0001_people_and_households"), ("access", "0002_wall")]
    operations = [
        guard("households_household", sees=reach("id"), adds=""),
        guard("households_membership", sees=IN_REACH),
        guard(
            "households_person",
            sees="exists (select 1 from households_membership m where m.person_id = households_person.id)",
            adds="",
        ),
        guard("households_address", sees=IN_FILE, adds=IN_REACH),
        guard("households_contactpoint", sees=IN_FILE, adds=IN_REACH),
        guard("households_correction", sees=IN_FILE, verbs=READ_AND_ADD),
        migrations.RunSQL(
            [
                # Not even the owner's own policy: with one, PostgreSQL leaves the trigram index aside (90 ms, not 20).
                "alter table households_person no force row level security",
                CANDIDATES,
                FACE,
                "revoke all on function households_face(uuid) from public",
                f"grant execute on function households_face(uuid) to {APP}",
                "create index contact_point_by_value on households_contactpoint (municipality_id, value)",
                "revoke all on function households_candidates(text, date[], text, text) from public",
                f"grant execute on function households_candidates(text, date[], text, text) to {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
