"""Forms of whoever divides the work: to whom a household goes, from when, and why."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.desk.boxes import date_box, text_box

NOBODY = "niemand"
# One group of the choice: a team, and (key, words) of each worker.
Group = tuple[str, list[tuple[str, str]]]


class HandOver(forms.Form):
    """To whom, from which day, why, and what the next one should know."""

    to = forms.TypedChoiceField(
        label=_("Aan wie?"), coerce=UUID, error_messages={"required": _("Kies een collega.")}, widget=forms.Select(),
    )  # fmt: skip
    on = date_box(_("Vanaf welke dag?"))
    reason = text_box(
        _("Waarom?"), 300, required=True, error_messages={"required": _("Schrijf in een paar woorden waarom.")}
    )
    note = forms.CharField(
        label=_("Wat moet de volgende weten?"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Dit staat in het dossier. Zo hoeft het gezin zijn verhaal niet opnieuw te doen."),
    )  # fmt: skip
    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, groups: list[Group], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("kies een collega")), *groups]
        self.fields["on"].initial = today

    def shown_lead(self) -> UUID | None:
        """Return who was case manager when this page was shown; what cannot be read is nobody, and the verb looks again."""
        return read_key(self.cleaned_data["expected"])

    def name_of_next(self) -> str:
        """Return the words of who was chosen."""
        chosen = str(self.cleaned_data["to"])
        groups = [group for group in self.fields["to"].choices if isinstance(group[1], list)]
        return next((words for _team, people in groups for key, words in people if key == chosen), "")


def read_key(text: str) -> UUID | None:
    """Return the key in a text, or None."""
    try:
        return UUID(text)
    except (ValueError, TypeError):
        return None


def read_held(values: list[str]) -> dict[UUID, UUID | None]:
    """Return, by household, who was case manager on the page that sent these values ("household|worker" or "|niemand")."""
    found: dict[UUID, UUID | None] = {}
    for value in values:
        household, _bar, lead = value.partition("|")
        if key := read_key(household):
            found[key] = read_key(lead)
    return found
