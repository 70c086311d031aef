"""Terms that a municipality set, what is announced to go, what is held back, what stays behind, and questions about data."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import DAYS, in_order
from nabij.households.models import Household, Person
from nabij.kernel.checks import one_of
from nabij.kernel.privacy import Category, Privacy
from nabij.privacy.terms import Clock, Unit
from nabij.territory.models import OfMunicipality


class Term(OfMunicipality):
    """How long a municipality keeps one category, decided on a day and on a legal ground; the latest row holds."""

    category = models.CharField(max_length=20)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=4)
    clock = models.CharField(max_length=10, default=Clock.ENDED)
    legal_ground = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    privacy = Privacy(
        purpose="how long data stay",
        retention=Category.PLACE,
        worker="set_by",
        plain="id municipality category amount unit clock legal_ground set_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="term_category_is_known",
                condition=Q(category__in=[category.value for category in Category]),
                violation_error_message=_("Deze soort gegevens bestaat niet."),
            ),
            models.CheckConstraint(
                name="term_is_a_length",
                condition=Q(amount__gte=1, unit__in=[unit.value for unit in Unit]),
                violation_error_message=_("Een termijn is minstens één dag."),
            ),
            models.CheckConstraint(
                name="term_clock_is_known",
                condition=Q(clock__in=[clock.value for clock in Clock]),
                violation_error_message=_("Duid aan vanaf wanneer de termijn telt."),
            ),
            models.CheckConstraint(
                name="term_has_a_ground",
                condition=~Q(legal_ground=""),
                violation_error_message=_("Schrijf op waarom: welke wet, welke selectieregel, welke beslissing."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "category", "-set_at"], name="term_in_force")]


class Announced(OfMunicipality):
    """That a file will go on a day, written down before; when it may stay after all, the row is taken away."""

    household_id = models.UUIDField()
    category = models.CharField(max_length=20)
    goes_on = models.DateField()
    announced_at = models.DateTimeField()
    announced_by = models.UUIDField()

    privacy = Privacy(
        purpose="that nothing goes unannounced",
        retention=Category.FILE,
        personal="household_id goes_on",
        plain="id municipality category announced_at announced_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id"],
                name="announced_once",
                violation_error_message=_("Dit dossier is al aangekondigd."),
            )
        ]


class Hold(OfMunicipality):
    """That a file stays for now, whatever its term says: with a reason, and with an end."""

    household_id = models.UUIDField()
    reason = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    held_at = models.DateTimeField()
    held_by = models.UUIDField()

    privacy = Privacy(
        purpose="that a file stays while there is a reason",
        retention=Category.FILE,
        personal="household_id reason valid_from valid_until",
        worker="held_by",
        plain="id municipality held_at",
    )

    class Meta:
        constraints = [
            in_order("hold_in_order"),
            models.CheckConstraint(
                name="hold_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Schrijf op waarom dit dossier nog even blijft."),
            ),
            ExclusionConstraint(
                name="one_hold_at_a_time",
                expressions=[("household_id", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Dit dossier wordt op die dagen al bewaard."),
            ),
        ]


class LeftBehind(OfMunicipality):
    """What stays of a file that went, to count: no key, no day, no words."""

    category = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    wijk = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20)
    domains = ArrayField(models.CharField(max_length=20), default=list)
    goals_reached = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(
        purpose="figures over the years",
        retention=Category.STATISTICS,
        plain="id municipality category year wijk kind domains goals_reached",
    )

    class Meta:
        indexes = [models.Index(fields=["municipality", "year"], name="left_behind_by_year")]


class RetentionRun(OfMunicipality):
    """What a night did: how many were announced, how many went, and what else was over its term."""

    on = models.DateField()
    announced = models.PositiveIntegerField()
    erased = models.PositiveIntegerField()
    other = models.JSONField(default=dict)
    ran_at = models.DateTimeField()
    ran_by = models.UUIDField()

    privacy = Privacy(
        purpose="that retention runs",
        retention=Category.PLACE,
        plain="id municipality on announced erased other ran_at ran_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "on"],
                name="one_run_a_night",
                violation_error_message=_("Dit is vannacht al gebeurd."),
            )
        ]


class RequestKind(models.TextChoices):
    """What somebody asks about what is kept."""

    ACCESS = "access", _("inzage of een kopie")
    CORRECTION = "correction", _("verbeteren")
    ERASURE = "erasure", _("wissen")
    RESTRICTION = "restriction", _("niet gebruiken tot het uitgezocht is")
    OBJECTION = "objection", _("bezwaar")


class DataRequest(OfMunicipality):
    """A question about one's own data, with the day by which it is answered, and the answer."""

    Kind = RequestKind

    class Outcome(models.TextChoices):
        DONE = "done", _("gedaan")
        REFUSED = "refused", _("geweigerd")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    words = models.TextField(blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    privacy = Privacy(
        purpose="that a question about one's data gets an answer within a month",
        retention=Category.FILE,
        personal="household person kind words asked_on due_on outcome answer",
        worker="noted_by decided_by",
        plain="id municipality noted_at decided_at",
    )

    class Meta:
        constraints = [
            one_of(RequestKind, "kind", "data_request_kind_is_known", _("Duid aan wat er gevraagd wordt.")),
            models.CheckConstraint(
                name="data_request_due_after_asked",
                condition=Q(due_on__gt=F("asked_on")),
                violation_error_message=_("Een antwoord komt na de vraag."),
            ),
            models.CheckConstraint(
                name="data_request_decided_is_paired",
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(outcome__in=["done", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                violation_error_message=_("Wie een vraag beantwoordt, wordt genoteerd."),
            ),
            models.CheckConstraint(
                name="data_request_refused_says_why",
                condition=~Q(outcome="refused") | ~Q(answer=""),
                violation_error_message=_(
                    "Schrijf op waarom niet: welke wet, welke reden. De bewoner krijgt dit te lezen."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["household", "-asked_on"], name="data_request_of_household"),
            models.Index(fields=["municipality", "due_on"], name="data_request_open", condition=Q(outcome="")),
        ]
