"""Putting a backup back: into an empty database only, all of it in one transaction, or nothing.

The tables are made as they were then, by the migrations of then; the rows come in; then the tables are brought up to date. So an
older backup fits, roles may have other names here, and walls and triggers are those of the code, not of a file.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from nabij.config import roles
from nabij.config.backups import age, archive, making
from nabij.config.migrating import ALONE, derive_reach
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

Say = Callable[[str], object]
FILLED_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
# Packages that Nabij no longer has: an older backup still brings their tables, in which nobody ever wrote.
GONE, ITS_TABLES = {"account"}, ("account_emailaddress", "account_emailconfirmation")
OURS = """
select c.relname, c.relforcerowsecurity, pg_get_userbyid(c.relowner) = current_user
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p')
  and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
"""
FUNCTIONS = """
select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'public'
  and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
"""


def look(file: Path, key: Path) -> tuple[archive.Manifest, archive.Sums]:
    """Read a whole backup, compare it with its sums, change nothing; raises `Refusal` when it is not whole."""
    with opened(file, key) as pack:
        for _table, text in pack.tables():
            for _part in text:
                pass
        return pack.manifest, pack.sums


def put_back(
    addresses: roles.Addresses, file: Path, key: Path, say: Say, *, lost_keys: bool = False
) -> archive.Manifest:
    """Put a backup back, and return what it was of; without `lost_keys` this installation must have the keys of then.

    Raises `Refusal` for another key, a newer version, a file that is not whole, a database that is not empty; then nothing changed.
    """
    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connections, transaction
    from django.db.migrations.recorder import MigrationRecorder

    django.setup()
    connection = connections["owner"]
    with opened(file, key) as pack:
        manifest = _of_today(pack.manifest)
        if not lost_keys:
            _check_keys(manifest, os.environ)
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_lock(%s)", [ALONE])
                cursor.execute("set nabij.maintenance = 'on'")
                cursor.execute(making.PLAIN_TEXT)
                with transaction.atomic(using="owner"):
                    _check_empty(cursor)
                    _clear(cursor)
                    say(_("De tabellen maken zoals ze waren op {at} …").format(at=manifest.moment))
                    _make_tables(connection, manifest)
                    say(_("De rijen terugzetten …"))
                    _load(cursor, pack, manifest.tables)
                    call_command("migrate", database="owner", interactive=False, verbosity=0)  # what came since then
                    if set(MigrationRecorder(connection).applied_migrations()) != set(manifest.migrations):
                        derive_reach()
        except DatabaseError as error:
            raise Refusal(
                _("De database neemt deze back-up niet aan: {why}. Er is niets veranderd.").format(
                    why=str(error).splitlines()[0]
                )
            ) from error
        finally:
            connection.close()
    roles.let_backup_read(addresses)
    _analyze(connection)
    return manifest


@contextmanager
def opened(file: Path, key: Path) -> Iterator[archive.Unpacking]:
    """Open a backup with the key in a file; raises `Refusal`."""
    secret = _read_key(key)
    try:
        source: BinaryIO = file.open("rb")
    except OSError as error:
        raise Refusal(_("{file} kan niet gelezen worden: {why}.").format(file=file, why=error.strerror)) from None
    with source, archive.unpacking(source, secret) as pack:
        yield pack


def _read_key(key: Path) -> str:
    try:
        return key.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise Refusal(
            _("De geheime sleutel kan niet gelezen worden uit {key}. Geef het sleutelbestand met --key.").format(
                key=key
            )
        ) from None


def _check_keys(manifest: archive.Manifest, keys: Mapping[str, str]) -> None:
    here = making.fingerprints(keys)
    if wrong := [name for name, then in manifest.keys.items() if not set(then) <= set(here.get(name, []))]:
        raise Refusal(
            _(
                "{names} is hier een andere sleutel dan toen de back-up gemaakt werd. Zet de sleutels van toen in de "
                "omgeving, of in keys.json. Zonder die sleutels blijven verzegelde notities dicht en is het spoor niet meer na te "
                "kijken. Zijn ze voorgoed weg, gebruik dan --lost-keys."
            ).format(names=" / ".join(wrong))
        )


def _check_empty(cursor: Any) -> None:
    cursor.execute(OURS)
    filled = [
        name
        for name, _forced, ours in cursor.fetchall()
        if not ours or (name not in FILLED_BY_DJANGO and _has_rows(cursor, name))
    ]
    if filled:
        raise Refusal(
            _(
                "Deze database is niet leeg: er staat al iets in {table}{others}. Terugzetten kan alleen in een lege database. "
                "Maak een nieuwe, en zet de adressen daarheen. Er is niets veranderd."
            ).format(
                table=filled[0],
                others=_(" en {many} andere tabellen").format(many=len(filled) - 1) if filled[1:] else "",
            )
        )


def _has_rows(cursor: Any, table: str) -> bool:
    cursor.execute(_named("select exists (select from public.{})", table))
    return bool(cursor.fetchone()[0])


def _clear(cursor: Any) -> None:
    """Take away the empty tables that `nabij migrate` made: they may be of a later moment than the rows."""
    cursor.execute(OURS)
    for name, *_rest in cursor.fetchall():
        cursor.execute(_named("drop table if exists public.{} cascade", name))
    cursor.execute(FUNCTIONS)
    for (signature,) in cursor.fetchall():
        cursor.execute(f"drop routine if exists {signature} cascade")  # written by PostgreSQL itself, quotes and all


def _make_tables(connection: Any, manifest: archive.Manifest) -> None:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    then, known = set(manifest.migrations), set(executor.loader.disk_migrations)
    if unknown := sorted(then - known):
        raise archive.newer(manifest.nabij, ".".join(unknown[0]))
    graph = executor.loader.graph
    executor.migrate([node for node in sorted(then) if not any(c.key in then for c in _next(graph, node))])
    if set(executor.recorder.applied_migrations()) != then:
        raise Refusal(
            _(
                "De tabellen van {version} kunnen hier niet meer gemaakt worden. Zet terug met die versie van Nabij."
            ).format(version=manifest.nabij)
        )


def _next(graph: Any, node: tuple[str, str]) -> list[Any]:
    return [child for child in graph.node_map[node].children if child.key[0] == node[0]]


def _load(cursor: Any, pack: archive.Unpacking, tables: dict[str, list[str]]) -> None:
    came = {}
    _check_columns(making.columns(cursor.connection), tables)
    with _open_walls(cursor):
        for table in tables:
            cursor.execute(_named("delete from public.{}", table))  # what migrations put in themselves
        for table, text in pack.tables():
            if table not in tables:  # gone since; read nonetheless, for it counts in the sums
                deque(text, maxlen=0)
                continue
            with cursor.copy(making.copied(table, tables[table], "from stdin")) as copy:
                for part in text:
                    copy.write(part)
            came[table] = cursor.rowcount
        if came != {name: each.rows for name, each in pack.sums.tables.items() if each.rows and name in tables}:
            raise age.damaged()
        for name, (last, called) in pack.sums.sequences.items():
            if name.startswith(ITS_TABLES):
                continue
            cursor.execute("select setval(%s::text::regclass, %s, %s)", [f'public."{name}"', last, called])
        cursor.execute("set constraints all immediate")


def _of_today(manifest: archive.Manifest) -> archive.Manifest:
    return replace(
        manifest,
        migrations=[step for step in manifest.migrations if step[0] not in GONE],
        tables={name: columns for name, columns in manifest.tables.items() if name not in ITS_TABLES},
    )


def _check_columns(here: dict[str, list[str]], then: dict[str, list[str]]) -> None:
    ours = {name: set(columns) for name, columns in here.items() if name not in making.WITHOUT_ROWS}
    if ours != {name: set(columns) for name, columns in then.items()}:
        raise Refusal(_("De tabellen in deze back-up zijn niet die van deze Nabij. Zet terug met de versie van toen."))


@contextmanager
def _open_walls(cursor: Any) -> Iterator[None]:
    """COPY passes no forced wall, and no trigger may add to what it reads. Nobody sees this: it is closed before the commit."""
    cursor.execute(OURS)
    forced = {name: was for name, was, _ours in cursor.fetchall()}
    for name, was in forced.items():
        cursor.execute(_named("alter table public.{} disable trigger user", name))
        if was:
            cursor.execute(_named("alter table public.{} no force row level security", name))
    yield
    for name, was in forced.items():
        cursor.execute(_named("alter table public.{} enable trigger user", name))
        if was:
            cursor.execute(_named("alter table public.{} force row level security", name))


def _analyze(connection: Any) -> None:
    """Let PostgreSQL count what is there: without it the first pages would be slow."""
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        for name, *_rest in cursor.fetchall():
            cursor.execute(_named("analyze public.{}", name))
    connection.close()


def _named(words: str, table: str) -> Any:
    from psycopg import sql

    return sql.SQL(words).format(sql.Identifier(table))  # our own words
