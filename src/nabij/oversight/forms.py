"""Forms: which days, what came of it, which street, and how the household's list goes on paper."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nabij.households.recognition.dates import parse_birth_date
from nabij.kernel.forms import OnceForm
from nabij.kernel.refusals import Refusal
from nabij.oversight import policies
from nabij.oversight.models import EmergencyWord, FollowUp
from nabij.oversight.policies import MOST_WORDS
from nabij.oversight.rules import Days, Rule

LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
_DAY: dict[str, Any] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
ALL, OPEN, DONE = "all", "open", "done"
_NO_DAY = {"invalid": _("Dit is geen dag die bestaat. Schrijf bijvoorbeeld 3/4/2026.")}


def _line(label: Any, missing: Any = "", *, length: int = 120, help_text: Any = "") -> forms.CharField:
    """Return a box for a line of text; the browser does not offer what was typed of somebody else."""
    return forms.CharField(
        label=label, max_length=length, required=bool(missing), help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": missing} if missing else None,
    )  # fmt: skip


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


class EmergencyForm(OnceForm):
    """Why it cannot wait, and whose file: the exact name, with the birth date or the address."""

    reason = forms.CharField(
        label=_("Waarom kan dit niet wachten?"), max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text=_("In je eigen woorden. De dossierhouder en de functionaris lezen dit."),
        error_messages={"required": _("Schrijf in je eigen woorden waarom dit niet kan wachten.")},
    )  # fmt: skip
    given_name = _line(_("Voornaam"), _("Vul de voornaam in, helemaal."))
    family_name = _line(_("Familienaam"), _("Vul de familienaam in, helemaal."))
    birth_date = _line(_("Geboortedatum"), help_text=_("Bijvoorbeeld 3/4/1987. Ken je ze niet, vul dan het adres in."))
    street = _line(_("Straat"))
    number = _line(_("Nummer"), length=20)

    def __init__(self, *args: Any, today: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Read the birth date, and say in a sentence what is missing."""
        data = super().clean() or {}
        data["born"] = None
        try:
            if data.get("birth_date"):
                data["born"] = parse_birth_date(data["birth_date"], self.today).date
            if not self.errors:
                policies.names_somebody(self.named())
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return data

    def named(self) -> policies.Named:
        """Return who is asked for."""
        data = self.cleaned_data
        return policies.Named(
            data["given_name"], data["family_name"], data["born"], data.get("street") or "", data.get("number") or ""
        )


class RemarkForm(forms.Form):
    """What who is in charge says of it."""

    text = forms.CharField(
        label=_("Wat vind jij ervan?"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Eén opmerking. Ze helpt wie het nakijkt, en de collega leest ze ook."),
        error_messages={"required": _("Schrijf in een paar woorden wat je ervan vindt.")},
    )  # fmt: skip


class ReviewForm(forms.Form):
    """Was it justified, and why."""

    outcome = forms.ChoiceField(
        label=_("Was dit terecht?"), widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (EmergencyWord.Kind.JUSTIFIED, EmergencyWord.Kind.REFUSED)],
        error_messages={"required": _("Duid aan of dit terecht was.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Waarom?"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De collega en wie instaat voor het gezin lezen dit. Schrijf niets uit het dossier over."),
        error_messages={"required": _("Schrijf in een paar woorden waarom je dit vindt.")},
    )  # fmt: skip
