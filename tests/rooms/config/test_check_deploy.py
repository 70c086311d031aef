"""`nabij check --deploy` refuses an unsafe installation, each danger in a sentence of its own; a safe one it lets pass."""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from tests.plugin import HASTY
from tests.rooms.installation import SECRET, Place, place

from nabij.config import deploying, embedded, keys, roles

pytestmark = pytest.mark.serial
SAFE = {"NABIJ_HOSTS": "nabij.testegem.example", "NABIJ_DEBUG": "", "NABIJ_TLS": "1", "NABIJ_BACKUP_FOLDER": ""}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Server]:
    with embedded.running(tmp_path_factory.mktemp("cluster") / "pg", HASTY) as running:
        yield running


@pytest.fixture(scope="module")
def here(server: embedded.Server, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A municipality that begins: tables, a backup, and nobody in it."""
    made = place(server, tmp_path_factory.mktemp("hier"), keys.fresh())
    for words in (
        ["migrate"],
        ["municipality", "create", "Testegem", "--nis", "99999"],
        ["backup"],
        ["worker", "--once"],
    ):
        done = made.nabij(*words)
        assert done.returncode == 0, done.stdout + done.stderr
    return made


def sentences(here: Place, *, deploy: bool = True, **extra: str) -> list[str]:
    """What it finds wrong here."""
    done = here.nabij("check", *["--deploy"] * deploy, **SAFE | extra)
    assert (done.returncode, done.stderr) in ((0, ""), (1, "")), done.stderr
    assert (done.returncode == 0) == done.stdout.startswith("In orde"), done.stdout
    return done.stdout.splitlines() if done.returncode else []


def test_a_safe_installation_passes(here: Place) -> None:
    done = here.nabij("check", "--deploy", **SAFE)
    assert (done.returncode, done.stdout) == (0, "In orde: hier mogen echte dossiers in.\n")


def one_of(said: list[str], words: str) -> bool:
    return len([line for line in said if words in line]) == 1


def test_debug_demo_and_open_doors(here: Place) -> None:
    said = sentences(here, NABIJ_DEBUG="1", NABIJ_DEMO="1", NABIJ_SECOND_FACTOR="", NABIJ_HOSTS="*")
    dangers = ("Foutopsporing staat aan", "Dit is de demo", "Nabij dwingt geen https af", "antwoordt op elke naam")
    for words in (*dangers, "de tweede stap is niet verplicht"):
        assert one_of(said, words), (words, said)
    said = sentences(here, NABIJ_TLS="0", NABIJ_HOSTS="localhost")
    assert len(said) == 2 and one_of(said, "NABIJ_TLS=0") and one_of(said, "NABIJ_HOSTS noemt geen naam"), said


def test_accounts_of_the_demo(here: Place) -> None:
    here.all(
        "insert into access_user (id, password, is_active, email, name, phone, languages, municipality_id, demo_function)"
        " select gen_random_uuid(), '', true, 'an@example.org', 'An', '', '{}', id, 'social_worker' from territory_municipality"
    )
    try:
        assert one_of(sentences(here), "Er zijn 1 accounts van de demo")
        here.all("update access_user set is_active = false")
        assert sentences(here) == []
    finally:
        here.all("delete from access_user")


SAME = Fernet.generate_key().decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"NABIJ_SECRET_KEY": "geheim"}, "NABIJ_SECRET_KEY is te zwak"),
        ({"NABIJ_SECRET_KEY": "django-insecure-" + "abcdefghijklmnopqrstuvwxyz0123456789"}, "NABIJ_SECRET_KEY is te zwak"),
        ({"NABIJ_TRAIL_KEY": "00" * 32}, "NABIJ_TRAIL_KEY is te zwak"),
        ({"NABIJ_TRAIL_KEY": "ab12"}, "NABIJ_TRAIL_KEY is te zwak"),
        ({"NABIJ_NOTES_KEY": "geheim"}, "NABIJ_NOTES_KEY is geen goede sleutel"),
        ({"NABIJ_NOTES_KEY": base64.urlsafe_b64encode(bytes(32)).decode()}, "NABIJ_NOTES_KEY is geen goede sleutel"),
        ({"NABIJ_NOTES_KEY": f"{SAME},{SAME}"}, "NABIJ_NOTES_KEY is geen goede sleutel"),
        ({"NABIJ_NOTES_KEY": SAME, "NABIJ_SECRET_KEY": SAME}, "Twee sleutels zijn dezelfde"),
    ],
)  # fmt: skip
def test_weak_keys(here: Place, given: dict[str, str], words: str) -> None:
    said = sentences(here, **given)
    assert len(said) == 1 and words in said[0], said
    assert not any(key in "".join(said) for key in given.values() if len(key) > 20), "a key is never shown"


def test_a_key_that_is_not_there(here: Place) -> None:
    said = sentences(here, NABIJ_NOTES_KEY="", NABIJ_TRAIL_KEY="")
    assert said == [line for line in said if "ontbreekt" in line] and len(said) == 2


def test_a_connection_of_a_superuser(here: Place) -> None:
    superuser = here.server.url("postgres", here.name)
    assert one_of(sentences(here, DATABASE_URL=superuser), "DATABASE_URL kan te veel: beheerder van de server")
    assert one_of(sentences(here, DATABASE_OWNER_URL=superuser), "DATABASE_OWNER_URL is beheerder van de server")


@pytest.mark.parametrize(
    ("give", "take", "words"),
    [
        ("alter role nabij_app bypassrls", "alter role nabij_app nobypassrls", "voorbij de muur"),
        ("alter role nabij_trail createrole", "alter role nabij_trail nocreaterole", "rollen maken"),
        ("grant nabij_owner to nabij_app", "revoke nabij_owner from nabij_app", "eigenaar van de tabellen"),
        (
            "alter table casework_note disable row level security",
            "alter table casework_note enable row level security",
            "De muur rond deze tabellen staat open: casework_note",
        ),
        (
            "alter table audit_trailevent disable trigger never",
            "alter table audit_trailevent enable trigger never",
            "De bewaker never van audit_trailevent staat uit",
        ),
    ],
)
def test_roles_walls_and_guards(here: Place, give: str, take: str, words: str) -> None:
    here.all(give)
    try:
        said = sentences(here)
        assert len(said) == 1 and words in said[0], said
        assert sentences(here, deploy=False) == said, "a demo must be so too"
    finally:
        here.all(take)


def test_no_backup_in_a_day(here: Place, tmp_path: Path) -> None:
    marks = here.folder / "backups.log"
    kept = marks.read_text()
    try:
        then = datetime.now(UTC) - timedelta(hours=25)
        marks.write_text(re.sub(r"^\S+", then.isoformat(timespec="seconds"), kept))
        said = sentences(here)
        assert len(said) == 1 and "De laatste back-up is ouder dan een dag: " in said[0], said
        marks.write_text(kept.replace("-plaats", "-elders"))
        said = sentences(here)
        assert len(said) == 1 and "Er is nog nooit een back-up gemaakt" in said[0], "of another database does not count"
        marks.unlink()
        said = sentences(here, NABIJ_BACKUP_TO="")
        assert len(said) == 2 and one_of(said, "Er is geen sleutel voor de back-up"), said
    finally:
        marks.write_text(kept)
    assert sentences(here) == []


def test_secrets_that_lie_about(here: Place) -> None:
    beside, open_file = here.folder / "sleutel", here.folder / "keys.json"
    beside.write_text(f"{SECRET}\n")
    beside.chmod(0o600)
    open_file.write_text("{}")
    open_file.chmod(0o644)
    try:
        said = sentences(here)
        assert one_of(said, "De geheime sleutel van de back-up staat op deze server") and one_of(said, "Anderen kunnen")
        assert SECRET not in "".join(said)
    finally:
        beside.unlink()
        open_file.unlink()


def test_tables_of_before_and_a_trail_that_nobody_looks_after(here: Place) -> None:
    here.all("alter table django_migrations rename to elders")
    try:
        assert any("De tabellen zijn niet bij" in line for line in sentences(here))
    finally:
        here.all("alter table elders rename to django_migrations")
    here.all("set session_replication_role = replica; update audit_trailcheck set at = at - interval '3 days'")
    assert one_of(sentences(here), "Het spoor is al twee dagen niet nagekeken")
    assert here.nabij("worker", "--once").returncode == 0
    assert sentences(here) == []


def test_a_database_that_is_not_there_is_said(here: Place) -> None:
    done = here.nabij("check", "--deploy", **SAFE | {"DATABASE_OWNER_URL": here.addresses.owner + "x"})
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr


@pytest.mark.parametrize(("value", "refused"), [(False, 1), (True, 0)])
def test_no_second_factor(settings: Any, value: bool, refused: int) -> None:
    settings.NABIJ_SECOND_FACTOR = value
    assert len(list(deploying.second_factor(None))) == refused  # type: ignore[arg-type]  # it asks the database nothing


def test_a_second_factor_that_nothing_keeps(settings: Any) -> None:
    settings.NABIJ_SECOND_FACTOR = True
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "signin" not in each]
    assert len(list(deploying.second_factor(None))) == 1  # type: ignore[arg-type]


FAR = "postgresql://nabij_app:x@db.testegem.example/nabij"


class Elsewhere:
    """A database on another machine, of which the clock and the connection are as told."""

    def __init__(self, *, encrypted: bool = True, clock: timedelta = timedelta(0), address: str = FAR) -> None:
        self.encrypted, self.clock = encrypted, clock
        self.addresses = SimpleNamespace(**dict.fromkeys(roles.VARIABLES, address))

    def ask(self, role: str, question: str) -> list[tuple[Any, ...]]:
        if "clock_timestamp" in question:
            return [(datetime.now(UTC) + self.clock,)]
        return [("10.1.2.3", self.encrypted)]


@pytest.mark.parametrize(
    ("encrypted", "mode", "words"),
    [
        (False, "", "is niet versleuteld"),
        (True, "?sslmode=require", "kijkt niet na met welke database"),
        (True, "", "kijkt niet na met welke database"),
        (True, "?sslmode=verify-full&sslrootcert=system", ""),
    ],
)
def test_a_database_elsewhere_is_reached_by_tls_and_is_that_one(encrypted: bool, mode: str, words: str) -> None:
    said = list(deploying.way_to_the_database(Elsewhere(encrypted=encrypted, address=FAR + mode)))  # type: ignore[arg-type]
    assert len(said) == (4 if words else 0)
    assert all(words in line for line in said)


@pytest.mark.parametrize(
    ("seconds", "apart"), [(0, False), (4, False), (-4, False), (7, True), (-7, True), (3600, True)]
)
def test_clocks_that_differ(seconds: int, apart: bool) -> None:
    said = list(deploying.clock(Elsewhere(clock=timedelta(seconds=seconds))))  # type: ignore[arg-type]
    assert bool(said) == apart
    assert not apart or f"verschillen {abs(seconds)} seconden" in said[0]


def test_no_limit_on_pages(here: Place) -> None:
    assert one_of(sentences(here, NABIJ_PAGES_PER_HOUR="0"), "Zet NABIJ_PAGES_PER_HOUR op 1500")


def test_looking_from_outside_says_what_is_wrong_there(here: Place) -> None:
    done = here.nabij("check", "--address", "https://nabij.testegem.invalid/", **SAFE)
    assert done.returncode == 1
    assert "nabij.testegem.invalid is van hier niet te bereiken" in done.stdout
    done = here.nabij("check", "--address", "http://nabij.testegem.example/", **SAFE)
    assert done.returncode == 1 and "met https" in done.stdout + done.stderr and "Traceback" not in done.stderr
