"""Why a sign-in from elsewhere is refused: a sentence for who stands there, and a word for who looks after it.

Nothing here tells whether an account exists: whoever is unknown, closed or without a function reads one and the same sentence.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import Refusal


class NotLetIn(Refusal):
    """A sign-in of a directory that is not accepted; `why` is a word for the log and the trail, never for the page."""

    status = 403

    def __init__(self, why: str, sentence: Any) -> None:
        super().__init__(sentence)
        self.why = why


# What came is no proof: the same for whoever tries something, and for whoever waited too long.
AGAIN = _("Deze aanmelding is niet meer geldig of hoort niet bij dit venster. Begin opnieuw op de aanmeldpagina.")
CLOCK = _(
    "De klok van de aanmelddienst en die van Nabij verschillen te veel, of de aanmelding is verlopen. Probeer het opnieuw; "
    "blijft het zo, vraag dan de beheerder om de klok na te kijken."
)
FORGED = _(
    "Het antwoord van de aanmelddienst klopt niet. Er is niemand aangemeld. Verwittig de beheerder van je gemeente."
)
DOWN = _("De aanmelddienst antwoordt niet. Probeer het straks opnieuw, of meld je aan met je wachtwoord.")
GONE = _("De aanmelddienst heeft je niet aangemeld. Probeer het opnieuw, of vraag het daar.")
NOBODY = _(
    "Je bent bij de aanmelddienst gekend, maar hier staat niets voor je open. Vraag het aan de beheerder van je gemeente."
)
ELSEWHERE = _(
    "Je meldde je aan voor een andere organisatie dan deze gemeente. Kies op de aanmeldpagina de knop van je gemeente, en "
    "kies bij de aanmelddienst dezelfde organisatie."
)
TWO_TOWNS = _(
    "Je gegevens noemen meer dan één organisatie, en je functie zegt niet voor welke ze geldt. Kies bij de aanmelddienst één "
    "organisatie, en meld je opnieuw aan."
)

REASONS = {
    "state": AGAIN,
    "replayed": AGAIN,
    "nonce": AGAIN,
    "late": AGAIN,
    "expired": CLOCK,
    "clock": CLOCK,
    "signature": FORGED,
    "algorithm": FORGED,
    "issuer": FORGED,
    "audience": FORGED,
    "malformed": FORGED,
    "down": DOWN,
    "refused_there": GONE,
    "not_fresh": _("Je hebt niet opnieuw getoond wie je bent. Probeer het nog eens."),
    "other_person": _("Dit was iemand anders dan wie hier aangemeld is. Meld je eerst af."),
    "elsewhere": ELSEWHERE,
    "two_towns": TWO_TOWNS,
    "unknown_person": NOBODY,
    "closed_account": NOBODY,
    "other_key": NOBODY,
    "no_function": NOBODY,
    "unknown_function": NOBODY,
    "unknown_team": NOBODY,
}
WORDS = {
    "elsewhere": _("andere organisatie"),
    "two_towns": _("meer dan één organisatie"),
    "unknown_person": _("geen account met dit adres of deze sleutel"),
    "closed_account": _("het account is gesloten"),
    "other_key": _("dit adres hoort al bij een andere sleutel van de aanmelddienst"),
    "no_function": _("geen enkele functie volgens de aanmelddienst"),
    "unknown_function": _("een regel noemt een functie die niet bestaat"),
    "unknown_team": _("een regel noemt een team dat er niet meer is"),
}
"""What the administrator reads of a refusal."""
PERSON = frozenset(WORDS)
"""Reasons that come after the proof was accepted: only these reach the trail, the others are noise that anybody can make."""


def refuse(why: str) -> NotLetIn:
    """Return the refusal for a reason, to raise."""
    refusal = NotLetIn(why, REASONS[why])
    # Below 500, or what was written (functions that ended, who was refused) would be undone.
    refusal.status = 409 if why == "down" else 403 if why in PERSON else 400
    return refusal
