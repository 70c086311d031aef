"""Forms for asking a colleague who knows, and for answering."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.roles import Part
from nabij.kernel.forms import OnceForm

PARTS = (
    (Part.PLAN, _("het plan met doelen en stappen")),
    (Part.CONTACTS, _("de contacten en wat er gevraagd werd")),
    (Part.NOTES, _("de notities voor het team")),
)


class Ask(OnceForm):
    """To whom, what, and what the expert may read for it."""

    expert = forms.TypedChoiceField(
        label=_("Aan wie?"), coerce=UUID, widget=forms.Select(), error_messages={"required": _("Kies een collega.")}
    )
    words = forms.CharField(
        label=_("Wat wil je weten?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Schrijf wat je wilt weten.")},
    )  # fmt: skip
    parts = forms.TypedMultipleChoiceField(
        label=_("Wat mag deze collega daarvoor lezen?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(part.value, words) for part, words in PARTS],
        help_text=_("De naam van het gezin ziet je collega altijd. Duid verder alleen aan wat nodig is."),
    )  # fmt: skip

    def __init__(self, *args: Any, experts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"].choices = [("", _("kies een collega")), *((str(one.id), one.name) for one in experts)]

    def opened(self) -> Part:
        """Return the parts that were chosen."""
        return Part(sum(self.cleaned_data["parts"]))


class Reply(forms.Form):
    """What the expert answers."""

    words = forms.CharField(
        label=_("Je antwoord"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("Dit staat in het dossier. De dossierhouder leest het daar."),
        error_messages={"required": _("Schrijf je antwoord.")},
    )  # fmt: skip
