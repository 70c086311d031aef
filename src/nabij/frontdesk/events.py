"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

CONTACT_NOTED = event("frontdesk.contact_noted", _("{by} noteerde een contact."))
REQUEST_NOTED = event("frontdesk.request_noted", _("{by} noteerde een hulpvraag."))
REQUEST_TAKEN = event("frontdesk.request_taken", _("{by} nam een hulpvraag op zich."))
REQUEST_ANSWERED = event("frontdesk.request_answered", _("{by} beantwoordde een hulpvraag."))
APPOINTMENT_BOOKED = event("frontdesk.appointment_booked", _("{by} maakte een afspraak."))
APPOINTMENT_MOVED = event("frontdesk.appointment_moved", _("{by} verzette een afspraak."))
APPOINTMENT_CLOSED = event("frontdesk.appointment_closed", _("{by} noteerde hoe een afspraak afliep."))
PASSED_ON = event("frontdesk.passed_on", _("{by} gaf vragen en afspraken door aan een ander team."))
