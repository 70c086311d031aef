"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from nabij.audit.events import event

TOLD = event("informing.told", _("{by} noteerde dat iemand uitleg kreeg."))
CONSENT_GIVEN = event("informing.consent_given", _("{by} noteerde een toestemming."))
CONSENT_REFUSED = event("informing.consent_refused", _("{by} noteerde dat iemand geen toestemming gaf."))
CONSENT_WITHDRAWN = event("informing.consent_withdrawn", _("{by} noteerde dat iemand een toestemming introk."))
TEXT_WRITTEN = event("informing.text_written", _("{by} schreef een nieuwe versie van een uitleg."))
