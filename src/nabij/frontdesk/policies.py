"""May this happen now?"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nabij.frontdesk.models import Appointment, Contact, HelpRequest
from nabij.kernel.checks import fits, is_one_of
from nabij.kernel.constraints import sentences
from nabij.kernel.domains import LifeDomain
from nabij.kernel.refusals import BadInput, NotNow, check

MOST_WORDS = 20_000
AHEAD = timedelta(days=731)
LONGEST = timedelta(hours=8)


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


@check
def is_near(starts_at: datetime, now: datetime) -> None:
    """Raise `BadInput` for a moment more than two years ahead: a slip in the year."""
    if starts_at > now + AHEAD:
        raise BadInput(_("Kijk het jaar na: deze dag ligt te ver van vandaag."), field="slot")


@check
def contact_is_sound(contact: Contact, now: datetime) -> None:
    """Raise `BadInput` for a moment to come or of another age, a channel that does not exist, or too many words."""
    if contact.met_at > now:
        raise BadInput(_("Een contact ligt in het verleden. Voor later maak je een afspraak."), field="met_at")
    if contact.met_at.year < 1900:
        raise BadInput(_("Kijk het jaar na: deze dag ligt te ver van vandaag."), field="met_at")
    is_one_of(Contact.Channel, contact.channel, "contact_channel_is_known", field="channel")
    fits(contact.words, MOST_WORDS, field="words")


@check
def request_is_sound(request: HelpRequest) -> None:
    """Raise `BadInput` for a domain that does not exist, or too many words."""
    is_one_of(LifeDomain, request.domain, "request_domain_is_known", field="domain")
    fits(request.words, MOST_WORDS, field="words")


@check
def appointment_is_sound(appointment: Appointment, now: datetime) -> None:
    """Raise `BadInput` for a moment past or far ahead, an end before the start, a place that does not exist, too many words."""
    to_come(appointment.starts_at, now)
    is_near(appointment.starts_at, now)
    if appointment.ends_at <= appointment.starts_at:
        raise BadInput(sentences()["appointment_in_order"], field="minutes")
    if appointment.ends_at - appointment.starts_at > LONGEST:
        raise BadInput(_("Een afspraak duurt hoogstens acht uur."), field="minutes")
    is_one_of(Appointment.Place, appointment.place, "appointment_place_is_known", field="place")
    fits(appointment.about, 200, field="about")


@check
def is_an_end(status: str) -> None:
    """Raise `BadInput` for something that is not how an appointment can end."""
    if status == Appointment.Status.PLANNED or status not in Appointment.Status.values:
        raise BadInput(sentences()["appointment_status_is_known"], field="status")
