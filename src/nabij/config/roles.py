"""The four roles of the database, and the database itself.

The owner makes tables, the app works in them behind row-level security, the trail may only add looks, the backup reads
all. Their names and passwords are those in the addresses. Roles belong to the cluster, so no migration makes them:
`nabij migrate --bootstrap` does, and doing it twice changes nothing.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from nabij.config.words import _
from nabij.kernel.refusals import Refusal

VARIABLES = {
    "app": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "trail": "DATABASE_TRAIL_URL",
    "backup": "DATABASE_BACKUP_URL",
}
PLAIN = re.compile(r"[a-z_][a-z0-9_]{0,62}")  # so it means the same with and without quotes, in a migration too
ADMIN = "DATABASE_ADMIN_URL"
MAY = {"owner": {"CREATEDB"}, "app": set(), "trail": set(), "backup": {"BYPASSRLS"}}
RIGHTS = {
    "SUPERUSER": "rolsuper",
    "CREATEDB": "rolcreatedb",
    "CREATEROLE": "rolcreaterole",
    "BYPASSRLS": "rolbypassrls",
    "REPLICATION": "rolreplication",
}


@dataclass(frozen=True)
class Addresses:
    """Where each of the four roles connects to."""

    app: str
    owner: str
    trail: str
    backup: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Addresses":
        """Read the four addresses; raises `Refusal` when one is missing or they do not belong together."""
        missing = [variable for variable in VARIABLES.values() if not environment.get(variable)]
        if missing:
            raise Refusal(
                _(
                    "{missing} ontbreekt. Elke rol heeft een eigen adres; "
                    "zonder DATABASE_URL start Nabij een eigen server."
                ).format(missing=", ".join(missing))
            )
        addresses = cls(**{role: environment[variable] for role, variable in VARIABLES.items()})
        addresses.check()
        return addresses

    def check(self) -> None:
        """Raise `Refusal` unless there are four names and one database."""
        if len({self.name(role) for role in VARIABLES}) < len(VARIABLES):
            raise Refusal(_("De vier adressen van de database moeten vier verschillende gebruikers noemen."))
        if len({self.part(role, "dbname") for role in VARIABLES}) > 1:
            raise Refusal(_("De vier adressen van de database moeten dezelfde database noemen."))

    def export(self) -> None:
        """Put the addresses in the environment."""
        os.environ.update({variable: getattr(self, role) for role, variable in VARIABLES.items()})

    def part(self, role: str, part: str) -> str:
        """Return a part of an address, such as `dbname`; raises `Refusal` when the address cannot be read."""
        try:
            return str(conninfo_to_dict(getattr(self, role)).get(part) or "")
        except psycopg.ProgrammingError:
            raise Refusal(
                _(
                    "{variable} is geen adres van een database. Schrijf het als postgresql://naam:wachtwoord@server/database."
                ).format(variable=VARIABLES[role])
            ) from None

    def name(self, role: str) -> str:
        """Return the user's name in an address; raises `Refusal` when there is none, or none that is plain."""
        name = self.part(role, "user")
        if not name:
            raise Refusal(_("{variable} noemt geen gebruiker.").format(variable=VARIABLES[role]))
        if not PLAIN.fullmatch(name):
            raise Refusal(
                _("De gebruiker in {variable} mag alleen kleine letters, cijfers en _ hebben: {name} kan niet.").format(
                    variable=VARIABLES[role], name=name
                )
            )
        return name

    @property
    def database(self) -> str:
        return self.part("owner", "dbname") or self.name("owner")


@contextmanager
def connected(address: str, **instead: str) -> Iterator[psycopg.Connection]:
    """Connect in autocommit, with parts of the address replaced; raises `Refusal` when nobody lets us in."""
    try:
        connection = psycopg.connect(make_conninfo(address, **instead), autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise Refusal(
            _(
                "De database laat ons niet binnen: {why} "
                "Kijk het adres na, of maak de rollen met nabij migrate --bootstrap."
            ).format(why=str(error).strip())
        ) from None
    try:
        yield connection
    finally:
        connection.close()


def bootstrap(addresses: Addresses, admin: str | None = None) -> list[str]:
    """Make what is missing of the roles, their passwords and the database; return what changed; raises `Refusal`."""
    try:
        with connected(admin or addresses.owner, **({} if admin else {"dbname": "postgres"})) as server:
            changed = [line for role in MAY for line in _role(server, role, addresses)]
            changed += _database(server, addresses)
        with connected(addresses.owner) as owner:
            _wall(owner, addresses)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refusal(
            _(
                "Deze gebruiker mag geen rollen of database maken ({why}). "
                "Zet DATABASE_ADMIN_URL naar een beheerder van de server en probeer opnieuw."
            ).format(why=str(error).splitlines()[0])
        ) from None
    return changed


def let_backup_read(addresses: Addresses) -> None:
    """Let the backup read every table and sequence that there is now."""
    backup = sql.Identifier(addresses.name("backup"))
    with connected(addresses.owner) as owner:
        for kind in ("tables", "sequences"):
            owner.execute(sql.SQL("grant select on all {} in schema public to {}").format(sql.SQL(kind), backup))


def drop_database(addresses: Addresses, admin: str) -> None:
    """Drop the database with all that is in it; raises `Refusal` when somebody still works in it."""
    with connected(admin) as server:
        used = server.execute(
            "select count(*) from pg_stat_activity where datname = %s", [addresses.database]
        ).fetchone()
        if used and used[0]:
            raise Refusal(_("Er draait nog een Nabij op deze gegevens. Stop die eerst, en probeer dan opnieuw."))
        server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(addresses.database)))


