"""Texts with their versions; who was told what; consents, refusals and withdrawals. Rows are added, never written over."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Period
from nabij.households.models import Household, Person
from nabij.informing.purposes import ASKED, LANGUAGES, How, Purpose
from nabij.kernel.checks import one_of
from nabij.kernel.privacy import Privacy
from nabij.territory.models import OfMunicipality

NOT_NEEDED = _("Hiervoor is geen toestemming nodig, wel informatie. Noteer dat je uitleg gaf.")
NO_TEXT = _("Deze tekst bestaat niet. Kies een taal waarin er een tekst is.")
NO_HOW = _("Duid aan hoe je uitleg gaf.")


def _language(name: str) -> models.CheckConstraint:
    known = Q(language__in=[code for code, _name in LANGUAGES])
    return models.CheckConstraint(name=name, condition=known, violation_error_message=NO_TEXT)


class Text(OfMunicipality):
    """One version of what a municipality tells for one purpose, in one language; a next version is a next row."""

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    valid_from = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    privacy = Privacy(
        purpose="what people are told, as it was told on a day",
        retention="stays, as long as somebody was told it",
        worker="written_by",
        plain="id municipality purpose language number words valid_from written_at",
    )

    class Meta:
        constraints = [
            one_of(Purpose, "purpose", "text_purpose_is_known", _("Duid aan waarvoor deze tekst is.")),
            _language("text_language_is_known"),
            models.UniqueConstraint(
                fields=["municipality", "purpose", "language", "number"],
                name="one_text_a_number",
                violation_error_message=_("Een collega bewaarde net een nieuwe versie. Kijk eerst wat er nu staat."),
            ),
            models.CheckConstraint(
                name="text_has_words",
                condition=~Q(words=""),
                violation_error_message=_("Schrijf de tekst die mensen te lezen krijgen."),
            ),
        ]


class AsShown(OfMunicipality):
    """What was shown to whom: the version, the words as they stood there, in which language, and how."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    version = models.CharField(max_length=40)
    words = models.TextField()
    how = models.CharField(max_length=12, choices=How.choices)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    class Meta:
        abstract = True


class Told(AsShown):
    """That somebody was told something, on a day: no signature, no consent."""

    told_on = models.DateField()

    privacy = Privacy(
        purpose="that people know who sees what, and that the service also controls",
        retention="with the file",
        personal="household person purpose language version words how told_on",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            one_of(Purpose, "purpose", "told_purpose_is_known", _("Duid aan waarover je uitleg gaf.")),
            one_of(How, "how", "told_how_is_known", NO_HOW),
            _language("told_language_is_known"),
            models.UniqueConstraint(
                fields=["household", "person", "purpose", "version", "told_on"],
                name="told_once_a_day",
                violation_error_message=_("Dit is vandaag al genoteerd. Eén keer volstaat."),
            ),
        ]


class Outcome(models.TextChoices):
    """What somebody answered."""

    GIVEN = "given", _("ja")
    REFUSED = "refused", _("nee")


class Consent(AsShown):
    """What somebody answered when asked for consent: yes, for a purpose, a recipient and a time; or no."""

    Outcome = Outcome
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    recipient = models.CharField(max_length=120)
    recipient_key = models.CharField(max_length=120)
    with_health = models.BooleanField(default=False)
    said_by = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    said_by_other = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField()
    ends_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)

    privacy = Privacy(
        purpose="that nothing is shared without a yes, and that a no is kept",
        retention="with the file",
        personal="household person purpose language version words how outcome recipient recipient_key with_health said_by"
        " said_by_other answered_on ends_on stopped_on",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_only_where_it_is_needed",
                condition=Q(purpose__in=ASKED),
                violation_error_message=NOT_NEEDED,
            ),
            one_of(Outcome, "outcome", "consent_outcome_is_known", _("Duid aan wat de persoon antwoordde.")),
            one_of(How, "how", "consent_how_is_known", NO_HOW),
            _language("consent_language_is_known"),
            models.CheckConstraint(
                name="consent_names_a_recipient",
                condition=~Q(recipient_key=""),
                violation_error_message=_("Schrijf op met wie: een toestemming voor iedereen bestaat niet."),
            ),
            models.CheckConstraint(
                name="consent_given_has_an_end",
                condition=Q(outcome="given", ends_on__gt=F("answered_on"))
                | Q(outcome="refused", ends_on__isnull=True, stopped_on__isnull=True),
                violation_error_message=_("Een toestemming eindigt op een dag na die waarop ze gegeven is."),
            ),
            models.CheckConstraint(
                name="consent_stops_after_it_began",
                condition=Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("answered_on")),
                violation_error_message=_("Een toestemming kan niet ingetrokken zijn voor ze gegeven is."),
            ),
            models.CheckConstraint(
                name="consent_is_said_by_one",
                condition=Q(said_by__isnull=False, said_by_other="") | Q(said_by__isnull=True) & ~Q(said_by_other=""),
                violation_error_message=_("Duid aan wie antwoordde."),
            ),
            # Within one household: a constraint that reaches further would tell of a file that somebody may not see.
            ExclusionConstraint(
                name="one_open_consent",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("purpose", RangeOperators.EQUAL),
                    ("recipient_key", RangeOperators.EQUAL),
                    (Period(F("answered_on"), Least(F("ends_on"), F("stopped_on"))), RangeOperators.OVERLAPS),
                ],
                condition=Q(outcome="given"),
                violation_error_message=_(
                    "Hiervoor geldt al een toestemming. Trek die eerst in als er iets aan verandert."
                ),
            ),
        ]
        indexes = [models.Index(fields=["household", "-answered_on"], name="consent_of_household")]


class Withdrawal(OfMunicipality):
    """That a consent was taken back: on which day, by whom, and what happens next. Nobody asks why."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="withdrawal")
    withdrawn_on = models.DateField()
    said_by = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    said_by_other = models.CharField(max_length=120, blank=True)
    what_next = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    privacy = Privacy(
        purpose="that what was taken back no longer counts, and that somebody acts on it",
        retention="with the file",
        personal="household consent withdrawn_on said_by said_by_other what_next",
        worker="noted_by",
        plain="id municipality noted_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="withdrawal_is_said_by_one",
                condition=Q(said_by__isnull=False, said_by_other="") | Q(said_by__isnull=True) & ~Q(said_by_other=""),
                violation_error_message=_("Duid aan wie de toestemming introk."),
            ),
            models.CheckConstraint(
                name="withdrawal_says_what_next",
                condition=~Q(what_next=""),
                violation_error_message=_("Schrijf op wat er nu gebeurt, bijvoorbeeld wie je verwittigt."),
            ),
        ]
