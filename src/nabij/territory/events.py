"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

MUNICIPALITY_FOUNDED = event("territory.municipality_founded", _("{by} begon met een nieuwe gemeente."))
WIJKEN_LOADED = event("territory.wijken_loaded", _("{by} laadde de wijken."))
STREETS_LOADED = event("territory.streets_loaded", _("{by} laadde de straten."))
CENTRE_OPENED = event("territory.centre_opened", _("{by} noteerde een centrum."))
GRACE_SET = event("territory.grace_set", _("{by} bepaalde hoelang wie overdraagt nog meeleest."))
HOURS_SET = event("territory.hours_set", _("{by} noteerde openingsuren."))
