"""Keeping the flat table equal to the bases: the one rule that derives it, for one household, one worker, or all.

Only the verbs of this room call it, in the transaction that changes a basis or a post.
"""

from uuid import UUID

from django.db import connection, connections, transaction

from nabij.access.roles import FUNCTIONS, Ground

_DEPTH, _WRITES = (
    "case ground " + " ".join(f"when '{g.value}' then {getattr(g, asked)}" for g in Ground) + " end"
    for asked in ("depth", "writes")
)
_TEAM_FUNCTIONS = ", ".join(f"'{f.slug}'" for f in FUNCTIONS.values() if f.has_team_households)
_ALWAYS = "'infinity'::date"

# Four ways to reach a household; the period is what basis and post, or basis and absence, share. Who stands in does so for
# every household of the case manager who is away, also for one that is taken up or handed over meanwhile.
DERIVED = f"""
select worker_id, household_id, ground, since, source, municipality_id, {_DEPTH} as depth, parts, {_WRITES} as writes,
       nullif(until, {_ALWAYS}) as until, expires_at
from (
    select b.worker_id, b.household_id, b.ground, b.valid_from as since, b.id as source, b.municipality_id, b.parts,
           coalesce(b.valid_until, {_ALWAYS}) as until, b.expires_at
    from access_basis b where b.worker_id is not null
    union all
    select p.worker_id, b.household_id, b.ground, greatest(b.valid_from, p.valid_from), p.id, b.municipality_id, 0,
           least(coalesce(b.valid_until, {_ALWAYS}), coalesce(p.valid_until, {_ALWAYS})), null
    from access_basis b join access_post p on p.team_id = b.team_id and p.function in ({_TEAM_FUNCTIONS})
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
where since < until
"""  # noqa: S608  (nothing typed by a user)
_KEY = "worker_id, household_id, ground, since, source"
_REST = ("municipality_id", "depth", "parts", "writes", "until", "expires_at")
_COLUMNS = f"{_KEY}, {', '.join(_REST)}"
_INSERT = (
    f"insert into access_reach ({_COLUMNS}) select {_COLUMNS} from ({DERIVED} %s) r"  # noqa: S608
    f" on conflict ({_KEY}) do update set " + ", ".join(f"{column} = excluded.{column}" for column in _REST)
)
_SAME = " and ".join(f"r.{column} = t.{column}" for column in _KEY.split(", "))


def refresh_households(households: list[UUID]) -> None:
    """Derive the rows of these households again."""
    _refresh("household_id", households)


def refresh_worker(worker: UUID) -> None:
    """Derive the rows of one worker again, after a post began or ended."""
    _refresh("worker_id", [worker])


def derive_all() -> None:
    """Derive every row again, of all municipalities: after the tables changed, as the owner in maintenance."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("delete from access_reach")
        cursor.execute(_INSERT % "")


def _refresh(column: str, keys: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT % f"and {column} = any(%s)", [keys])
        # Last: what a verb takes away, it still needs for its own writes.
        cursor.execute(
            f"delete from access_reach t where {column} = any(%s) and not exists"  # noqa: S608
            f" (select 1 from ({DERIVED} and {column} = any(%s)) r where {_SAME})",
            [keys, keys],
        )


def differences() -> int:
    """Return how many rows differ between the flat table and what the bases say, within this municipality; 0 is right."""
    same = " and ".join(f"d.{column} is not distinct from t.{column}" for column in _REST)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) from ({DERIVED}) d full join access_reach t using ({_KEY}) where not ({same})"  # noqa: S608
        )
        return int(cursor.fetchone()[0])
