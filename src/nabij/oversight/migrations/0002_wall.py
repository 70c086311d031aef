"""Row-level security of oversight, and the few looks over the wall that a privacy officer, and a household, have.

Each function checks who asks, and returns the least that answers: of a household a reference and an initial. Its key stays
here. Who may read what the nightly check found stands here too, for the trail lies below.
"""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard

APP = settings.NABIJ_ROLES["app"]
OFFICER = "(select oversight_officer())"

IS_OFFICER = """
create function oversight_officer() returns boolean language sql stable set search_path = public, pg_temp as $$
    select exists (
        select 1 from access_post p where p.worker_id = nabij_actor() and p.municipality_id = nabij_municipality()
          and p.function = 'privacy_officer'
          and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))
$$;
"""

# Names and streets to compare: plain letters and digits, one space between words.
PLAIN = """
create function oversight_plain(words text) returns text language sql stable set search_path = public, pg_temp as $$
    select trim(regexp_replace(lower(unaccent(words)), '[^a-z0-9]+', ' ', 'g'))
$$;
"""

# Each part is worked out once, and parts meet by hash: their sizes are not known beforehand, and a nested loop over ten
# thousands of looks takes minutes where this takes a second.
UNUSUAL = """
create function oversight_unusual(first_day date, last_day date, limits jsonb)
returns table (rule text, worker_id uuid, worker_name text, day date, reference text, initial text,
               files bigint, looks bigint, first_at timestamptz, last_at timestamptz, facts jsonb)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_nestloop = off set jit = off as $$
#variable_conflict use_column
declare
    town uuid := nabij_municipality();
    zone constant text := 'Europe/Brussels';
    habit_days integer := (limits ->> 'habit_days')::integer;
    around interval := make_interval(hours => (limits ->> 'around_hours')::integer);
    met interval := make_interval(hours => (limits ->> 'met_hours')::integer);
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not oversight_officer() then
        return;
    end if;
    return query
    with looked as materialized (
        select e.actor_id as worker, e.household_id as home, e.ground, e.at, e.at at time zone zone as here,
               (e.at at time zone zone)::date as day
        from audit_trailevent e
        where e.municipality_id = town and e.kind = 'households.looked' and e.household_id is not null
          and e.at >= (first_day - habit_days)::timestamp at time zone zone
          and e.at < (last_day + 1)::timestamp at time zone zone
    ),
    days as materialized (
        select worker, day, count(distinct home) as files, count(*) as looks, min(at) as first_at, max(at) as last_at
        from looked group by worker, day
    ),
    habits as materialized (
        select d.*, count(*) over earlier as known, avg(files) over earlier as usual from days d
        window earlier as (partition by worker order by day::timestamp
                           range between make_interval(days => habit_days) preceding and interval '1 day' preceding)
    ),
    recent as materialized (select * from looked where day >= first_day),
    pairs as materialized (
        select worker, home, day, count(*) as looks, min(at) as first_at, max(at) as last_at,
               count(*) filter (where ground = 'front_desk') as at_desk
        from recent group by worker, home, day
    ),
    -- Every ending of a name but its first word, written together: "Lieve Van den Broeck" is of "Vandenbroeck".
    worker_names as materialized (
        select u.id as worker, replace(array_to_string(w.words[n:], ' '), ' ', '') as family
        from access_user u, lateral (select string_to_array(oversight_plain(u.name), ' ') as words) w,
             lateral generate_series(2, cardinality(w.words)) n
        where u.municipality_id = town and u.id in (select worker from pairs)
    ),
    family_names as materialized (
        select distinct m.household_id as home, replace(oversight_plain(x.family_name), ' ', '') as family
        from households_membership m join households_person x on x.id = m.person_id
        where x.family_name <> '' and m.household_id in (select home from pairs)
    ),
    posts as materialized (
        select w.worker, w.day, p.team_id, coalesce(p.centre_id, t.centre_id) as centre_id
        from (select distinct worker, day from pairs) w
        join access_post p on p.worker_id = w.worker and p.valid_from <= w.day
                          and (p.valid_until is null or p.valid_until > w.day)
        left join access_team t on t.id = p.team_id
    ),
    own_teams as materialized (
        select worker, day, team_id from posts where team_id is not null
        union select s.worker, s.day, t.id from posts s join access_team t on t.centre_id = s.centre_id
    ),
    open_hours as materialized (
        select s.worker, s.day, min(o.opens) as opens, max(o.closes) as closes
        from posts s join territory_openinghours o
          on o.centre_id = s.centre_id and o.weekday = extract(isodow from s.day)::integer - 1
        group by s.worker, s.day
    ),
    -- From when until when a day counts as work; nothing at all on a closed Saturday or Sunday.
    hours as materialized (
        select w.worker, w.day,
            case when extract(isodow from w.day) <= 5
                then least(w.day + time '08:00', w.day + h.opens - around) else w.day + h.opens - around end as begins,
            case when extract(isodow from w.day) <= 5
                then greatest(w.day + time '18:00', w.day + h.closes + around) else w.day + h.closes + around end as ends
        from (select distinct worker, day from pairs) w left join open_hours h using (worker, day)
    ),
    late as materialized (
        select r.worker, r.day, count(distinct r.home) as files, count(*) as looks, min(r.at) as first_at,
               max(r.at) as last_at, h.begins, h.ends
        from recent r join hours h using (worker, day)
        where (h.begins is null or r.here < h.begins or r.here > h.ends)
          and not exists (select 1 from frontdesk_appointment a where a.household_id = r.home and a.worker_id = r.worker
                          and r.at between a.starts_at - met and a.ends_at + met)
          and not exists (select 1 from frontdesk_contact c where c.household_id = r.home and c.noted_by = r.worker
                          and r.at between c.met_at - met and c.met_at + met)
        group by r.worker, r.day, h.begins, h.ends
    ),
    found as materialized (
        select 'many' as rule, worker, day, null::uuid as home, files, looks, first_at, last_at,
               jsonb_build_object('usual', case when known >= (limits ->> 'habit_known')::integer then usual end) as facts
        from habits
        where day >= first_day and files >= (limits ->> 'least')::integer
          and files > case when known >= (limits ->> 'habit_known')::integer
              then (limits ->> 'times')::numeric * usual else (limits ->> 'new')::integer end
        union all
        select 'ended', p.worker, p.day, p.home, 1, p.looks, p.first_at, p.last_at,
               jsonb_build_object('ended', c.ended)
        from pairs p join lateral (
            select max(k.valid_until) as ended, bool_or(k.valid_until is null or k.valid_until > p.day) as is_open
            from casework_case k where k.household_id = p.home and k.valid_from <= p.day
        ) c on not c.is_open and c.ended < p.day - (limits ->> 'ended_days')::integer
        where not exists (
            select 1 from frontdesk_contact k where k.household_id = p.home
              and k.met_at >= (p.day - (limits ->> 'contact_days')::integer)::timestamp at time zone zone
              and k.met_at < (p.day + 1)::timestamp at time zone zone)
        union all
        select 'own_name', p.worker, p.day, p.home, 1, p.looks, p.first_at, p.last_at, '{}'
        from pairs p where exists (
            select 1 from family_names f join worker_names n on n.family = f.family
            where f.home = p.home and n.worker = p.worker and f.family <> '')
        union all
        select 'own_street', p.worker, p.day, p.home, 1, p.looks, p.first_at, p.last_at, '{}'
        from pairs p join oversight_homestreet s on s.worker_id = p.worker
        where exists (
            select 1 from households_address a where a.household_id = p.home and a.postcode = s.postcode
              and a.valid_from <= p.day and (a.valid_until is null or a.valid_until > p.day)
              and oversight_plain(a.street) = oversight_plain(s.street))
        union all
        select 'hours', worker, day, null, files, looks, first_at, last_at,
               jsonb_build_object('opens', to_char(begins, 'HH24:MI'), 'closes', to_char(ends, 'HH24:MI'))
        from late
        union all
        select 'other_team', p.worker, p.day, p.home, 1, p.at_desk, p.first_at, p.last_at,
               jsonb_build_object('team', t.name)
        from pairs p
        join access_basis b on b.household_id = p.home and b.ground = 'team' and b.valid_from <= p.day
                           and (b.valid_until is null or b.valid_until > p.day)
        join access_team t on t.id = b.team_id
        where p.at_desk > 0
          and not exists (select 1 from own_teams o where o.worker = p.worker and o.day = p.day and o.team_id = b.team_id)
          and not exists (select 1 from frontdesk_contact k where k.household_id = p.home and k.noted_by = p.worker
                          and (k.met_at at time zone zone)::date = p.day)
    )
    select f.rule, f.worker, u.name::text, f.day, coalesce(upper(left(f.home::text, 8)), ''),
           coalesce(upper(left(h.sort_key, 1)), ''), f.files, f.looks, f.first_at, f.last_at, f.facts
    from found f join access_user u on u.id = f.worker and u.municipality_id = town
    left join households_household h on h.id = f.home
    order by f.day desc, f.first_at desc, f.rule, f.worker, f.home;
end $$;
"""

