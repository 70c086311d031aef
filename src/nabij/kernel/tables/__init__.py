"""Tables from elsewhere (CSV, Excel): any encoding, any separator, every mistake by line and in a sentence."""

from nabij.kernel.tables.columns import Column, text, whole_number
from nabij.kernel.tables.decoding import MAX_BYTES, decode, read_bytes
from nabij.kernel.tables.reading import Row, Table, read_table
from nabij.kernel.tables.refused import FileRefused, LineError

__all__ = [
    "MAX_BYTES",
    "Column",
    "FileRefused",
    "LineError",
    "Row",
    "Table",
    "decode",
    "read_bytes",
    "read_table",
    "text",
    "whole_number",
]
