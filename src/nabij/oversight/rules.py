"""What looking is unusual: six rules, each with its limits and the reason that it gives, in a sentence.

A rule says that something is worth a question, never that it is wrong. There is no sum of rules for a worker.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from nabij.ui.templatetags.nabij_text import clock, full

LIMITS: dict[str, float] = {
    "habit_days": 90,  # what somebody usually does is read from so many days before
    "habit_known": 5,  # days with looks, from which there is a habit to compare with
    "times": 2,  # so many times the usual number of files in a day is many
    "least": 15,  # fewer files in a day are never many
    "new": 30,  # who has no habit yet: more files in a day than this
    "ended_days": 365,  # a case that ended longer ago than this ended long ago
    "contact_days": 30,  # unless there was a contact with the household in so many days before
    "around_hours": 1,  # before a centre opens and after it closes people work as well
    "met_hours": 3,  # looks around a talk that was planned or noted are part of that talk
}
OFFICE = ("08:00", "18:00")  # on a weekday a look between these is never outside the hours


class Rule(StrEnum):
    """One kind of unusual looking, in the order in which the page names them."""

    MANY = "many"
    ENDED = "ended"
    OWN_NAME = "own_name"
    OWN_STREET = "own_street"
    HOURS = "hours"
    OTHER_TEAM = "other_team"

    @property
    def label(self) -> Any:
        """Return what the page calls it."""
        return {
            "many": _("Veel dossiers op één dag"),
            "ended": _("Lang afgesloten"),
            "own_name": _("Eigen familienaam"),
            "own_street": _("Eigen straat"),
            "hours": _("Buiten de uren"),
            "other_team": _("Ander team, via het onthaal"),
        }[self.value]

    @property
    def counted(self) -> Any:
        """Return how it is found, for whoever wants to know."""
        return {
            "many": _(
                "Minstens 15 dossiers op een dag, en meer dan het dubbele van wat deze collega zelf in de 90 dagen ervoor "
                "gemiddeld opende. Is er nog geen gewoonte: meer dan 30."
            ),
            "ended": _(
                "Het dossier is langer dan een jaar afgesloten, en in de 30 dagen ervoor is er geen contact genoteerd."
            ),
            "own_name": _("Iemand van het gezin, nu of vroeger, draagt de familienaam van de collega."),
            "own_street": _("Het gezin woont die dag in de straat die van de collega genoteerd staat."),
            "hours": _(
                "Meer dan een uur voor het centrum opengaat of na het sluit, of op een zaterdag of zondag dat het dicht is. "
                "Op weekdagen telt van 8 tot 18 uur nooit, en rond een afspraak of contact met dat gezin ook niet."
            ),
            "other_team": _(
                "Gekeken aan het onthaal naar een gezin van een ander team dan het eigen, zonder dat er die dag een "
                "contact van genoteerd werd."
            ),
        }[self.value]


@dataclass(frozen=True)
class Key:
    """What points at a finding: the rule, who looked, on which day, and in which file (empty: in several)."""

    rule: str
    worker: UUID
    day: date
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.rule}:{self.worker}:{self.day.isoformat()}:{self.reference or '-'}"


@dataclass(frozen=True)
class Finding:
    """Something unusual: whose looks, on which day, in one file or in several, and what the rule saw."""

    key: Key
    name: str
    initial: str
    files: int
    looks: int
    first_at: datetime
    last_at: datetime
    facts: dict[str, Any]

    @property
    def rule(self) -> Rule:
        """Return the rule that found it."""
        return Rule(self.key.rule)

    @property
    def home(self) -> str:
        """Return the file, as far as the officer may know it."""
        return shown_reference(self.key.reference, self.initial)

    @property
    def sentence(self) -> str:
        """Return the reason, in a sentence."""
        return _SENTENCES[self.rule](self)


def shown_reference(reference: str, initial: str) -> str:
    """Return a file as "dossier 7F3A-91C2 (Y.)", or nothing."""
    if not reference:
        return ""
    name = f" ({initial}.)" if initial else ""
    return say("dossier %(reference)s%(name)s") % {"reference": f"{reference[:4]}-{reference[4:]}", "name": name}


def reference_of(household: UUID) -> str:
    """Return the reference by which officer and case manager mean the same file."""
    text = str(household)[:8].upper()
    return f"{text[:4]}-{text[4:]}"


def _many(it: Finding) -> str:
    if it.facts.get("usual") is None:
        return say("%(name)s opende %(files)s dossiers. Er is nog geen gewoonte om mee te vergelijken.") % _facts(it)
    return say("%(name)s opende %(files)s dossiers. Gewoonlijk zijn dat er ongeveer %(usual)s op een dag.") % _facts(it)


def _ended(it: Finding) -> str:
    return say(
        "%(name)s opende %(home)s. Dat is afgesloten sinds %(ended)s, en er was geen contact in de maand ervoor."
    ) % _facts(it)


def _own_name(it: Finding) -> str:
    return say("%(name)s opende %(home)s van iemand met dezelfde familienaam. Dat kan toeval zijn.") % _facts(it)


def _own_street(it: Finding) -> str:
    return say("%(name)s opende %(home)s van een gezin in de eigen straat.") % _facts(it)


def _hours(it: Finding) -> str:
    when = _facts(it)
    if it.facts.get("opens") is None:
        return say("%(name)s opende %(several)s %(moments)s op een dag dat het centrum dicht is.") % when
    return (  # an hour ends in a point of its own
        say("%(name)s opende %(several)s %(moments)s en dus buiten de uren. Die dag telt van %(opens)s tot %(closes)s")
        % when
    )


def _other_team(it: Finding) -> str:
    return say(
        "%(name)s keek aan het onthaal naar %(home)s van %(team)s, niet het eigen team, en noteerde geen contact."
    ) % _facts(it)


def _facts(it: Finding) -> dict[str, Any]:
    known = {"team": it.facts.get("team")}
    hours = {name: _hour(it.facts.get(name)) for name in ("opens", "closes")}
    several = say("een dossier") if it.files == 1 else say("%(files)s dossiers") % {"files": it.files}
    return {
        **known,
        **hours,
        "usual": _round(it.facts.get("usual")),
        "ended": full(date.fromisoformat(it.facts["ended"])) if it.facts.get("ended") else "",
        "name": it.name,
        "files": it.files,
        "home": it.home,
        "several": several,
        "moments": _moments(clock(it.first_at), clock(it.last_at)),
    }


def _moments(first: str, last: str) -> str:
    if first == last:
        return say("om %(first)s") % {"first": first}
    return say("tussen %(first)s en %(last)s") % {"first": first, "last": last}


def _hour(told: Any) -> str:
    return clock(datetime.strptime(told, "%H:%M")) if told else ""  # noqa: DTZ007 - an hour of the town, of no day


def _round(usual: Any) -> str:
    return "" if usual is None else str(max(1, round(float(usual))))


_SENTENCES = {
    Rule.MANY: _many,
    Rule.ENDED: _ended,
    Rule.OWN_NAME: _own_name,
    Rule.OWN_STREET: _own_street,
    Rule.HOURS: _hours,
    Rule.OTHER_TEAM: _other_team,
}
LONGEST = 92  # days that one page can look over


@dataclass(frozen=True)
class Days:
    """The days that a page is about, both included."""

    first: date
    last: date

    @classmethod
    def until(cls, today: date, days: int = 14) -> "Days":
        """Return the last days, today included."""
        return cls(today - timedelta(days=days - 1), today)
