"""The labels of the sheet; its sentences are the text itself."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nabij.ui.paper import breakable, direction
from nabij.ui.templatetags.nabij_text import full

if TYPE_CHECKING:
    from nabij.informing.paper.content import AnswerOnPaper, TextPaper


def on_paper(paper: "TextPaper") -> dict[str, Any]:
    """Return all that the template needs, in the language that is on."""
    printed = _("gedrukt op %(day)s") % {"day": full(paper.printed_on)}
    return {
        "large": paper.large_type,
        "blocks": [
            {"kind": block.kind, "lines": [breakable(line) for line in block.lines]} for block in paper.shown.blocks
        ],
        "officers": [breakable(", ".join(part for part in officer if part)) for officer in paper.officers],
        "facts": facts(paper.answer) if paper.answer else blanks() if paper.to_sign else [],
        "line": f"{paper.municipality}, {printed} · {_('tekst')} {paper.shown.version}",
        "labels": {
            "officers": _("Functionaris voor gegevensbescherming"),
            "answer": _("Wat u antwoordde") if paper.answer else _("Uw antwoord"),
            "page": _("bladzijde {n} van {total}"),
        },
    }


def facts(answer: "AnswerOnPaper") -> list[dict[str, Any]]:
    """Return what was answered, line by line."""
    yes, no = _("ja"), _("nee")
    told = [
        (_("Over wie gaat het?"), answer.person),
        (_("Met welke dienst?"), answer.recipient),
        (_("Antwoord"), yes if answer.is_yes else no),
        (_("Op welke dag?"), full(answer.on)),
        (_("Wie antwoordde?"), answer.said_by),
    ]
    if answer.is_yes:
        told += [
            (_("Geldt tot"), full(answer.until)),
            (_("Ook over gezondheid?"), yes if answer.with_health else no),
        ]
    if answer.stopped_on:
        told += [(_("Teruggenomen op"), full(answer.stopped_on)), (_("Wat er dan gebeurt"), answer.what_next)]
    return [_fact(label, text) for label, text in told if text]


def blanks() -> list[dict[str, Any]]:
    """Return the lines that somebody fills in by hand."""
    choice = f"{_('ja')}  /  {_('nee')}"
    return [
        _fact(_("Naam"), ""),
        _fact(_("Met welke dienst?"), ""),
        _fact(_("Antwoord"), choice),
        _fact(_("Ook over gezondheid?"), choice),
        _fact(_("Geldt tot"), ""),
        _fact(_("Datum en handtekening"), ""),
    ]


def _fact(label: str, text: str) -> dict[str, Any]:
    text = text.strip()
    return {"label": label, "said": {"text": breakable(text), "direction": direction(text)} if text else None}
