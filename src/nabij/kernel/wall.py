"""The second wall: row-level security, the same few sentences of SQL for every table.

Without a municipality in the transaction a query returns nothing; without a basis, no household. The owner sees rows only
while `nabij.maintenance` is on, which the migrate command and our SECURITY DEFINER functions set (in their body: PostgreSQL
refuses a custom setting in the head of a function to who is no superuser).
"""

from typing import Any

from django.conf import settings
from django.db import migrations

MUNICIPALITY = "municipality_id = (select nabij_municipality())"


def reach(column: str, depth: int = 1, *, part: int = 0) -> str:
    """Return SQL: the actor reaches, now and at least this deep, the household in this column of the guarded table.

    With `part`, a ground that reaches only that part of the file does as well (`access.roles.Part`).

    The column carries a mark for the name of its table: a bare household_id would be that of access_reach itself, which is
    always equal to itself and would open every file to whoever has one. A second mark stands where a change asks for a
    ground that may write. `of_table` and `guard` fill both in.
    """
    enough = f"(r.depth >= {depth} or r.parts & {part} <> 0)" if part else f"r.depth >= {depth}"
    return (
        "exists (select 1 from access_reach r where r.worker_id = (select nabij_actor())"
        f" and r.household_id = @.{column} and {enough}"
        " and r.since <= current_date and (r.until is null or r.until > current_date)"
        " and (r.expires_at is null or r.expires_at > now())@writes)"
    )


def of_table(sql: str, table: str, *, writes: bool = False) -> str:
    """Return the SQL with the name of its table filled in, and whether the ground must be one that may write."""
    return sql.replace("@.", f"{table}.").replace("@writes", " and r.writes" if writes else "")


AUTHOR = "(select nabij_actor())"


def works_as(*functions: str) -> str:
    """Return SQL: the actor has one of these functions today."""
    named = ", ".join(f"'{function}'" for function in functions)
    return (
        f"exists (select 1 from access_post p where p.worker_id = {AUTHOR} and p.function in ({named})"
        " and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))"
    )


class OwnerMigrates:
    """Database router: only the owner migrates; the application reads and writes as itself."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Return whether this database may be migrated."""
        return db == "owner"


def guard(
    table: str,
    *,
    sees: str = "",
    adds: str | None = None,
    verbs: str = "SELECT, INSERT, UPDATE, DELETE",
    again: bool = False,
) -> migrations.RunSQL:
    """Return the migration that walls one table: own municipality, `sees` for reading and changing, `adds` for new rows.

    Adding and changing ask for a ground that may write as well. With `again` the wall of this table is taken down first.
    """
    roles = settings.NABIJ_ROLES
    read, change = (of_table(sees, table, writes=writes) for writes in (False, True))
    new = of_table(sees if adds is None else adds, table, writes=True)
    using, changed, check = (MUNICIPALITY + (f" and ({asked})" if asked else "") for asked in (read, change, new))
    sql: list[Any] = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"grant {verbs} on {table} to {roles['app']}",
        f"create policy maintenance on {table} to current_user"
        " using ((select current_setting('nabij.maintenance', true)) = 'on')"
        " with check ((select current_setting('nabij.maintenance', true)) = 'on')",
    ]
    if roles["backup"]:
        sql.append(f"grant select on {table} to {roles['backup']}")
    if again:
        sql = [f"drop policy {policy} on {table}" for policy in ("sees", "adds", "changes", "removes")]
    sql += [
        f"create policy sees on {table} for select to {roles['app']} using ({using})",
        f"create policy adds on {table} for insert to {roles['app']} with check ({check})",
        f"create policy changes on {table} for update to {roles['app']} using ({changed}) with check ({changed})",
        f"create policy removes on {table} for delete to {roles['app']} using ({changed})",
    ]
    return migrations.RunSQL(sql, migrations.RunSQL.noop)


def grant(table: str, verbs: str = "SELECT, INSERT, UPDATE, DELETE") -> migrations.RunSQL:
    """Return the migration that opens a table without a municipality to the application: one of the named exceptions."""
    return migrations.RunSQL(f"grant {verbs} on {table} to {settings.NABIJ_ROLES['app']}", migrations.RunSQL.noop)
