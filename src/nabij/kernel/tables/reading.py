"""One way to read a table, CSV or Excel: rows with values, and every mistake by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import Refusal
from nabij.kernel.tables.columns import Column, Header
from nabij.kernel.tables.decoding import MAX_BYTES, decode, read_bytes
from nabij.kernel.tables.refused import FileRefused, LineError
from nabij.kernel.tables.sheets import HEADER_WITHIN, Line, csv_lines, excel_lines

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass
class Row:
    """A line of the file: `values` by column name, None where a cell is empty, `headings` as the file wrote them."""

    line: int
    values: dict[str, Any]
    headings: dict[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def error(self, name: str, sentence: Any) -> LineError:
        """Return a mistake in the cell of this column."""
        return LineError(self.line, self.headings.get(name, name), str(sentence))


@dataclass
class Table:
    """What was read: good rows, spoiled rows (with the cells that could be read), and every mistake."""

    rows: list[Row] = field(default_factory=list)
    spoiled: list[Row] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    ignored: list[str] = field(default_factory=list)

    def refuse(self, more: Sequence[LineError] = ()) -> None:
        """Raise `FileRefused` when anything in the file is wrong."""
        if self.errors or more:
            raise FileRefused.from_lines([*self.errors, *more])


def read_table(path: str | Path, columns: Sequence[Column], *, max_bytes: int = MAX_BYTES) -> Table:
    """Return the table in a CSV or .xlsx file, with its mistakes by cell; raises `FileRefused` if it is no table."""
    content = read_bytes(path, max_bytes=max_bytes)
    table = Table()
    if content.startswith(_OLD_EXCEL):
        raise FileRefused(_("Dit is een Excel-bestand in de oude vorm (.xls). Bewaar het als .xlsx of als CSV."))
    if content.startswith(b"PK\x03\x04"):
        lines = excel_lines(content, columns)
    else:
        decoded, table.encoding = decode(content)
        table.separator, lines = csv_lines(decoded, columns)
    header, body = _header(lines, columns)
    table.ignored = header.ignored
    for line, cells in body:
        _take(table, header, line, cells)
    return table


def _header(lines: list[Line], columns: Sequence[Column]) -> tuple[Header, list[Line]]:
    """The headings: the first line that has all that is needed (exports like a title above it), else the best one."""
    if not lines:
        raise FileRefused(_("Er staat niets in dit bestand."))
    headers = [Header(cells, columns) for _line, cells in lines[:HEADER_WITHIN]]
    complete = (at for at, header in enumerate(headers) if not header.missing and header.score)
    best = next(complete, max(range(len(headers)), key=lambda at: (headers[at].score, -at)))
    headers[best].check(lines[best][0])
    if len(lines) == best + 1:
        raise FileRefused(_("Dit bestand heeft enkel een regel met kolomnamen. Vul er gegevens onder in."))
    return headers[best], lines[best + 1 :]


def _take(table: Table, header: Header, line: int, cells: list[str]) -> None:
    row = Row(line, {column.name: None for column in header.columns}, {})
    errors: list[LineError] = []
    padded = cells + [""] * (len(header.cells) - len(cells))
    for at, column in enumerate(header.found):
        if column:
            row.headings[column.name] = header.cells[at]
            _take_cell(row, column, padded[at].strip(), errors)
    if any(cell.strip() for cell in cells[len(header.cells) :]):
        errors.append(LineError(line, "", str(_overfull(len(cells), len(header.cells)))))
    table.errors += errors
    (table.spoiled if errors else table.rows).append(row)


def _take_cell(row: Row, column: Column, cell: str, errors: list[LineError]) -> None:
    if not cell:
        if column.required:
            errors.append(row.error(column.name, _("Dit vak is leeg. Vul het in.")))
        return
    if cell in {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#N/B", "#VERW!", "#WAARDE!"}:
        errors.append(row.error(column.name, _("Hier staat een fout van Excel (%(cell)s).") % {"cell": cell}))
        return
    try:
        row.values[column.name] = column.parse(cell)
    except Refusal as refusal:
        errors.append(row.error(column.name, refusal.sentence))


def _overfull(cells: int, headings: int) -> str:
    return _(
        "Deze regel heeft %(cells)s vakken en er zijn %(headings)s kolomnamen. Staat er een scheidingsteken te veel? "
        "Zet tekst met een scheidingsteken erin tussen aanhalingstekens."
    ) % {"cells": cells, "headings": headings}
