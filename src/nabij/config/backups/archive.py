"""What lies in the envelope: a compressed tar with a manifest, the rows of each table as PostgreSQL's COPY text in pieces, and
their sums at the end. So a backup opens without Nabij as well: `age -d -i key file | tar xz`.
"""

import contextlib
import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib import metadata
from itertools import groupby
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from nabij.config.backups import age
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

FORMAT = 1
GZIP = 31  # of zlib: the largest window, with the head and tail of gzip
HERE = ZoneInfo("Europe/Brussels")
PIECE = 1024 * 1024
MANIFEST, SUMS, TABLES = "manifest.json", "sums.json", "tables"


@dataclass(frozen=True)
class Manifest:
    """Of what it is a backup: versions, tables with their columns, and by which keys (never the keys) it was sealed."""

    nabij: str
    made_at: str
    database: str
    postgresql: str
    migrations: list[tuple[str, str]]
    tables: dict[str, list[str]]
    keys: dict[str, list[str]]
    head: str = ""
    format: int = FORMAT

    @property
    def moment(self) -> str:
        """Return when it was made, as people here say it."""
        return f"{datetime.fromisoformat(self.made_at).astimezone(HERE):%d/%m/%Y %H:%M}"


@dataclass(frozen=True)
class Sum:
    """How many rows a table has, and the digest of their text."""

    rows: int
    sha256: str


@dataclass
class Sums:
    """Of every table its sum, and of every sequence where it stands."""

    tables: dict[str, Sum] = field(default_factory=dict)
    sequences: dict[str, tuple[int, bool]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())


class Counting:
    """Adds up the text of a table as it passes."""

    def __init__(self) -> None:
        self._rows, self._digest = 0, hashlib.sha256()

    def add(self, text: bytes) -> None:
        """Count this text; COPY writes a line a row, and no line break inside one."""
        self._rows += text.count(b"\n")
        self._digest.update(text)

    def sum(self) -> Sum:
        """Return the sum of what passed."""
        return Sum(self._rows, self._digest.hexdigest())


class Packing:
    """Gives an archive piece by piece: `manifest`, then each `table`, then `finish`; it holds a megabyte, never a table."""

    def __init__(self) -> None:
        # By hand, not by tarfile and gzip: those write to a file, and here the envelope asks for the next piece.
        self._zip = zlib.compressobj(6, zlib.DEFLATED, GZIP)
        self.sums = Sums()

    def manifest(self, manifest: Manifest) -> Iterator[bytes]:
        """Yield what this is a backup of."""
        yield self._member(MANIFEST, _json(manifest))

    def table(self, name: str, text: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
        """Yield the rows of a table."""
        counting = Counting()
        for number, piece in enumerate(_pieces(text), start=1):
            counting.add(piece)
            yield self._member(f"{TABLES}/{name}/{number:06}.copy", piece)
        self.sums.tables[name] = counting.sum()

    def finish(self) -> Iterator[bytes]:
        """Yield the sums, and the end."""
        yield self._member(SUMS, _json(self.sums))
        yield self._zip.compress(bytes(2 * tarfile.BLOCKSIZE)) + self._zip.flush()

    def _member(self, name: str, data: bytes) -> bytes:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(data), 0o600
        return self._zip.compress(member.tobuf(tarfile.USTAR_FORMAT) + data + bytes(-len(data) % tarfile.BLOCKSIZE))


def _pieces(text: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
    held = bytearray()
    for part in text:
        held += part
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


class Unpacking:
    """Reads an archive once, in the order in which it was written, and compares what passed with the sums at its end."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._counted: dict[str, Sum] = {}
        with sound():
            unzipped = gzip.GzipFile(fileobj=source, mode="rb")
            self._tar = tarfile.open(fileobj=unzipped, mode="r|", bufsize=PIECE)  # noqa: SIM115  # read once, to its end
            self._members = iter(self._tar)
            self.manifest = _manifest(self._expect(MANIFEST))
        self.sums = Sums()

    def tables(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield each table that has rows, and its text; at the end `sums` is there, and fits."""
        with sound():
            for folder, members in groupby(self._members, key=lambda member: member.name.rpartition("/")[0]):
                if folder:
                    name, counting = folder.removeprefix(f"{TABLES}/"), Counting()
                    yield name, self._text(members, counting)
                    self._counted[name] = counting.sum()
                else:
                    self.sums = _sums(self._read(next(members)))
            self._to_the_end()

    def _text(self, members: Iterator[tarfile.TarInfo], counting: Counting) -> Iterator[bytes]:
        for member in members:
            text = self._read(member)
            counting.add(text)
            yield text

    def _to_the_end(self) -> None:
        while self._source.read(PIECE):  # the last piece of the envelope proves that nothing was cut off
            pass
        nothing = Counting().sum()
        kept = {name: each for name, each in self.sums.tables.items() if each != nothing}
        if kept != self._counted or set(self.sums.tables) != set(self.manifest.tables):
            raise age.damaged()

    def _expect(self, name: str) -> bytes:
        member = next(self._members, None)
        if member is None or member.name != name:
            raise age.NoBackup(_("Dit bestand is met deze sleutel verzegeld, maar het is geen back-up van Nabij."))
        return self._read(member)

    def _read(self, member: tarfile.TarInfo) -> bytes:
        file = self._tar.extractfile(member)
        return file.read() if file else b""


@contextlib.contextmanager
def sound() -> Iterator[None]:
    """Turn what goes wrong while unpacking into a sentence."""
    try:
        yield
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, KeyError, TypeError, ValueError) as error:
        raise age.NoBackup(
            _("Dit bestand is met deze sleutel verzegeld, maar het is geen back-up van Nabij.")
        ) from error


@contextlib.contextmanager
def unpacking(source: BinaryIO, secret: str) -> Iterator[Unpacking]:
    """Give the archive in a file, opened with the secret keys in this text; raises `Refusal`."""
    with age.opened(source, age.secret_keys(secret)) as plain:
        yield Unpacking(plain)


def _json(what: Any) -> bytes:
    return json.dumps(asdict(what), indent=1, ensure_ascii=False).encode()


def _manifest(text: bytes) -> Manifest:
    said = json.loads(text)
    if said["format"] > FORMAT:
        raise newer(str(said["nabij"]))
    return Manifest(**said | {"migrations": [(app, name) for app, name in said["migrations"]]})


def _sums(text: bytes) -> Sums:
    said = json.loads(text)
    return Sums(
        {name: Sum(**each) for name, each in said["tables"].items()},
        {name: (int(last), bool(called)) for name, (last, called) in said["sequences"].items()},
    )


def version() -> str:
    """Return the version of Nabij that runs here."""
    try:
        return metadata.version("nabij")
    except metadata.PackageNotFoundError:
        return _("onbekend")


def newer(theirs: str, what: str = "") -> Refusal:
    """Return the refusal of a backup that this version of Nabij cannot know."""
    about = f" ({what})" if what else ""
    return Refusal(
        _(
            "Deze back-up is van een nieuwere Nabij ({theirs}) dan deze ({ours}){about}. "
            "Werk Nabij eerst bij, en probeer dan opnieuw. Er is niets veranderd."
        ).format(theirs=theirs, ours=version(), about=about)
    )
