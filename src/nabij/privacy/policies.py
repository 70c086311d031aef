"""May this happen now?"""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.kernel.privacy import Category
from nabij.kernel.refusals import BadInput, NotNow, check
from nabij.privacy.terms import Clock, Length, Rule, Unit

LONGEST_HOLD = timedelta(days=5 * 366)
WHY_NOT: dict[str, Any] = {
    "denied": _("Dit dossier is niet voor jou open, of het bestaat niet meer."),
    "open": _("Dit dossier is open. Een open dossier wordt nooit gewist: sluit het eerst af."),
    "led": _("Dit gezin heeft een dossierhouder of duo. Zolang iemand het begeleidt, wordt het niet gewist."),
    "held": _("Dit dossier wordt bewaard, met een reden. Kijk eerst of die nog geldt."),
    "asked": _("Er loopt nog een vraag over deze gegevens. Beantwoord die eerst."),
    "term": _("De bewaartermijn van dit dossier is nog niet voorbij."),
    "unannounced": _("Dit dossier is niet aangekondigd, of te kort. Er gaat niets weg zonder aankondiging."),
    "request": _("Er is geen open vraag om dit dossier te wissen."),
    "whole": _("Er staat niemand anders in dit dossier. Noteer de vraag voor heel het gezin."),
    "alone": _("Wissen doen twee mensen: wie de vraag noteerde, wist niet zelf."),
    "unknown": _("Nabij weet van een plaats niet of er iets over dit gezin staat, en wist daarom niets. Meld dit."),
}
"""What `privacy_erase` answers when it does not erase, in a sentence."""


@check
def length_is_allowed(rule: Rule, length: Length) -> None:
    """Raise `BadInput` for a term that this category cannot have."""
    if rule.within is None:
        raise BadInput(_("Deze termijn ligt vast."), field="amount")
    shortest, longest = rule.within
    if not _days(shortest) <= _days(length) <= _days(longest):
        raise BadInput(
            _("Kies een termijn van %(least)s tot %(most)s.") % {"least": shortest.label, "most": longest.label},
            field="amount",
        )


@check
def clock_is_allowed(rule: Rule, clock: Clock) -> None:
    """Raise `BadInput` for another beginning than this category knows."""
    if clock == Clock.CONTACT and rule.category not in (Category.FILE, Category.VISIT):
        raise BadInput(_("Deze termijn kan niet vanaf een contact tellen."), field="clock")


@check
def erases_nothing_open(open_files: int) -> None:
    """Raise `BadInput` for a rule by which files would go that are open."""
    if open_files:
        raise BadInput(
            _(
                "Met deze regel zouden %(many)s open dossiers gewist moeten worden. Dat doet Nabij nooit. Tel vanaf het einde "
                "van het dossier, of kies een langere termijn."
            )
            % {"many": open_files},
            field="clock",
        )


@check
def hold_in_order(until: date, today: date) -> None:
    """Raise `BadInput` for a hold without an end that is to come, or that goes on for years and years."""
    if until <= today:
        raise BadInput(_("Kies een dag die nog komt."), field="until")
    if until > today + LONGEST_HOLD:
        raise BadInput(_("Bewaar hoogstens vijf jaar tegelijk: daarna beslis je opnieuw."), field="until")


@check
def is_open(request: Any) -> None:
    """Raise `NotNow` for a question that has its answer."""
    if request is None or request.outcome:
        raise NotNow(_("Deze vraag is al beantwoord."))


@check
def no_legal_duty(keeps_until: date | None, exception: str) -> None:
    """Raise `BadInput` where a legal duty keeps the file, unless it should never have been there."""
    if keeps_until and not exception:
        raise BadInput(
            _(
                "Dit dossier moet wettelijk blijven tot %(day)s (art. 17.3 b AVG). Weiger de vraag met die reden, of schrijf "
                "op waarom het er nooit had mogen zijn."
            )
            % {"day": keeps_until.strftime("%d/%m/%Y")},
            field="exception",
        )


def _days(length: Length) -> int:
    return length.amount * (1 if length.unit == Unit.DAY else 366)
