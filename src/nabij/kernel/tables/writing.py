"""What is written into a sheet is text, also where a spreadsheet program would take it for a formula."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def harmless(cell: object) -> str:
    """Return a cell as text that no spreadsheet program calculates: one that begins as a formula gets a quote before it."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
