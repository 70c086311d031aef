"""Row-level security of signing in: a worker has own rows. What must look further is a function that says to whom, and what.

Guesses are counted without a context and for accounts that may not exist, so their table has no municipality and no door but
these functions: they return how long one waits, never whether an account is there.
"""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard

APP, BACKUP = settings.NABIJ_ROLES["app"], settings.NABIJ_ROLES["backup"]
MAINTENANCE = "(select current_setting('nabij.maintenance', true)) = 'on'"
GUESSES = [
    "alter table signin_guess enable row level security",
    "alter table signin_guess force row level security",
    f"create policy nobody on signin_guess to {APP} using (false) with check (false)",
    f"create policy maintenance on signin_guess to current_user using ({MAINTENANCE}) with check ({MAINTENANCE})",
    *([f"grant select on signin_guess to {BACKUP}"] if BACKUP else []),
]

KNOCK = """
create function signin_knock(knocked text, whose text, moment timestamptz, free integer, first_wait integer,
                             longest integer, forgets integer, alarm integer, counts boolean) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    g signin_guess;
    many integer;
    wait integer;
begin
    perform set_config('nabij.maintenance', 'on', true);
    if counts then
        insert into signin_guess (mark, account, failures, last_failure, closed_until, untold)
            values (knocked, whose, 0, moment, moment, false) on conflict do nothing;
    end if;
    select * into g from signin_guess where mark = knocked for update;
    if not found then
        return 0;
    end if;
    if g.closed_until > moment then
        return ceil(extract(epoch from g.closed_until - moment));
    end if;
    if not counts then
        return 0;
    end if;
    many := case when g.last_failure < moment - make_interval(secs => forgets) then 0 else g.failures end + 1;
    wait := case when many < free then 0
                 else least(longest, first_wait * power(2, least(many - free, 20))) end;
    update signin_guess set failures = many, last_failure = moment, account = whose,
        closed_until = moment + make_interval(secs => wait),
        untold = untold or (whose <> '' and many % alarm = 0)
        where mark = knocked;
    return 0;
end $$;
"""

RIGHT = """
create function signin_right(knocked text, one_less boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    if one_less then
        update signin_guess set failures = greatest(failures - 1, 0), closed_until = last_failure where mark = knocked;
    else
        -- What was not told yet is told, also when somebody guessed right in the end.
        update signin_guess set failures = 0, closed_until = last_failure where mark = knocked and untold;
        delete from signin_guess where mark = knocked and not untold;
    end if;
end $$;
"""

# Which of these accounts have something to be told, once; and what nobody guessed at for two days is forgotten.
TELL = """
create function signin_tell(accounts text[], moment timestamptz) returns setof text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    delete from signin_guess where last_failure < moment - interval '2 days';
    return query
        with told as (
            update signin_guess set untold = false where untold and account = any(accounts) returning account
        )
        select distinct account::text from told;
end $$;
"""

# An invitation is opened by somebody who is not signed in, and only by who holds it.
INVITED = """
create function signin_invited(invitation text, moment timestamptz) returns table (worker_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    return query select i.worker_id from signin_invitation i join access_user u on u.id = i.worker_id
        where i.mark = invitation and i.used_at is null and i.ends > moment and u.is_active;
end $$;
"""

MAY = """
create function signin_may(wanted text[]) returns boolean language sql stable set search_path = public, pg_temp as $$
    select nabij_actor() = '00000000-0000-0000-0000-000000000001' or exists (
        select 1 from access_post p where p.worker_id = nabij_actor() and p.municipality_id = nabij_municipality()
          and p.function = any(wanted)
          and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))
$$;
"""

# Ends sessions of a worker: one's own, or (the administrator) anybody's of the municipality; all but one that is kept.
END = """
create function signin_end_sessions(whose uuid, kept text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    many integer;
begin
    perform set_config('nabij.maintenance', 'on', true);
    if whose is distinct from nabij_actor() and not (signin_may('{administrator}') and exists (
        select 1 from access_user u where u.id = whose and u.municipality_id = nabij_municipality())) then
        return 0;
    end if;
    delete from django_session d using signin_signedin s
        where s.worker_id = whose and s.session_key <> kept and d.session_key = s.session_key;
    delete from signin_signedin s where s.worker_id = whose and s.session_key <> kept;
    get diagnostics many = row_count;
    return many;
end $$;
"""

