"""Doubtful doubles of who is helped elsewhere: seen by the team that helps, and by nobody else."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from nabij.kernel.wall import AUTHOR, guard, reach

APP = settings.NABIJ_ROLES["app"]
IN_FILE = reach("household_id", 2)
TODAY = "{0}.valid_from <= current_date and ({0}.valid_until is null or {0}.valid_until > current_date)"

# The desk of the own neighbourhood finds nobody and writes somebody down again; nothing warns there. So it is asked here, for
# whoever reaches a file that is helped elsewhere: who else has that number, or that birth date and nearly that name?
DOUBLES = f"""
create function households_doubles()
returns table (household_id uuid, name text, other_id uuid, other_name text, given_name text, family_name text,
               birth_date date, birth_precision text, team text, registered_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare town uuid := nabij_municipality();
begin
    perform set_config('nabij.maintenance', 'on', true);
    return query
    with mine as materialized (
        select e.household_id as home, p.id, p.search_name, p.birth_date, p.insz
        from access_elsewhere e join households_membership m on m.household_id = e.household_id and {TODAY.format("m")}
        join households_person p on p.id = m.person_id
        where e.municipality_id = town and {TODAY.format("e")} and exists (
            select 1 from access_reach r where r.worker_id = nabij_actor() and r.household_id = e.household_id
              and r.depth >= 2 and r.writes and r.since <= current_date and (r.until is null or r.until > current_date)
              and (r.expires_at is null or r.expires_at > now()))
    ), alike as (
        select mine.home, p.id from mine join households_person p
            on p.municipality_id = town and p.birth_date = mine.birth_date and p.id <> mine.id
            and similarity(p.search_name, mine.search_name) > 0.5
        union
        select mine.home, p.id from mine join households_person p
            on p.municipality_id = town and p.insz = mine.insz and p.insz <> '' and p.id <> mine.id
    )
    select distinct on (a.home, m.household_id) a.home, h.name::text, o.id, o.name::text, p.given_name::text,
           p.family_name::text, p.birth_date, p.birth_precision::text,
           coalesce((select t.name from access_basis b join access_team t on t.id = b.team_id
                     where b.household_id = o.id and b.ground = 'team' and {TODAY.format("b")}), '')::text, o.registered_at
    from alike a join households_membership m on m.person_id = a.id and m.household_id <> a.home and {TODAY.format("m")}
    join households_person p on p.id = a.id
    join households_household h on h.id = a.home join households_household o on o.id = m.household_id
    where not exists (select 1 from access_elsewhere e where e.household_id = o.id and {TODAY.format("e")})
      and not exists (select 1 from households_double d where d.household_id = a.home and d.other_id = o.id)
    order by a.home, m.household_id, p.search_name limit 100;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0007_helped_elsewhere")]
    operations = [
        migrations.CreateModel(
            name="Double",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("same", "hetzelfde gezin"), ("other", "een ander gezin")], max_length=10
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.UUIDField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.household"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.household"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("household", "other"),
                        name="one_outcome_a_pair",
                        violation_error_message="Hierover besliste een collega al.",
                    )
                ],
            },
        ),
        guard("households_double", sees=IN_FILE, adds=f"decided_by = {AUTHOR} and {IN_FILE}", verbs="SELECT, INSERT"),
        migrations.RunSQL(
            [
                DOUBLES,
                "revoke all on function households_doubles() from public",
                f"grant execute on function households_doubles() to {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
