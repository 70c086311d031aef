"""Row-level security of privacy, and the few things that happen over the wall: finding what is over its term, and erasing.

Erasing is done here and nowhere else. The function checks who asks, and that the file may go (announced and not held, or
asked by one and carried out by another; never open). It walks every column that refers to a household or a person, as the
catalogue of PostgreSQL knows them; the caller tells for each what is done with it, and one that it does not tell stops all.
"""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard, reach

APP = settings.NABIJ_ROLES["app"]
OFFICER = "(select privacy_officer())"
IN_FILE = reach("household_id", 2)

IS_OFFICER = """
create function privacy_officer() returns boolean language sql stable set search_path = public, pg_temp as $$
    select exists (
        select 1 from access_post p where p.worker_id = nabij_actor() and p.municipality_id = nabij_municipality()
          and p.function = 'privacy_officer'
          and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))
$$;
create function privacy_manager() returns boolean language sql stable set search_path = public, pg_temp as $$
    select exists (
        select 1 from access_post p where p.worker_id = nabij_actor() and p.municipality_id = nabij_municipality()
          and p.function = 'administrator'
          and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))
$$;
-- Who works at the command line, and by night.
create function privacy_operator() returns boolean language sql stable set search_path = public, pg_temp as $$
    select nabij_actor() = '00000000-0000-0000-0000-000000000001'
$$;
"""

# Every file of this municipality: since when its term counts, on what day it is over, and what keeps it here all the same.
FILES = """
create function privacy_files(rules jsonb, today date, homes uuid[])
returns table (household_id uuid, category text, began date, due_on date, is_open boolean, is_led boolean, is_asked boolean,
               held_until date)
language sql stable set search_path = public, pg_temp as $$
    with facts as (
        select h.id,
            exists (select 1 from casework_case c where c.household_id = h.id) as guided,
            exists (select 1 from casework_case c where c.household_id = h.id
                    and (c.valid_until is null or c.valid_until > today)) as is_open,
            (select max(c.valid_until) from casework_case c where c.household_id = h.id) as ended,
            greatest(
                (h.registered_at at time zone 'Europe/Brussels')::date,
                (select max((c.met_at at time zone 'Europe/Brussels')::date) from frontdesk_contact c where c.household_id = h.id),
                (select max((a.starts_at at time zone 'Europe/Brussels')::date) from frontdesk_appointment a
                 where a.household_id = h.id),
                (select max(n.about_on) from casework_note n where n.household_id = h.id)
            ) as last_contact
        from households_household h
        where h.municipality_id = nabij_municipality() and (homes is null or h.id = any(homes))
    ), ruled as (
        select f.*, case when f.guided then 'file' else 'visit' end as category,
               rules -> (case when f.guided then 'file' else 'visit' end) as rule
        from facts f
    ), begun as (
        select r.*, case when r.guided and r.rule ->> 'clock' = 'ended' then case when not r.is_open then r.ended end
                         else r.last_contact end as began
        from ruled r
    )
    select b.id, b.category, b.began,
        (b.began + case when b.rule ->> 'unit' = 'day' then make_interval(days => (b.rule ->> 'amount')::integer)
                        else make_interval(years => (b.rule ->> 'amount')::integer) end)::date,
        b.is_open,
        exists (select 1 from access_basis l where l.household_id = b.id and l.ground in ('lead', 'duo')
                and l.valid_from <= today and (l.valid_until is null or l.valid_until > today)),
        exists (select 1 from privacy_datarequest q where q.household_id = b.id and q.outcome = ''),
        (select max(d.valid_until) from privacy_hold d where d.household_id = b.id
         and d.valid_from <= today and d.valid_until > today)
    from begun b
$$;
"""