# What one worker opened on one day: the lines behind a finding.
LOOKS = """
create function oversight_looks(worker uuid, on_day date)
returns table (at timestamptz, reference text, initial text, ground text, purpose text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not oversight_officer() then
        return;
    end if;
    return query
    select e.at, upper(left(e.household_id::text, 8)), coalesce(upper(left(h.sort_key, 1)), ''), e.ground::text,
           e.purpose::text
    from audit_trailevent e left join households_household h on h.id = e.household_id
    where e.municipality_id = nabij_municipality() and e.actor_id = worker and e.kind = 'households.looked'
      and e.household_id is not null
      and e.at >= on_day::timestamp at time zone 'Europe/Brussels'
      and e.at < (on_day + 1)::timestamp at time zone 'Europe/Brussels'
    order by e.at, e.id limit 1000;
end $$;
"""

# Who looked here: a privacy officer is seen to by the next one.
REVIEWS = """
create function oversight_reviews(first_day date, last_day date)
returns table (at timestamptz, worker_id uuid, kind text, purpose text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not oversight_officer() then
        return;
    end if;
    return query
    select e.at, e.actor_id, e.kind::text, e.purpose::text from audit_trailevent e
    where e.municipality_id = nabij_municipality() and e.kind in ('oversight.seen', 'oversight.followed_up')
      and e.actor_id in (select p.worker_id from access_post p where p.municipality_id = nabij_municipality()
                         and p.function = 'privacy_officer')
      and e.at >= first_day::timestamp at time zone 'Europe/Brussels'
      and e.at < (last_day + 1)::timestamp at time zone 'Europe/Brussels'
    order by e.at desc, e.id limit 50;
end $$;
"""

