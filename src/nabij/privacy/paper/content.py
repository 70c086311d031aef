"""A person's copy, readable: the same data as the file, with words around it; and the one function that makes it."""

from datetime import date
from pathlib import Path
from typing import Any

from nabij.privacy.paper import words
from nabij.ui import paper as printing

TEMPLATE = Path(__file__).resolve().parent / "copy.typ"


def copy_pdf(copy: dict[str, Any], *, officers: list[tuple[str, str]]) -> bytes:
    """Return the copy as PDF/UA-1; raises `NoPaper` where fonts are missing."""
    about = printing.About(
        title=words.title(copy), author=copy["municipality"], language="nl", on=date.fromisoformat(copy["made_on"])
    )
    return printing.render(TEMPLATE, words.on_paper(copy, officers), about)
