"""The envelope of a backup: what `age` makes we open, and a file that is cut, changed or for somebody else says so."""

import base64
import errno
import io
import json
import threading
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.config.backups import age, archive, restoring
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
# A whole backup for that key and another, written by Nabij when it still made its envelopes itself.
BY_OURSELVES = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBaMFYycVVpbDR0RHpkOHVTcDlKakhueFVRTFp4WmhKbVdtK0lWNkZDM3drCjNN"
    "T2ROM3JMbklhMytNYit4cVVnZ2NweTNxVEZvcjgyNnJScEFadjVKZVUKLT4gWDI1NTE5IDBrVmIzT0QvMFV5ZVdoWXhPZnduZ1NkZE9F"
    "aUduSVNzR2kyS2JscGdTZ3cKOHdpV2RBL3BRaDBLdEN1VngwRnY0WGY3d0Z2YXBJNU1OWTExRzEwT2hUUQotLS0gbXBjTkw2YUJYOWV1"
    "STRHRU90Z1hDKzBRcjlBN21TejZWdEFGdFJKR3RHMArviJ1ZjeyVj0F617up1N8xKOVx9aifJQwuugUIyN8Ypq12sFJjIia9UnVT6EHx"
    "pw9ZddxKe/YJ+63d9ja/K+oURn1Off2B7b+XwXYxjOqRwFsP0oG9JckO0E6GLMYHBjM6vYUPNbKjcBKlmDPOR9vf7u3FFROJ8E6nwFyq"
    "sj1hn4a+rA8KpnExB4DNVe/mIuymtqTLMxIcFCXE/5Q2REXL+om0udaxsJSSRgNtdKtSqmp0tKur61V/vMM70ZfY43HSGGgLXbJ+B0Y6"
    "FDm5Cz/hl/wm/MuhS44zh5F/Ijqt5qRPO+nZvpJfheT1xCCw9peksKczuxESgSjCG1RVSXccPLgwfsx5s+74NEhCDjToAbsm1h5xRzqQ"
    "g5Cl85bi5N6EimygUJx14W33ztXH7pZ8kdtuqAtx50Jz2f2Vg9MXqR81IuFGyh+4+J9+8bhH0Qi07ExHIkGSzpcvc6U0bJ80JhtOhNkN"
    "2KsneCJb+9Do4Lm/scDGAJJ6x2aBgfcuacJWkeodt1ykFbDjtGIvWacdieBAOQmEB1b4961+n8/JdJ8JFrUD9bI658Vgd2AeFCa3h/Kp"
    "/IlfOiCSyZ45LYsDFwcIvrMbY9KAeNL0rwbXDRaPKVjj6abN"
)
PROOF = 16  # bytes behind each piece
PUBLIC, SECRET = age.new_key()
SIZES = [0, 1, age.PIECE - 1, age.PIECE, age.PIECE + 1, 2 * age.PIECE, 3 * age.PIECE + 7]


def sealed(text: bytes, *to: str) -> bytes:
    out = io.BytesIO()
    pieces = (text[at : at + 50_001] for at in range(0, len(text), 50_001))
    age.seal(pieces, out, age.public_keys(",".join(to or (PUBLIC,))))
    return out.getvalue()


def opened(file: bytes, secret: str = SECRET) -> bytes:
    with age.opened(io.BytesIO(file), age.secret_keys(secret)) as plain:
        return plain.read()


