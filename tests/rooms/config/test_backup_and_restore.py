"""The drill: the small town is backed up and put back elsewhere, for other roles, and every table is compared.

All of it as somebody types it, in processes of their own, on a PostgreSQL of this file alone. Then what may go wrong: each
time a sentence, and nothing half done.
"""

import hashlib
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb
from tests.plugin import HASTY
from tests.rooms.installation import BUILD, FLAGS, NABIJ, PUBLIC, SECRET, Place, place, refused

from nabij.config import embedded, keys
from nabij.config.backups import age, archive, making, restoring
from nabij.kernel.refusals import Refusal

pytestmark = pytest.mark.serial
# A restore writes in the trail that it happened, and the worker seals what waited.
GROWS = {"audit_trailevent", "audit_trailcontent", "audit_trailseal", "audit_trailwaiting"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Server]:
    with embedded.running(tmp_path_factory.mktemp("cluster") / "pg", HASTY) as running:
        yield running


@pytest.fixture(scope="module")
def here(server: embedded.Server, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The small town of the demo, with somebody who is signed in and events that wait for their seal."""
    made = place(server, tmp_path_factory.mktemp("hier"), keys.fresh())
    assert made.nabij("migrate").returncode == 0
    done = made.run(sys.executable, "-c", BUILD)
    assert done.returncode == 0, done.stderr
    made.all("insert into django_session values ('sleutel', 'x', now() + interval '1 day')")
    made.all(
        "insert into audit_trailevent (id, municipality_id, kind, actor_id, about, ground, purpose, digest)"
        " select gen_random_uuid(), id, 'x', gen_random_uuid(), E'tab\\t \\\\N nieuwe\\nregel', '', 'é', '' from"
        " territory_municipality"
    )
    return made


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kluis") / "sleutel"
    file.write_text(f"# van het archief\n{SECRET}\n")
    return file


@pytest.fixture(scope="module")
def backup(here: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kopie") / "stad.age"
    done = here.nabij("backup", file)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture
def there(here: Place, tmp_path: Path) -> Place:
    """An empty database, on which roles of another name work, with the keys of then."""
    return place(here.server, tmp_path / "daar", dict(here.keys), "ander")


def test_the_drill(here: Place, there: Place, backup: Path, key: Path) -> None:
    done = there.nabij("restore", backup, "--key", key)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Het spoor is heel." in done.stdout

    assert len(here.tables()) > 35
    assert there.all(FLAGS) == here.all(FLAGS), "tables, walls, policies, guards and constraints are the same"
    for table in sorted(set(here.tables()) - GROWS - {"django_session"}):
        assert there.rows(table) == here.rows(table), table
    assert sum(here.rows("households_person").values()) > 300, "a drill of nothing proves nothing"
    assert there.rows("django_session") == Counter(), "who was signed in signs in again"

    towns = there.all("select id from territory_municipality")
    for table in ("audit_trailevent", "audit_trailcontent"):
        assert not here.rows(table) - there.rows(table), table
        assert sum((there.rows(table) - here.rows(table)).values()) == len(towns), "what happened, once for each town"
    assert not here.rows("audit_trailseal") - there.rows("audit_trailseal")
    assert (here.rows("audit_trailwaiting").total(), there.rows("audit_trailwaiting").total()) == (len(towns), 0)
    assert there.all("select count(*) from audit_trailevent where kind = 'config.restored'") == [(len(towns),)]
    stand = "select sequencename, coalesce(last_value, 0) from pg_sequences where schemaname = 'public' order by 1"
    assert there.all(stand) == here.all(stand)

    verified = there.nabij("audit", "verify")
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stdout + verified.stderr
    assert "De tabellen zijn al bij." in there.nabij("migrate").stdout
    assert there.nabij("audit", "reach").returncode == 0
    assert there.nabij("check").stdout == "In orde.\n"


def test_the_wall_stands_after_a_restore(here: Place, there: Place, backup: Path, key: Path) -> None:
    assert there.nabij("migrate").returncode == 0, "empty tables of a fresh installation are no obstacle"
    done = there.nabij("restore", backup, "--key", key)
    assert done.returncode == 0, done.stderr
    ((worker, town),) = there.all("select worker_id, municipality_id from access_reach where ground = 'lead' limit 1")
    with psycopg.connect(there.addresses.app, autocommit=True) as app:
        assert app.execute("select count(*) from households_household").fetchone() == (0,)
        with app.transaction():
            app.execute("select set_config('nabij.actor', %s, true)", [str(worker)])
            app.execute("select set_config('nabij.municipality', %s, true)", [str(town)])
            (mine,) = app.execute("select count(*) from households_household").fetchone() or (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("delete from audit_trailevent")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("update django_migrations set name = 'x'")
    (every,) = there.all("select count(*) from households_household")[0]
    assert 0 < mine < every
    with psycopg.connect(there.addresses.owner, autocommit=True) as owner:
        assert owner.execute("select count(*) from households_household").fetchone() == (0,)
        owner.execute("set nabij.maintenance = 'on'")
        for attempt in ("update audit_trailevent set about = ''", "truncate audit_trailevent"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(attempt)
    with psycopg.connect(there.addresses.backup, autocommit=True) as reader:
        assert reader.execute("select count(*) from households_household").fetchone() == (every,)


def test_a_backup_of_a_backup_is_the_same(here: Place, there: Place, backup: Path, key: Path, tmp_path: Path) -> None:
    restoring_there = there.nabij("restore", backup, "--key", key)
    assert restoring_there.returncode == 0, restoring_there.stderr
    assert there.nabij("backup", tmp_path / "weer.age").returncode == 0
    (_m, first), (_n, second) = restoring.look(backup, key), restoring.look(tmp_path / "weer.age", key)
    same = {name for name, each in first.tables.items() if name not in GROWS}
    counted = {name: second.tables[name].rows for name in same}
    assert counted == {name: first.tables[name].rows for name in same}


def test_what_is_in_it_and_what_never_is(here: Place, backup: Path, key: Path) -> None:
    with restoring.opened(key=key, file=backup) as pack:
        whole = archive._json(pack.manifest) + b"".join(part for _name, text in pack.tables() for part in text)
        manifest = pack.manifest
    assert b"casework_note" in whole and set(manifest.tables) == set(here.tables()) - set(making.WITHOUT_ROWS)
    for name, secret in here.keys:
        assert secret.encode() not in whole, name
    assert b"sleutel" not in b"".join(line for line in whole.splitlines() if b"django_session" in line)
    assert set(manifest.keys) == {"NABIJ_NOTES_KEY", "NABIJ_TRAIL_KEY"}
    assert backup.stat().st_mode & 0o777 == 0o600
    assert b"territory" not in backup.read_bytes(), "nothing can be read without the key"


def test_it_leaves_a_mark_with_the_digest_of_the_file(here: Place, backup: Path) -> None:
    lines = (here.folder / "backups.log").read_text().splitlines()
    assert any(hashlib.sha256(backup.read_bytes()).hexdigest() in line and line.endswith(" stad.age") for line in lines)


def test_check_reads_it_all_and_changes_nothing(here: Place, backup: Path, key: Path) -> None:
    before = backup.read_bytes()
    done = here.nabij("restore", backup, "--key", key, "--check")
    assert done.returncode == 0 and "Deze back-up is heel: " in done.stdout
    assert backup.read_bytes() == before


def test_a_filled_database_is_refused(here: Place, backup: Path, key: Path) -> None:
    before = {table: here.rows(table) for table in here.tables()}
    assert "Deze database is niet leeg" in refused(here.nabij("restore", backup, "--key", key))
    assert {table: here.rows(table) for table in here.tables()} == before


def test_somebody_elses_table_is_refused_too(there: Place, backup: Path, key: Path) -> None:
    there.all("create table boekhouding (n int); insert into boekhouding values (1)")
    assert "er staat al iets in boekhouding" in refused(there.nabij("restore", backup, "--key", key))
    assert there.tables() == ["boekhouding"]


def cut(file: bytes) -> bytes:
    return file[: len(file) * 2 // 3]


def cut_at_a_seam(file: bytes) -> bytes:
    head = file.index(b"\n", file.index(b"\n--- ") + 1) + 1 + 16
    return file[: head + 2 * (age.PIECE + 16)]


def altered(file: bytes) -> bytes:
    at = len(file) // 2
    return file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]


SPOILED = {
    "cut": (cut, "Deze back-up is niet heel"),
    "cut at a seam": (cut_at_a_seam, "Deze back-up is niet heel"),
    "the last byte is gone": (lambda file: file[:-1], "Deze back-up is niet heel"),
    "altered": (altered, "Deze back-up is niet heel"),
    "not a backup": (lambda file: b"PK" + file, "geen back-up van Nabij"),
    "empty": (lambda file: b"", "geen back-up van Nabij"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_file_is_refused_and_nothing_is_half_done(
    there: Place, backup: Path, key: Path, tmp_path: Path, what: str
) -> None:
    spoil, sentence = SPOILED[what]
    file = tmp_path / "bedorven.age"
    file.write_bytes(spoil(backup.read_bytes()))
    assert sentence in refused(there.nabij("restore", file, "--key", key))
    assert there.tables() == []
    assert there.all("select count(*) from pg_proc where pronamespace = 'public'::regnamespace"
                     " and proname like 'audit%'") == [(0,)]  # fmt: skip
    with pytest.raises(Refusal, match=sentence):
        restoring.look(file, key)


def test_the_wrong_key_is_refused(there: Place, backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "andere"
    other.write_text(age.new_key()[1])
    assert "past niet op deze back-up" in refused(there.nabij("restore", backup, "--key", other))
    other.write_text("geheim")
    assert "geen geheime sleutel" in refused(there.nabij("restore", backup, "--key", other))
    assert "--key" in refused(there.nabij("restore", backup, "--key", tmp_path / "nergens"))
    other.write_text(SECRET)
    assert "kan niet gelezen worden" in refused(there.nabij("restore", tmp_path / "nergens", "--key", other))
    assert there.tables() == []


def test_other_keys_of_the_installation_are_refused_until_they_are_said_to_be_lost(
    here: Place, backup: Path, key: Path, tmp_path: Path
) -> None:
    there = place(here.server, tmp_path / "nieuw", keys.fresh(), "ander")
    said = refused(there.nabij("restore", backup, "--key", key))
    assert "NABIJ_NOTES_KEY / NABIJ_TRAIL_KEY is hier een andere sleutel" in said
    assert there.tables() == []
    rotated = dict(here.keys) | {
        "NABIJ_NOTES_KEY": keys.fresh()["NABIJ_NOTES_KEY"] + "," + dict(here.keys)["NABIJ_NOTES_KEY"]
    }
    assert (
        making.fingerprints(rotated)["NABIJ_NOTES_KEY"][1:] == making.fingerprints(dict(here.keys))["NABIJ_NOTES_KEY"]
    )
    done = there.nabij("restore", backup, "--key", key, "--lost-keys")
    sealed = here.all("select (select count(sealed_text) from casework_note) + (select count(*) from access_draft)")[0][
        0
    ]
    assert sealed > 0 and f"Met geen sleutel van hier gaan open: {sealed} verzegelde teksten" in done.stderr
    assert (done.returncode, "zonder de sleutel" in done.stderr) == (1, True), "it does not call that trail whole"
    assert there.rows("households_person") == here.rows("households_person")


def repacked(backup: Path, key: Path, into: Path, **changed: object) -> Path:
    """A backup with another manifest, made as its maker would."""
    with restoring.opened(backup, key) as pack, into.open("wb") as out:
        age.seal(_repacked(pack, replace(pack.manifest, **changed)), out, age.public_keys(PUBLIC))
    return into


def _repacked(pack: archive.Unpacking, manifest: archive.Manifest) -> Iterator[bytes]:
    packing = archive.Packing()
    yield from packing.manifest(manifest)
    for name, text in pack.tables():
        yield from packing.table(name, text)
    packing.sums.tables, packing.sums.sequences = pack.sums.tables, pack.sums.sequences
    yield from packing.finish()


def test_a_newer_version_is_refused(there: Place, backup: Path, key: Path, tmp_path: Path) -> None:
    manifest, _sums = restoring.look(backup, key)
    later = [*manifest.migrations, ("casework", "9999_what_nobody_knows")]
    file = repacked(backup, key, tmp_path / "nieuwer.age", nabij="9.9", migrations=later)
    said = refused(there.nabij("restore", file, "--key", key))
    assert "van een nieuwere Nabij (9.9)" in said and "casework.9999_what_nobody_knows" in said
    file = repacked(backup, key, tmp_path / "later.age", nabij="9.9", format=2)
    assert "van een nieuwere Nabij (9.9)" in refused(there.nabij("restore", file, "--key", key))
    assert there.tables() == []


def test_columns_that_are_not_ours_are_refused(there: Place, backup: Path, key: Path, tmp_path: Path) -> None:
    manifest, _sums = restoring.look(backup, key)
    tables = manifest.tables | {"casework_note": [*manifest.tables["casework_note"], "geheim"]}
    file = repacked(backup, key, tmp_path / "vreemd.age", tables=tables)
    assert "zijn niet die van deze Nabij" in refused(there.nabij("restore", file, "--key", key))
    assert there.tables() == []


OLDER = """
import django; django.setup()
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from nabij.config import roles
with connections["owner"].cursor() as cursor:
    cursor.execute("set nabij.maintenance = 'on'")
MigrationExecutor(connections["owner"]).migrate([("access", "0003_indexes_that_help")])
roles.let_backup_read(roles.Addresses.from_environment())
"""
LONG_THERE = (
    "territory_municipality", "territory_neighbourhood", "territory_centre",
    "access_user", "access_team", "access_post", "access_basis",
)  # fmt: skip


def test_an_older_backup_is_brought_up_to_date(here: Place, there: Place, key: Path, tmp_path: Path) -> None:
    old = place(here.server, tmp_path / "oud", dict(here.keys))
    done = old.run(sys.executable, "-c", OLDER)
    assert done.returncode == 0, done.stderr
    assert "access_user" in old.tables() and "households_person" not in old.tables()
    assert old.all("select count(*) from access_reach") == [(0,)]
    then = {table: carried_over(here, old, table) for table in LONG_THERE}
    assert old.nabij("backup", tmp_path / "oud.age").returncode == 0
    done = there.nabij("restore", tmp_path / "oud.age", "--key", key)
    assert done.returncode == 0, done.stderr
    assert there.all(FLAGS) == here.all(FLAGS)
    for table, question in then.items():
        rows = sorted(map(str, old.all(question)))
        assert rows and sorted(map(str, there.all(question))) == rows, table
    assert there.all("select count(*) from access_reach where ground = 'lead'")[0][0] > 50, (
        "the rule of today, for rows of then"
    )
    assert there.nabij("audit", "reach").returncode == 0
    assert "De tabellen zijn al bij." in there.nabij("migrate").stdout


# What django-allauth left in an installation of before it went, as the owner made it.
ALLAUTH = """
create table account_emailaddress (id int generated by default as identity primary key, email varchar(254) not null,
  verified bool not null, "primary" bool not null,
  user_id uuid not null references access_user deferrable initially deferred);
create table account_emailconfirmation (id int generated by default as identity primary key,
  created timestamptz not null, sent timestamptz, key varchar(64) not null unique,
  email_address_id int not null references account_emailaddress deferrable initially deferred);
alter table account_emailaddress enable row level security;
alter table account_emailaddress force row level security;
create policy maintenance on account_emailaddress using ((select current_setting('nabij.maintenance', true)) = 'on');
insert into django_migrations (app, name, applied) values ('account', '0001_initial', now()),
  ('account', '0009_emailaddress_unique_primary_email', now());
insert into django_content_type (app_label, model) values ('account', 'emailaddress'), ('account', 'emailconfirmation');
insert into auth_permission (name, content_type_id, codename)
  select 'x', id, 'add_' || model from django_content_type where app_label = 'account'
"""
WITH_ALLAUTH = OLDER.replace(
    '[("access", "0003_indexes_that_help")]',
    '[("signin", "0004_what_is_over"), ("contenttypes", "0002_remove_content_type_name"),'
    ' ("auth", "0012_alter_user_first_name_max_length")]',
)


def test_what_allauth_left_goes_and_an_older_backup_still_comes_back(
    here: Place, there: Place, key: Path, tmp_path: Path
) -> None:
    old = place(here.server, tmp_path / "oud", dict(here.keys))
    done = old.run(sys.executable, "-c", WITH_ALLAUTH)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(old.addresses.owner, autocommit=True) as owner:
        owner.execute(ALLAUTH)
    for table in ("territory_municipality", "access_user"):
        carried_over(here, old, table)
    old.all("insert into account_emailaddress (email, verified, \"primary\", user_id)"
            " select email, true, true, id from access_user")  # fmt: skip
    old.all("grant select on all tables in schema public to nabij_backup")
    old.all("grant select on all sequences in schema public to nabij_backup")
    assert old.nabij("backup", tmp_path / "oud.age").returncode == 0
    done = there.nabij("restore", tmp_path / "oud.age", "--key", key)
    assert done.returncode == 0, done.stderr
    assert old.nabij("migrate").returncode == 0
    for each in (old, there):
        assert each.all(FLAGS) == here.all(FLAGS)
        assert each.all("select 1 from django_migrations where app = 'account'") == []
        assert each.all("select 1 from django_content_type where app_label = 'account'") == []
        assert each.rows("access_user") == here.rows("access_user")
        assert "De tabellen zijn al bij." in each.nabij("migrate").stdout


def carried_over(here: Place, old: Place, table: str) -> str:
    """Copy the columns of then, and return the question for them; others came since."""
    with psycopg.connect(old.server.url("postgres", old.name)) as link:
        columns = ", ".join(making.columns(link)[table])
    question = f"select {columns} from {table}"
    if table == "access_basis":  # what no version of then could hold
        question += " where ground not in ('emergency', 'adviser')"
    for row in here.all(question):
        old.all(f"insert into {table} ({columns}) values ({', '.join(['%s'] * len(row))})", *map(plain, row))
    return question


def plain(value: object) -> object:
    return Jsonb(value) if isinstance(value, dict) else value


def test_a_backup_is_one_moment(here: Place, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = here.rows("django_content_type").total()
    copy = making._text

    def while_somebody_writes(link: Any, table: str) -> Any:
        if table == "access_basis":  # the first one
            here.all("insert into django_content_type (app_label, model) values ('intussen', 'x')")
        return copy(link, table)

    monkeypatch.setattr(making, "_text", while_somebody_writes)
    monkeypatch.setenv("NABIJ_VAR", str(tmp_path))
    making.back_up(here.addresses, tmp_path / "b.age", now=datetime.now(UTC), keys=here.environment)
    here.all("delete from django_content_type where app_label = 'intussen'")
    _manifest, sums = restoring.look(tmp_path / "b.age", key)
    assert sums.tables["django_content_type"].rows == before


def nothing_in(folder: Path) -> bool:
    return not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize("to", ["", "age1fout", SECRET], ids=["none", "broken", "secret"])
def test_without_a_good_public_key_there_is_no_backup(here: Place, tmp_path: Path, to: str) -> None:
    said = refused(here.nabij("backup", tmp_path / "uit" / "b.age", NABIJ_BACKUP_TO=to))
    assert "NABIJ_BACKUP_TO" in said and "nabij backup --new-key" in said
    assert SECRET not in said
    assert nothing_in(tmp_path / "uit")


def test_a_backup_is_never_overwritten(here: Place, backup: Path) -> None:
    before = backup.read_bytes()
    assert "nooit overschreven" in refused(here.nabij("backup", backup))
    assert backup.read_bytes() == before


def test_a_folder_that_cannot_be_written_or_a_full_disk_is_said(here: Place, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    assert "kan niet geschreven worden" in refused(here.nabij("backup", tmp_path / "bestand" / "b.age"))

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = here.run(*NABIJ, "backup", str(tmp_path / "uit" / "b.age"), preexec_fn=full)
    assert "kan niet geschreven worden" in refused(done) and "niets half" in done.stderr
    assert nothing_in(tmp_path / "uit")


def test_a_role_that_sees_too_little_makes_no_smaller_backup(here: Place, tmp_path: Path) -> None:
    file = tmp_path / "uit" / "b.age"
    here.all("alter role nabij_backup nobypassrls")
    try:
        assert "ziet niet alle rijen" in refused(here.nabij("backup", file))
    finally:
        here.all("alter role nabij_backup bypassrls")
    here.all("revoke select on casework_note from nabij_backup")
    try:
        assert "mag de tabel casework_note niet lezen" in refused(here.nabij("backup", file))
    finally:
        here.all("grant select on casework_note to nabij_backup")
    assert nothing_in(tmp_path / "uit")


def test_two_at_once_is_one_too_many(here: Place, tmp_path: Path) -> None:
    with psycopg.connect(here.addresses.backup, autocommit=True) as other:
        other.execute(f"select pg_advisory_lock({making.BUSY})")
        assert "Er wordt al een back-up gemaakt" in refused(here.nabij("backup", tmp_path / "uit" / "b.age"))
    assert nothing_in(tmp_path / "uit")


def test_before_there_are_tables_there_is_nothing_to_back_up(there: Place, tmp_path: Path) -> None:
    assert "nabij migrate" in refused(there.nabij("backup", tmp_path / "uit" / "b.age"))
    assert nothing_in(tmp_path / "uit")


def test_a_new_key_is_for_its_owner_alone_and_never_overwrites(there: Place, tmp_path: Path) -> None:
    file = tmp_path / "sleutel"
    done = there.nabij("backup", "--new-key", file)
    assert done.returncode == 0, done.stderr
    (public,) = [line.removeprefix("NABIJ_BACKUP_TO=") for line in done.stdout.splitlines() if "age1" in line]
    assert file.stat().st_mode & 0o777 == 0o600 and "AGE-SECRET-KEY-1" not in done.stdout
    (secret,) = age.secret_keys(file.read_text())
    assert public == str(secret.to_public())
    before = file.read_text()
    assert "nooit overschreven" in refused(there.nabij("backup", "--new-key", file))
    assert file.read_text() == before
