"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

TERM_SET = event("privacy.term_set", _("{by} veranderde een bewaartermijn."))
REGISTER_TAKEN = event("privacy.register_taken", _("{by} nam het register van verwerkingen mee."))
EXPORTED = event("privacy.exported", _("{by} maakte voor een bewoner een kopie van de gegevens."))
ANNOUNCED = event("privacy.announced", _("{by} kondigde aan welke dossiers gewist worden."))
RAN = event("privacy.ran", _("{by} wiste wat over zijn termijn was."))
ERASED = event("privacy.erased", _("{by} wiste een dossier."))
HELD = event("privacy.held", _("{by} hield een dossier langer bij."))
RELEASED = event("privacy.released", _("{by} houdt een dossier niet langer bij."))
ASKED = event("privacy.asked", _("{by} noteerde een vraag over gegevens."))
ANSWERED = event("privacy.answered", _("{by} beantwoordde een vraag over gegevens."))