# The household's own list. Who may open the file may make it: who trusts the case manager too little asks a colleague.
LIST = """
create function oversight_who_looked(household uuid, since date)
returns table (at timestamptz, kind text, worker_id uuid, worker_name text, functions text[], ground text, purpose text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not exists (
        select 1 from access_reach r where r.worker_id = nabij_actor() and r.household_id = household and r.depth >= 2
          and r.municipality_id = nabij_municipality()
          and r.since <= current_date and (r.until is null or r.until > current_date)
    ) then
        return;
    end if;
    return query
    select e.at, e.kind::text, e.actor_id, coalesce(u.name, '')::text,
           array(select p.function::text from access_post p where p.worker_id = e.actor_id and p.valid_from <= e.at::date
                 and (p.valid_until is null or p.valid_until > e.at::date) order by p.valid_from, p.id),
           e.ground::text, e.purpose::text
    from audit_trailevent e left join access_user u on u.id = e.actor_id
    where e.municipality_id = nabij_municipality() and e.household_id = household
      and e.at >= since::timestamp at time zone 'Europe/Brussels'
    order by e.at desc, e.id limit 5001;
end $$;
"""


def callable_by_app(*functions: str) -> list[str]:
    return [
        sql
        for function in functions
        for sql in (f"revoke all on function {function} from public", f"grant execute on function {function} to {APP}")
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_follow_ups"),
        ("access", "0004_privacy_officer"),
        ("audit", "0004_checks_and_looks"),
        ("households", "0005_indexes_that_help"),
        ("casework", "0004_indexes_that_help"),
        ("frontdesk", "0003_indexes_that_help"),
    ]
    operations = [
        migrations.RunSQL([IS_OFFICER, PLAIN], migrations.RunSQL.noop),
        guard(
            "oversight_followup",
            sees=OFFICER,
            adds=f"{OFFICER} and noted_by = {AUTHOR} and worker_id <> {AUTHOR}",
            verbs="SELECT, INSERT",
        ),
        guard("oversight_homestreet", sees=f"worker_id = {AUTHOR} or {OFFICER}"),
        migrations.RunSQL(
            [
                f"create policy sees on audit_trailcheck for select to {APP} using ({OFFICER})",
                UNUSUAL,
                LOOKS,
                REVIEWS,
                LIST,
                *callable_by_app(
                    "oversight_unusual(date, date, jsonb)",
                    "oversight_looks(uuid, date)",
                    "oversight_reviews(date, date)",
                    "oversight_who_looked(uuid, date)",
                ),
            ],
            migrations.RunSQL.noop,
        ),
    ]
