"""A file that cannot be taken in, with every line that is wrong: nobody mends a file one mistake at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput


@dataclass(frozen=True, order=True)
class LineError:
    """One mistake: the line as an editor counts it, the column as the file calls it (or empty), and what to do."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        if self.column:
            place = {"line": self.line, "column": self.column, "sentence": self.sentence}
            return str(_("Regel %(line)s, kolom “%(column)s”: %(sentence)s") % place)
        return str(_("Regel %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence})


class FileRefused(BadInput):
    """A file is not taken in at all; `.lines` says where, `.sentence` says it in one breath."""

    def __init__(self, sentence: Any, lines: Iterable[LineError] = ()) -> None:
        super().__init__(sentence)
        self.lines = sorted(lines)

    @classmethod
    def from_lines(cls, lines: Iterable[LineError]) -> "FileRefused":
        """Return the refusal whose sentence counts the lines, or is the only line itself."""
        found = sorted(lines)
        if len(found) == 1:
            return cls(str(found[0]), found)
        count = _("Er zijn %(count)s fouten in dit bestand. Er is niets ingelezen. Verbeter ze en lees het opnieuw in.")
        return cls(count % {"count": len(found)}, found)
