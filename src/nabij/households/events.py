"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

LOOKED = event("households.looked", _("{by} opende het dossier."))
LOOK_REFUSED = event("households.look_refused", _("{by} vroeg een dossier dat niet openstaat."))
SEARCHED = event("households.searched", _("{by} zocht of iemand gekend is."))
REGISTERED = event("households.registered", _("{by} noteerde een nieuw gezin."))
PERSON_JOINED = event("households.person_joined", _("{by} noteerde dat iemand bij het gezin kwam."))
PERSON_LEFT = event("households.person_left", _("{by} noteerde dat iemand het gezin verliet."))
PERSON_CORRECTED = event("households.person_corrected", _("{by} verbeterde gegevens van een persoon."))
MOVED = event("households.moved", _("{by} noteerde een nieuw adres."))
ADDRESS_CORRECTED = event("households.address_corrected", _("{by} verbeterde het adres."))
REACHED_BY = event("households.reached_by", _("{by} noteerde hoe het gezin te bereiken is."))
REACHED_NO_LONGER = event(
    "households.reached_no_longer", _("{by} noteerde dat een telefoonnummer of e-mailadres niet meer klopt.")
)
PREFERENCES_SET = event("households.preferences_set", _("{by} noteerde waar en hoe het gezin liefst contact heeft."))
SEPARATED = event("households.separated", _("{by} noteerde dat twee mensen uit elkaar gingen."))
BROUGHT_OVER = event("households.brought_over", _("{by} bracht het gezin over uit een ouder systeem."))
DOUBLE_DECIDED = event("households.double_decided", _("{by} keek na of twee dossiers van dezelfde mensen zijn."))
