"""Keeping the flat table equal to the bases: the one rule that derives it, for one household, one worker, or all.

Only the verbs of this room call it, in the transaction that changes a basis or a post.
"""

from uuid import UUID

from django.db import connection

from nabij.access.roles import FUNCTIONS, Ground

_DEPTH = "case b.ground " + " ".join(f"when '{g.value}' then {g.depth}" for g in Ground) + " end"
_TEAM_FUNCTIONS = ", ".join(f"'{f.slug}'" for f in FUNCTIONS.values() if f.has_team_households)

# A team reaches its households through whoever has a post there; the period is what basis and post share.
DERIVED = f"""
select worker_id, household_id, ground, since, municipality_id, max(depth) as depth, nullif(max(until), 'infinity') as until
from (
    select b.worker_id, b.household_id, b.ground, b.valid_from as since, b.municipality_id, {_DEPTH} as depth,
           coalesce(b.valid_until, 'infinity') as until
    from access_basis b where b.worker_id is not null
    union all
    select p.worker_id, b.household_id, b.ground, greatest(b.valid_from, p.valid_from), b.municipality_id, {_DEPTH},
           least(coalesce(b.valid_until, 'infinity'), coalesce(p.valid_until, 'infinity'))
    from access_basis b join access_post p on p.team_id = b.team_id and p.function in ({_TEAM_FUNCTIONS})
    where b.team_id is not null
) d
where since < until
"""  # noqa: S608  (nothing typed by a user)
_GROUP = " group by worker_id, household_id, ground, since, municipality_id"
_COLUMNS = "worker_id, household_id, ground, since, municipality_id, depth, until"
_INSERT = (
    f"insert into access_reach ({_COLUMNS}) select {_COLUMNS} from ({DERIVED} %s {_GROUP}) r"  # noqa: S608
    " on conflict (worker_id, household_id, ground, since) do update set depth = excluded.depth, until = excluded.until"
)


def refresh_households(households: list[UUID]) -> None:
    """Derive the rows of these households again."""
    _refresh("household_id", households)


def refresh_worker(worker: UUID) -> None:
    """Derive the rows of one worker again, after a post began or ended."""
    _refresh("worker_id", [worker])


def _refresh(column: str, keys: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT % f"and {column} = any(%s)", [keys])
        # Last: what a verb takes away, it still needs for its own writes.
        cursor.execute(
            f"delete from access_reach t where {column} = any(%s) and not exists (select 1 from ({DERIVED}"  # noqa: S608
            f" and {column} = any(%s) {_GROUP}) r where r.worker_id = t.worker_id and r.household_id = t.household_id"
            " and r.ground = t.ground and r.since = t.since)",
            [keys, keys],
        )


def differences() -> int:
    """Return how many rows differ between the flat table and what the bases say, within this municipality; 0 is right."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"with derived as ({DERIVED} {_GROUP}) select count(*) from derived d full join access_reach t"  # noqa: S608
            " using (worker_id, household_id, ground, since)"
            " where d.depth is distinct from t.depth or d.until is distinct from t.until"
        )
        return int(cursor.fetchone()[0])
