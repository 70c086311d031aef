"""Lines out of CSV and Excel files, each with the number under which an editor shows it."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
from django.utils.translation import gettext_lazy as _

from nabij.kernel.tables.columns import Column, Header
from nabij.kernel.tables.refused import FileRefused, LineError

SEPARATORS = ";,\t|"
MAX_UNPACKED = 400_000_000
MAX_LINES = 500_000
HEADER_WITHIN = 10

Line = tuple[int, list[str]]


def csv_lines(content: str, columns: Sequence[Column]) -> tuple[str, list[Line]]:
    """Return the separator and the lines of a CSV file; raises `FileRefused` when a quote never ends."""
    skipped, separator = 0, ""
    first, _newline, rest = content.partition("\n")
    if said := re.fullmatch(r"\s*sep=([;,\t|])\s*", first, re.IGNORECASE):
        # Excel's own way to name the separator; the line is no part of the table.
        skipped, separator, content = 1, said[1], rest
    separator = separator or _sniff(content, columns)
    return separator, list(_split(content, separator, skipped))


def _sniff(content: str, columns: Sequence[Column]) -> str:
    """The right separator is the one with which the headings make sense."""
    start = [line for line in content.splitlines()[: 4 * HEADER_WITHIN] if line.strip()][:HEADER_WITHIN]

    def sense(separator: str) -> tuple[int, int]:
        best = max((Header(_cells(line, separator), columns).score for line in start), default=0)
        return best, sum(line.count(separator) for line in start)

    return max(SEPARATORS, key=sense)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _split(content: str, separator: str, skipped: int) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start + skipped, cells
            start = reader.line_num + 1
            if start > MAX_LINES:
                raise FileRefused(_too_long())
    except csv.Error as error:
        sentence = _(
            "Hier loopt een aanhalingsteken verkeerd: het eindigt niet, of er staat tekst achter. "
            'Zet de hele tekst tussen aanhalingstekens en schrijf een aanhalingsteken in de tekst dubbel ("").'
        )
        raise FileRefused.from_lines([LineError(start + skipped, "", str(sentence))]) from error


def _too_long() -> str:
    return _("Dit bestand heeft meer dan %(most)s regels. Splits het in kleinere bestanden.") % {"most": MAX_LINES}


def excel_lines(content: bytes, columns: Sequence[Column]) -> list[Line]:
    """Return the lines of the sheet whose headings fit best; raises `FileRefused` for a damaged workbook."""
    _check_unpacked(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [list(_sheet_lines(sheet)) for sheet in book.worksheets]
    except FileRefused:
        raise
    except Exception as error:  # openpyxl fails in a dozen ways on a damaged file
        raise FileRefused(_no_workbook()) from error
    return max(sheets, key=lambda lines: _best_score(lines, columns), default=[])


def _check_unpacked(content: bytes) -> None:
    """A workbook is a zip: refuse one that would fill the memory before it is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileRefused(_no_workbook()) from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FileRefused(_("Deze Excel-werkmap is te groot. Bewaar enkel het blad dat je nodig hebt, als CSV."))


def _no_workbook() -> str:
    return str(_("Deze Excel-werkmap kan niet gelezen worden. Bewaar ze in Excel opnieuw als .xlsx of als CSV."))


def _best_score(lines: list[Line], columns: Sequence[Column]) -> tuple[int, int]:
    return max((Header(cells, columns).score for _line, cells in lines[:HEADER_WITHIN]), default=0), len(lines) > 0


def _sheet_lines(sheet: Any) -> Iterator[Line]:
    # Some programs write a wrong size into the sheet; without this only its first cell would be read.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MAX_LINES:
            raise FileRefused(_too_long())
        cells = [_as_text(value) for value in row]
        if any(cell.strip() for cell in cells):
            yield number, cells


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="minutes")
    return str(value)
