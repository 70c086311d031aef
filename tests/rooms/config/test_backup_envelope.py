"""The envelope of a backup: what `age` makes we open, and a file that is cut, changed or for somebody else says so."""

import base64
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.config.backups import age, archive, bech32, restoring
from nabij.kernel.refusals import Refusal

# Made by the program age 1.1.1, for two keys; the key is of this test alone.
BY_AGE = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBiYTVPbG1ISVpFa2FHWTdZNWZqc1pwZDZNVVMvaU42QnliUjhEZmR5bndR"
    "Ci9ieWdtZGF0d0FiYnExb25MLzFVWTFwb3FER1JxWlFJcnoyMzJtekhLZkkKLT4gWDI1NTE5IDhLOHZWdFU2N1FQYXIzaVU1L2tT"
    "emwrSjRwNEpIS2d6US9vWXJOQmsxa3MKRjZvK0dTbDRPQ1NnM2xDV1VIQ1haQjJtV1doMmw5ZmdqcUN6UEFBVE0xdwotLS0gZVYr"
    "Vzg2Q2hzbklFNEJyK210U1krQ0Vib294N2FCZmpoMG1tTi9GM3h6YwpZV/bhubNZtuiXpDNGMVVHJ6YPgDP7GNtMSxzLVRKw5O4t"
    "1rJCPl2IVi6K0all/VN00l0jsgReq+S4oqSXRFnUtd4yGggBd3wfXDD/o5w4kKXVki6WLd+W"
)
ITS_PUBLIC = "age1vhvxja3n8zuygvc3dgkrsw6xztvapzjxnpr830taneje6694cy2s9llm34"
ITS_KEY = "AGE-SECRET-KEY-1V5ZRR4H9QF3MKM4Y76L2ZGJ957H3JXGH7HK52WXWN2TAHL0L0QWQ9T7M2Q"
ITS_TEXT = "Een back-up is pas een back-up als hij teruggezet werd.\n"
PUBLIC, SECRET = age.new_key()
SIZES = [0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 2 * age.CHUNK, 3 * age.CHUNK + 7]


def sealed(text: bytes, *to: str) -> bytes:
    out = io.BytesIO()
    writer = age.Writer(out, age.public_keys(",".join(to or (PUBLIC,))))
    for at in range(0, len(text), 50_001):
        writer.write(text[at : at + 50_001])
    writer.finish()
    return out.getvalue()


def opened(file: bytes, secret: str = SECRET) -> bytes:
    return io.BufferedReader(age.Reader(io.BytesIO(file), age.secret_keys(secret))).read()