CANDIDATES = """
create function privacy_candidates(rules jsonb, today date, until date, one uuid)
returns table (household_id uuid, reference text, initial text, category text, began date, due_on date, is_open boolean,
               is_led boolean, is_asked boolean, held_until date, announced_id uuid, goes_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare homes uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not (privacy_officer() or privacy_manager() or privacy_operator()) then
        return;
    end if;
    -- Without a day: what is announced, and nothing else is worked out.
    homes := case when one is not null then array[one] when until is null then array(
        select a.household_id from privacy_announced a where a.municipality_id = nabij_municipality()) end;
    return query
    select f.household_id, upper(left(f.household_id::text, 8)), upper(left(h.sort_key, 1))::text, f.category, f.began,
           f.due_on, f.is_open, f.is_led, f.is_asked, f.held_until, a.id, a.goes_on
    from privacy_files(rules, today, homes) f
    join households_household h on h.id = f.household_id
    left join privacy_announced a on a.household_id = f.household_id
    where one is not null or f.due_on <= until or a.id is not null
    order by coalesce(a.goes_on, f.due_on), f.household_id;
end $$;
"""

ANNOUNCE = """
create function privacy_announce(rules jsonb, today date, notice integer, at timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare many integer;
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not privacy_operator() or notice < 90 then
        raise exception 'privacy:denied';
    end if;
    -- What is open again, led again, or has a longer term by now, is no longer announced.
    delete from privacy_announced a using privacy_files(rules, today, null) f
    where a.household_id = f.household_id
      and (f.is_open or f.is_led or f.due_on is null or f.due_on > today + notice);
    insert into privacy_announced (id, municipality_id, household_id, category, goes_on, announced_at, announced_by)
    select gen_random_uuid(), nabij_municipality(), f.household_id, f.category, greatest(f.due_on, today + notice), at,
           nabij_actor()
    from privacy_files(rules, today, null) f
    where f.due_on <= today + notice and not f.is_open and not f.is_led
      and not exists (select 1 from privacy_announced a where a.household_id = f.household_id);
    get diagnostics many = row_count;
    return many;
end $$;
"""

# The columns that refer to a household or a person: keys, and plain references by their name.
REFERENCES = """
create function privacy_references() returns table (home boolean, tab text, col text)
language sql stable set search_path = public, pg_temp as $$
    select k.confrelid = 'households_household'::regclass, k.conrelid::regclass::text, a.attname::text
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
    where k.contype = 'f' and k.confrelid in ('households_household'::regclass, 'households_person'::regclass)
    union
    select c.column_name = 'household_id', c.table_name::text, c.column_name::text
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('household_id', 'person_id')
$$;
"""

# What hangs on rows that went, by another key than that of a household or a person: it goes along, or is loosened.
HANGING = """
create function privacy_hanging(tab text, ids uuid[], all_of_them boolean) returns uuid[]
language plpgsql set search_path = public, pg_temp as $$
declare
    k record;
    more uuid[];
    gone uuid[] := '{}';
begin
    if coalesce(cardinality(ids), 0) = 0 then
        return gone;
    end if;
    for k in
        select c.conrelid::regclass::text as tab, a.attname as col, a.attnotnull as needed
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid = tab::regclass and c.conrelid <> c.confrelid
          and (all_of_them or not exists (select 1 from pg_attribute h where h.attrelid = c.conrelid
                                          and h.attname in ('household_id', 'person_id')))
        order by 1, 2
    loop
        if k.needed then
            execute format('with d as (delete from %s where %I = any($1) returning id) select array_agg(id) from d',
                           k.tab, k.col) into more using ids;
            gone := gone || coalesce(more, '{}') || privacy_hanging(k.tab, more, all_of_them);
        else
            execute format('update %s set %I = null where %I = any($1)', k.tab, k.col, k.col) using ids;
        end if;
    end loop;
    return gone;
end $$;
"""