# The administrator takes away the factors of a worker, and revokes invitations; never reads one.
RESET = """
create function signin_reset(whose uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    many integer;
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not signin_may('{administrator}') then
        return 0;
    end if;
    delete from signin_factor f where f.worker_id = whose and f.municipality_id = nabij_municipality();
    get diagnostics many = row_count;
    return many;
end $$;
create function signin_withdraw(whose uuid, moment timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    if signin_may('{administrator}') then
        update signin_invitation i set ends = moment
            where i.worker_id = whose and i.municipality_id = nabij_municipality() and i.used_at is null and i.ends > moment;
    end if;
end $$;
"""

# For the administrator: who has which second step, and until when an invitation is open. No secret, no address, no session.
PEOPLE = """
create function signin_people(moment timestamptz)
returns table (worker_id uuid, has_app boolean, passkeys integer, invited_until timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not signin_may('{administrator}') then
        return;
    end if;
    return query
        select u.id,
               exists (select 1 from signin_factor f where f.worker_id = u.id and f.kind = 'app'),
               (select count(*)::integer from signin_factor f where f.worker_id = u.id and f.kind = 'passkey'),
               (select max(i.ends) from signin_invitation i
                where i.worker_id = u.id and i.used_at is null and i.ends > moment)
        from access_user u where u.municipality_id = nabij_municipality();
end $$;
"""

# What happened around signing in: to a worker what concerns him; to the administrator and the privacy officer all.
EVENTS = """
create function signin_events(since timestamptz, most integer, everybody boolean)
returns table (at timestamptz, kind text, by_name text, whose_name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    if not everybody then
        return query
            select e.at, e.kind::text, coalesce(a.name, '')::text, coalesce(w.name, '')::text
            from audit_trailevent e
            left join access_user a on a.id = e.actor_id
            left join access_user w on e.about = 'access.user:' || w.id::text
            where e.municipality_id = nabij_municipality() and e.kind like 'signin.%' and e.at >= since
              and e.about = 'access.user:' || nabij_actor()::text
            order by e.at desc, e.id limit most;
    elsif signin_may('{administrator,privacy_officer}') then
        return query
            select e.at, e.kind::text, coalesce(a.name, '')::text, coalesce(w.name, '')::text
            from audit_trailevent e
            left join access_user a on a.id = e.actor_id
            left join access_user w on e.about = 'access.user:' || w.id::text
            where e.municipality_id = nabij_municipality() and e.kind like 'signin.%' and e.at >= since
              and e.kind <> 'signin.signed_in'
            order by e.at desc, e.id limit most;
    end if;
end $$;
"""
INDEX = (
    "create index signin_events_of on audit_trailevent (municipality_id, at desc)"
    " where kind like 'signin.%' and kind <> 'signin.signed_in'",
    "create index signin_events_about on audit_trailevent (about, at desc) where kind like 'signin.%'",
)
FUNCTIONS = (
    "signin_knock(text, text, timestamptz, integer, integer, integer, integer, integer, boolean)",
    "signin_right(text, boolean)",
    "signin_tell(text[], timestamptz)",
    "signin_invited(text, timestamptz)",
    "signin_end_sessions(uuid, text)",
    "signin_reset(uuid)",
    "signin_withdraw(uuid, timestamptz)",
    "signin_people(timestamptz)",
    "signin_events(timestamptz, integer, boolean)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("signin", "0002_factors_and_sessions"),
        ("access", "0004_privacy_officer"),
        ("audit", "0004_checks_and_looks"),
    ]
    operations = [
        guard("signin_factor", sees=f"worker_id = {AUTHOR}"),
        guard("signin_signedin", sees=f"worker_id = {AUTHOR}"),
        guard(
            "signin_invitation",
            sees=f"worker_id = {AUTHOR}",
            adds=f"made_by = {AUTHOR}",
            verbs="SELECT, INSERT, UPDATE",
        ),
        migrations.RunSQL(GUESSES, migrations.RunSQL.noop),
        migrations.RunSQL(
            [KNOCK, RIGHT, TELL, INVITED, MAY, END, RESET, PEOPLE, EVENTS, *INDEX], migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            [
                sql
                for function in FUNCTIONS
                for sql in (
                    f"revoke all on function {function} from public",
                    f"grant execute on function {function} to {APP}",
                )
            ],
            migrations.RunSQL.noop,
        ),
    ]
