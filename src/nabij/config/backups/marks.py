"""What is remembered of each backup: a line in `backups.log`, in the folder of Nabij, outside the database.

It says when, of which database, how large, and the digest of the file: so a copy elsewhere can be compared with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from nabij.config import embedded

FILE = "backups.log"


@dataclass(frozen=True)
class Mark:
    """A backup that was made: of this database, into that file."""

    at: datetime
    database: str
    rows: int
    bytes: int
    sha256: str
    name: str

    def __str__(self) -> str:
        words = (
            self.at.isoformat(timespec="seconds"),
            self.database,
            self.rows,
            self.bytes,
            self.sha256,
            self.name,
        )
        return " ".join(map(str, words))


def keep(mark: Mark) -> None:
    """Write a mark down."""
    file = embedded.project_folder() / FILE
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{mark}\n")


def latest(database: str) -> Mark | None:
    """Return the last backup of this database, as far as is known here."""
    return max((mark for mark in _kept() if mark.database == database), key=lambda mark: mark.at, default=None)


def _kept() -> Iterator[Mark]:
    file = embedded.project_folder() / FILE
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []:
        try:
            at, database, rows, size, digest, name = line.split(" ", 5)
            yield Mark(datetime.fromisoformat(at), database, int(rows), int(size), digest, name)
        except ValueError:
            continue  # a disk that was full left half a line
