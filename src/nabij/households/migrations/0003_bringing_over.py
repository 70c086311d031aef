"""Bringing files over: no reference twice, and a look-up of many people at once, past the wall as at the desk."""

from django.conf import settings
from django.db import migrations, models

APP = settings.NABIJ_ROLES["app"]

# Which references of an older system are here already: whoever brings files over reaches none of them.
REFERENCES = """
create function households_old_references(asked text[]) returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    return query select h.old_reference::text from households_household h
        where h.municipality_id = nabij_municipality() and h.old_reference <> '' and h.old_reference = any(asked);
end $$;
"""

# One row for each (asked, known) pair that shares a number, a phone, or a birth date with a name that is at all alike.
# No address and no household: only that somebody is known.
ALIKE = """
create function households_alike(names text[], born date[], numbers text[], phones text[])
returns table (place integer, given_name text, family_name text, birth_date date, birth_precision text, insz text,
               phones_known text[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare town uuid := nabij_municipality();
begin
    perform set_config('nabij.maintenance', 'on', true);
    return query
    with asked as materialized (
        select a.name, a.birth, a.number, a.phone, a.at::integer as at
        from unnest(names, born, numbers, phones) with ordinality as a(name, birth, number, phone, at)
    ), hits as (
        select a.at, p.id from asked a join households_person p
            on p.birth_date = a.birth and p.municipality_id = town and similarity(p.search_name, a.name) > 0.35
        union
        select a.at, p.id from asked a join households_person p
            on p.insz = a.number and p.insz <> '' and p.municipality_id = town
        union
        select a.at, c.person_id from asked a join households_contactpoint c
            on c.value = a.phone and a.phone <> '' and c.municipality_id = town and c.valid_until is null
            where c.person_id is not null
    )
    select hits.at - 1, p.given_name::text, p.family_name::text, p.birth_date, p.birth_precision::text, p.insz::text,
           array(select c.value::text from households_contactpoint c where c.person_id = p.id and c.valid_until is null)
    from hits join households_person p on p.id = hits.id order by hits.at, p.id;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0002_wall")]
    operations = [
        migrations.AddConstraint(
            model_name="household",
            constraint=models.UniqueConstraint(
                condition=models.Q(("old_reference", ""), _negated=True),
                fields=("municipality", "old_reference"),
                name="one_household_an_old_reference",
                violation_error_message="Een dossier met deze referentie is al overgebracht.",
            ),
        ),
        migrations.RunSQL(
            [
                REFERENCES,
                "revoke all on function households_old_references(text[]) from public",
                f"grant execute on function households_old_references(text[]) to {APP}",
                ALIKE,
                "revoke all on function households_alike(text[], date[], text[], text[]) from public",
                f"grant execute on function households_alike(text[], date[], text[], text[]) to {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
