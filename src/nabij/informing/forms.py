"""Forms: who was told, what somebody answered, that a consent is taken back, and what a municipality tells."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.households.queries import Member
from nabij.informing.actions import Answer
from nabij.informing.models import Outcome
from nabij.informing.purposes import How
from nabij.informing.queries import Telling, adults
from nabij.kernel.forms import OnceForm

_DATE: dict[str, Any] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
_NO_DAY = {"invalid": _("Dit is geen dag die bestaat. Schrijf bijvoorbeeld 3/4/2026.")}
SELF, OTHER = "self", "other"
_STRANGER = {"invalid_choice": _("Kies iemand die in dit gezin woont.")}


def _how() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Hoe gaf je uitleg?"), choices=How.choices, widget=forms.RadioSelect, initial=How.PAPER,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Duid aan hoe je uitleg gaf.")),
    )  # fmt: skip


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(**_DATE), error_messages=_NO_DAY,
                           help_text=_("Laat je dit leeg, dan is het vandaag."))  # fmt: skip


class _Shown(forms.Form):
    """Which text was on the screen."""

    language = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def telling(self, purpose: str) -> Telling:
        """Return what was shown, and how."""
        data = self.cleaned_data
        return Telling(purpose, data["language"], data["version"], data["how"])


class TellForm(_Shown):
    """Who was told, and how."""

    people = forms.MultipleChoiceField(
        label=_("Wie kreeg de uitleg?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Duid aan wie de uitleg kreeg."), **_STRANGER},
    )  # fmt: skip
    how = _how()
    on = _day(_("Wanneer?"))

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(str(member.person.id), member.name) for member in members]  # type: ignore[attr-defined]

    def chosen(self) -> list[UUID]:
        """Return the keys of who was told."""
        return [UUID(key) for key in self.cleaned_data["people"]]


class _SaidBy(OnceForm):
    """Who said it: the person itself, an adult for a child, or somebody by name."""

    said_by = forms.ChoiceField(
        label=_("Wie antwoordde?"), widget=forms.RadioSelect, initial=SELF,
        help_text=_("Een volwassene antwoordt zelf. Voor een kind antwoordt wie ervoor zorgt; vanaf twaalf jaar kan het ook zelf."),
        error_messages={"required": _("Duid aan wie antwoordde."), **_STRANGER},
    )  # fmt: skip
    said_by_other = forms.CharField(
        label=_("Naam van iemand anders"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Alleen als iemand anders antwoordt: een bewindvoerder, of een ouder die elders woont."),
    )  # fmt: skip

    def offer(self, members: Iterable[Member]) -> None:
        """Offer who may answer: the person, for a child the adults of the household, somebody else."""
        people = list(members)
        grown = adults(people) if any(member.membership.role == "child" for member in people) else []
        named = [(str(one.person.id), _("voor een kind: %(name)s") % {"name": one.name}) for one in grown]
        self.fields["said_by"].choices = [(SELF, _("de persoon zelf")), *named, (OTHER, _("iemand anders"))]  # type: ignore[attr-defined]

    def speaker(self, person: UUID) -> tuple[UUID | None, str]:
        """Return who said it: a key, or a name."""
        said, other = self.cleaned_data["said_by"], self.cleaned_data["said_by_other"].strip()
        if said == OTHER:
            return None, other
        return (person if said == SELF else UUID(said)), ""


class AnswerForm(_SaidBy, _Shown):
    """What somebody answered when asked for consent."""

    person = forms.ChoiceField(
        label=_("Over wie gaat het?"), widget=forms.RadioSelect,
        error_messages={"required": _("Duid aan over wie het gaat."), **_STRANGER},
    )  # fmt: skip
    recipient = forms.CharField(
        label=_("Met wie?"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Eén dienst, bij haar naam: CAW, de school De Wegwijzer, huisarts Verbeke."),
        error_messages={"required": _("Schrijf op met wie: een toestemming voor iedereen bestaat niet.")},
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("Wat is het antwoord?"), choices=Outcome.choices, widget=forms.RadioSelect,
        help_text=_("Een nee is even goed. Je noteert het, en niemand vraagt waarom."),
        error_messages={"required": _("Duid aan wat de persoon antwoordde.")},
    )  # fmt: skip
    with_health = forms.BooleanField(label=_("Ook over gezondheid"), required=False)
    ends_on = forms.DateField(
        label=_("Tot wanneer geldt een ja?"), required=False, widget=forms.DateInput(**_DATE), error_messages=_NO_DAY,
        help_text=_("Vanaf die dag telt ze niet meer mee. Hoogstens twee jaar; daarna vraag je het opnieuw."),
    )  # fmt: skip
    how = _how()
    on = _day(_("Wanneer antwoordde de persoon?"))
    field_order = (
        "person", "recipient", "outcome", "ends_on", "with_health", "said_by", "said_by_other", "how", "on",
    )  # fmt: skip

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(members)
        self.offer(people)
        self.fields["person"].choices = [(str(member.person.id), member.name) for member in people]  # type: ignore[attr-defined]
        if len(people) == 1:
            self.fields["person"].initial = str(people[0].person.id)

    def whose(self) -> UUID:
        """Return about whom it is."""
        return UUID(self.cleaned_data["person"])

    def answer(self) -> Answer:
        """Return what was answered."""
        data = self.cleaned_data
        said_by, other = self.speaker(self.whose())
        return Answer(data["outcome"], data["recipient"], data["ends_on"], data["with_health"], said_by, other)


class WithdrawForm(_SaidBy):
    """That a consent is taken back; not why."""

    what_next = forms.CharField(
        label=_("Wat gebeurt er nu?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bijvoorbeeld: ik bel vandaag naar die dienst dat we niets meer delen."),
        error_messages={"required": _("Schrijf op wat er nu gebeurt, bijvoorbeeld wie je verwittigt.")},
    )  # fmt: skip
    on = _day(_("Vanaf wanneer?"))
    field_order = ("said_by", "said_by_other", "what_next", "on")

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(members)
        self.fields["said_by"].label = _("Wie trekt ze in?")
        self.fields["said_by"].help_text = ""


class TextForm(OnceForm):
    """A new version of a text."""

    words = forms.CharField(
        label=_("De tekst"), widget=forms.Textarea(attrs={"rows": 24, "dir": "auto"}),
        help_text=_(
            "Begin met # en de titel. Een tussentitel begint met ##, een regel van een lijst met een streepje. {gemeente}"
            " wordt de naam van de gemeente."
        ),
        error_messages={"required": _("Schrijf de tekst die mensen te lezen krijgen.")},
    )  # fmt: skip
    valid_from = forms.DateField(
        label=_("Vanaf wanneer tonen we deze versie?"), widget=forms.DateInput(**_DATE),
        error_messages={**_NO_DAY, "required": _("Kies vanaf welke dag we deze versie tonen.")},
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def fresh(self, number: int) -> None:
        """Say that the writer now has this version before her: saved again, hers comes after it."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(number)  # type: ignore[index]


def day_of(form: forms.Form, today: date) -> date:
    """Return the day that was chosen, or today."""
    return form.cleaned_data["on"] or today
