"""Forms of whoever manages the municipality: workers, functions, opening hours."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.roles import FUNCTIONS, GUIDES
from nabij.desk.boxes import date_box, languages_box
from nabij.households.recognition.phones import parse_phone
from nabij.kernel.forms import OnceForm
from nabij.kernel.refusals import Refusal
from nabij.territory.models import OpeningHours
from nabij.territory.readers.people_and_places import parse_openings

WEEKDAYS = (_("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"))
_NONE = ("", _("geen"))


class Function(forms.Form):
    """A function for somebody, in a team or a centre, from a day on."""

    function = forms.ChoiceField(
        label=_("Welke functie?"), choices=[(slug, function.name) for slug, function in FUNCTIONS.items()]
    )
    team = forms.TypedChoiceField(
        label=_("In welk team?"), coerce=UUID, required=False, empty_value=None,
        help_text=_("Wie gezinnen begeleidt of verdeelt, werkt altijd in een team."),
    )  # fmt: skip
    centre = forms.TypedChoiceField(label=_("In welk centrum?"), coerce=UUID, required=False, empty_value=None)
    on = date_box(_("Vanaf wanneer?"))

    def __init__(self, *args: Any, teams: list[Any], centres: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [_NONE, *((str(team.id), team.name) for team in teams)]
        self.fields["centre"].choices = [_NONE, *((str(centre.id), centre.name) for centre in centres)]

    def clean(self) -> dict[str, Any]:
        """Say beside the right box that this function has a team."""
        data = super().clean() or {}
        if data.get("function") in GUIDES and not data.get("team") and "team" not in self.errors:
            self.add_error("team", _("Kies een team: deze functie werkt altijd in een team."))
        return data


class Worker(OnceForm, Function):
    """Somebody who comes to work here: an account, and a first function."""

    name = forms.CharField(
        label=_("Naam"), max_length=150, widget=forms.TextInput(attrs={"autofocus": True}),
        error_messages={"required": _("Hoe heet deze medewerker?")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mailadres"),
        error_messages={
            "required": _("Vul een e-mailadres in: daarmee meldt deze medewerker zich aan."),
            "invalid": _("Dit e-mailadres kan niet kloppen. Kijk het na."),
        },
    )
    phone = forms.CharField(label=_("Directe lijn"), max_length=30, required=False)
    languages = languages_box()
    field_order = ("name", "email", "phone", "function", "team", "centre", "on", "languages", "key")

    def clean_phone(self) -> str:
        """Read the number as a person would."""
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        try:
            return parse_phone(text)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class EndOfFunction(forms.Form):
    """From when somebody does not have a function any more."""

    on = date_box(_("Vanaf welke dag niet meer?"))


class Grace(forms.Form):
    """For how many days who handed over may read along."""

    days = forms.IntegerField(
        label=_("Hoeveel dagen?"), min_value=0, max_value=31, help_text=_("0 is niet. Hoogstens 31."),
        error_messages={
            "required": _("Schrijf een getal. 0 is niet."),
            "invalid": _("Schrijf een getal van 0 tot 31."),
            "min_value": _("Schrijf een getal van 0 tot 31."),
            "max_value": _("Meelezen na een overdracht kan hoogstens 31 dagen."),
        },
    )  # fmt: skip


class Week(forms.Form):
    """When a centre is open, a line for each day."""

    def __init__(self, *args: Any, week: dict[int, list[OpeningHours]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at, name in enumerate(WEEKDAYS):
            self.fields[f"day{at}"] = forms.CharField(
                label=str(name).capitalize(), required=False, max_length=60, initial=hours_in_words(week.get(at, [])),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read each day; a day without hours is closed."""
        data = super().clean() or {}
        data["hours"] = []
        for at in range(7):
            try:
                text = data.get(f"day{at}") or ""
                openings = parse_openings(text, at) if text.strip() else ()
                data["hours"] += [(opening.weekday, opening.opens, opening.closes) for opening in openings]
            except Refusal as refusal:
                self.add_error(f"day{at}", str(refusal))
        return data


def hours_in_words(rows: list[OpeningHours]) -> str:
    """Return the hours of one day as people write them: "9-12 en 13.30-17"."""
    return str(_(" en ")).join(f"{_hour(row.opens)}-{_hour(row.closes)}" for row in rows)


def _hour(at: Any) -> str:
    return f"{at.hour}.{at.minute:02d}" if at.minute else str(at.hour)