LEAVE = """
create function privacy_leave(home uuid, what text, began date) returns void
language sql set search_path = public, pg_temp as $$
    insert into privacy_leftbehind (id, municipality_id, category, year, wijk, kind, domains, goals_reached)
    select gen_random_uuid(), h.municipality_id, what, extract(year from began)::integer,
        coalesce((select n.name from households_address a join territory_neighbourhood n on n.id = a.neighbourhood_id
                  where a.household_id = home order by a.valid_from desc, a.id limit 1), ''),
        (select case when count(*) filter (where m.role = 'adult') > 1 then 'couple' else 'alone' end
             || case when bool_or(m.role = 'child') then '_with_children' else '' end
         from households_membership m where m.household_id = home and (m.valid_until is null or m.valid_until > began)),
        array(select d from (select domain as d from casework_goal where household_id = home
                             union select domain from frontdesk_helprequest where household_id = home) x order by d),
        (select count(*) from casework_goal g where g.household_id = home and g.status = 'reached')
    from households_household h where h.id = home
$$;
"""

ERASE = """
create function privacy_erase(home uuid, today date, request uuid, rules jsonb, plan jsonb) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    f record;
    r record;
    asked record;
    doing text;
    gone uuid[] := array[home];
    ids uuid[];
    people uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    perform 1 from households_household h where h.id = home and h.municipality_id = nabij_municipality() for update;
    if not found or not (privacy_officer() or privacy_operator()) then
        raise exception 'privacy:denied';
    end if;
    select * into f from privacy_files(rules, today, array[home]) x;
    if f.is_open then raise exception 'privacy:open'; end if;
    if f.is_led then raise exception 'privacy:led'; end if;
    if f.held_until is not null then raise exception 'privacy:held'; end if;
    if request is null then
        if not privacy_operator() then raise exception 'privacy:denied'; end if;
        if f.is_asked then raise exception 'privacy:asked'; end if;
        if f.due_on is null or f.due_on > today then raise exception 'privacy:term'; end if;
        perform 1 from privacy_announced a where a.household_id = home and a.goes_on <= today;
        if not found then raise exception 'privacy:unannounced'; end if;
    else
        select * into asked from privacy_datarequest q
        where q.id = request and q.household_id = home and q.kind = 'erasure' and q.outcome = '' and q.person_id is null;
        if not found then raise exception 'privacy:request'; end if;
        if asked.noted_by = nabij_actor() or not privacy_officer() then raise exception 'privacy:alone'; end if;
    end if;
    select string_agg(x.tab || '.' || x.col, ', ') into doing from privacy_references() x
    where plan -> (case when x.home then 'household' else 'person' end) ->> (x.tab || '.' || x.col) is null;
    if doing is not null then raise exception 'privacy:unknown %', doing; end if;

    perform privacy_leave(home, f.category, coalesce(f.began, today));
    people := array(select m.person_id from households_membership m where m.household_id = home
                    and not exists (select 1 from households_membership o where o.person_id = m.person_id
                                    and o.household_id <> home));
    -- What was deleted of the trail is what it says; that it happened stays, for the chain covers it.
    perform set_config('nabij.retention', 'on', true);
    delete from audit_trailcontent c using audit_trailevent e where e.id = c.event_id and e.household_id = home;
    perform set_config('nabij.retention', '', true);
    for r in select * from privacy_references() x order by x.home desc, x.tab, x.col loop
        doing := plan -> (case when r.home then 'household' else 'person' end) ->> (r.tab || '.' || r.col);
        if doing = 'row' and exists (select 1 from pg_attribute where attrelid = r.tab::regclass and attname = 'id') then
            execute format('with d as (delete from %s where %I = any($1) returning id) select array_agg(id) from d',
                           r.tab, r.col) into ids using case when r.home then array[home] else people end;
            gone := gone || coalesce(ids, '{}') || privacy_hanging(r.tab, ids, false);
        elsif doing = 'row' then
            execute format('delete from %s where %I = any($1)', r.tab, r.col)
                using case when r.home then array[home] else people end;
        elsif doing = 'empty' then
            execute format('update %s set %I = null where %I = any($1)', r.tab, r.col, r.col)
                using case when r.home then array[home] else people end;
        end if;
    end loop;
    delete from households_person p where p.id = any(people);
    delete from households_household h where h.id = home;
    delete from access_draft d using unnest(gone) g where position(g::text in d.key) > 0;
    set constraints all immediate;
    set constraints all deferred;
    return f.category;
end $$;
"""

