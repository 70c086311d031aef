"""The envelope: age v1 (age-encryption.org/v1) for X25519 keys, so that the ordinary program `age` opens a backup too.

Whoever makes a backup holds only the public key; what was sealed opens with the secret key alone. The text goes in pieces of
64 KiB, each with a proof of its own and the last one marked: a change shows in its piece, a cut shows at the end.
"""

import base64
import binascii
import hmac
import io
import os
from collections.abc import Sequence
from itertools import pairwise
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nabij.config.backups import bech32
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

VERSION = b"age-encryption.org/v1"
PUBLIC, SECRET = "age", "age-secret-key-"
CHUNK, PROOF = 64 * 1024, 16
LONGEST_LINE, MOST_LINES = 4096, 200
NO_NONCE = bytes(12)


class NoBackup(Refusal):
    """The file does not begin as a backup does."""


class WrongKey(Refusal):
    """The file is for somebody else."""


class Damaged(Refusal):
    """Something is gone from the file, or was changed."""


def damaged(done: int = 0) -> Damaged:
    """Return the refusal of a file of which a piece is gone or changed."""
    return Damaged(
        _(
            "Deze back-up is niet heel: na {megabytes} MB is er een stuk weg of veranderd. "
            "Er is niets teruggezet. Neem een andere kopie."
        ).format(megabytes=done // 1_000_000)
    )


def new_key() -> tuple[str, str]:
    """Return a new pair: what may be known (age1…), and what opens (AGE-SECRET-KEY-1…)."""
    key = X25519PrivateKey.generate()
    return bech32.encode(PUBLIC, key.public_key().public_bytes_raw()), bech32.encode(
        SECRET, key.private_bytes_raw()
    ).upper()


def public_keys(text: str) -> list[X25519PublicKey]:
    """Return the public keys in a list with commas; raises `Refusal` when one of them is none."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    try:
        return [X25519PublicKey.from_public_bytes(_bytes_of(word, PUBLIC)) for word in words]
    except ValueError:
        raise Refusal(
            _(
                "NABIJ_BACKUP_TO is geen publieke sleutel. Ze begint met age1; maak er een met nabij backup --new-key BESTAND."
            )
        ) from None


def secret_keys(text: str) -> list[X25519PrivateKey]:
    """Return the secret keys of a key file, one a line, beside comments; raises `Refusal` when there is none."""
    words = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        if keys := [X25519PrivateKey.from_private_bytes(_bytes_of(word, SECRET)) for word in words]:
            return keys
    except ValueError:
        pass
    raise Refusal(_("In het sleutelbestand staat geen geheime sleutel. Die begint met AGE-SECRET-KEY-1."))


def _bytes_of(word: str, prefix: str) -> bytes:
    found, data = bech32.decode(word)
    if found != prefix or len(data) != 32:
        raise ValueError("another kind of key")
    return data


class Writer(io.RawIOBase):
    """Encrypts what is written to it for these keys; only `finish` makes the file whole, closing does not."""

    def __init__(self, out: BinaryIO, keys: Sequence[X25519PublicKey]) -> None:
        super().__init__()
        file_key, nonce = os.urandom(16), os.urandom(16)
        stanzas = b"".join(_stanza(key, file_key) for key in keys)
        head = VERSION + b"\n" + stanzas + b"---"
        out.write(head + b" " + _plain64(_proof(file_key, head)) + b"\n" + nonce)
        self._out, self._held, self._count = out, bytearray(), 0
        self._seal = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._held += data
        while len(self._held) > CHUNK:  # a full piece stays until more comes: it may be the last one
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._seal.encrypt(_nonce(self._count, last=last), piece, None))
        self._count += 1


class Reader(io.RawIOBase):
    """Decrypts a file piece by piece, and gives nothing that was not proved; raises `NoBackup`, `WrongKey`, `Damaged`."""

    def __init__(self, source: BinaryIO, keys: Sequence[X25519PrivateKey]) -> None:
        super().__init__()
        file_key = _open_head(source, keys)
        nonce = source.read(16)
        self._source, self._count, self._ended = source, 0, False
        self._open = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))
        self._plain = memoryview(b"")
        self._next = source.read(CHUNK + PROOF)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        if not self._plain and not self._ended:
            self._plain = memoryview(self._piece())
        many = min(len(buffer), len(self._plain))
        buffer[:many] = self._plain[:many]
        self._plain = self._plain[many:]
        return many

    def _piece(self) -> bytes:
        sealed, self._next = self._next, self._source.read(CHUNK + PROOF)
        self._ended = not self._next
        try:
            plain = self._open.decrypt(_nonce(self._count, last=self._ended), sealed, None)
        except (InvalidTag, ValueError):
            raise damaged(self._count * CHUNK) from None
        if not plain and self._count:
            raise damaged(self._count * CHUNK)
        self._count += 1
        return plain


def _stanza(key: X25519PublicKey, file_key: bytes) -> bytes:
    passing = X25519PrivateKey.generate()
    share = passing.public_key().public_bytes_raw()
    wrap = _derive(passing.exchange(key), share + key.public_bytes_raw(), VERSION + b"/X25519")
    body = ChaCha20Poly1305(wrap).encrypt(NO_NONCE, file_key, None)
    return b"-> X25519 " + _plain64(share) + b"\n" + _plain64(body) + b"\n"


def _open_head(source: BinaryIO, keys: Sequence[X25519PrivateKey]) -> bytes:
    lines = [source.readline(LONGEST_LINE)]
    if lines[0] != VERSION + b"\n":
        raise NoBackup(_("Dit bestand is geen back-up van Nabij, of het begin is weg."))
    while not lines[-1].startswith(b"--- "):
        lines.append(source.readline(LONGEST_LINE))
        if not lines[-1].endswith(b"\n") or len(lines) > MOST_LINES:
            raise damaged()
    file_key = next((found for key in keys for found in _unwrapped(lines, key)), None)
    if file_key is None:
        raise WrongKey(
            _(
                "Deze sleutel past niet op deze back-up. Neem de geheime sleutel van toen ze gemaakt werd. Er is niets veranderd."
            )
        )
    head, proof = b"".join(lines[:-1]) + b"---", lines[-1][4:-1]
    if not hmac.compare_digest(_plain64(_proof(file_key, head)), proof):
        raise damaged()
    return file_key


def _unwrapped(lines: list[bytes], key: X25519PrivateKey) -> list[bytes]:
    own = key.public_key().public_bytes_raw()
    found = []
    for line, body in pairwise(lines):
        words = line.split()
        if words[:2] != [b"->", b"X25519"] or len(words) != 3:
            continue
        try:
            share = _bytes64(words[2])
            wrap = _derive(key.exchange(X25519PublicKey.from_public_bytes(share)), share + own, VERSION + b"/X25519")
            found.append(ChaCha20Poly1305(wrap).decrypt(NO_NONCE, _bytes64(body.strip()), None))
        except (InvalidTag, ValueError):
            continue
    return [file_key for file_key in found if len(file_key) == 16]


def _derive(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _proof(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derive(file_key, b"", b"header"), head, "sha256")


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _plain64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
