"""Is this installation safe for real files? A list of checks; each is a function that returns a sentence for what is wrong.

A room that brings a danger of its own adds its check to `ALWAYS` (also a demo must be so) or to `FOR_REAL_FILES`.
"""

import ipaddress
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from nabij.config import keys, roles
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

DAY = timedelta(days=1)
AGREES = timedelta(seconds=5)
MANY_PAGES = 10_000
KEPT_BY = "nabij.signin.middleware.WholeSession"
SHORTEST, FEWEST = 40, 10  # of the key of sessions: characters, and different ones
HERE_ONLY = {"127.0.0.1", "localhost", "[::1]", ""}
# The owner passes here without maintenance: tests/house/test_tables.py says why.
NOT_FORCED = ("households_person",)
POWERS = (
    "select rolsuper, rolbypassrls, rolcreaterole,"
    " pg_has_role(current_user, (select oid from pg_roles where rolname = %s), 'MEMBER')"
    " from pg_roles where rolname = current_user"
)


@dataclass(frozen=True)
class Setup:
    """What the checks look at: the addresses, and the moment."""

    addresses: roles.Addresses
    database: str
    now: datetime

    def ask(self, role: str, question: str, *given: object) -> list[tuple[object, ...]]:
        """Ask the database something as one of the roles; the owner asks in maintenance."""
        with roles.connected(getattr(self.addresses, role), dbname=self.database) as link:
            if role == "owner":
                link.execute("set nabij.maintenance = 'on'")
            return link.execute(sql.SQL(question), given).fetchall()  # our own words


Check = Callable[[Setup], Iterable[str]]


def faults(setup: Setup, checks: Iterable[Check]) -> list[str]:
    """Return every sentence of these checks; one that cannot look says so instead of being silent."""
    said: list[str] = []
    for check in checks:
        try:
            said += check(setup)
        except psycopg.errors.UndefinedTable:
            said = said or [_("De tabellen zijn er nog niet. Maak ze eerst: nabij migrate")]
        except (Refusal, psycopg.Error) as error:
            why = str(error).strip().splitlines()[0]
            said.append(_("Eén controle ({check}) lukt niet: {why}").format(check=check.__name__, why=why))
    return list(dict.fromkeys(said))


