"""The wall of emergencies: who reads of one, who says something of it, and what no row may do, whoever writes it.

The rules on `access_basis` stand here, for they ask what was refused before. The household's list closes on the hour as
well; and what the privacy officer reviews by itself is not found a second time by the rules for unusual looking.
"""

from importlib import import_module

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard, reach

APP = settings.NABIJ_ROLES["app"]
OFFICER = "(select oversight_officer())"
COORDINATES = (
    f"exists (select 1 from access_post p where p.worker_id = {AUTHOR} and p.function = 'coordinator'"
    " and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))"
)
OF_TEAM = reach("household_id", 2).replace("r.depth >= 2", "r.ground = 'team'")
IN_CHARGE = f"household_id is not null and ({reach('household_id', 3)} or ({OF_TEAM} and {COORDINATES}))"
OWN_BASIS = (
    "exists (select 1 from access_basis b where b.id = @.basis_id and b.household_id = @.household_id"
    f" and b.ground = 'emergency' and b.worker_id = {AUTHOR})"
)
ITS_EMERGENCY = "exists (select 1 from oversight_emergency e where e.id = @.emergency_id"

# Twice refused within twelve months: from the second on, a month without. The day given is the first on which it may again.
BARRED = """
create function oversight_barred_until(asked uuid) returns date
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare town uuid := nabij_municipality(); zone constant text := 'Europe/Brussels';
begin
    perform set_config('nabij.maintenance', 'on', true);
    return (
        select max((r.on_day + interval '1 month')::date) from (
            select (w.said_at at time zone zone)::date as on_day,
                   lag((w.said_at at time zone zone)::date) over (order by w.said_at, w.id) as before
            from oversight_emergencyword w join oversight_emergency e on e.id = w.emergency_id
            where e.municipality_id = town and e.worker_id = asked and w.kind = 'refused'
        ) r where r.before > r.on_day - interval '12 months');
end $$;
"""

# Whose home is it? Exact, one only, and nothing but its key; whether it opens is for the reach to say.
NAMED = """
create function oversight_named(name text, born date, in_street text, at_number text) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare town uuid := nabij_municipality(); homes uuid[];
begin
    perform set_config('nabij.maintenance', 'on', true);
    if name = '' or (born is null and (in_street = '' or at_number = '')) then
        return null;
    end if;
    select array_agg(distinct m.household_id) into homes
    from households_person p join lateral (
        select m.household_id from households_membership m
        where m.person_id = p.id and m.valid_from <= current_date
          and (m.valid_until is null or m.valid_until > current_date)
          and (in_street = '' or exists (
              select 1 from households_address a where a.household_id = m.household_id
                and oversight_plain(a.street) = oversight_plain(in_street)
                and oversight_plain(a.number) = oversight_plain(at_number)
                and a.valid_from <= current_date and (a.valid_until is null or a.valid_until > current_date)))
        order by m.share desc, m.valid_from desc, m.id limit 1
    ) m on true
    where p.municipality_id = town and p.search_name = name and (born is null or p.birth_date = born);
    return case when cardinality(homes) = 1 then homes[1] end;
end $$;
"""

# Whatever writes the row: for oneself, as who guides households, not later than now, not while barred; never longer.
RULES = """
create function oversight_emergency_rules() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare wrong text; barred date;
begin
    if tg_op = 'UPDATE' then
        if (new.ground = 'emergency' or old.ground = 'emergency')
           and (new.ground, new.worker_id, new.household_id) is distinct from (old.ground, old.worker_id, old.household_id)
           or new.expires_at > old.expires_at then
            wrong := 'emergency_is_not_stretched';
        end if;
    elsif new.ground = 'emergency' then
        perform set_config('nabij.maintenance', 'on', true);
        barred := oversight_barred_until(new.worker_id);
        if new.worker_id is distinct from nabij_actor() or new.given_by is distinct from nabij_actor() then
            wrong := 'emergency_is_for_oneself';
        elsif new.given_at > clock_timestamp() + interval '5 minutes' then
            wrong := 'emergency_begins_now';
        elsif barred > current_date and new.expires_at > now() then
            wrong := 'emergency_is_barred';
        elsif not exists (select 1 from access_post p where p.worker_id = new.worker_id
                and p.function in ('social_worker', 'coordinator')
                and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))
           or exists (select 1 from access_post p where p.worker_id = new.worker_id
                and p.function in ('director', 'administrator', 'privacy_officer')
                and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date)) then
            wrong := 'emergency_is_for_who_guides';
        end if;
    end if;
    if wrong is not null then
        raise exception 'access in an emergency refused: %', wrong using errcode = 'check_violation', constraint = wrong;
    end if;
    return new;
end $$;
"""
TRIGGER = (
    "create trigger emergency_rules before insert or update on access_basis"
    " for each row when (new.ground = 'emergency') execute function oversight_emergency_rules()"
)

