"""Keeping the flat table equal to the bases: the one rule that derives it, for one household, one worker, or all.

Only the verbs of this room call it, in the transaction that changes a basis or a post. The rule runs as functions of the
owner: whoever gives somebody a post may not know for whom that somebody does not exist, but the rule must.
Who changes it writes a migration that runs `DERIVING` again; a test compares.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, connections, transaction

from nabij.access.roles import GUIDES, Ground

_DEPTH, _WRITES = (
    "case ground " + " ".join(f"when '{g.value}' then {getattr(g, asked)}" for g in Ground) + " end"
    for asked in ("depth", "writes")
)


def _slugs(functions: Iterable[str]) -> str:
    return "array[" + ", ".join(f"'{slug}'" for slug in functions) + "]::text[]"


_MAY = "case d.ground " + " ".join(f"when '{g.value}' then {_slugs(g.functions)}" for g in Ground) + " end"
_ALWAYS = "'infinity'::date"

# Who has a post in the team that a household avoids, or in that team's centre, has no row on those days, whatever the ground.
_HIDDEN_DAYS = f"""
select range_agg(daterange(begins, nullif(greatest(begins, ends), {_ALWAYS}))) as days
from (
    select greatest(e.valid_from, p.valid_from) as begins,
           least(coalesce(e.valid_until, {_ALWAYS}), coalesce(p.valid_until, {_ALWAYS})) as ends
    from access_elsewhere e join access_team t on t.id = e.avoided_team_id
    join access_post p on p.worker_id = d.worker_id and (p.team_id = t.id or p.centre_id = t.centre_id)
    where e.household_id = d.household_id
) both_hold
"""  # noqa: S608  (nothing typed by a user)

# However it was given, a ground opens nothing on days without a function that may have it: a case manager who becomes
# director reaches nobody from that day on.
_SERVING_DAYS = f"""
select range_agg(daterange(p.valid_from, p.valid_until)) as days from access_post p
where p.worker_id = d.worker_id and p.function = any({_MAY})
"""  # noqa: S608  (nothing typed by a user)

# Four ways to reach a household; the period is what basis and post, or basis and absence, share. Who stands in does so for
# every household of the case manager who is away, also for one that is taken up or handed over meanwhile.
DERIVED = f"""
select d.worker_id, d.household_id, d.ground, lower(span) as since, d.source, d.municipality_id, {_DEPTH} as depth, d.parts,
       {_WRITES} as writes, upper(span) as until, d.expires_at
from (
    select b.worker_id, b.household_id, b.ground, b.valid_from as since, b.id as source, b.municipality_id, b.parts,
           coalesce(b.valid_until, {_ALWAYS}) as until, b.expires_at
    from access_basis b where b.worker_id is not null
    union all
    select p.worker_id, b.household_id, b.ground, greatest(b.valid_from, p.valid_from), p.id, b.municipality_id, 0,
           least(coalesce(b.valid_until, {_ALWAYS}), coalesce(p.valid_until, {_ALWAYS})), null
    from access_basis b join access_post p on p.team_id = b.team_id and p.function = any({_slugs(GUIDES)})
    where b.team_id is not null
    union all
    select a.substitute_id, b.household_id, '{Ground.SUBSTITUTE}', greatest(b.valid_from, a.valid_from), a.id,
           b.municipality_id, 0, least(coalesce(b.valid_until, {_ALWAYS}), a.valid_until), null
    from access_basis b join access_absence a on a.worker_id = b.worker_id
    where b.ground = '{Ground.LEAD}' and a.substitute_id is not null
    union all
    select b.worker_id, b.household_id, '{Ground.GRACE}', b.valid_until, b.id, b.municipality_id, 0, b.grace_until, null
    from access_basis b where b.grace_until is not null
) d
cross join lateral ({_HIDDEN_DAYS}) hidden
cross join lateral ({_SERVING_DAYS}) serving
cross join lateral unnest(
    datemultirange(daterange(d.since, nullif(greatest(d.since, d.until), {_ALWAYS})))
    * coalesce(serving.days, datemultirange()) - coalesce(hidden.days, datemultirange())
) span
where d.since < d.until
"""  # noqa: S608  (nothing typed by a user)
_KEY = "worker_id, household_id, ground, since, source"
_REST = ("municipality_id", "depth", "parts", "writes", "until", "expires_at")
_COLUMNS = f"{_KEY}, {', '.join(_REST)}"
_INSERT = (
    f"insert into access_reach ({_COLUMNS}) select {_COLUMNS} from ({DERIVED} %s) r"  # noqa: S608
    f" on conflict ({_KEY}) do update set " + ", ".join(f"{column} = excluded.{column}" for column in _REST)
)
_SAME = " and ".join(f"r.{column} = t.{column}" for column in _KEY.split(", "))


def _deriving(name: str, column: str) -> str:
    of = f"{column} = any(keys)"
    return f"""
create or replace function {name}(keys uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    {_INSERT % f"and d.{of}"};
    -- Last: what a verb takes away, it still needs for its own writes.
    delete from access_reach t where t.{of} and not exists
        (select 1 from ({DERIVED} and d.{of}) r where {_SAME});
end $$;
"""  # noqa: S608


_EQUAL = " and ".join(f"d.{column} is not distinct from t.{column}" for column in _REST)
_DIFFERENCES = f"""
create or replace function access_reach_differences() returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    return (
        select count(*) from (select * from ({DERIVED}) r where r.municipality_id = nabij_municipality()) d
        full join (select * from access_reach r where r.municipality_id = nabij_municipality()) t using ({_KEY})
        where not ({_EQUAL})
    );
end $$;
"""  # noqa: S608
DERIVING = {
    "access_derive_households(uuid[])": _deriving("access_derive_households", "household_id"),
    "access_derive_worker(uuid[])": _deriving("access_derive_worker", "worker_id"),
    "access_reach_differences()": _DIFFERENCES,
}


def refresh_households(households: list[UUID]) -> None:
    """Derive the rows of these households again."""
    _call("select access_derive_households(%s::uuid[])", households)


def refresh_worker(worker: UUID) -> None:
    """Derive the rows of one worker again, after a post began or ended."""
    _call("select access_derive_worker(%s::uuid[])", [worker])


def derive_all() -> None:
    """Derive every row again, of all municipalities: after the tables changed, as the owner in maintenance."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("delete from access_reach")
        cursor.execute(_INSERT % "")


def differences() -> int:
    """Return how many rows differ between the flat table and what the bases say, within this municipality; 0 is right."""
    with connection.cursor() as cursor:
        cursor.execute("select access_reach_differences()")
        return int(cursor.fetchone()[0])


def _call(function: str, keys: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(function, [keys])
