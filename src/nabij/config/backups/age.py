"""The envelope: an age file for X25519 keys, made and opened by the package pyrage, so the program `age` opens a backup too.

Whoever makes a backup holds only the public key; what was sealed opens with the secret key alone. Nothing of it stands in memory
whole, nor on a disk unsealed: what is sealed is asked for piece by piece, what is opened passes through a pipe.
"""

import contextlib
import io
import os
import threading
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

import pyrage
from pyrage.x25519 import Identity, Recipient

from nabij.config.words import _
from nabij.kernel.refusals import Refusal

BEGIN = b"age-encryption.org/v1\n"
PIECE = 64 * 1024
NO_KEY_FITS = "No matching keys found"


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
    key = Identity.generate()
    return str(key.to_public()), str(key)


def public_keys(text: str) -> list[Recipient]:
    """Return the public keys in a list with commas; raises `Refusal` when one of them is none."""
    try:
        return [Recipient.from_str(word.strip()) for word in text.split(",") if word.strip()]
    except pyrage.RecipientError:
        raise Refusal(
            _(
                "NABIJ_BACKUP_TO is geen publieke sleutel. Ze begint met age1; maak er een met nabij backup --new-key BESTAND."
            )
        ) from None


def secret_keys(text: str) -> list[Identity]:
    """Return the secret keys of a key file, one a line, beside comments; raises `Refusal` when there is none."""
    words = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    with contextlib.suppress(pyrage.IdentityError):
        if keys := [Identity.from_str(word) for word in words]:
            return keys
    raise Refusal(_("In het sleutelbestand staat geen geheime sleutel. Die begint met AGE-SECRET-KEY-1."))


def seal(pieces: Iterator[bytes], out: BinaryIO, keys: Sequence[Recipient]) -> None:
    """Write these pieces to a file that only these keys open; what the pieces raise, and what the disk says, is raised."""
    source, target = _Pieces(pieces), _Target(out)
    try:
        pyrage.encrypt_io(source, target, keys)
    except (pyrage.EncryptError, OSError):
        if error := source.error or target.error:
            raise error from None
        raise


@contextlib.contextmanager
def opened(source: BinaryIO, keys: Sequence[Identity]) -> Iterator[BinaryIO]:
    """Give what is in the file, to read once; it gives nothing that was not proved.

    Reading raises `NoBackup`, `WrongKey`, or `Damaged` where the first piece is that is gone or changed.
    """
    if source.read(len(BEGIN)) != BEGIN:
        raise NoBackup(_("Dit bestand is geen back-up van Nabij, of het begin is weg."))
    source.seek(-len(BEGIN), os.SEEK_CUR)
    into, out_of = os.pipe()
    passing = _Opening(source, out_of, keys)
    with open(into, "rb", buffering=0) as pipe:
        passing.start()
        try:
            yield cast(BinaryIO, io.BufferedReader(_Proved(pipe, passing), PIECE))
        finally:
            pipe.close()  # who stops halfway lets the other side stop too
            passing.join()


class _Pieces(io.RawIOBase):
    """What is asked for while it is sealed; keeps what went wrong, for pyrage tells it as text."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._held = pieces, memoryview(b"")
        self.error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            while not self._held:
                self._held = memoryview(next(self._pieces))
        except StopIteration:
            return 0
        except BaseException as error:
            self.error = error
            raise
        many = min(len(buffer), len(self._held))
        buffer[:many] = self._held[:many]
        self._held = self._held[many:]
        return many


class _Target(io.RawIOBase):
    """Where the sealed text goes; keeps what the disk said."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        try:
            return self._out.write(data)
        except OSError as error:
            self.error = error
            raise


class _Opening(threading.Thread):
    """Opens a file into a pipe; whoever reads there to the end asks `whole` before believing that it is the end."""

    def __init__(self, source: BinaryIO, pipe: int, keys: Sequence[Identity]) -> None:
        super().__init__(daemon=True)
        self._source, self._pipe, self._keys = source, pipe, keys
        self.whole, self.error = False, Exception()

    def run(self) -> None:
        with contextlib.suppress(BrokenPipeError), open(self._pipe, "wb", buffering=PIECE) as out:
            try:
                pyrage.decrypt_io(self._source, out, self._keys)
                out.flush()
                self.whole = True
            except (pyrage.DecryptError, OSError) as error:
                self.error = error


class _Proved(io.RawIOBase):
    """The end of the pipe where one reads; its end is only the end when everything was proved."""

    def __init__(self, pipe: io.FileIO, passing: _Opening) -> None:
        super().__init__()
        self._pipe, self._passing, self._done = pipe, passing, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        many = self._pipe.readinto(buffer) or 0
        self._done += many
        if not many:
            self._passing.join()
            if not self._passing.whole:
                raise _said(self._passing.error, self._done) from None
        return many


def _said(error: Exception, done: int) -> Refusal:
    if isinstance(error, pyrage.DecryptError) and str(error) == NO_KEY_FITS:
        return WrongKey(
            _(
                "Deze sleutel past niet op deze back-up. Neem de geheime sleutel van toen ze gemaakt werd. Er is niets veranderd."
            )
        )
    return damaged(done)