def text_of(size: int) -> bytes:
    return (b"0123456789abcdef\n" * (size // 17 + 1))[:size]


def test_what_age_made_we_open_and_its_keys_are_ours() -> None:
    assert opened(BY_AGE, f"# created: now\n# public key: {ITS_PUBLIC}\n{ITS_KEY}\n").decode() == ITS_TEXT
    (key,) = age.secret_keys(ITS_KEY)
    assert str(key.to_public()) == ITS_PUBLIC


def test_what_nabij_made_before_this_package_opens() -> None:
    with archive.unpacking(io.BytesIO(BY_OURSELVES), ITS_KEY) as pack:
        assert {name: b"".join(text) for name, text in pack.tables()} == {"t": b"1\n2\n"}
    assert pack.manifest == MANIFEST
    assert pack.sums.tables["t"].rows == 2


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
@pytest.mark.parametrize("gone", [1, 16, 17, age.PIECE, age.PIECE + 16])
def test_a_file_that_was_cut_off_says_so(size: int, gone: int) -> None:
    with pytest.raises(Refusal):
        opened(sealed(text_of(size))[:-gone])


def test_a_piece_more_at_the_end_is_seen() -> None:
    with pytest.raises(age.Damaged):
        opened(sealed(text_of(age.PIECE)) + b"x")


def test_pieces_cannot_change_places() -> None:
    file, piece = sealed(text_of(3 * age.PIECE)), age.PIECE + PROOF
    head = len(file) - 3 * piece
    first, second, third = (file[head + at * piece : head + (at + 1) * piece] for at in range(3))
    with pytest.raises(age.Damaged, match="na 0 MB"):
        opened(file[:head] + second + first + third)


WHOLE = sealed(text_of(age.PIECE + 500))


@given(at=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_no_bit_changes_unseen(at: int, bit: int) -> None:
    file = bytearray(WHOLE)
    file[at] ^= 1 << bit
    with pytest.raises((age.NoBackup, age.WrongKey, age.Damaged)):
        opened(bytes(file))


class Full(io.BytesIO):
    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_goes_wrong_while_sealing_is_told_as_it_was() -> None:
    def breaks() -> Iterator[bytes]:
        yield b"x" * 200_000
        raise LookupError("halfway")

    out = io.BytesIO()
    with pytest.raises(LookupError, match="halfway"):
        age.seal(breaks(), out, age.public_keys(PUBLIC))
    with pytest.raises(age.Damaged):  # and what is there passes for nothing
        opened(out.getvalue())
    with pytest.raises(OSError, match="No space left") as full:
        age.seal(iter([b"x" * 200_000]), Full(), age.public_keys(PUBLIC))
    assert full.value.errno == errno.ENOSPC


def test_an_end_that_nobody_proved_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stops the package halfway, and however: what came before passes for nothing."""

    class Panic(BaseException):
        pass

    def stops(source: Any, out: Any, keys: Any) -> None:
        out.write(b"een stuk")
        raise Panic

    monkeypatch.setattr(age.pyrage, "decrypt_io", stops)
    monkeypatch.setattr(threading, "excepthook", lambda args: None)
    with pytest.raises(age.Damaged):
        opened(sealed(b"heel wat meer"))


def test_who_stops_halfway_leaves_nothing_running() -> None:
    file, before = sealed(bytes(50 * age.PIECE)), threading.active_count()
    for _ in range(20):
        with age.opened(io.BytesIO(file), age.secret_keys(SECRET)) as plain:
            assert plain.read(1) == b"\0"
    assert threading.active_count() == before


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


MANIFEST = archive.Manifest(
    "0.1", "2026-11-22T10:00:00+00:00", "1-nabij", "18", [("a", "1")], {"t": ["x"], "leeg": ["x"]}, {}
)


def packed(manifest: archive.Manifest = MANIFEST, **tables: list[bytes]) -> bytes:
    return sealed(b"".join(pieces(manifest, {"t": [b"1\n2\n"], "leeg": []} | tables)))


def pieces(manifest: archive.Manifest, tables: dict[str, Iterable[bytes]]) -> Iterator[bytes]:
    packing = archive.Packing()
    yield from packing.manifest(manifest)
    for name, text in tables.items():
        yield from packing.table(name, text)
    yield from packing.finish()


def read(file: bytes) -> tuple[dict[str, bytes], archive.Sums]:
    with archive.unpacking(io.BytesIO(file), SECRET) as pack:
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
        manifest = archive.Manifest(**vars(MANIFEST) | {"tables": {"t": ["x"]}})
        age.seal(pieces(manifest, {"t": (row for _ in range(64_000))}), out, age.public_keys(PUBLIC))
    _manifest, sums = restoring.look(file, key)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sums.rows == 64_000
    assert peak < 16_000_000, f"{peak / 1e6:.0f} MB for a table of 64 MB"
