"""Contacts, requests for help, appointments."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Team, User
from nabij.households.models import Household
from nabij.kernel.checks import one_of
from nabij.kernel.domains import LifeDomain
from nabij.kernel.privacy import Privacy
from nabij.territory.models import Centre, OfMunicipality


class ContactChannel(models.TextChoices):
    """How we met or spoke."""

    WALK_IN = "walk_in", _("aan het onthaal")
    PHONE = "phone", _("telefoon")
    HOME = "home", _("huisbezoek")
    OUTREACH = "outreach", _("onderweg")
    PARTNER = "partner", _("via een partner")
    ONLINE = "online", _("online")
    OFFICE = "office", _("gesprek in het centrum")


class Contact(OfMunicipality):
    """That somebody and somebody of the service met, or spoke; with a household, or without a name."""

    Channel = ContactChannel
    household = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="+")
    centre = models.ForeignKey(Centre, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WALK_IN)
    words = models.TextField(blank=True)
    met_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="what was said, told once",
        retention="with the file; without a name 2 years",
        personal="household words channel met_at",
        worker="noted_by",
        plain="id municipality centre noted_at",
    )

    class Meta:
        constraints = [
            one_of(ContactChannel, "channel", "contact_channel_is_known", _("Duid aan hoe jullie contact hadden.")),
        ]
        indexes = [
            models.Index(fields=["household", "-met_at"], name="contact_of_household"),
            models.Index(fields=["municipality", "noted_by", "-met_at"], name="contact_by_worker"),
        ]


class RequestStatus(models.TextChoices):
    """How it stands with a request."""

    NEW = "new", _("nieuw")
    TAKEN = "taken", _("opgenomen")
    ANSWERED = "answered", _("beantwoord")


class HelpRequest(OfMunicipality):
    """What somebody asks for, in one life domain and in own words; it has a team, later an owner, and an end."""

    Status = RequestStatus
    household = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="requests")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=20, choices=LifeDomain.choices)
    words = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    privacy = Privacy(
        purpose="what was asked, and that it gets an answer",
        retention="with the file; without a name 2 years",
        personal="household contact domain words status outcome",
        worker="owner asked_by closed_by",
        plain="id municipality team asked_at closed_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_request_is_closed",
                condition=Q(status="answered", closed_at__isnull=False, closed_by__isnull=False)
                | ~Q(status="answered") & Q(closed_at__isnull=True, closed_by__isnull=True),
                violation_error_message=_("Een beantwoorde vraag heeft een datum en een naam."),
            ),
            one_of(LifeDomain, "domain", "request_domain_is_known", _("Duid aan waarover de vraag gaat.")),
            one_of(RequestStatus, "status", "request_status_is_known", _("Duid aan hoe het met de vraag staat.")),
        ]
        indexes = [
            models.Index(fields=["municipality", "team", "asked_at"], name="request_new", condition=Q(status="new")),
            models.Index(fields=["household", "-asked_at"], name="request_of_household"),
        ]


class _Moments(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class AppointmentPlace(models.TextChoices):
    """Where a worker and a household meet."""

    CENTRE = "centre", _("in het centrum")
    HOME = "home", _("thuis")
    PHONE = "phone", _("aan de telefoon")
    ELSEWHERE = "elsewhere", _("ergens anders")


class AppointmentStatus(models.TextChoices):
    """Whether an appointment is still to come, and how it went."""

    PLANNED = "planned", _("gepland")
    HELD = "held", _("doorgegaan")
    MISSED = "missed", _("niet doorgegaan: bel eens")
    CANCELLED = "cancelled", _("afgezegd")


class Appointment(OfMunicipality):
    """When a worker and a household meet, and where."""

    Place = AppointmentPlace
    Status = AppointmentStatus
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.CENTRE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    about = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    booked_at = models.DateTimeField()
    booked_by = models.UUIDField()

    privacy = Privacy(
        purpose="meeting",
        retention="with the file",
        personal="household place starts_at ends_at about status",
        worker="worker booked_by",
        plain="id municipality centre booked_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_in_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Een afspraak eindigt na ze begint."),
            ),
            ExclusionConstraint(
                name="one_appointment_at_a_time",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (_Moments(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(status="planned"),
                violation_error_message=_("Deze collega heeft op dat moment al een afspraak. Kies een ander uur."),
            ),
            one_of(AppointmentPlace, "place", "appointment_place_is_known", _("Duid aan waar de afspraak is.")),
            one_of(AppointmentStatus, "status", "appointment_status_is_known", _("Duid aan hoe de afspraak afliep.")),
        ]
        indexes = [models.Index(fields=["household", "-starts_at"], name="appointment_of_household")]
