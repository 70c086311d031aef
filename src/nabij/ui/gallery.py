"""What the gallery shows: every component in its states, with made-up content that belongs to no room."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from nabij.ui import drawings
from nabij.ui.forms import BigChoices, Steps

_WORDS = [("1", "lukt niet"), ("2", "lukt moeilijk"), ("3", "lukt soms"), ("4", "lukt meestal"), ("5", "lukt goed")]
_PLACES = [("home", "Thuis"), ("work", "Op het werk"), ("school", "Op school"), ("other", "Elders")]
_PICTOGRAMS = {"home": "housing", "work": "work", "school": "education", "other": "mobility"}
_SQUARES = ["M2 2H48V40H2Z", "M52 2H98V40H52Z", "M2 44H60V98H2Z", "M64 44H98V98H64Z"]
_QUARTERS = ["Noord", "Oost", "Zuid", "West"]
_WHEN = datetime(2026, 11, 24, 14, 30, tzinfo=ZoneInfo("Europe/Brussels"))


class Specimen(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Naam", help_text="Zoals de persoon het zelf zegt.")
    born = forms.DateField(label="Geboren op", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(label="Taal", choices=[("", "Kies een taal"), ("nl", "Nederlands"), ("tr", "Turks")])
    place = forms.ChoiceField(label="Waar", choices=_PLACES, widget=BigChoices(pictograms=_PICTOGRAMS))
    ways = forms.MultipleChoiceField(
        label="Hoe liefst",
        required=False,
        choices=[("phone", "Telefoon"), ("visit", "Bezoek")],
        widget=forms.CheckboxSelectMultiple,
    )
    goes = forms.ChoiceField(label="Hoe gaat het", choices=[*_WORDS, ("", "liever niet")], widget=Steps, required=False)
    words = forms.CharField(
        label="In eigen woorden", widget=forms.Textarea(attrs={"rows": 3}), help_text="Een zin is genoeg."
    )
    informed = forms.BooleanField(label="De persoon weet dat dit genoteerd wordt")

    def clean_born(self) -> date | None:
        """Raise an error for a day that has yet to come."""
        born: date | None = self.cleaned_data["born"]
        if born and born > _WHEN.date():
            raise forms.ValidationError("Deze dag moet nog komen. Kijk het jaar na, of laat het leeg.")
        return born


def states() -> dict[str, Any]:
    """Return the context of the gallery."""
    places = [{"value": value, "label": label, "pictogram": _PICTOGRAMS[value]} for value, label in _PLACES]
    areas = [
        {"path": path, "label": quarter, "highlighted": quarter == "Zuid", "url": "#kaart", "note": ""}
        for path, quarter in zip(_SQUARES, _QUARTERS, strict=True)
    ]
    return {
        "fresh": Specimen(auto_id="fresh_%s"),
        "wrong": Specimen({"name": "", "born": "2030-01-01", "words": "De trap is kapot."}, auto_id="wrong_%s"),
        "places": places,
        "areas": areas,
        "steps": _WORDS,
        "now": _WHEN,
        "today": date(2026, 11, 21),
        "amount": Decimal("1367.34"),
        "names": ["Ayşe", "Tom", "Noor"],
        "icons": drawings.listed("icons"),
        "pictograms": drawings.listed("pictograms"),
    }
