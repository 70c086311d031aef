"""Columns: what they may be called, whether they must be there, and how a cell becomes a value."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import BadInput
from nabij.kernel.tables.refused import FileRefused, LineError


def text(cell: str) -> str:
    """Return the cell with its white space tidied."""
    return " ".join(cell.split())


def whole_number(cell: str) -> int:
    """Return a whole number; raises `BadInput` for anything else."""
    if not re.fullmatch(r"[+-]?[0-9]{1,9}([.,]0+)?", cell):
        raise BadInput(_("“%(cell)s” is geen geheel getal.") % {"cell": cell})
    return int(re.split(r"[.,]", cell)[0])


@dataclass(frozen=True)
class Column:
    """A column of a table: `name` in code and manual, the words under which files know it, and how to read a cell."""

    name: str
    synonyms: Sequence[str] = ()
    required: bool = False
    parse: Callable[[str], Any] = text


def heading(cell: str) -> str:
    """Return a heading without case, accents, spaces and punctuation, so that spellings meet."""
    bare = unicodedata.normalize("NFKD", cell.casefold())
    return "".join(letter for letter in bare if letter.isalnum())


class Header:
    """Which place in a line holds which column."""

    def __init__(self, cells: Sequence[str], columns: Sequence[Column]) -> None:
        self.cells = [text(cell) for cell in cells]
        self.columns = columns
        known = {heading(word): column for column in columns for word in (column.name, *column.synonyms)}
        self.found = [known.get(heading(cell)) for cell in self.cells]

    @property
    def score(self) -> int:
        """Return how many different columns were recognised."""
        return len({column.name for column in self.found if column})

    @property
    def ignored(self) -> list[str]:
        """Return the headings that nobody asked for, so that a report can name them."""
        return [cell for cell, column in zip(self.cells, self.found, strict=True) if cell and not column]

    @property
    def missing(self) -> list[str]:
        """Return the names of the required columns that the file lacks."""
        present = {column.name for column in self.found if column}
        return [column.name for column in self.columns if column.required and column.name not in present]

    def check(self, line: int) -> None:
        """Raise `FileRefused` with every column that is missing or there twice."""
        errors = [LineError(line, name, str(self._missing_sentence(name))) for name in self.missing]
        errors += self._doubled(line)
        if errors:
            raise FileRefused.from_lines(errors)

    def _missing_sentence(self, name: str) -> str:
        sentence = str(_("Deze kolom ontbreekt. Voeg ze toe, of geef een kolom deze naam."))
        column = next(column for column in self.columns if column.name == name)
        spellings = {heading(word): word for word in (name, *column.synonyms)}
        for cell in self.ignored:
            if get_close_matches(heading(cell), spellings, n=1, cutoff=0.75):
                return sentence + " " + str(_("Is het misschien “%(cell)s”?") % {"cell": cell})
        if self.ignored:
            return sentence + " " + str(_("Niet herkend: %(cells)s.") % {"cells": ", ".join(self.ignored[:8])})
        return sentence

    def _doubled(self, line: int) -> list[LineError]:
        errors = []
        for column in self.columns:
            places = [at for at, found in enumerate(self.found) if found is column]
            if len(places) > 1:
                names = ", ".join(f"{at + 1} (“{self.cells[at]}”)" for at in places)
                sentence = _("Deze kolom staat er meer dan eens: %(names)s. Laat er één over.") % {"names": names}
                errors.append(LineError(line, column.name, str(sentence)))
        return errors
