"""May this happen now?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.access.roles import Ground
from nabij.households.recognition.names import search_name
from nabij.kernel.actor import Actor
from nabij.kernel.checks import fits
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen, check
from nabij.oversight.models import Emergency
from nabij.oversight.rules import LONGEST, Days
from nabij.ui.templatetags.nabij_text import full, moment

MOST_TRIES, IN = 5, timedelta(hours=24)
MOST_WORDS = 3000
NOT_YOURS = _("Deze noodtoegang is niet voor jou open, of ze bestaat niet.")


@dataclass(frozen=True)
class Named:
    """Who somebody looks for in an emergency: the exact name, and the birth date or the address."""

    given_name: str
    family_name: str
    born: date | None = None
    street: str = ""
    number: str = ""

    @property
    def name(self) -> str:
        """Return the name as the records hold it, without capitals and accents."""
        return search_name(self.given_name, self.family_name)

    @property
    def initial(self) -> str:
        """Return the first letter, which is all that a privacy officer sees of it."""
        return (search_name("", self.family_name) or self.name)[:1].upper()


@check
def somebody_else(by: Actor, worker: UUID) -> None:
    """Raise `Denied` when somebody would follow her own looking up."""
    if by.id == worker:
        raise Denied(_("Je eigen kijken volgt een collega op, of wie in een andere gemeente jouw functie heeft."))


@check
def found(finding: object | None) -> None:
    """Raise `NotNow` when no rule finds this."""
    if finding is None:
        raise NotNow(_("Dit staat niet bij het ongewone kijken. Kijk in het overzicht wat er wel staat."))


@check
def in_order(days: Days) -> None:
    """Raise `BadInput` for a period that runs backwards or is too long for one page."""
    if days.last < days.first:
        raise BadInput(_("Deze periode eindigt voor ze begint. Kijk de twee dagen na."), field="until")
    if (days.last - days.first).days >= LONGEST:
        raise BadInput(_("Kies hoogstens 92 dagen tegelijk."), field="since")


@check
def has_reason(reason: str) -> None:
    """Raise `BadInput` where nobody wrote why this cannot wait, or too much."""
    if not any(letter.isalpha() for letter in reason):
        raise BadInput(_("Schrijf in je eigen woorden waarom dit niet kan wachten."), field="reason")
    fits(reason, MOST_WORDS, field="reason")


@check
def names_somebody(whom: Named) -> None:
    """Raise `BadInput` where there is no whole name, or nothing beside it."""
    if not whom.given_name.strip() or not whom.family_name.strip():
        raise BadInput(_("Vul voornaam en familienaam in, allebei helemaal."), field="family_name")
    if whom.born is None and not (whom.street.strip() and whom.number.strip()):
        raise BadInput(_("Vul ook de geboortedatum in, of straat en nummer."), field="birth_date")


@check
def not_barred(until: date | None, on: date) -> None:
    """Raise `NotNow` in the month after a second refusal."""
    if until and on < until:
        raise NotNow(
            _("Je noodtoegang werd twee keer geweigerd binnen twaalf maanden. Je kan er weer een nemen vanaf %(day)s.")
            % {"day": full(until)}
        )


@check
def may_try(until: date | None, tries: list[datetime], on: date) -> None:
    """Raise `NotNow` in the month after a second refusal, and after five times nothing within a day."""
    not_barred(until, on)
    if len(tries) >= MOST_TRIES:
        again = min(tries) + IN
        raise NotNow(
            _("Er ging vijf keer niets open. Je kan opnieuw proberen vanaf %(moment)s. Bel nu de coördinator.")
            % {"moment": moment(again)}
        )


@check
def not_open_yet(ground: Ground | None) -> None:
    """Raise `NotNow` where the file is open already: to who reaches it, which is no news."""
    if ground == Ground.EMERGENCY:
        raise NotNow(_("Je noodtoegang tot dit gezin loopt al. Je vindt het gezin hieronder."))
    if ground and ground.depth >= 2:
        raise NotNow(_("Dit dossier staat al voor jou open. Zoek het bovenaan op naam."))


@check
def is_own(emergency: Emergency, by: Actor) -> None:
    """Raise `NotOpen` for somebody else's, or for one that opened nothing."""
    if emergency.worker_id != by.id or emergency.basis_id is None:
        raise NotOpen(NOT_YOURS)


@check
def has_words(text: str) -> None:
    """Raise `BadInput` without words, or with too many."""
    if not any(letter.isalpha() for letter in text):
        raise BadInput(_("Schrijf in een paar woorden waarom je dit vindt."), field="text")
    fits(text, MOST_WORDS, field="text")
