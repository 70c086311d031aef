"""Forms: a term, a hold, a question about data and its answer, and which words go into a copy."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.kernel.forms import OnceForm
from nabij.privacy.copying import Text
from nabij.privacy.models import DataRequest, RequestKind
from nabij.privacy.terms import Clock, Length, Unit
from nabij.ui.templatetags.nabij_text import full

_DAY: dict[str, Any] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
_NO_DAY = {
    "invalid": _("Dit is geen dag die bestaat. Schrijf bijvoorbeeld 3/4/2026."),
    "required": _("Kies een dag."),
}
UNITS = [(Unit.YEAR.value, _("jaar")), (Unit.DAY.value, _("dagen"))]
CLOCKS = [(clock.value, clock.label) for clock in Clock]
JSON, PDF, CSV = "json", "pdf", "csv"


class TermForm(forms.Form):
    """How long one category stays here, and why."""

    amount = forms.IntegerField(
        label=_("Hoe lang?"), min_value=1, max_value=10_000,
        error_messages={"required": _("Vul een getal in."), "invalid": _("Vul een getal in, zonder komma.")},
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("In"), choices=UNITS)
    clock = forms.ChoiceField(label=_("Te tellen"), choices=CLOCKS, initial=Clock.ENDED, required=False)
    legal_ground = forms.CharField(
        label=_("Waarom?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Welke wet, welke selectieregel, welke beslissing en van wanneer."),
        error_messages={"required": _("Schrijf op waarom: welke wet, welke selectieregel, welke beslissing.")},
    )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """Return what the verb needs."""
        data = self.cleaned_data
        return {
            "length": Length(data["amount"], Unit(data["unit"])),
            "clock": Clock(data["clock"] or Clock.ENDED),
            "legal_ground": data["legal_ground"],
        }


class HoldForm(forms.Form):
    """Why a file stays for now, and until when."""

    reason = forms.CharField(
        label=_("Waarom blijft dit dossier nog?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bijvoorbeeld: er loopt een klacht, of een zaak bij de rechter. Schrijf geen namen."),
        error_messages={"required": _("Schrijf op waarom dit dossier nog even blijft.")},
    )  # fmt: skip
    until = forms.DateField(label=_("Tot wanneer?"), widget=forms.DateInput(**_DAY), error_messages=_NO_DAY)


class AskForm(OnceForm):
    """What somebody asks about what is kept."""

    kind = forms.ChoiceField(
        label=_("Wat wordt er gevraagd?"), choices=RequestKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Duid aan wat er gevraagd wordt.")},
    )  # fmt: skip
    person = forms.TypedChoiceField(
        label=_("Over wie gaat het?"), required=False, coerce=UUID, empty_value=None, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In eigen woorden"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    asked_on = forms.DateField(
        label=_("Wanneer werd het gevraagd?"), widget=forms.DateInput(**_DAY), error_messages=_NO_DAY
    )

    def offer(self, people: list[tuple[UUID, str]]) -> None:
        """Let choose for whom the question is; nobody chosen is the whole household."""
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [("", _("heel het gezin")), *((str(key), name) for key, name in people)]


class AnswerForm(forms.Form):
    """What came of a question."""

    outcome = forms.ChoiceField(
        label=_("Wat kwam ervan?"), choices=DataRequest.Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Duid aan wat ervan kwam.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Het antwoord"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De bewoner krijgt dit te lezen. Weiger je, schrijf dan welke wet of reden."),
    )  # fmt: skip


class EraseForm(forms.Form):
    """That a file is erased, and if the law would keep it, why it should never have been there."""

    exception = forms.CharField(
        label=_("Had dit dossier er nooit mogen zijn? Waarom niet?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alleen als de wet het dossier anders laat bestaan. Schrijf geen namen: dit blijft in het spoor."),
    )  # fmt: skip
    sure = forms.BooleanField(
        label=_("Dit kan niet ongedaan gemaakt worden. Ik wis dit dossier."),
        error_messages={"required": _("Duid aan dat je dit echt wilt wissen.")},
    )


class CopyForm(forms.Form):
    """Which words stay out of a copy, that they were read, and in what form it goes."""

    leave_out = forms.MultipleChoiceField(
        label=_("Duid aan wat over iemand anders gaat: dat blijft eruit"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    read = forms.BooleanField(
        label=_("Ik las deze teksten na."),
        error_messages={
            "required": _("Lees de teksten eerst na: in een kopie staat niets dat over iemand anders gaat.")
        },
    )
    form = forms.ChoiceField(
        label=_("Hoe?"), choices=[(PDF, _("op papier (PDF)")), (JSON, _("als bestand voor een andere dienst (JSON)"))],
        widget=forms.RadioSelect, initial=PDF, error_messages={"required": _("Kies hoe de kopie gemaakt wordt.")},
    )  # fmt: skip

    def offer(self, texts: list[Text]) -> None:
        """Let choose from these texts; where there is nothing to read, nothing is asked."""
        field = self.fields["leave_out"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(str(text.key), f"{full(text.when)}, {text.kind}: {text.words}") for text in texts]
        if not texts:
            del self.fields["leave_out"], self.fields["read"]

    def left_out(self) -> set[UUID]:
        """Return the keys of what stays out."""
        return {UUID(key) for key in self.cleaned_data.get("leave_out", [])}
