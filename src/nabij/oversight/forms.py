"""Forms: which days, what came of it, which street, and how the household's list goes on paper."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nabij.kernel.forms import OnceForm
from nabij.oversight.models import FollowUp
from nabij.oversight.rules import Days, Rule

LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
_DAY: dict[str, Any] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
_NO_DAY = {"invalid": _("Dit is geen dag die bestaat. Schrijf bijvoorbeeld 3/4/2026.")}
ALL, OPEN, DONE = "all", "open", "done"


class Period(forms.Form):
    """Which days the page is about, and which of its lines it shows; what is not asked is the last two weeks, and all."""

    since = forms.DateField(label=_("Van"), widget=forms.DateInput(**_DAY), error_messages=_NO_DAY)
    until = forms.DateField(label=_("Tot en met"), widget=forms.DateInput(**_DAY), error_messages=_NO_DAY)
    rule = forms.ChoiceField(label=_("Wat"), choices=[(ALL, _("alles")), *((rule.value, rule.label) for rule in Rule)])
    state = forms.ChoiceField(
        label=_("Opvolging"), choices=[(ALL, _("alles")), (OPEN, _("nog niet afgerond")), (DONE, _("afgerond"))]
    )

    @classmethod
    def asked(cls, query: QueryDict, today: date) -> "Period":
        """Return the form, filled with what the address asks and else with what goes without saying, and checked."""
        usual = Days.until(today)
        common = {"since": usual.first.isoformat(), "until": usual.last.isoformat(), "rule": ALL, "state": ALL}
        form = cls({name: query.get(name) or value for name, value in common.items()})
        form.is_valid()
        return form

    def days(self, today: date) -> Days:
        """Return the days that were asked; the last two weeks where those cannot be."""
        data, usual = self.cleaned_data, Days.until(today)
        return Days(data.get("since") or usual.first, data.get("until") or usual.last)


class FollowUpForm(OnceForm):
    """What came of something unusual."""

    outcome = forms.ChoiceField(
        label=_("Wat kwam ervan?"), choices=FollowUp.Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Duid aan wat ervan kwam.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("In woorden"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wat je vroeg, wat de collega zei, of wat er niet in orde is. Schrijf niets uit het dossier over."),
    )  # fmt: skip


class Street(forms.Form):
    """In which street somebody lives; both boxes empty takes it away."""

    street = forms.CharField(
        label=_("Straat, zonder nummer"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    postcode = forms.RegexField(
        r"^\d{4}$", label=_("Postcode"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": _("Een postcode heeft vier cijfers.")},
    )  # fmt: skip


class ListForm(forms.Form):
    """How the household's list goes on paper; asked nothing, it is whole, in Dutch and in ordinary letters."""

    since = forms.DateField(
        label=_("Sinds wanneer?"), required=False, widget=forms.DateInput(**_DAY), error_messages=_NO_DAY,
        help_text=_("Laat je dit leeg, dan staat alles op de lijst."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In welke taal staan de titels?"), required=False, choices=LANGUAGES, initial="nl",
        widget=forms.RadioSelect,
    )  # fmt: skip
    large_type = forms.BooleanField(label=_("Grote letters"), required=False)

    def asked(self) -> dict[str, Any]:
        """Return what was asked, with what goes without saying."""
        data = self.cleaned_data
        return {"language": data["language"] or "nl", "large_type": data["large_type"], "since": data["since"]}
