"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

LIST_GIVEN = event("oversight.list_given", _("{by} maakte voor het gezin de lijst van wie keek."))
SEEN = event("oversight.seen", _("{by} keek na wie in dossiers keek."))
FOLLOWED_UP = event("oversight.followed_up", _("{by} noteerde wat er van ongewoon kijken kwam."))
STREET_NOTED = event("oversight.street_noted", _("{by} noteerde de straat van een medewerker."))
EMERGENCY_TAKEN = event("oversight.emergency_taken", _("{by} nam noodtoegang tot het dossier."))
EMERGENCY_NOT_OPENED = event("oversight.emergency_not_opened", _("{by} vroeg noodtoegang, en er ging niets open."))
EMERGENCY_GIVEN_BACK = event("oversight.emergency_given_back", _("{by} gaf de noodtoegang terug."))
EMERGENCY_REMARKED = event("oversight.emergency_remarked", _("{by} schreef een opmerking bij een noodtoegang."))
EMERGENCY_REVIEWED = event("oversight.emergency_reviewed", _("{by} keek een noodtoegang na."))
