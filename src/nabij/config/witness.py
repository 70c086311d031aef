"""The witness of the trail: each time that events are sealed, the last link is written to a file outside the database.

The file only tells something that stands on another disk, or is copied there; the worker also logs the line.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from nabij.config import embedded

if TYPE_CHECKING:
    from nabij.audit.heads import Head

log = logging.getLogger("nabij.trail")
FILE = "trail-heads.log"
LONGEST = 2_000_000


def seal() -> int:
    """Seal the events that wait, keep the head when it moved, and return how many were sealed."""
    from nabij.audit import trail

    many = trail.seal()
    if many:
        keep()
    return many


def keep(file: Path | None = None) -> None:
    """Write the last link of the chain down."""
    from django.utils import timezone

    from nabij.audit import heads

    file = file or embedded.project_folder() / FILE
    found = heads.head(now=timezone.now())
    if found is None:
        return
    log.info("head of the trail: %s", found)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > LONGEST:
        _thin(file)
    with file.open("a", encoding="ascii") as out:
        out.write(f"{found}\n")


def kept(file: Path | None = None) -> "list[Head]":
    """Return every head that was kept."""
    from nabij.audit import heads

    file = file or embedded.project_folder() / FILE
    lines = file.read_text(encoding="ascii", errors="replace").splitlines() if file.exists() else []
    return [found for line in lines if (found := heads.parse_head(line))]


def _thin(file: Path) -> None:
    """Leave the last head of each day, and the last thousand: enough to see that something is gone."""
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    days = {(line[:10], *line.split()[1:2]): line for line in lines[:-1000]}
    draft = file.with_suffix(".new")
    draft.write_text("\n".join([*days.values(), *lines[-1000:], ""]), encoding="ascii", errors="replace")
    draft.replace(file)
