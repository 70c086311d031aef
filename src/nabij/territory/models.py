"""Municipalities, wijken with geometry, centres, opening hours, and streets by number range."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from nabij.kernel.privacy import Privacy


class Municipality(models.Model):
    """A tenant. What it is called is public; all that is below it is its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    nis = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    colour = models.CharField(max_length=7, default="#1f5f5b")
    # For how many days who handed a household over may still read along; none unless the municipality wants it.
    grace_days = models.PositiveSmallIntegerField(default=0, db_default=0)

    privacy = Privacy(purpose="tenant", retention="stays", plain="id nis name slug colour grace_days")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="municipality_nis_is_five_digits",
                condition=Q(nis__regex=r"^\d{5}$"),
                violation_error_message=_("Een NIS-code heeft vijf cijfers."),
            ),
            models.CheckConstraint(
                name="municipality_colour_is_hex",
                condition=Q(colour__regex=r"^#[0-9a-f]{6}$"),
                violation_error_message=_("Schrijf de kleur als #1f5f5b."),
            ),
            models.CheckConstraint(
                name="grace_is_a_month_at_most",
                condition=Q(grace_days__lte=31),
                violation_error_message=_("Meelezen na een overdracht kan hoogstens 31 dagen."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfMunicipality(models.Model):
    """Everything that belongs to one municipality, with a key that nobody can guess."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # No index of its own: it holds nearly every row, and PostgreSQL would read it whole beside the one that helps.
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Neighbourhood(OfMunicipality):
    """A wijk, with its geometry as GeoJSON in WGS84."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    geometry = models.JSONField(null=True)

    privacy = Privacy(purpose="territory", retention="stays", plain="id municipality code name geometry")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="one_wijk_a_code",
                violation_error_message=_("Er is al een wijk met deze code."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Centre(OfMunicipality):
    """A place with a door: a neighbourhood centre, or the central Sociaal Huis."""

    class Kind(models.TextChoices):
        NEIGHBOURHOOD = "wijkcentrum", _("wijkcentrum")
        CENTRAL = "sociaal_huis", _("Sociaal Huis")

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.NEIGHBOURHOOD)
    name = models.CharField(max_length=100)
    neighbourhood = models.ForeignKey(Neighbourhood, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)
    rooms = models.PositiveSmallIntegerField(default=1)

    privacy = Privacy(
        purpose="places", retention="stays", plain="id municipality kind name neighbourhood address phone rooms"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="one_centre_a_name",
                violation_error_message=_("Er is al een centrum met deze naam."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(OfMunicipality):
    """When a centre is open on a day of the week (0 is Monday)."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    privacy = Privacy(purpose="places", retention="stays", plain="id municipality centre weekday opens closes")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opening_hours_in_order",
                condition=Q(opens__lt=F("closes")) & Q(weekday__lte=6),
                violation_error_message=_("Een centrum gaat eerst open en dan pas dicht."),
            )
        ]


class _Numbers(Func):
    function = "int4range"
    output_field = IntegerRangeField()


def _no_overlap(side: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"street_numbers_once_{side}",
        expressions=[
            ("municipality", RangeOperators.EQUAL),
            ("street_key", RangeOperators.EQUAL),
            ("postcode", RangeOperators.EQUAL),
            (_Numbers(F("first"), F("last"), Value("[]")), RangeOperators.OVERLAPS),
        ],
        condition=Q(parity__in=[side, "all"]),
        violation_error_message=_("Deze huisnummers staan al bij een andere wijk."),
    )


class StreetRange(OfMunicipality):
    """House numbers of a street that belong to one wijk."""

    class Parity(models.TextChoices):
        ALL = "all", _("alle nummers")
        ODD = "odd", _("oneven nummers")
        EVEN = "even", _("even nummers")

    street = models.CharField(max_length=100)
    street_key = models.CharField(max_length=100)
    first = models.PositiveIntegerField(default=1)
    last = models.PositiveIntegerField(default=9999)
    parity = models.CharField(max_length=4, choices=Parity.choices, default=Parity.ALL)
    postcode = models.CharField(max_length=4)
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="streets")

    privacy = Privacy(
        purpose="territory",
        retention="stays",
        plain="id municipality street street_key first last parity postcode neighbourhood",
    )

    class Meta:
        constraints = [
            _no_overlap("odd"),
            _no_overlap("even"),
            models.CheckConstraint(
                name="street_numbers_in_order",
                condition=Q(first__lte=F("last")),
                violation_error_message=_("Het eerste huisnummer is groter dan het laatste."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "street_key"], name="street_by_name")]
