"""What stands on the sheet; and the one function that makes it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils import translation

from nabij.informing.paper import words
from nabij.informing.texts import Shown
from nabij.ui import paper as printing

TEMPLATE = Path(__file__).resolve().parent / "text.typ"


@dataclass(frozen=True)
class AnswerOnPaper:
    """What somebody answered: about whom, with which recipient, yes or no, until when, and when it was taken back."""

    person: str
    recipient: str
    is_yes: bool
    on: date
    until: date | None = None
    with_health: bool = False
    said_by: str = ""
    stopped_on: date | None = None
    what_next: str = ""


@dataclass(frozen=True)
class TextPaper:
    """A text to take home; with an answer, or with lines to fill one in by hand, or with neither."""

    shown: Shown
    municipality: str
    printed_on: date
    officers: list[tuple[str, str]] = field(default_factory=list)
    answer: AnswerOnPaper | None = None
    to_sign: bool = False
    large_type: bool = False


def text_pdf(paper: TextPaper) -> bytes:
    """Return the sheet as PDF/UA-1; raises `NoPaper` where fonts are missing."""
    with translation.override(paper.shown.language):
        about = printing.About(
            title=paper.shown.title, author=paper.municipality, language=paper.shown.language, on=paper.printed_on
        )
        return printing.render(TEMPLATE, words.on_paper(paper), about)
