"""What stands on the household's paper; and the one function that makes it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils import translation

from nabij.casework.paper import words
from nabij.ui import paper as printing

TEMPLATE = Path(__file__).resolve().parent / "plan.typ"


@dataclass(frozen=True)
class StepOnPaper:
    """Who does what by when; without a day when none was agreed."""

    description: str
    who: str
    due: date | None = None
    done: bool = False


@dataclass(frozen=True)
class GoalOnPaper:
    """A goal in the household's own words, in one life domain (its slug), for whom of them, and the steps."""

    words: str
    domain: str
    for_whom: list[str] = field(default_factory=list)
    steps: list[StepOnPaper] = field(default_factory=list)


@dataclass(frozen=True)
class ContactOnPaper:
    """Somebody with a direct line; what is not known is an empty string."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class AgreementOnPaper:
    """What the household said of this plan: `agreed`, `not_agreed` or `not_asked`, on which day, and why."""

    outcome: str
    on: date
    reason: str = ""


@dataclass(frozen=True)
class PlanPaper:
    """All that the household takes home; `scores` are pairs of life domain and words, `sharing` whole sentences."""

    household_name: str
    municipality: str
    centre_name: str
    printed_on: date
    language: str = "nl"
    large_type: bool = False
    goals: list[GoalOnPaper] = field(default_factory=list)
    scores: list[tuple[str, str]] = field(default_factory=list)
    next_talk: date | None = None
    case_manager: ContactOnPaper | None = None
    duo: ContactOnPaper | None = None
    agreement: AgreementOnPaper | None = None
    version: int | None = None
    sharing: list[str] = field(default_factory=list)


def plan_pdf(paper: PlanPaper) -> bytes:
    """Return the paper as PDF/UA-1; raises `NoPaper` where fonts or pictograms are missing."""
    with translation.override(paper.language):
        about = printing.About(
            title=words.title(paper), author=paper.municipality, language=paper.language, on=paper.printed_on
        )
        return printing.render(TEMPLATE, words.on_paper(paper), about)
