"""What is sealed, nobody but its author reads: no function, no ground, no verb, no question, not by hand in SQL either."""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.db import connection, models
from django.test import Client, override_settings
from django.urls import reverse
from tests.factories import town
from tests.rooms.casework.guided import Guided

from nabij.access import actions as access
from nabij.access.roles import Ground
from nabij.audit import queries as trail
from nabij.casework import actions, queries
from nabij.casework.models import Note
from nabij.config import resealing
from nabij.kernel import secrets
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import NotOpen

pytestmark = pytest.mark.django_db
WORDS = "Kwiebus slaapt bij zijn oom in de kelder"
CURIOUS = ("colleague", "coordinator", "administrator", "director", "privacy_officer", "desk", "neighbour")
APART = ("director", "privacy_officer")
NOTES_AND_DRAFTS = {"casework/queries.py", "access/drafts.py"}
# Bytes that are no sealed text, each with its reason.
NOT_SEALED = {"audit_trailevent.digest": "a digest", "audit_trailseal.hash": "a keyed hash"}


@pytest.fixture
def there() -> Guided:
    return Guided(town())


@pytest.fixture
def note(there: Guided) -> UUID:
    return write(there)


def write(there: Guided, text: str = WORDS) -> UUID:
    written = {"kind": "sealed", "text": text, "about_on": date(2026, 1, 5), "today": there.town.today}
    return UUID(str(there.as_lead(actions.write_note, **written)))


def with_the_whole_file(there: Guided, role: str) -> Actor:
    """Somebody of this function, with a ground as deep as there is beside what the function reaches."""
    holder: Actor = getattr(there.town, role)
    if role != "colleague":  # who is the duo already
        basis = {"household": there.key, "ground": Ground.TRANSFER, "worker": holder.id, "on": there.town.today}
        there.run(there.lead, access.give_basis, **basis)
    return holder


@pytest.mark.parametrize("role", CURIOUS)
def test_no_function_with_the_deepest_ground_reads_it(there: Guided, note: UUID, client: Client, role: str) -> None:
    curious = with_the_whole_file(there, role)
    with acting(curious):
        assert note not in {each.note.id for each in queries.notes_of(there.key, by=curious)}
        for asked in (note, uuid4()):
            with pytest.raises(NotOpen):
                queries.sealed_text(asked, by=curious)
            with pytest.raises(NotOpen):
                actions.open_sealed(by=curious, note=asked, household=there.key)
        assert not list(Note.objects.filter(kind="sealed"))
        told = trail.traces_of(there.key, by=curious)
        assert "Kwiebus" not in repr(told)
        assert told or role in APART  # who reads the file reads that there is such a note; these two read no file
    client.force_login(there.town.users[role], backend="nabij.access.backends.EmailBackend")
    asked, nothing = (reverse("casework:note-sealed", args=[there.key, key]) for key in (note, uuid4()))
    for ask in (client.get, client.post):
        hidden, missing = ask(asked), ask(nothing)
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert without_marks(hidden.content) == without_marks(missing.content)


