"""May this happen now?"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nabij.frontdesk.models import Appointment, HelpRequest
from nabij.kernel.refusals import BadInput, NotNow, check


@check
def request_is_new(request: HelpRequest) -> None:
    """Raise `NotNow` when somebody took the request."""
    if request.status != HelpRequest.Status.NEW:
        raise NotNow(_("Een collega nam deze vraag al op zich."))


@check
def request_is_open(request: HelpRequest) -> None:
    """Raise `NotNow` when the request was answered."""
    if request.status == HelpRequest.Status.ANSWERED:
        raise NotNow(_("Deze vraag is al beantwoord."))


@check
def still_planned(appointment: Appointment) -> None:
    """Raise `NotNow` when it was noted how the appointment went."""
    if appointment.status != Appointment.Status.PLANNED:
        raise NotNow(_("Van deze afspraak is al genoteerd hoe ze afliep."))


@check
def to_come(starts_at: datetime, now: datetime) -> None:
    """Raise `BadInput` for a moment that is past."""
    if starts_at < now:
        raise BadInput(_("Dit uur is al voorbij. Kies een ander."), field="slot")
