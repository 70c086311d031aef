"""Households, persons, dated memberships, addresses, contact points, and corrections."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import DAYS, in_order
from nabij.households.recognition.phones import format_phone
from nabij.kernel.privacy import Privacy
from nabij.territory.models import Neighbourhood, OfMunicipality


class Household(OfMunicipality):
    """Who live together and share a plan."""

    class Place(models.TextChoices):
        HOME = "home", _("thuis")
        CENTRE = "centre", _("in het centrum")
        ELSEWHERE = "elsewhere", _("ergens anders")
        PHONE = "phone", _("aan de telefoon")

    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200)
    preferred_place = models.CharField(max_length=20, choices=Place.choices, blank=True)
    preference_note = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()
    split_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    old_reference = models.CharField(max_length=60, blank=True)

    privacy = Privacy(
        purpose="who is helped",
        retention="10 years after the file ends",
        personal="name sort_key preferred_place preference_note split_from old_reference",
        worker="registered_by",
        plain="id municipality registered_at",
    )

    class Meta:
        # Not unique: a constraint that spans hidden files would tell of them. The verb that brings over asks instead.
        indexes = [
            models.Index(fields=["municipality", "sort_key"], name="household_by_name"),
            models.Index(
                fields=["municipality", "old_reference"],
                name="household_by_old_reference",
                condition=~Q(old_reference=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(OfMunicipality):
    """A human being, as known today; what was written before stands in `Correction`."""

    class Precision(models.TextChoices):
        DAY = "day", _("op de dag")
        YEAR = "year", _("alleen het jaar")
        UNKNOWN = "unknown", _("niet gekend")

    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120, blank=True)
    search_name = models.CharField(max_length=250)
    birth_date = models.DateField(null=True)
    birth_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.UNKNOWN)
    insz = models.CharField(max_length=11, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()

    privacy = Privacy(
        purpose="who is helped",
        retention="10 years after the file ends",
        personal="given_name family_name search_name birth_date birth_precision insz languages",
        worker="registered_by",
        plain="id municipality registered_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_has_a_name",
                condition=~Q(given_name="") | ~Q(family_name=""),
                violation_error_message=_(
                    "Vul een voornaam of een familienaam in. Zonder naam kan ook: kies dan 'Zonder naam'."
                ),
            ),
            models.CheckConstraint(
                name="birth_date_and_precision_agree",
                condition=Q(birth_date__isnull=True, birth_precision="unknown")
                | Q(birth_date__isnull=False) & ~Q(birth_precision="unknown"),
                violation_error_message=_("Een geboortedatum is gekend of niet gekend."),
            ),
        ]
        indexes = [
            GinIndex(fields=["search_name"], name="person_by_sound", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["municipality", "birth_date"], name="person_by_birth"),
            models.Index(fields=["municipality", "insz"], name="person_by_insz", condition=~Q(insz="")),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Membership(OfMunicipality):
    """That a person lives in a household, in a role, from when until when; a child may live in two."""

    class Role(models.TextChoices):
        ADULT = "adult", _("volwassene")
        CHILD = "child", _("kind")
        OTHER = "other", _("woont mee in")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.ADULT)
    share = models.PositiveSmallIntegerField(default=100)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="who lives together",
        retention="with the household",
        personal="household person role share valid_from valid_until reason",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            in_order("membership_in_order"),
            models.CheckConstraint(
                name="membership_share_is_a_percentage",
                condition=Q(share__gte=1, share__lte=100),
                violation_error_message=_("Het deel van de tijd is een getal van 1 tot 100."),
            ),
            ExclusionConstraint(
                name="one_membership_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Deze persoon hoort in die periode al bij dit gezin. Kijk de datums na."),
            ),
        ]
        # The wall of a person goes through here; without it PostgreSQL takes the exclusion constraint, which is slow.
        indexes = [
            models.Index(fields=["person", "household"], include=["municipality"], name="membership_of_person"),
        ]


class Address(OfMunicipality):
    """Where a household lives, from when until when; without a wijk it stands on the list to mend."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="addresses")
    street = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=20, blank=True)
    box = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=100, blank=True)
    neighbourhood = models.ForeignKey(Neighbourhood, null=True, on_delete=models.SET_NULL, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="where to visit, which team",
        retention="with the household",
        personal="household street number box postcode place neighbourhood valid_from valid_until",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            in_order("address_in_order"),
            ExclusionConstraint(
                name="one_address_at_a_time",
                expressions=[("household", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Dit gezin heeft in die periode al een adres. Kijk de datum na."),
            ),
        ]

    def __str__(self) -> str:
        box = f" bus {self.box}" if self.box else ""
        return f"{self.street} {self.number}{box}, {self.postcode} {self.place}".strip(" ,")


class ContactPoint(OfMunicipality):
    """A phone number or e-mail address that reaches a household; what is of a person goes along with that person."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("telefoon")
        EMAIL = "email", _("e-mail")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="contact_points")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="how to reach the household",
        retention="with the household",
        personal="household person kind value valid_from valid_until",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [in_order("contact_point_in_order")]
        indexes = [models.Index(fields=["household"], name="contact_point_of_household")]

    @property
    def spoken(self) -> str:
        """Return a phone number as people write it; an e-mail address as it is."""
        return format_phone(self.value) if self.kind == self.Kind.PHONE else self.value


class Correction(OfMunicipality):
    """What stood there before somebody corrected it, and why: believed before, not erased."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="corrections")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    corrected_at = models.DateTimeField()
    corrected_by = models.UUIDField()

    privacy = Privacy(
        purpose="what was believed before",
        retention="with the household",
        personal="household person before after reason",
        worker="corrected_by",
        plain="id municipality corrected_at",
    )

    class Meta:
        indexes = [models.Index(fields=["household", "-corrected_at"], name="correction_of_household")]


class Double(OfMunicipality):
    """What the helping team found of a household that is helped elsewhere and another file: the same people, or not."""

    class Outcome(models.TextChoices):
        SAME = "same", _("hetzelfde gezin")
        OTHER = "other", _("een ander gezin")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()

    privacy = Privacy(
        purpose="one household, one file",
        retention="with the household",
        personal="household other outcome",
        worker="decided_by",
        plain="id municipality decided_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "other"],
                name="one_outcome_a_pair",
                violation_error_message=_("Hierover besliste een collega al."),
            )
        ]