def missing_keys(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return a sentence for each key that is not there: without them nothing can start."""
    return [
        _("{name} ontbreekt. Maak een sleutel, en zet ze in de omgeving van de server.").format(name=name)
        for name in keys.NAMES
        if not environment.get(name)
    ]


def open_files(folder: Path) -> list[str]:
    """Return a sentence for each file in the folder that others may read, and for a secret key that stands beside its backups."""
    said = []
    for file in sorted(folder.glob("*")) if folder.is_dir() else []:
        secret = file.is_file() and _begins_as_key(file)
        if (secret or file.name == "keys.json") and stat.S_IMODE(file.stat().st_mode) & 0o077:
            said.append(_("Anderen kunnen {file} lezen. Sluit het: chmod 600 {file}").format(file=file))
        if secret:
            said.append(
                _("De geheime sleutel van de back-up staat op deze server: {file}. Bewaar ze elders.").format(file=file)
            )
    return said


def debug(setup: Setup) -> Iterator[str]:
    """Pages of errors show nothing of the inside."""
    if settings.DEBUG:
        yield _("Foutopsporing staat aan, en toont gegevens aan wie een fout krijgt. Haal NABIJ_DEBUG weg.")


def demo(setup: Setup) -> Iterator[str]:
    """Nobody signs in without a password."""
    if settings.DEMO:
        yield _("Dit is de demo: wie langskomt kiest een naam en is binnen. Haal NABIJ_DEMO weg.")
    ((many,),) = setup.ask("owner", "select count(*) from access_user where demo_function <> '' and is_active")
    if many:
        yield _("Er zijn {many} accounts van de demo. Begin met een lege database.").format(many=many)


def session_key(setup: Setup) -> Iterator[str]:
    """Nobody guesses the key that signs sessions."""
    key = str(settings.SECRET_KEY)
    if len(key) < SHORTEST or len(set(key)) < FEWEST or "insecure" in key:
        yield _("NABIJ_SECRET_KEY is te zwak. Maak er een van minstens {many} willekeurige tekens.").format(
            many=SHORTEST
        )


def sealing_keys(setup: Setup) -> Iterator[str]:
    """The keys of notes and trail are random, and not the same; what was sealed last opens with them."""
    trail = str(settings.NABIJ_TRAIL_KEY)
    if len(trail) < 64 or len(set(trail)) < 8 or set(trail.lower()) - set("0123456789abcdef"):
        yield _("NABIJ_TRAIL_KEY is te zwak. Ze heeft 64 willekeurige cijfers en letters van a tot f.")
    notes = settings.NABIJ_NOTES_KEY.split(",")
    if not keys.are_good_for_notes(settings.NABIJ_NOTES_KEY):
        yield _(
            "NABIJ_NOTES_KEY is geen goede sleutel. Maak er een met: nabij keys new NABIJ_NOTES_KEY; meer dan één: elk één keer."
        )
    elif len({str(settings.SECRET_KEY), trail, *notes}) < 2 + len(notes):
        yield _("Twee sleutels zijn dezelfde. Geef elke zaak een eigen sleutel.")
    else:
        yield from _last_sealed(setup)


def _last_sealed(setup: Setup) -> Iterator[str]:
    from nabij.kernel import secrets

    last = setup.ask(
        "owner",
        "select sealed_text from casework_note where sealed_text is not null order by written_at desc, id limit 1",
    )
    if last and isinstance(last[0][0], bytes) and secrets.sealed_with(last[0][0]) is None:
        yield _(
            "De laatste verzegelde notitie gaat niet open met NABIJ_NOTES_KEY: dat is niet de sleutel van deze dossiers. "
            "Zet die terug, en kijk na met: nabij keys check"
        )


def roles_of_the_database(setup: Setup) -> Iterator[str]:
    """The roles can do no more than their work."""
    for role in ("app", "trail"):
        (found,) = setup.ask(role, POWERS, setup.addresses.name("owner"))
        powers = [
            _("beheerder van de server"),
            _("voorbij de muur (BYPASSRLS)"),
            _("rollen maken"),
            _("eigenaar van de tabellen"),
        ]
        if wrong := [power for power, has in zip(powers, found, strict=True) if has]:
            yield _("De rol in {variable} kan te veel: {what}. Neem haar dat recht af.").format(
                variable=roles.VARIABLES[role], what=", ".join(wrong)
            )
    for role in ("owner", "backup"):
        ((superuser,),) = setup.ask(role, "select rolsuper from pg_roles where rolname = current_user")
        if superuser:
            yield _("De rol in {variable} is beheerder van de server. Geef Nabij een gewone rol.").format(
                variable=roles.VARIABLES[role]
            )


def walls(setup: Setup) -> Iterator[str]:
    """Row-level security stands around every table of ours, and the trail is guarded."""
    from django.apps import apps

    rooms = [app.label for app in apps.get_app_configs() if app.name.startswith("nabij.")]
    open_tables = setup.ask(
        "owner",
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        " and split_part(relname, '_', 1) = any(%s)"
        " and not (relrowsecurity and (relforcerowsecurity or relname = any(%s))) order by 1",
        rooms,
        list(NOT_FORCED),
    )
    if names := ", ".join(str(name) for (name,) in open_tables):
        yield _(
            "De muur rond deze tabellen staat open: {names}. Zet row level security weer aan (enable, force)."
        ).format(names=names)
    asleep = setup.ask(
        "owner",
        "select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where c.relname like 'audit\\_%%' and not t.tgisinternal and t.tgenabled = 'D' order by 1, 2",
    )
    for table, trigger in asleep:
        yield _("De bewaker {trigger} van {table} staat uit: iemand kan het spoor veranderen. Zet hem aan.").format(
            trigger=trigger, table=table
        )


def secure_connection(setup: Setup) -> Iterator[str]:
    """Pages go over TLS, to names of this server only."""
    if not (settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS):
        yield _("Nabij dwingt geen https af. Haal NABIJ_TLS=0 en NABIJ_DEMO weg.")
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield _("Wie aangemeld is, kan dat over een open verbinding verliezen: de cookies zijn niet beveiligd.")
    hosts = {host.strip() for host in settings.ALLOWED_HOSTS}
    if any(host in ("*", ".") for host in hosts):
        yield _("Nabij antwoordt op elke naam. Zet in NABIJ_HOSTS alleen de namen van deze server.")
    elif hosts <= HERE_ONLY:
        yield _("NABIJ_HOSTS noemt geen naam waarop collega's Nabij bereiken.")


def way_to_the_database(setup: Setup) -> Iterator[str]:
    """What goes to a database elsewhere is encrypted, and it is that database."""
    asked = (
        "select inet_client_addr()::text, coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)"
    )
    for role, variable in roles.VARIABLES.items():
        ((address, encrypted),) = setup.ask(role, asked)
        if not address or ipaddress.ip_interface(str(address)).is_loopback:
            continue
        if not encrypted:
            yield _(
                "De verbinding van {variable} met de database is niet versleuteld. Voeg toe: ?sslmode=verify-full"
            ).format(variable=variable)
        elif not _knows_whom(getattr(setup.addresses, role)):
            yield _(
                "{variable} kijkt niet na met welke database ze spreekt: iemand ertussen leest mee. Voeg toe: "
                "?sslmode=verify-full&sslrootcert=system"
            ).format(variable=variable)


def _knows_whom(address: str) -> bool:
    return psycopg.conninfo.conninfo_to_dict(address).get("sslmode") in ("verify-full", "verify-ca")


def clock(setup: Setup) -> Iterator[str]:
    """This machine and the one of the database agree on the time: events and logs can be put side by side."""
    asked = datetime.now(UTC)
    ((there,),) = setup.ask("owner", "select clock_timestamp()")
    assert isinstance(there, datetime)  # noqa: S101
    took = datetime.now(UTC) - asked
    apart = abs(there - asked - took / 2)
    if apart > AGREES + took:
        yield _(
            "De klok van deze machine en die van de database verschillen {seconds} seconden. Laat beide de tijd van dezelfde "
            "tijdserver volgen (NTP)."
        ).format(seconds=round(apart.total_seconds()))


def pages_in_an_hour(setup: Setup) -> Iterator[str]:
    """Nobody empties the files by machine."""
    if not 0 < settings.NABIJ_PAGES_PER_HOUR <= MANY_PAGES:
        yield _(
            "Wie een account heeft, kan met een machine alle dossiers openen: er is geen grens. Zet NABIJ_PAGES_PER_HOUR op "
            "1500, of haal het weg."
        )


def migrations(setup: Setup) -> Iterator[str]:
    """The tables are those of this code."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    if steps := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        yield _("De tabellen zijn niet bij: {steps} stappen. Doe eerst: nabij migrate").format(steps=steps)


def trail(setup: Setup) -> Iterator[str]:
    """The trail is sealed, looked after and whole."""
    ((oldest,),) = setup.ask(
        "owner",
        "select min(e.at) from audit_trailevent e join audit_trailwaiting w on w.event_id = e.id",
    )
    if isinstance(oldest, datetime) and oldest < setup.now - DAY:
        yield _("Het spoor is al meer dan een dag niet verzegeld. Laat nabij worker draaien.")
    checked = setup.ask("owner", "select at, faults from audit_trailcheck order by at desc limit 1")
    if checked and checked[0][1]:
        yield _("Het spoor is niet heel. Kijk wat er is met: nabij audit verify")
    events = setup.ask("owner", "select min(at) from audit_trailevent")
    since = checked[0][0] if checked else events[0][0]
    if isinstance(since, datetime) and since < setup.now - 2 * DAY:
        yield _("Het spoor is al twee dagen niet nagekeken. Laat nabij worker draaien.")


def backup(setup: Setup) -> Iterator[str]:
    """There is a backup of the last day."""
    from nabij.config.backups import age, making, marks

    if not age.public_keys(os.environ.get(making.TO, "")):
        yield _("Er is geen sleutel voor de back-up. Maak ze met: nabij backup --new-key BESTAND")
    ((database,),) = setup.ask("owner", making.DATABASE)
    last = marks.latest(str(database))
    if last is None:
        yield _("Er is nog nooit een back-up gemaakt. Zet NABIJ_BACKUP_FOLDER, of doe: nabij backup")
    elif last.at < setup.now - DAY:
        yield _("De laatste back-up is ouder dan een dag: {at}. Doe: nabij backup").format(
            at=f"{last.at.astimezone():%d/%m/%Y %H:%M}"
        )


def second_factor(setup: Setup) -> Iterator[str]:
    """Nobody signs in with a password alone. The one place that asks the room of sign-in."""
    if not settings.NABIJ_SECOND_FACTOR or KEPT_BY not in settings.MIDDLEWARE:
        yield _("Aanmelden gaat met een wachtwoord alleen: de tweede stap is niet verplicht. Haal NABIJ_DEMO weg.")


ALWAYS: tuple[Check, ...] = (migrations, sealing_keys, roles_of_the_database, walls, trail)
FOR_REAL_FILES: tuple[Check, ...] = (
    debug, demo, session_key, secure_connection, way_to_the_database, backup, second_factor, clock, pages_in_an_hour,
)  # fmt: skip


def _begins_as_key(file: Path) -> bool:
    try:
        if file.stat().st_size > 10_000:
            return False
        return b"AGE-SECRET-KEY-1" in file.read_bytes()
    except OSError:
        return False
