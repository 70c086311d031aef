"""The labels and sentences of the household's paper: plain words, and no promise that the service does not keep."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nabij.kernel.domains import LifeDomain
from nabij.ui.calendar_words import words_of
from nabij.ui.paper import breakable, direction

if TYPE_CHECKING:
    from nabij.casework.paper.content import AgreementOnPaper, ContactOnPaper, GoalOnPaper, PlanPaper, StepOnPaper

Said = dict[str, str]
_QUOTES = {"nl": "“”", "en": "“”", "fr": ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»")}


def title(paper: "PlanPaper") -> str:
    """Return the title of the document: "Plan van Gezin Peeters"."""
    return _("Plan van %(household)s") % {"household": paper.household_name}


def on_paper(paper: "PlanPaper") -> dict[str, Any]:
    """Return all that the template needs, in the language that is on."""
    printed = _("gedrukt op %(day)s") % {"day": full(paper.printed_on)}
    return {
        "large": paper.large_type,
        "quotes": list(_QUOTES.get(paper.language, _QUOTES["nl"])),
        "labels": labels(),
        "household": said(paper.household_name),
        "place": breakable(" · ".join(_filled(paper.centre_name, paper.municipality, printed))),
        "line": direct_line(paper.case_manager) or printed[:1].upper() + printed[1:],
        "agreement": agreement(paper.agreement, paper.version),
        "goals": [goal(each) for each in paper.goals],
        "scores": [{**domain(slug), "words": said(text)} for slug, text in paper.scores],
        "next_talk": next_talk(paper.next_talk),
        "contact": contact(paper),
        "chapters": chapters(paper),
    }


def labels() -> dict[str, str]:
    """Return the fixed words."""
    return {
        "plan": _("Ons plan"),
        "no_plan": _("Er staat nog niets in dit plan. Dat is niet erg. U kiest wat erin komt, en wanneer."),
        "for_whom": _("Voor:"),
        "what": _("Wat doen we?"),
        "who": _("Wie doet het?"),
        "when": _("Tegen wanneer?"),
        "no_steps": _("Hier zijn nog geen stappen afgesproken."),
        "scores": _("Zo gaat het nu, zegt u zelf"),
        "domain": _("Waarover?"),
        "score": _("Hoe gaat het?"),
        "next_talk": _("Ons volgende gesprek"),
        "contact": _("Wie helpt u?"),
        "page": _("bladzijde {n} van {total}"),
        "about_plan": _("Wat u nog moet weten"),
    }


def goal(each: "GoalOnPaper") -> dict[str, Any]:
    """Return a goal as the template draws it."""
    return {
        **domain(each.domain),
        "words": said(each.words),
        "for_whom": said(", ".join(_filled(*each.for_whom))),
        "steps": [step(one) for one in each.steps],
    }


def step(one: "StepOnPaper") -> dict[str, Any]:
    """Return a step: what is done says so, what has no day says that too."""
    when = _("Gedaan") if one.done else full(one.due) if one.due else _("Nog geen dag gekozen")
    return {"what": said(one.description), "who": said(one.who), "when": when, "done": one.done}


def domain(slug: str) -> dict[str, str]:
    """Return the label of a life domain, its pictogram and what a reading machine says of that."""
    try:
        known = LifeDomain(slug)
    except ValueError:
        return {"domain": breakable(slug), "pictogram": "", "alt": ""}
    label = str(known.label)
    return {"domain": label, "pictogram": known.pictogram, "alt": _("Pictogram: %(domain)s") % {"domain": label}}


def agreement(what: "AgreementOnPaper | None", version: int | None) -> dict[str, Any]:
    """Return what the household said of this plan, and its reason in its own words."""
    if what is None:
        return {"sentence": _("Over dit plan is nog niets afgesproken. U kunt alles nog veranderen."), "reason": None}
    sentence = {
        "agreed": _("U ging akkoord met dit plan op %(day)s."),
        "not_agreed": _("U ging niet akkoord met dit plan op %(day)s."),
        "not_asked": _("Op %(day)s konden we dit plan nog niet samen bespreken."),
    }[what.outcome] % {"day": full(what.on)}
    number = _("Dit is versie %(number)s van uw plan.") % {"number": version} if version else ""
    return {
        "sentence": " ".join(_filled(sentence, number)),
        "reason": said(what.reason) if what.reason.strip() else None,
    }


def next_talk(day: date | None) -> str:
    """Return when we talk again, or how to ask for it."""
    if day is None:
        return _("Er is nog geen dag afgesproken. U kunt er altijd een vragen.")
    return f"{str(WEEKDAYS[day.weekday()])[:1].upper()}{str(WEEKDAYS[day.weekday()])[1:]} {full(day)}"


def contact(paper: "PlanPaper") -> dict[str, Any]:
    """Return who helps and how to reach them, or in plain words what to do when there is nobody yet."""
    people = []
    if paper.case_manager:
        people.append(person(_("Uw casemanager"), paper.case_manager))
    if paper.duo:
        label = _("Is uw casemanager er niet?") if paper.case_manager else _("U kunt ook vragen naar")
        people.append(person(label, paper.duo))
    return {"people": people, "sentence": _fixed_contact() if paper.case_manager else _nobody_yet(paper.centre_name)}


def direct_line(who: "ContactOnPaper | None") -> str:
    """Return name and number for the foot of every page; nothing when they would not fit on one line there."""
    line = ", ".join(_filled(who.name, _together(who.phone))) if who and who.phone.strip() else ""
    return line if len(line) <= 60 else ""


def _fixed_contact() -> str:
    return _("Dit is uw vaste contact. U mag rechtstreeks bellen of schrijven.")


def _nobody_yet(centre: str) -> str:
    if not centre:
        return _(
            "U hebt nog geen casemanager. Ga langs in een wijkcentrum, en vraag ernaar. U hoeft niets mee te brengen."
        )
    sentence = _("U hebt nog geen casemanager. Ga langs bij %(place)s, en vraag ernaar. U hoeft niets mee te brengen.")
    return sentence % {"place": breakable(centre)}


def person(label: str, who: "ContactOnPaper") -> dict[str, Any]:
    """Return a name with its lines; without a line, that is said."""
    lines = _filled(who.phone and _("Telefoon: %(number)s") % {"number": _together(who.phone)}, breakable(who.email))
    return {"label": label, "name": said(who.name), "lines": lines or [_("Vraag het nummer in een wijkcentrum.")]}


def chapters(paper: "PlanPaper") -> list[dict[str, Any]]:
    """Return the second page: sharing, control, who looked, leaving and coming back, when you disagree."""
    nothing = _("Hier staat nog niets over wat we met anderen delen. Vraag ernaar wanneer u wilt.")
    return [
        _chapter(_("Wat we met anderen delen"), (breakable(line) for line in paper.sharing or [nothing])),
        _chapter(
            _("Het OCMW controleert ook"),
            [
                _("Het OCMW helpt u. Het OCMW kijkt ook na of iemand recht heeft op steun. Dit betekent:"),
                _("Vraagt u steun? Dan kan het OCMW vragen stellen over uw geld, uw woning en uw gezin."),
                _("Die controle gebeurt niet in het dossier van wie u helpt."),
                _("U mag altijd vragen wat het OCMW wil weten, en waarom."),
            ],
            lead=True,
        ),
        _chapter(
            _("Wie keek in uw dossier?"),
            [
                _("Opent iemand van de dienst uw dossier? Dan schrijft de computer op wie dat was, en wanneer."),
                _("U mag dat weten. Vraag het aan uw casemanager of in een wijkcentrum. U krijgt een lijst op papier."),
            ],
        ),
        _chapter(
            _("Stoppen en terugkomen"),
            [
                _("U mag stoppen wanneer u wilt. U hoeft niet te zeggen waarom."),
                _("U mag ook terugkomen, zonder uitleg. U hoeft uw verhaal niet opnieuw te vertellen."),
            ],
        ),
        _chapter(
            _("Niet akkoord, of niet tevreden?"),
            [
                _("Zeg het ons. Wij luisteren, ook als het over ons gaat."),
                _("Wilt u een klacht indienen, of in beroep gaan tegen een beslissing? Vraag ons hoe dat gaat."),
            ],
        ),
    ]


def full(day: date) -> str:
    """Return a day as people write it in full: "24 november 2026", "1er décembre 2026"."""
    language = (get_language() or "nl")[:2]
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {words_of(language).long_months[day.month - 1]} {day.year}"


def said(text: str) -> Said:
    """Return somebody's words with the direction in which they run."""
    text = text.strip()
    return {"text": breakable(text), "direction": direction(text)}


def _chapter(heading: str, lines: Iterable[str], lead: bool = False) -> dict[str, Any]:
    first, *rest = lines
    return {"heading": heading, "lead": first if lead else "", "lines": rest if lead else [first, *rest]}


def _filled(*texts: str) -> list[str]:
    return [text.strip() for text in texts if text and text.strip()]


def _together(number: str) -> str:
    return number.replace(" ", "\N{NO-BREAK SPACE}") if len(number) <= 20 else breakable(number)
