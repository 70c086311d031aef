"""The wall as the first migrations raised it, kept for them alone; `kernel.wall` is how it stands now."""

from typing import Any

from django.conf import settings
from django.db import migrations

MUNICIPALITY = "municipality_id = (select nabij_municipality())"


def reach(column: str, depth: int = 1) -> str:
    """Return SQL: the actor reaches, today and at least this deep, the household in this column of the guarded table.

    The column carries a mark for the name of its table: a bare household_id would be that of access_reach itself, which is
    always equal to itself and would open every file to whoever has one. `of_table` and `guard` fill the name in.
    """
    return (
        "exists (select 1 from access_reach r where r.worker_id = (select nabij_actor())"
        f" and r.household_id = @.{column} and r.depth >= {depth}"
        " and r.since <= current_date and (r.until is null or r.until > current_date))"
    )


def of_table(sql: str, table: str) -> str:
    """Return the SQL with the name of its table filled in."""
    return sql.replace("@.", f"{table}.")


AUTHOR = "(select nabij_actor())"


def guard(
    table: str, *, sees: str = "", adds: str | None = None, verbs: str = "SELECT, INSERT, UPDATE, DELETE"
) -> migrations.RunSQL:
    """Return the migration that walls one table: own municipality, `sees` for reading and changing, `adds` for new rows."""
    roles = settings.NABIJ_ROLES
    new = of_table(sees if adds is None else adds, table)
    using = MUNICIPALITY + (f" and ({of_table(sees, table)})" if sees else "")
    check = MUNICIPALITY + (f" and ({new})" if new else "")
    sql: list[Any] = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"grant {verbs} on {table} to {roles['app']}",
        f"create policy sees on {table} for select to {roles['app']} using ({using})",
        f"create policy adds on {table} for insert to {roles['app']} with check ({check})",
        f"create policy changes on {table} for update to {roles['app']} using ({using}) with check ({using})",
        f"create policy removes on {table} for delete to {roles['app']} using ({using})",
        f"create policy maintenance on {table} to current_user"
        " using ((select current_setting('nabij.maintenance', true)) = 'on')"
        " with check ((select current_setting('nabij.maintenance', true)) = 'on')",
    ]
    if roles["backup"]:
        sql.append(f"grant select on {table} to {roles['backup']}")
    return migrations.RunSQL(sql, migrations.RunSQL.noop)


def grant(table: str, verbs: str = "SELECT, INSERT, UPDATE, DELETE") -> migrations.RunSQL:
    """Return the migration that opens a table without a municipality to the application: one of the named exceptions."""
    return migrations.RunSQL(f"grant {verbs} on {table} to {settings.NABIJ_ROLES['app']}", migrations.RunSQL.noop)
