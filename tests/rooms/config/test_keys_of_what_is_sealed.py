"""The keys of what is sealed: nothing of it stands anywhere in the open, a key is replaced, a key is lost, a copy brings it back.

As whoever runs an installation does it: `nabij keys …` and a changed environment, on a PostgreSQL of this file alone.
"""

import base64
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from psycopg import sql
from tests.plugin import HASTY
from tests.rooms.installation import SECRET, Place, place, refused
from tests.rooms.sealed_at_an_installation import SEALED, SHARED

from nabij.config import embedded, keys

pytestmark = pytest.mark.serial
ROOT = str(Path(__file__).parents[3])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Server]:
    with embedded.running(tmp_path_factory.mktemp("cluster") / "pg", HASTY) as running:
        yield running


@pytest.fixture(scope="module")
def begun(server: embedded.Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, dict[str, str]]:
    """An installation in which somebody wrote under a seal in every way there is, and who that was."""
    made = place(server, tmp_path_factory.mktemp("hier"), keys.fresh())
    assert made.nabij("migrate").returncode == 0
    return made, at(made, "write")


def at(where: Place, *words: str) -> dict[str, Any]:
    done = where.run(
        sys.executable, "-m", "tests.rooms.sealed_at_an_installation", *words,
        NABIJ_DEMO="1", NABIJ_SECOND_FACTOR="1", PYTHONPATH=os.pathsep.join([ROOT, os.environ.get("PYTHONPATH", "")]),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def read(where: Place, written: dict[str, str]) -> dict[str, Any]:
    """What its author finds; she keeps the secret of the app that she set up on the way."""
    found = at(where, "read", *(written[name] for name in ("worker", "home", "note", "secret")))
    written["secret"] = found.pop("secret", written["secret"])
    return found


ALL = "1 notities, 1 concepten, 2 tweede stappen"
OPEN = {"in": True, "answers": [200, 200, 200], "note": True, "draft": True, "sentence": False}
CLOSED = {"in": True, "answers": [200, 200, 200], "note": False, "draft": False, "sentence": True}


def with_notes_key(where: Place, *names: str) -> Place:
    return replace(where, keys=tuple((dict(where.keys) | {"NABIJ_NOTES_KEY": ",".join(names)}).items()))


def new_key(where: Place) -> str:
    done = where.nabij("keys", "new", "NABIJ_NOTES_KEY")
    name, _equals, key = done.stdout.strip().partition("=")
    assert (done.returncode, name) == (0, "NABIJ_NOTES_KEY")
    Fernet(key)
    return key


@pytest.fixture
def here(begun: tuple[Place, dict[str, str]]) -> Place:
    return begun[0]


@pytest.fixture
def written(begun: tuple[Place, dict[str, str]]) -> dict[str, str]:
    assert (begun[1]["answers"], begun[1]["read"]) == ("[302, 302, 302, 422, 200, 200, 302]", "True")
    return begun[1]


# Nowhere in the open


def disguises(word: str) -> Iterator[bytes]:
    """A word as it may stand in a dump: plain, wide, in hexadecimal, in base64 wherever it begins."""
    for plain in (word.encode(), word.encode("utf-16-le")):
        yield plain
        yield plain.hex().encode()
        for skipped in range(3):
            whole = base64.b64encode(b"\0" * skipped + plain)
            yield whole[4 if skipped else 0 : len(whole) - 4]


def dump(where: Place) -> dict[str, bytes]:
    """Every table: its rows as text, and beside it each column of bytes as it is."""
    found = {}
    for table in where.tables():
        named = sql.Identifier(table)
        rows = [text for (text,) in where.all(sql.SQL("select t::text from public.{} t").format(named).as_string())]
        columns = where.all(
            "select attname, format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and not attisdropped", f"public.{table}",
        )  # fmt: skip
        raw = [
            bytes(value)
            for column, kind in columns if kind == "bytea"
            for (value,) in where.all(sql.SQL("select {} from public.{}").format(sql.Identifier(column), named).as_string())
            if value is not None
        ]  # fmt: skip
        found[table] = "\n".join(rows).encode() + b"\n" + b"\n".join(raw)
    return found


def places_with(word: str, texts: dict[str, bytes]) -> set[str]:
    return {name for name, text in texts.items() if any(shape in text for shape in disguises(word))}


def test_a_dump_of_every_table_has_no_word_of_it(here: Place, written: dict[str, str]) -> None:
    tables = dump(here)
    assert len(tables) > 35
    assert {"casework_note", "access_draft", "audit_trailcontent", "django_session"} <= set(tables)
    assert places_with(SHARED, tables) == {"casework_note"}, (
        "what the team reads is found, so this would find the other"
    )
    assert tables["access_draft"].count(b"gAAAA") and b"casework.note_written" in tables["audit_trailevent"]
    for word in [*SEALED.values(), written["secret"]]:
        assert places_with(word, tables) == set(), word


def test_nor_have_the_files_of_the_server_its_log_and_the_folder(here: Place, written: dict[str, str]) -> None:
    here.all("checkpoint")
    roots = [here.server.data, here.folder]
    files = {str(file): file.read_bytes() for root in roots for file in root.rglob("*") if file.is_file()}
    assert len(files) > 500
    assert places_with(SHARED, files)
    for word in SEALED.values():
        assert places_with(word, files) == set(), word
    for name, key in here.keys:
        assert not [file for file, text in files.items() if key.encode() in text], name


# Another key


def test_a_new_key_each_time_and_nothing_changes(here: Place) -> None:
    assert new_key(here) != new_key(here)
    every = here.nabij("keys", "new").stdout.splitlines()
    assert [line.partition("=")[0] for line in every] == list(keys.NAMES)


def test_replacing_the_key(here: Place, written: dict[str, str]) -> None:
    old, new = dict(here.keys)["NABIJ_NOTES_KEY"], new_key(here)
    before, stamp = here.rows("casework_note"), "select id, xmin::text from casework_note where sealed_text is null"
    others, events = here.all(stamp), here.rows("audit_trailevent")
    both = with_notes_key(here, new, old)
    said = both.nabij("keys", "check").stdout
    assert "Nog niet weghalen" in said and said.count("Sleutel") == 2, said
    assert read(both, written) == OPEN

    done = both.nabij("keys", "rotate")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "Opnieuw verzegeld met sleutel" in done.stdout and ALL in done.stdout
    assert here.rows("casework_note") != before
    assert here.all(stamp) == others, "what is not sealed is not touched"
    assert not events - here.rows("audit_trailevent")
    told = here.all(
        "select e.kind, c.content from audit_trailevent e join audit_trailcontent c on c.event_id = e.id"
        " where e.kind = 'config.resealed' order by c.content::text"
    )
    assert told == [
        ("config.resealed", {"access_draft": 1}),
        ("config.resealed", {"casework_note": 1}),
        ("config.resealed", {"signin_factor": 2}),
    ]

    after = here.rows("casework_note")
    again = both.nabij("keys", "rotate")
    assert "Alles was al verzegeld met de nieuwste sleutel" in again.stdout
    assert here.rows("casework_note") == after
    assert here.all("select count(*) from audit_trailevent where kind = 'config.resealed'") == [(3,)]
    said = both.nabij("keys", "check")
    assert said.returncode == 0 and "Ze verzegelt hier niets meer" in said.stdout

    alone = with_notes_key(here, new)
    assert read(alone, written) == OPEN, "the old key is not needed any more"
    assert f"gaan open: {ALL}" in here.nabij("keys", "check").stderr, "nor does it open anything"
    for output in (done, again, said):
        assert new not in output.stdout + output.stderr and old not in output.stdout + output.stderr
    for word in SEALED.values():
        assert places_with(word, dump(here)) == set()
    assert alone.nabij("audit", "seal").returncode == 0 and alone.nabij("audit", "verify").returncode == 0

    back = with_notes_key(here, old, new).nabij("keys", "rotate")
    assert back.returncode == 0, back.stderr
    assert read(here, written) == OPEN


STOPPED = """
import django; django.setup()
from nabij.config import resealing
from nabij.kernel import secrets
resealing.BATCH = 3
again, count = resealing._again, [0]
def stop(*given):
    count[0] += 1
    if count[0] == 8:
        raise KeyboardInterrupt
    return again(*given)
resealing._again = stop
resealing.reseal()
"""


def test_who_is_interrupted_goes_on_where_it_stopped(here: Place, written: dict[str, str]) -> None:
    old, new = dict(here.keys)["NABIJ_NOTES_KEY"], new_key(here)
    here.all(
        "insert into casework_note (id, municipality_id, household_id, kind, text, sealed_text, about_on, written_at, written_by)"
        " select gen_random_uuid(), municipality_id, household_id, kind, text, sealed_text, about_on, written_at, written_by"
        " from casework_note, generate_series(1, 11) where sealed_text is not null"
    )
    both = with_notes_key(here, new, old)
    events = "select coalesce(sum((c.content->>'casework_note')::int), 0) from audit_trailcontent c" \
             " join audit_trailevent e on e.id = c.event_id where e.kind = 'config.resealed'"  # fmt: skip
    ((told,),) = here.all(events)
    try:
        assert both.run(sys.executable, "-c", STOPPED).returncode != 0
        assert here.all(events) == [(told + 6,)], (
            "two batches of three, each with its event; the third as if it never began"
        )
        said = both.nabij("keys", "check").stdout
        assert (
            "6 notities" in said.splitlines()[0] and "6 notities, 1 concepten, 2 tweede stappen" in said.splitlines()[1]
        ), said
        assert read(both, written) == OPEN
        assert "6 notities, 1 concepten, 2 tweede stappen" in both.nabij("keys", "rotate").stdout
        assert here.all(events) == [(told + 12,)]
        assert read(with_notes_key(here, new), written) == OPEN
    finally:
        assert with_notes_key(here, old, new).nabij("keys", "rotate").returncode == 0
        here.all("delete from casework_note where sealed_text is not null and id <> %s", written["note"])


def test_keys_that_are_none_or_twice_are_refused(here: Place) -> None:
    before, old = here.rows("casework_note"), dict(here.keys)["NABIJ_NOTES_KEY"]
    for wrong in (["geheim", old], [old, ""], [old, old], [base64.urlsafe_b64encode(bytes(32)).decode()]):
        for command in ("check", "rotate"):
            said = refused(with_notes_key(here, *wrong).nabij("keys", command))
            assert "NABIJ_NOTES_KEY is geen goede sleutel" in said and old not in said
    assert here.rows("casework_note") == before


# A key is lost


def test_a_lost_key_and_the_copy_that_was_kept_apart(here: Place, written: dict[str, str], tmp_path: Path) -> None:
    """The rehearsal: the server burns, its environment with it. What is left is a backup, and (or not) a copy of the key."""
    backup, key, kept = tmp_path / "b.age", tmp_path / "sleutel", dict(here.keys)["NABIJ_NOTES_KEY"]
    key.write_text(SECRET)
    assert here.nabij("backup", backup).returncode == 0
    fresh = keys.fresh()["NABIJ_NOTES_KEY"]
    there = with_notes_key(place(here.server, tmp_path / "daar", dict(here.keys), "ander"), fresh)

    assert "NABIJ_NOTES_KEY is hier een andere sleutel" in refused(there.nabij("restore", backup, "--key", key))
    done = there.nabij("restore", backup, "--key", key, "--lost-keys")
    assert done.returncode == 0 and "gaan open: 4 verzegelde teksten. Ze blijven bewaard" in done.stderr, done.stderr

    # With a copy: it goes behind the new one, and everything opens.
    found = with_notes_key(there, fresh, kept)
    assert read(found, written) == OPEN

    # Without: who has an app reads why she cannot sign in, and sets up another once hers is taken away.
    stopped = read(there, written)
    assert stopped["in"] is False and "Je tweede stap is hier niet meer na te kijken" in stopped["why"]
    account = ["--municipality", written["slug"], "--email", written["email"]]
    assert there.nabij("user", "reset-factor", *account).returncode == 0
    # What was sealed stays closed and stays there; all else is whole, and goes on.
    assert read(there, written) == CLOSED
    assert there.rows("casework_note") == here.rows("casework_note")
    for command in ("check", "rotate"):
        said = there.nabij("keys", command)
        assert said.returncode == 1 and "Met geen sleutel van hier gaan open: 1 notities, 1 concepten." in said.stderr
    assert there.rows("casework_note") == here.rows("casework_note"), "what cannot be opened is not touched"
    assert "De laatste verzegelde notitie gaat niet open" in there.nabij("check").stdout
    later = at(there, "write")
    assert later["read"] == "True" and read(there, later) == OPEN, "what is written now is sealed with the new key"
    assert "De laatste verzegelde notitie" not in there.nabij("check").stdout

    # The copy is found after all: old and new open.
    assert read(found, written) == OPEN and read(found, later) == OPEN
    assert found.nabij("keys", "rotate").returncode == 0
    assert read(there, written) == OPEN, "and after that the new key alone is enough"
    assert there.nabij("keys", "check").returncode == 0


def test_no_key_is_in_the_backup(here: Place, tmp_path: Path) -> None:
    from nabij.config.backups import archive, restoring

    backup, key = tmp_path / "b.age", tmp_path / "sleutel"
    key.write_text(SECRET)
    assert (
        with_notes_key(here, new_key(here), dict(here.keys)["NABIJ_NOTES_KEY"]).nabij("backup", backup).returncode == 0
    )
    with restoring.opened(backup, key) as pack:
        manifest = archive._json(pack.manifest)
        whole = manifest + b"".join(part for _name, text in pack.tables() for part in text)
    assert len(json.loads(manifest)["keys"]["NABIJ_NOTES_KEY"]) == 2 and b"casework.note_written" in whole
    for _name, secret in here.keys:
        halves = [secret.encode(), secret.encode().hex().encode()]
        if len(secret) == 44:
            raw = base64.urlsafe_b64decode(secret)
            halves += [raw, raw.hex().encode(), raw[:16], raw[16:], raw[:16].hex().encode(), raw[16:].hex().encode()]
        assert not any(half in whole for half in halves)