def without_marks(page: bytes) -> bytes:
    """A page without its CSRF token, which is another each time."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", page)


def tables_the_app_may_read() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p')"
            " and has_table_privilege(oid, 'select') order by 1"
        )
        yield from [name for (name,) in cursor.fetchall()]


def rows_with(token: str) -> dict[str, int]:
    """In which tables whoever acts finds these bytes."""
    found = {}
    for table in tables_the_app_may_read():
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table} t where t::text like %s", [f"%{token}%"])
            if many := cursor.fetchone()[0]:
                found[table] = many
    return found


def test_by_hand_in_sql_only_its_author_finds_even_the_sealed_bytes(there: Guided, note: UUID) -> None:
    with acting(there.lead):
        sealed = Note.objects.get(id=note).sealed_text
        assert sealed
        token = bytes(sealed).hex()
        assert rows_with(token) == {"casework_note": 1}
    for role in CURIOUS:
        curious = with_the_whole_file(there, role)
        with acting(curious):
            assert rows_with(token) == {}, role


def test_the_next_in_charge_does_not_get_it_and_its_author_keeps_it(there: Guided, note: UUID) -> None:
    today, to = there.town.today, there.town.colleague
    there.as_lead(actions.hand_over, expected=there.lead.id, to=to.id, on=today, reason="verlof", today=today)
    with acting(there.town.colleague), pytest.raises(NotOpen):
        queries.sealed_text(note, by=there.town.colleague)
    with acting(there.lead):
        assert queries.sealed_text(note, by=there.lead) == WORDS


def test_nobody_changes_or_takes_away_a_sealed_note_by_hand(there: Guided, note: UUID) -> None:
    for words in (
        "update casework_note set kind = 'shared', text = 'x', sealed_text = null",
        "delete from casework_note",
    ):
        with pytest.raises(Exception, match="permission denied"), acting(there.lead), connection.cursor() as cursor:
            cursor.execute(words)


def test_no_function_that_looks_over_the_wall_reads_what_is_sealed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname, lower(prosrc) from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
        )
        over_the_wall = dict(cursor.fetchall())
    assert len(over_the_wall) > 5
    for name, body in over_the_wall.items():
        assert "sealed_text" not in body, name
        for table in ("casework_note", "access_draft"):
            # A date of a note, and deleting, are no reading; a whole row, or what a draft holds, is.
            assert not re.search(rf"select (\w+\.)?\*\s+from {table}|to_json\w*\(\w+\)[^;]*from {table}", body), name
            assert not re.search(rf"{table} (\w+)\b(?=[^;]*\b\1\.content)", body), name


def test_only_the_questions_of_ones_own_open_what_is_sealed() -> None:
    source = Path(secrets.__file__).parents[1]
    opening = set()
    for file in source.rglob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.ImportFrom) and node.module == "nabij.kernel.secrets"
            for alias in node.names
        }
        if "unseal" in names:
            opening.add(str(file.relative_to(source)))
    # With a key of another use nothing opens a note: that of a factor, of a directory, of the words of a search.
    for name in opening - NOTES_AND_DRAFTS:
        words = (source / name).read_text()
        assert words.count("unseal(") == len(re.findall(r"unseal\([^\n]*use=(?:\w*\.?USE|SEARCHING)\)", words)), name
    assert opening >= NOTES_AND_DRAFTS


def test_every_sealed_column_is_known_to_the_rotation() -> None:
    bytes_there = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        if model.__module__.startswith("nabij.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    }
    places = {f"{place.table}.{place.column}" for place in resealing.PLACES}
    assert bytes_there - set(NOT_SEALED) == places, "a column of bytes is sealed and rotated, or has its reason here"


# A key that is gone


@contextmanager
def other_keys() -> Iterator[None]:
    """The installation as it is when its key is lost: with a new one."""
    with override_settings(NABIJ_NOTES_KEY=Fernet.generate_key().decode()):
        secrets._box.cache_clear()
        yield
    secrets._box.cache_clear()


def test_who_opens_a_note_whose_key_is_gone_reads_a_sentence_and_the_file_still_works(
    there: Guided, note: UUID, client: Client
) -> None:
    client.force_login(there.town.users["worker"], backend="nabij.access.backends.EmailBackend")
    address = reverse("casework:note-sealed", args=[there.key, note])
    assert WORDS in client.post(address).content.decode()
    with other_keys():
        newer = write(there, "met de nieuwe sleutel")
        opened = client.post(address)
        assert opened.status_code == 200
        assert "gaat nu niet open" in opened.content.decode()
        assert "sleutel die hier niet meer is" in opened.content.decode()
        file = client.get(reverse("desk:household", args=[there.key]))
        assert file.status_code == 200 and str(note) in file.content.decode()
        assert "met de nieuwe sleutel" in client.post(
            reverse("casework:note-sealed", args=[there.key, newer])
        ).content.decode()  # fmt: skip
        assert client.get(reverse("casework:note-add", args=[there.key])).status_code == 200
    assert WORDS in client.post(address).content.decode()


def test_nothing_is_noted_as_read_that_was_not(there: Guided, note: UUID, client: Client) -> None:
    client.force_login(there.town.users["worker"], backend="nabij.access.backends.EmailBackend")
    with other_keys():
        client.post(reverse("casework:note-sealed", args=[there.key, note]))
    with acting(there.lead):
        kinds = [trace.kind for trace in trail.traces_of(there.key, by=there.lead, limit=1000)]
    assert "casework.sealed_read" not in kinds and "casework.note_written" in kinds