# What is over its term and belongs to no household: contacts without a name, what the trail says of nobody's file, drafts.
SWEEP = """
create function privacy_sweep(
    nameless timestamptz, trail timestamptz, drafts timestamptz, follow_ups timestamptz, today date) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    town uuid := nabij_municipality();
    n integer;
    done jsonb := '{}';
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not privacy_operator() then
        raise exception 'privacy:denied';
    end if;
    insert into privacy_leftbehind (id, municipality_id, category, year, wijk, kind, domains, goals_reached)
    select gen_random_uuid(), town, 'nameless', extract(year from c.met_at)::integer, coalesce(w.name, ''), 'nameless',
           array(select distinct q.domain from frontdesk_helprequest q where q.contact_id = c.id order by q.domain), 0
    from frontdesk_contact c left join territory_centre t on t.id = c.centre_id
    left join territory_neighbourhood w on w.id = t.neighbourhood_id
    where c.municipality_id = town and c.household_id is null and c.met_at < nameless;
    with gone as (delete from frontdesk_helprequest q using frontdesk_contact c
                  where q.contact_id = c.id and c.municipality_id = town and c.household_id is null and c.met_at < nameless
                    and q.household_id is null)
    delete from frontdesk_contact c where c.municipality_id = town and c.household_id is null and c.met_at < nameless
      and not exists (select 1 from frontdesk_helprequest q where q.contact_id = c.id and q.household_id is not null);
    get diagnostics n = row_count;
    done := done || jsonb_build_object('nameless', n);
    perform set_config('nabij.retention', 'on', true);
    delete from audit_trailcontent c using audit_trailevent e
    where e.id = c.event_id and e.municipality_id = town and e.household_id is null and e.at < trail;
    get diagnostics n = row_count;
    perform set_config('nabij.retention', '', true);
    done := done || jsonb_build_object('trail', n);
    delete from access_draft d where d.municipality_id = town and d.kept_at < drafts;
    get diagnostics n = row_count;
    done := done || jsonb_build_object('draft', n);
    -- The room beside this one: by name, and only where it is there.
    if to_regclass('oversight_emergency') is not null then
        execute 'delete from oversight_followup f where f.municipality_id = $1 and f.noted_at < $2 and not exists (
            select 1 from oversight_followup l where l.worker_id = f.worker_id and l.rule = f.rule and l.day = f.day
            and l.reference = f.reference and l.noted_at >= $2)' using town, follow_ups;
        get diagnostics n = row_count;
        done := done || jsonb_build_object('follow_up', n);
        execute 'delete from oversight_emergencyword w using oversight_emergency e
            where w.emergency_id = e.id and e.municipality_id = $1 and e.asked_at < $2' using town, follow_ups;
        execute 'delete from oversight_emergency e where e.municipality_id = $1 and e.asked_at < $2' using town, follow_ups;
        execute 'delete from oversight_homestreet s where s.municipality_id = $1 and not exists (
            select 1 from access_post p where p.worker_id = s.worker_id
            and (p.valid_until is null or p.valid_until > $2))' using town, today;
        get diagnostics n = row_count;
        done := done || jsonb_build_object('worker', n);
    end if;
    return done;
end $$;
"""