def _role(server: psycopg.Connection, role: str, addresses: Addresses) -> list[str]:
    name = addresses.name(role)
    there = server.execute(
        sql.SQL("select {} from pg_roles where rolname = %s").format(
            sql.SQL(", ").join(map(sql.Identifier, RIGHTS.values()))
        ),
        [name],
    ).fetchone()
    if there and there[0]:
        raise Refusal(
            _(
                "De rol {role} is een beheerder van de server, en voor die bestaan er geen muren. Kies een andere naam."
            ).format(role=name)
        )
    wrong = [
        right if right in MAY[role] else f"NO{right}"
        for right, has in zip(RIGHTS, there or [False] * len(RIGHTS), strict=True)
        if has != (right in MAY[role]) and (role, right) != ("owner", "CREATEROLE")  # an owner may make the others
    ]
    if there is None:
        server.execute(sql.SQL("create role {} login {}").format(sql.Identifier(name), sql.SQL(" ".join(wrong))))
    elif wrong:
        server.execute(sql.SQL("alter role {} {}").format(sql.Identifier(name), sql.SQL(" ".join(wrong))))
    _password(server, role, addresses, new=there is None)
    return [] if there and not wrong else [_("rol {name}: {what}").format(name=name, what=" ".join(wrong) or "LOGIN")]


def _password(server: psycopg.Connection, role: str, addresses: Addresses, *, new: bool) -> None:
    name, password = addresses.name(role), addresses.part(role, "password")
    if not password or (not new and _lets_in(getattr(addresses, role))):
        return
    # Made unreadable here, so that the server's log never holds the password.
    secret = server.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    server.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(name), sql.Literal(secret)))


def _lets_in(address: str) -> bool:
    try:
        with connected(address, dbname="postgres"):
            return True
    except Refusal:
        return False


def _database(server: psycopg.Connection, addresses: Addresses) -> list[str]:
    name, owner = sql.Identifier(addresses.database), sql.Identifier(addresses.name("owner"))
    there = server.execute(
        "select pg_get_userbyid(datdba), pg_encoding_to_char(encoding) from pg_database where datname = %s",
        [addresses.database],
    ).fetchone()
    if there is None:
        _act_for(server, addresses.name("owner"))
        server.execute(sql.SQL("create database {} owner {} encoding 'UTF8' template template0").format(name, owner))
        return [_("database {name}").format(name=addresses.database)]
    if there[1] != "UTF8":
        raise Refusal(_("De database {name} staat niet in UTF8. Maak een nieuwe.").format(name=addresses.database))
    if there[0] == addresses.name("owner"):
        return []
    _act_for(server, addresses.name("owner"))
    server.execute(sql.SQL("alter database {} owner to {}").format(name, owner))
    return [_("database {name}: eigenaar {owner}").format(name=addresses.database, owner=addresses.name("owner"))]


def _act_for(server: psycopg.Connection, owner: str) -> None:
    # Who is not a superuser can give a database only to a role that it belongs to.
    row = server.execute("select rolsuper, rolname from pg_roles where rolname = current_user").fetchone()
    if row and not row[0] and row[1] != owner:
        server.execute(sql.SQL("grant {} to {}").format(sql.Identifier(owner), sql.Identifier(row[1])))


def _wall(owner: psycopg.Connection, addresses: Addresses) -> None:
    database = sql.Identifier(addresses.database)
    others = sql.SQL(", ").join(sql.Identifier(addresses.name(role)) for role in ("app", "trail", "backup"))
    owner.execute(sql.SQL("revoke connect on database {} from public").format(database))
    owner.execute(sql.SQL("grant connect on database {} to {}").format(database, others))
    owner.execute("revoke create on schema public from public")
    owner.execute(sql.SQL("grant usage on schema public to {}").format(others))
    for role in ("app", "trail"):
        row = owner.execute(
            "select r.rolname from pg_roles r where pg_has_role(%s, r.oid, 'MEMBER')"
            " and (r.rolsuper or r.rolbypassrls or r.rolname = %s)",
            [addresses.name(role), addresses.name("owner")],
        ).fetchone()
        if row:
            raise Refusal(
                _(
                    "De rol {role} kan {other} worden, en dan staat de muur open. "
                    "Neem dat recht af: REVOKE {other} FROM {role}."
                ).format(role=addresses.name(role), other=row[0])
            )
