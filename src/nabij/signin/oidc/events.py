"""What can happen here. What a directory does, it does itself: the sentence names it."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

SET_UP = event("signin.directory_set_up", _("{by} stelde een aanmelddienst in."))
CHANGED = event("signin.directory_changed", _("{by} veranderde een aanmelddienst."))
OPENED = event("signin.directory_opened", _("{by} zette een aanmelddienst aan."))
CLOSED = event("signin.directory_closed", _("{by} zette een aanmelddienst uit."))
RULE_ADDED = event("signin.rule_added", _("{by} liet een functie van de aanmelddienst komen."))
RULE_DROPPED = event("signin.rule_dropped", _("{by} laat een functie niet meer van de aanmelddienst komen."))
LINKED = event("signin.linked", _("{by} verbond een medewerker met de aanmelddienst."))
LINKED_ITSELF = event(
    "signin.linked_itself", _("De aanmelddienst herkende een medewerker voor het eerst, aan het e-mailadres.")
)
UNLINKED = event("signin.unlinked", _("{by} maakte een medewerker los van de aanmelddienst."))
FUNCTIONS_SET = event("signin.functions_set", _("De aanmelddienst veranderde de functies van een medewerker."))
NOT_LET_IN = event("signin.not_let_in", _("De aanmelddienst stuurde iemand die hier niet binnen mag."))
ENDED_THERE = event("signin.ended_there", _("De aanmelddienst beëindigde de sessie van een medewerker."))