def text_of(size: int) -> bytes:
    return (b"0123456789abcdef\n" * (size // 17 + 1))[:size]


def test_what_age_made_we_open_and_its_keys_are_ours() -> None:
    assert opened(BY_AGE, f"# created: now\n# public key: {ITS_PUBLIC}\n{ITS_KEY}\n").decode() == ITS_TEXT
    (key,) = age.secret_keys(ITS_KEY)
    assert bech32.encode(age.PUBLIC, key.public_key().public_bytes_raw()) == ITS_PUBLIC


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens(size: int) -> None:
    assert opened(sealed(text_of(size))) == text_of(size)


def test_it_opens_for_each_of_those_for_whom_it_is() -> None:
    other_public, other_secret = age.new_key()
    file = sealed(b"x", PUBLIC, other_public)
    assert opened(file, SECRET) == opened(file, other_secret) == b"x"


def test_the_same_text_twice_is_not_the_same_file() -> None:
    assert sealed(b"x") != sealed(b"x")


def test_another_key_does_not_fit() -> None:
    with pytest.raises(age.WrongKey, match="past niet op deze back-up"):
        opened(sealed(b"x"), age.new_key()[1])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("gone", [1, 16, 17, age.CHUNK, age.CHUNK + 16])
def test_a_file_that_was_cut_off_says_so(size: int, gone: int) -> None:
    with pytest.raises(Refusal):
        opened(sealed(text_of(size))[:-gone])


def test_a_piece_more_at_the_end_is_seen() -> None:
    with pytest.raises(age.Damaged):
        opened(sealed(text_of(age.CHUNK)) + b"x")


def test_pieces_cannot_change_places() -> None:
    file, piece = sealed(text_of(3 * age.CHUNK)), age.CHUNK + age.PROOF
    head = len(file) - 3 * piece
    first, second, third = (file[head + at * piece : head + (at + 1) * piece] for at in range(3))
    with pytest.raises(age.Damaged, match="na 0 MB"):
        opened(file[:head] + second + first + third)


WHOLE = sealed(text_of(age.CHUNK + 500))


@given(at=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_no_bit_changes_unseen(at: int, bit: int) -> None:
    file = bytearray(WHOLE)
    file[at] ^= 1 << bit
    with pytest.raises((age.NoBackup, age.WrongKey, age.Damaged)):
        opened(bytes(file))


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", b"age-encryption.org/v2\n", b"\0" * 100_000])
def test_what_is_no_backup_is_called_that(file: bytes) -> None:
    with pytest.raises(age.NoBackup, match="geen back-up van Nabij"):
        opened(file)


@pytest.mark.parametrize("key", ["age1qqqq", PUBLIC[:-1] + "b", SECRET, "geheim", PUBLIC + ",x"], ids=range(5))
def test_a_public_key_that_was_typed_wrong_is_said(key: str) -> None:
    with pytest.raises(Refusal, match="NABIJ_BACKUP_TO is geen publieke sleutel"):
        age.public_keys(key)


@pytest.mark.parametrize("key", ["", "# alleen uitleg", PUBLIC, SECRET[:-1], SECRET[:-1] + "B", "é"], ids=range(6))
def test_a_file_without_a_secret_key_is_said(key: str) -> None:
    with pytest.raises(Refusal, match="geen geheime sleutel"):
        age.secret_keys(key)


# BIP 173's own examples.
RIGHT = [
    "A12UEL5L",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
]
WRONG = ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "A1G7SGD8", "10a06t8", "1qzzfhee", "A12uEL5L"]


@pytest.mark.parametrize("text", RIGHT)
def test_bech32_knows_what_is_right(text: str) -> None:
    assert bech32.encode(*bech32.decode(text)) == text.lower()


@pytest.mark.parametrize("text", WRONG)
def test_bech32_knows_what_is_wrong(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bech32.decode(text)


MANIFEST = archive.Manifest(
    "0.1", "2026-11-22T10:00:00+00:00", "1-nabij", "18", [("a", "1")], {"t": ["x"], "leeg": ["x"]}, {}
)


def packed(manifest: archive.Manifest = MANIFEST, **tables: list[bytes]) -> bytes:
    out = io.BytesIO()
    packing, writer = archive.packing(out, PUBLIC)
    packing.manifest(manifest)
    for name, text in ({"t": [b"1\n2\n"], "leeg": []} | tables).items():
        packing.table(name, text)
    packing.finish()
    writer.finish()
    return out.getvalue()


def read(file: bytes) -> tuple[dict[str, bytes], archive.Sums]:
    pack = archive.unpacking(io.BytesIO(file), SECRET)
    return {name: b"".join(text) for name, text in pack.tables()}, pack.sums


def test_tables_come_back_with_their_sums() -> None:
    tables, sums = read(packed())
    assert tables == {"t": b"1\n2\n"}
    assert (sums.tables["t"].rows, sums.tables["leeg"].rows) == (2, 0)


def test_a_table_of_many_pieces_comes_back_whole() -> None:
    lines = [b"%d\t%s\n" % (n, b"x" * 1000) for n in range(4000)]
    tables, sums = read(packed(t=lines))
    assert tables["t"] == b"".join(lines)
    assert sums.tables["t"].rows == 4000


@pytest.mark.parametrize("text", [b"", b"geen tar"])
def test_a_sealed_file_of_something_else_is_called_that(text: bytes) -> None:
    with pytest.raises(age.NoBackup, match="het is geen back-up van Nabij"):
        read(sealed(text))


def test_a_maker_who_loses_rows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.Counting, "add", lambda self, text: None)
    file = packed()
    monkeypatch.undo()
    with pytest.raises(age.Damaged):
        read(file)


def test_a_format_that_we_do_not_know_is_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    said: Any = json.loads(archive._json(MANIFEST)) | {"format": 2, "wat": "nieuw", "nabij": "9.9"}
    monkeypatch.setattr(archive, "_json", lambda what: json.dumps(said).encode())
    file = packed()
    monkeypatch.undo()
    with pytest.raises(Refusal, match=r"van een nieuwere Nabij \(9.9\)"):
        read(file)


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    row = b"y" * 999 + b"\n"
    file, key = tmp_path / "f", tmp_path / "k"
    key.write_text(SECRET)
    tracemalloc.start()
    with file.open("wb") as out:
        packing, writer = archive.packing(out, PUBLIC)
        packing.manifest(archive.Manifest(**vars(MANIFEST) | {"tables": {"t": ["x"]}}))
        packing.table("t", (row for _ in range(64_000)))
        packing.finish()
        writer.finish()
    _manifest, sums = restoring.look(file, key)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sums.rows == 64_000
    assert peak < 16_000_000, f"{peak / 1e6:.0f} MB for a table of 64 MB"