SMALL = """
create function privacy_run(today date, announced integer, erased integer, other jsonb, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not privacy_operator() then
        raise exception 'privacy:denied';
    end if;
    insert into privacy_retentionrun (id, municipality_id, "on", announced, erased, other, ran_at, ran_by)
    values (gen_random_uuid(), nabij_municipality(), today, announced, erased, other, at, nabij_actor())
    on conflict (municipality_id, "on") do update set announced = privacy_retentionrun.announced + excluded.announced,
        erased = privacy_retentionrun.erased + excluded.erased, other = excluded.other;
end $$;
create function privacy_last_run() returns date
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    return (select max(r."on") from privacy_retentionrun r where r.municipality_id = nabij_municipality());
end $$;
create function privacy_left_behind() returns table (year integer, wijk text, domain text, households bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not (privacy_officer() or privacy_manager()) then
        return;
    end if;
    return query
    select l.year::integer, l.wijk::text, ''::text, count(*) from privacy_leftbehind l
    where l.municipality_id = nabij_municipality() group by l.year, l.wijk
    union all
    select l.year::integer, ''::text, d::text, count(*) from privacy_leftbehind l, unnest(l.domains) d
    where l.municipality_id = nabij_municipality() group by l.year, d
    order by 1, 2, 3;
end $$;
create function privacy_initials(homes uuid[]) returns table (household_id uuid, initial text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not privacy_officer() then
        return;
    end if;
    return query select h.id, upper(left(h.sort_key, 1))::text from households_household h
    where h.id = any(homes) and h.municipality_id = nabij_municipality();
end $$;
"""

CALLED = (
    "privacy_candidates(jsonb, date, date, uuid)",
    "privacy_announce(jsonb, date, integer, timestamptz)",
    "privacy_erase(uuid, date, uuid, jsonb, jsonb)",
    "privacy_sweep(timestamptz, timestamptz, timestamptz, timestamptz, date)",
    "privacy_run(date, integer, integer, jsonb, timestamptz)",
    "privacy_last_run()",
    "privacy_left_behind()",
    "privacy_initials(uuid[])",
)
INNER = (
    "privacy_files(jsonb, date, uuid[])",
    "privacy_references()",
    "privacy_hanging(text, uuid[], boolean)",
    "privacy_leave(uuid, text, date)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_terms_and_questions"),
        ("access", "0006_wall_with_a_clock"),
        ("audit", "0004_checks_and_looks"),
        ("households", "0006_wall_with_a_clock"),
        ("casework", "0005_wall_with_a_clock"),
        ("frontdesk", "0005_wall_with_a_clock"),
        ("advice", "0002_wall"),
        ("informing", "0002_wall"),
    ]
    operations = [
        migrations.RunSQL(IS_OFFICER, migrations.RunSQL.noop),
        guard("privacy_term", adds=f"(select privacy_manager()) and set_by = {AUTHOR}", verbs="SELECT, INSERT"),
        guard("privacy_announced", sees=OFFICER, verbs="SELECT"),
        guard("privacy_hold", sees=OFFICER, verbs="SELECT, INSERT, UPDATE"),
        guard("privacy_leftbehind", sees="false", verbs="SELECT"),
        guard("privacy_retentionrun", sees=f"{OFFICER} or (select privacy_manager())", verbs="SELECT"),
        guard(
            "privacy_datarequest",
            sees=f"{OFFICER} or {IN_FILE}",
            adds=f"noted_by = {AUTHOR} and {IN_FILE}",
            verbs="SELECT, INSERT, UPDATE",
        ),
        migrations.RunSQL(
            [
                # A question is answered, never turned into another one: else one person alone could erase.
                f"revoke update on privacy_datarequest, privacy_hold from {APP}",
                f"grant update (outcome, answer, decided_at, decided_by) on privacy_datarequest to {APP}",
                f"grant update (valid_until) on privacy_hold to {APP}",
                *(FILES, CANDIDATES, ANNOUNCE, REFERENCES, HANGING, LEAVE, ERASE, SWEEP, SMALL),
                *(f"revoke all on function {name} from public" for name in (*CALLED, *INNER)),
                *(f"grant execute on function {name} to {APP}" for name in CALLED),
            ],
            migrations.RunSQL.noop,
        ),
    ]
