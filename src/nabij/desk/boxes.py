"""Boxes that stand in many forms of the desk: a line of text, a day, languages, what it is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.households.languages import CHOICES
from nabij.kernel.domains import LifeDomain
from nabij.ui.forms import BigChoices


def text_box(label: Any, length: int = 120, *, required: bool = False, **kwargs: Any) -> forms.CharField:
    """Return a box for a line of text; the browser does not offer what was typed of somebody else."""
    widget = forms.TextInput(attrs={"autocomplete": "off"} | kwargs.pop("attrs", {}))
    return forms.CharField(label=label, max_length=length, required=required, widget=widget, **kwargs)


def date_box(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a box for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Dit is geen dag die bestaat. Schrijf bijvoorbeeld 3/4/2026.")}
    return forms.DateField(label=label, widget=widget, error_messages=wrong, **kwargs)


def languages_box() -> forms.MultipleChoiceField:
    """Return a box for what somebody speaks."""
    return forms.MultipleChoiceField(
        label=_("Spreekt"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )


def domain_box(label: Any) -> forms.ChoiceField:
    """Return a box for the life domain of a question; it may stay empty."""
    pictograms = {domain.value: domain.pictogram for domain in LifeDomain}
    return forms.ChoiceField(
        label=label, choices=LifeDomain.choices, widget=BigChoices(pictograms=pictograms), required=False
    )
