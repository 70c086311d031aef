"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

SIGNED_IN = event("signin.signed_in", _("{by} meldde zich aan."))
LOCKED = event(
    "signin.locked", _("Bij het account van {by} werd te vaak een fout wachtwoord of een foute code geprobeerd.")
)
FACTOR_ADDED = event("signin.factor_added", _("{by} stelde een tweede stap in."))
FACTOR_REMOVED = event("signin.factor_removed", _("{by} haalde een tweede stap weg."))
FACTORS_RESET = event("signin.factors_reset", _("{by} wiste de tweede stap van een medewerker die hem kwijt was."))
CODES_MADE = event("signin.codes_made", _("{by} maakte nieuwe herstelcodes."))
CODE_USED = event("signin.code_used", _("{by} gebruikte een herstelcode."))
PASSWORD_CHANGED = event("signin.password_changed", _("{by} veranderde het eigen wachtwoord."))
WENT_TOO_FAST = event(
    "signin.went_too_fast", _("{by} opende in een uur zo veel bladzijden als alleen een machine doet.")
)
SESSION_ENDED = event("signin.session_ended", _("{by} meldde een ander toestel af."))
INVITED = event("signin.invited", _("{by} maakte een uitnodiging voor een medewerker."))
INVITATION_USED = event("signin.invitation_used", _("{by} koos een wachtwoord met een uitnodiging."))
ACCOUNT_CLOSED = event("signin.account_closed", _("{by} sloot het account van een medewerker."))
ACCOUNT_OPENED = event("signin.account_opened", _("{by} opende het account van een medewerker opnieuw."))
