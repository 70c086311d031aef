"""How long each kind of data stays, on what legal ground, and how sure we are of that.

Sources were read on the day in `last_checked`. A municipality sets another term with `actions.set_term`; what it decides
stands in `models.Term`, and what is here is what goes without saying.

A municipality may only destroy what a selection rule lets go that stands in the Serieregister (Bestuursdecreet of 7 December
2018; vlaanderen.be/informatiemanagement, read on 22 November 2026). We could not read the rule for individual social files.
So ten years is a default to be confirmed by the archivist and the privacy officer, and the page says so.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nabij.kernel.privacy import Category

CHECKED = date(2026, 11, 22)
NOTICE = timedelta(days=90)
"""So long before it goes, a file stands on the page of the privacy officer."""


class Unit(StrEnum):
    """In what a term is counted."""

    DAY = "day"
    YEAR = "year"


class Clock(StrEnum):
    """From when a term of a file counts."""

    ENDED = "ended"
    CONTACT = "contact"

    @property
    def label(self) -> Any:
        """Return it as the page says it."""
        return {
            "ended": _("vanaf het einde van het dossier"),
            "contact": _("vanaf het laatste contact"),
        }[self.value]


@dataclass(frozen=True)
class Length:
    """So many days or years."""

    amount: int
    unit: Unit

    def after(self, day: date) -> date:
        """Return the day on which a term that began on `day` is over."""
        if self.unit == Unit.DAY:
            return day + timedelta(days=self.amount)
        year = day.year + self.amount
        in_other_year = (day.month, day.day) == (2, 29) and not isleap(year)
        return date(year, 2, 28) if in_other_year else day.replace(year=year)

    def before(self, day: date) -> date:
        """Return the last day on which a term began that is over on `day`."""
        return day - timedelta(
            days=self.amount if self.unit == Unit.DAY else 365 * self.amount + (self.amount + 3) // 4
        )

    @property
    def label(self) -> str:
        """Return the length in words."""
        if self.unit == Unit.DAY:
            return ngettext("%(n)s dag", "%(n)s dagen", self.amount) % {"n": self.amount}
        return ngettext("%(n)s jaar", "%(n)s jaar", self.amount) % {"n": self.amount}


@dataclass(frozen=True)
class Rule:
    """What goes without saying for one category: from when it counts, how long, why, and from where we know."""

    category: Category
    name: Any
    counts: Any
    ground: Any
    length: Length | None = None
    within: tuple[Length, Length] | None = None
    source: str = ""
    doubt: Any = ""
    last_checked: date = CHECKED

    @property
    def may_change(self) -> bool:
        """Return whether a municipality may set another term."""
        return self.within is not None


def _years(amount: int) -> Length:
    return Length(amount, Unit.YEAR)


def _days(amount: int) -> Length:
    return Length(amount, Unit.DAY)


_PUBLIC_TASK = _(
    "Taak van algemeen belang en wettelijke plicht (art. 6.1 c en e AVG; OCMW-wet van 8 juli 1976, wet van 26 mei 2002)."
)
_ARCHIVE = "Bestuursdecreet van 7 december 2018 (selectieregels, Serieregister); vlaanderen.be/informatiemanagement"
_ASK_ARCHIVIST = _(
    "Vernietigen mag alleen volgens een selectieregel uit het Serieregister. Die voor individuele sociale dossiers konden wij "
    "niet lezen: tien jaar is een voorlopige keuze, en het kan langer zijn. Laat de archivaris deze termijn bevestigen."
)

RULES = {
    rule.category: rule
    for rule in [
        Rule(
            Category.FILE,
            _("Dossiers van gezinnen"),
            _("vanaf het einde van het laatste dossier"),
            _PUBLIC_TASK,
            _years(10),
            (_years(1), _years(40)),
            _ARCHIVE,
            _ASK_ARCHIVIST,
        ),
        Rule(
            Category.VISIT,
            _("Gezinnen die nooit een dossier hadden"),
            _("vanaf het laatste contact"),
            _PUBLIC_TASK,
            _years(2),
            (_years(1), _years(10)),
            "AVG art. 5.1 e (opslagbeperking)",
            _("Geen wet noemt een termijn: twee jaar is onze keuze. Laat ze bevestigen."),
        ),
        Rule(
            Category.NAMELESS,
            _("Contacten zonder naam"),
            _("vanaf het contact"),
            _PUBLIC_TASK,
            _years(2),
            (_days(30), _years(10)),
            "AVG art. 5.1 e (opslagbeperking)",
            _("Geen wet noemt een termijn: twee jaar is onze keuze."),
        ),
        Rule(
            Category.TRAIL,
            _("Het spoor: wie deed en zag wat"),
            _("wat erin staat over een gezin gaat met het dossier; wat over geen gezin gaat, vanaf de dag zelf"),
            _("Verantwoording en beveiliging (art. 5.2 en 32 AVG; art. 458 Strafwetboek, of zijn opvolger)."),
            _years(10),
            (_years(5), _years(30)),
            "AVG art. 5.2 en 32",
            _(
                "De regel zelf (wie, wanneer, welke soort) blijft: zonder is niet te zien of iemand het spoor veranderde."
            ),
        ),
        Rule(
            Category.DRAFT,
            _("Halfgetypte teksten"),
            _("vanaf de laatste letter"),
            _("Noodzakelijk voor het werk (art. 6.1 e AVG)."),
            _days(30),
            (_days(1), _days(90)),
            "AVG art. 5.1 e (opslagbeperking)",
        ),
        Rule(
            Category.SESSION,
            _("Aanmelden"),
            _("een sessie tot ze eindigt, foute pogingen twee dagen, uitnodigingen dertig dagen na hun einde"),
            _("Beveiliging (art. 32 AVG)."),
            source="AVG art. 32",
        ),
        Rule(
            Category.FOLLOW_UP,
            _("Opvolging van ongewoon kijken en van noodtoegang"),
            _("vanaf de laatste stap"),
            _("Verantwoording (art. 5.2 en 24 AVG)."),
            _years(5),
            (_years(1), _years(10)),
            "AVG art. 5.2",
            _("Geen wet noemt een termijn: vijf jaar is onze keuze."),
        ),
        Rule(
            Category.WORKER,
            _("Medewerkers"),
            _("zolang het spoor hen noemt"),
            _("Overeenkomst en wettelijke plicht als werkgever (art. 6.1 b en c AVG)."),
            source="AVG art. 5.2",
        ),
        Rule(
            Category.PLACE,
            _("Plaatsen, teams en instellingen"),
            _("zegt niets over een persoon"),
            _("Geen persoonsgegevens."),
        ),
        Rule(
            Category.STATISTICS,
            _("Cijfers die achterblijven"),
            _("zonder sleutel en zonder dag; kleine aantallen worden niet getoond"),
            _("Statistiek (art. 89 AVG)."),
            source="AVG art. 89",
        ),
    ]
}


@dataclass(frozen=True)
class InForce:
    """What holds for a category in one municipality: the rule, the length, and since when and why it is another."""

    rule: Rule
    length: Length | None
    clock: Clock = Clock.ENDED
    decided_on: date | None = None
    decided_ground: str = ""

    @property
    def counts(self) -> Any:
        """Return from when it counts, in words."""
        return self.clock.label if self.rule.category == Category.FILE and self.decided_on else self.rule.counts

    @property
    def ground(self) -> Any:
        """Return the legal ground."""
        return self.decided_ground or self.rule.ground