# What the household may know of it: when, who, and what came of the review. Not the words, which may be about somebody else.
LISTED = """
create function oversight_emergencies_of(household uuid, since date)
returns table (at timestamptz, worker_name text, outcome text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not exists (
        select 1 from access_reach r where r.worker_id = nabij_actor() and r.household_id = household and r.depth >= 2
          and r.municipality_id = nabij_municipality() and (r.expires_at is null or r.expires_at > now())
          and r.since <= current_date and (r.until is null or r.until > current_date)
    ) then
        return;
    end if;
    return query
    select e.asked_at, u.name::text, coalesce(w.kind, '')::text
    from oversight_emergency e join access_user u on u.id = e.worker_id
    left join oversight_emergencyword w on w.emergency_id = e.id and w.kind <> 'remark'
    where e.municipality_id = nabij_municipality() and e.household_id = household
      and e.asked_at >= since::timestamp at time zone 'Europe/Brussels'
    order by e.asked_at desc, e.id limit 200;
end $$;
"""

_BEFORE = import_module("nabij.oversight.migrations.0002_wall")


def again(sql: str, *changes: tuple[str, str]) -> str:
    """Return a function of the migration before, with these places changed; each must be there once."""
    for old, new in (("create function", "create or replace function"), *changes):
        if sql.count(old) != 1:
            raise ValueError(f"not once in the function: {old}")
        sql = sql.replace(old, new)
    return sql


LIST = again(
    _BEFORE.LIST,
    (
        "          and r.since <= current_date",
        "          and (r.expires_at is null or r.expires_at > now())\n          and r.since <= current_date",
    ),
)
# How many files, how late, how long ended: the review asks that already. Own name and own street it does not know of.
UNUSUAL = again(
    _BEFORE.UNUSUAL,
    ("from looked group by worker, day", "from looked where ground <> 'emergency' group by worker, day"),
    ("as at_desk\n", "as at_desk,\n               count(*) filter (where ground <> 'emergency') as ordinary\n"),
    (
        "        where not exists (\n            select 1 from frontdesk_contact k where k.household_id = p.home\n",
        "        where p.ordinary > 0 and not exists (\n"
        "            select 1 from frontdesk_contact k where k.household_id = p.home\n",
    ),
    ("where (h.begins is null or", "where r.ground <> 'emergency' and (h.begins is null or"),
)


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_access_in_need"), ("frontdesk", "0006_contacts_in_need")]
    operations = [
        guard(
            "oversight_emergency",
            sees=f"worker_id = {AUTHOR} or {OFFICER} or ({IN_CHARGE})",
            adds=f"worker_id = {AUTHOR} and (household_id is null or {OWN_BASIS})",
            verbs="SELECT, INSERT",
        ),
        guard(
            "oversight_emergencyword",
            sees=f"{ITS_EMERGENCY})",
            adds=f"said_by = {AUTHOR} and (kind = 'remark') <> {OFFICER}"
            f" and {ITS_EMERGENCY} and e.state = 'opened' and e.worker_id <> {AUTHOR})",
            verbs="SELECT, INSERT",
        ),
        migrations.RunSQL([BARRED, NAMED, RULES, TRIGGER, LISTED, LIST, UNUSUAL], migrations.RunSQL.noop),
        migrations.RunSQL(
            _BEFORE.callable_by_app(
                "oversight_barred_until(uuid)",
                "oversight_named(text, date, text, text)",
                "oversight_emergencies_of(uuid, date)",
            ),
            migrations.RunSQL.noop,
        ),
    ]
