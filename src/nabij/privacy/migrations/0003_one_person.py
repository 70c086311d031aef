"""Erasing one person out of a household in which others stay."""

from django.conf import settings
from django.db import migrations

APP = settings.NABIJ_ROLES["app"]

# Where the person also belongs to another household, only what is of this one goes: each table that refers to a person
# refers to a household as well, and one that would not stops all.
ERASE = """
create function privacy_erase_person(home uuid, person uuid, today date, request uuid, rules jsonb, plan jsonb)
returns table (was boolean, given_name text, family_name text, birth_date date, household_name text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    f record;
    r record;
    q record;
    p households_person;
    doing text;
    ids uuid[];
    elsewhere boolean;
    spoken text;
begin
    perform set_config('nabij.maintenance', 'on', true);
    perform 1 from households_household h where h.id = home and h.municipality_id = nabij_municipality() for update;
    if not found or not privacy_officer() then raise exception 'privacy:denied'; end if;
    select * into f from privacy_files(rules, today, array[home]) x;
    if f.is_open then raise exception 'privacy:open'; end if;
    if f.is_led then raise exception 'privacy:led'; end if;
    if f.held_until is not null then raise exception 'privacy:held'; end if;
    select * into q from privacy_datarequest x where x.id = request and x.household_id = home and x.person_id = person
        and x.kind = 'erasure' and x.outcome = '';
    if not found then raise exception 'privacy:request'; end if;
    if q.noted_by = nabij_actor() then raise exception 'privacy:alone'; end if;
    select * into p from households_person x where x.id = person;
    perform 1 from households_membership m where m.household_id = home and m.person_id <> person;
    if not found then raise exception 'privacy:whole'; end if;
    elsewhere := exists (select 1 from households_membership m where m.person_id = person and m.household_id <> home);
    select string_agg(x.tab || '.' || x.col, ', ') into doing from privacy_references() x
    where not x.home and (plan -> 'person' ->> (x.tab || '.' || x.col) is null or not exists (
        select 1 from information_schema.columns c where c.table_name = x.tab and c.column_name = 'household_id'));
    if doing is not null then raise exception 'privacy:unknown %', doing; end if;

    spoken := trim(concat_ws(' ', p.given_name, p.family_name));
    perform set_config('nabij.retention', 'on', true);
    delete from audit_trailcontent c using audit_trailevent e where e.id = c.event_id and e.household_id = home
      and (position(person::text in c.content::text) > 0 or position(person::text in e.about) > 0
           or position(to_jsonb(spoken)::text in c.content::text) > 0
           or (p.insz <> '' and position(p.insz in c.content::text) > 0));
    perform set_config('nabij.retention', '', true);
    -- A plan that was frozen stays, without the name: the others agreed to it too.
    update casework_planversion v set content = replace(replace(v.content::text, to_jsonb(spoken)::text, '"…"'),
                                                        person::text, '00000000-0000-0000-0000-000000000000')::jsonb
    where v.household_id = home
      and (position(to_jsonb(spoken)::text in v.content::text) > 0 or position(person::text in v.content::text) > 0);
    for r in select * from privacy_references() x where not x.home order by x.tab, x.col loop
        doing := plan -> 'person' ->> (r.tab || '.' || r.col);
        if doing = 'row' then
            execute format('select array_agg(id) from %s where %I = $1 and ($2 or household_id = $3)', r.tab, r.col)
                into ids using person, not elsewhere, home;
            perform privacy_hanging(r.tab, ids, true);
            execute format('delete from %s where id = any($1)', r.tab) using ids;
        elsif doing = 'empty' then
            execute format('update %s set %I = null where %I = $1 and ($2 or household_id = $3)', r.tab, r.col, r.col)
                using person, not elsewhere, home;
        end if;
    end loop;
    if not elsewhere then
        delete from households_person x where x.id = person;
    end if;
    set constraints all immediate;
    set constraints all deferred;
    perform set_config('nabij.renaming', home::text, true);
    return query
        select false, x.given_name::text, x.family_name::text, x.birth_date, h.name::text
        from households_household h join households_membership m on m.household_id = h.id
        join households_person x on x.id = m.person_id where h.id = home
          and (m.valid_until is null or m.valid_until > today)
        union all select true, p.given_name::text, p.family_name::text, p.birth_date, h.name::text
        from households_household h where h.id = home;
end $$;
create function privacy_rename(home uuid, called text, sorted text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not privacy_officer() or current_setting('nabij.renaming', true) is distinct from home::text then
        raise exception 'privacy:denied';
    end if;
    update households_household h set name = called, sort_key = sorted
    where h.id = home and h.municipality_id = nabij_municipality();
    perform set_config('nabij.renaming', '', true);
end $$;
"""
CALLED = (
    "privacy_erase_person(uuid, uuid, date, uuid, jsonb, jsonb)",
    "privacy_rename(uuid, text, text)",
)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_wall")]
    operations = [
        migrations.RunSQL(
            [
                ERASE,
                *(f"revoke all on function {name} from public" for name in CALLED),
                *(f"grant execute on function {name} to {APP}" for name in CALLED),
            ],
            migrations.RunSQL.noop,
        ),
    ]
