"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

LIST_GIVEN = event("oversight.list_given", _("{by} maakte voor het gezin de lijst van wie keek."))
SEEN = event("oversight.seen", _("{by} keek na wie in dossiers keek."))
FOLLOWED_UP = event("oversight.followed_up", _("{by} noteerde wat er van ongewoon kijken kwam."))
STREET_NOTED = event("oversight.street_noted", _("{by} noteerde de straat van een medewerker."))
