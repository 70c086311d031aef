"""The labels and sentences of the list of who looked."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nabij.access.roles import FUNCTIONS, Ground
from nabij.casework.paper.words import full, said
from nabij.oversight.words import ANOTHER_REASON, NOT_REVIEWED, REVIEWED, page_of, why
from nabij.ui.paper import breakable
from nabij.ui.templatetags.nabij_text import clock

if TYPE_CHECKING:
    from nabij.oversight.paper.content import DayOnPaper, LooksPaper

SINGLE = 3  # so many moments of one day are told one by one


def title(paper: "LooksPaper") -> str:
    """Return the title of the document."""
    return _("Wie keek in het dossier van %(household)s") % {"household": paper.household_name}


def on_paper(paper: "LooksPaper") -> dict[str, Any]:
    """Return all that the template needs, in the language that is on."""
    printed = _("gedrukt op %(day)s") % {"day": full(paper.printed_on)}
    reference = _("kenmerk van uw dossier: %(reference)s") % {"reference": paper.reference}
    places = [paper.centre_name, paper.municipality, printed, reference]
    return {
        "large": paper.large_type,
        "labels": labels(),
        "household": said(paper.household_name),
        "place": breakable(" · ".join(text for text in places if text.strip())),
        "line": printed[:1].upper() + printed[1:],
        "intro": intro(paper),
        "rows": [row(each, paper.reviewed(each.day, each.worker)) for each in paper.days if not each.refused],
        "refused": [row(each) for each in paper.days if each.refused],
        "ask": ask(paper),
    }


def labels() -> dict[str, str]:
    """Return the fixed words."""
    return {
        "title": _("Wie keek in uw dossier?"),
        "when": _("Wanneer?"),
        "who": _("Wie?"),
        "why": _("Waarom?"),
        "where": _("Wat?"),
        "nobody": _("In deze tijd keek niemand in uw dossier."),
        "refused": _("Wie wilde kijken, maar niet mocht"),
        "refused_why": _("Deze mensen vroegen uw dossier. De computer liet hen niet binnen."),
        "ask": _("Klopt er iets niet?"),
        "page": _("bladzijde {n} van {total}"),
    }


def intro(paper: "LooksPaper") -> list[str]:
    """Return what this sheet is, and what it leaves out."""
    lines = [
        _("Opent iemand van de dienst uw dossier? Dan schrijft de computer op wie dat was, en wanneer."),
        _("Op dit blad staat wie keek sinds %(day)s.") % {"day": full(paper.since)},
        _("Er staat alleen wie in uw eigen dossier keek. Niemand kan deze lijst veranderen."),
    ]
    if not paper.is_all:
        lines.append(_("De lijst is te lang voor één keer. Vraag ook de lijst van vroeger."))
    return lines


def row(each: "DayOnPaper", reviewed: str | None = None) -> dict[str, Any]:
    """Return one line of the list; `reviewed` says what came of the review of an access in an emergency."""
    functions = ", ".join(str(FUNCTIONS[slug].name) for slug in each.functions if slug in FUNCTIONS)
    pages = list(dict.fromkeys(str(page_of(purpose)) for purpose in each.purposes))
    if each.wrote:
        pages.append(_("Noteerde iets in uw dossier"))
    return {
        "day": full(each.day),
        "hours": hours(each),
        "who": said(each.worker or _("Beheer van de installatie")),
        "function": functions,
        "why": " ".join(dict.fromkeys(_reasons(each, reviewed))) or str(ANOTHER_REASON),
        "where": ", ".join(pages),
    }


def _reasons(each: "DayOnPaper", reviewed: str | None) -> Iterator[str]:
    for ground in each.grounds:
        yield str(why(ground))
        if ground == Ground.EMERGENCY and reviewed is not None:
            yield str(REVIEWED.get(reviewed, NOT_REVIEWED))


def hours(each: "DayOnPaper") -> str:
    """Return at what hours: each, or from the first until the last with how often."""
    told = list(dict.fromkeys(clock(moment) for moment in each.moments))
    if len(told) <= SINGLE:
        return ", ".join(told)
    many = _("%(n)s keer") % {"n": len(each.moments)}
    return _("van %(first)s tot %(last)s, %(many)s") % {"first": told[0], "last": told[-1], "many": many}


def ask(paper: "LooksPaper") -> list[str]:
    """Return whom to ask, and that asking costs nothing."""
    lines = [_("Begrijpt u niet waarom iemand keek? Vraag het. Vragen mag altijd, en het verandert niets aan uw hulp.")]
    if paper.officers:
        lines.append(_("U kunt het ook vragen aan wie hier waakt over de gegevens van mensen:"))
        lines += [breakable(", ".join(part for part in officer if part)) for officer in paper.officers]
    lines.append(_("U kunt ook klagen bij de Vlaamse Toezichtcommissie of bij de Gegevensbeschermingsautoriteit."))
    return lines
