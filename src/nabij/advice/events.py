"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

ASKED = event("advice.asked", _("{by} vroeg een collega om raad."))
ANSWERED = event("advice.answered", _("{by} gaf raad."))
TAKEN_BACK = event("advice.taken_back", _("{by} trok een vraag om raad in."))
