"""Making a backup: every table as it was at one moment, read by the role that sees all rows and changes none."""

import contextlib
import hashlib
import hmac
import os
from collections.abc import Generator, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg import sql

from nabij.config import roles
from nabij.config.backups import age, archive, marks
from nabij.config.migrating import ALONE
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

BUSY = 7_311_043  # beside ALONE: one backup at a time
TO = "NABIJ_BACKUP_TO"
WITHOUT_ROWS = {"django_session": "a backup must let nobody in: after a restore everybody signs in again"}
SEALING = ("NABIJ_NOTES_KEY", "NABIJ_TRAIL_KEY")
PLAIN_TEXT = (
    "set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';"
    " set extra_float_digits = 1; set bytea_output = 'hex'"
)
TABLES = """
select c.relname, array_agg(a.attname::text order by a.attnum)
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
group by c.oid, c.relname order by c.relname
"""
SEQUENCES = "select sequencename from pg_sequences where schemaname = 'public' order by 1"
# As the heads of the trail name it: one word.
DATABASE = "select oid::text || '-' || replace(datname, ' ', '_') from pg_database where datname = current_database()"


def back_up(
    addresses: roles.Addresses, file: Path, *, now: datetime, keys: Mapping[str, str] = os.environ, **instead: str
) -> marks.Mark:
    """Write an encrypted backup to a file that is not there yet, remember it, and return what is remembered.

    Raises `Refusal` when there is no key to encrypt for, the file is there, the role sees too little, or the disk is full.
    """
    to = age.public_keys(keys.get(TO, ""))
    if not to:
        raise Refusal(
            _(
                "Voor wie is de back-up? Zet NABIJ_BACKUP_TO naar een publieke sleutel. "
                "Nog geen? Maak ze met: nabij backup --new-key BESTAND"
            )
        )
    with _new_file(file) as out, roles.connected(addresses.backup, **instead) as link:
        database, packing = _one(link, DATABASE), archive.Packing()
        with contextlib.closing(_everything(link, packing, now, keys)) as pieces:
            age.seal(pieces, out, to)
    mark = marks.Mark(now, database, packing.sums.rows, file.stat().st_size, _digest(file), file.name)
    marks.keep(mark)
    return mark


def _everything(
    link: psycopg.Connection, packing: archive.Packing, now: datetime, keys: Mapping[str, str]
) -> Generator[bytes, None, None]:
    with _one_moment(link):
        yield from packing.manifest(_manifest(link, now, keys))
        for table in _tables(link):
            yield from packing.table(table, _text(link, table))
        for (name,) in link.execute(SEQUENCES).fetchall():
            packing.sums.sequences[name] = _stands(link, name)
    yield from packing.finish()


def fingerprints(keys: Mapping[str, str]) -> dict[str, list[str]]:
    """Return by what one recognises the sealing keys without knowing them: random keys cannot be guessed from it."""
    return {
        name: [hmac.digest(key.strip().encode(), b"nabij.backup", "sha256").hex()[:16] for key in keys[name].split(",")]
        for name in SEALING
        if keys.get(name)
    }


def columns(link: psycopg.Connection) -> dict[str, list[str]]:
    """Return every table of Nabij with its columns, but for those that PostgreSQL fills in."""
    return {name: list(found) for name, found in link.execute(TABLES).fetchall()}


def copied(table: str, its: list[str], direction: str) -> sql.Composed:
    """Return the COPY of a table, to or from the client, its columns by name."""
    names = sql.SQL(", ").join(map(sql.Identifier, its))
    return sql.SQL("copy public.{} ({}) {}").format(sql.Identifier(table), names, sql.SQL(direction))


def _tables(link: psycopg.Connection) -> dict[str, list[str]]:
    return {name: its for name, its in columns(link).items() if name not in WITHOUT_ROWS}


def _text(link: psycopg.Connection, table: str) -> Iterator[bytes | bytearray | memoryview]:
    its = _tables(link)[table]
    try:
        with link.cursor() as cursor, cursor.copy(copied(table, its, "to stdout")) as copy:
            yield from copy
    except psycopg.errors.InsufficientPrivilege:
        raise Refusal(
            _(
                "De rol van DATABASE_BACKUP_URL mag de tabel {table} niet lezen, en dan is de back-up niet heel. "
                "Geef haar dat recht met: nabij migrate --bootstrap"
            ).format(table=table)
        ) from None


@contextlib.contextmanager
def _one_moment(link: psycopg.Connection) -> Iterator[None]:
    if not _one(link, "select rolbypassrls or rolsuper from pg_roles where rolname = current_user"):
        raise Refusal(
            _(
                "De rol van DATABASE_BACKUP_URL ziet niet alle rijen, en dan is de back-up niet heel. "
                "Een beheerder van de server geeft haar BYPASSRLS."
            )
        )
    if not _one(link, f"select pg_try_advisory_lock({BUSY})"):
        raise Refusal(_("Er wordt al een back-up gemaakt. Wacht tot die klaar is."))
    link.execute(f"select pg_advisory_lock_shared({ALONE})")  # tables that are being changed are waited for
    link.execute(PLAIN_TEXT)
    link.execute("set row_security = off")  # rows that would stay hidden are an error, not a smaller backup
    link.execute("begin transaction isolation level repeatable read, read only")
    yield
    link.execute("commit")


def _manifest(link: psycopg.Connection, now: datetime, keys: Mapping[str, str]) -> archive.Manifest:
    tables = _tables(link)
    if "django_migrations" not in tables:
        raise Refusal(_("De tabellen zijn er nog niet. Maak ze eerst: nabij migrate"))
    applied = link.execute("select app, name from django_migrations order by app, name").fetchall()
    head = link.execute("select n, encode(hash, 'hex') from audit_trailseal order by n desc limit 1").fetchone()
    return archive.Manifest(
        nabij=archive.version(),
        made_at=now.isoformat(timespec="seconds"),
        database=_one(link, DATABASE),
        postgresql=_one(link, "show server_version"),
        migrations=[(app, name) for app, name in applied],
        tables=tables,
        keys=fingerprints(keys),
        head=f"{head[0]} {head[1]}" if head else "",
    )


def _stands(link: psycopg.Connection, sequence: str) -> tuple[int, bool]:
    row = link.execute(
        sql.SQL("select last_value, is_called from public.{}").format(sql.Identifier(sequence))
    ).fetchone()
    assert row  # noqa: S101  # a sequence always has its row
    return int(row[0]), bool(row[1])


def _one(link: psycopg.Connection, question: str) -> str:
    row = link.execute(question.encode()).fetchone()  # bytes: our own words, with nothing typed
    return row[0] if row else ""


@contextlib.contextmanager
def _new_file(file: Path) -> Iterator[BinaryIO]:
    """Give a file to write that gets its name when it is whole; raises `Refusal`."""
    if file.exists():
        raise Refusal(
            _("{file} is er al. Kies een andere naam: een back-up wordt nooit overschreven.").format(file=file)
        )
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.rename(file)
    except OSError as error:
        raise Refusal(
            _("De back-up kan niet geschreven worden naar {file}: {why}. Er is niets half blijven staan.").format(
                file=file, why=error.strerror
            )
        ) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
