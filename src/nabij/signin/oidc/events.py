"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

SET_UP = event("signin.directory_set_up", _("{by} stelde een aanmelddienst in."))
CHANGED = event("signin.directory_changed", _("{by} veranderde een aanmelddienst."))
OPENED = event("signin.directory_opened", _("{by} zette een aanmelddienst aan."))
CLOSED = event("signin.directory_closed", _("{by} zette een aanmelddienst uit."))
RULE_ADDED = event("signin.rule_added", _("{by} liet een functie van de aanmelddienst komen."))
RULE_DROPPED = event("signin.rule_dropped", _("{by} laat een functie niet meer van de aanmelddienst komen."))
LINKED = event("signin.linked", _("{by} verbond een medewerker met de aanmelddienst."))
LINKED_ITSELF = event("signin.linked_itself", _("{by} herkende een medewerker voor het eerst, aan het e-mailadres."))
UNLINKED = event("signin.unlinked", _("{by} maakte een medewerker los van de aanmelddienst."))
FUNCTIONS_SET = event("signin.functions_set", _("{by} veranderde de functies van een medewerker."))
NOT_LET_IN = event("signin.not_let_in", _("{by} stuurde iemand die hier niet binnen mag."))
ENDED_THERE = event("signin.ended_there", _("{by} beëindigde de sessie van een medewerker."))

ITSELF = frozenset({LINKED_ITSELF.slug, FUNCTIONS_SET.slug, NOT_LET_IN.slug, ENDED_THERE.slug})
"""What a directory does by itself: no worker stands behind it."""
