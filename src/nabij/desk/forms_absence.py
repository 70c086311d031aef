"""Forms for who is away and who stands in."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.desk.boxes import date_box

ONE_DAY = timedelta(days=1)


class StandIn(forms.Form):
    """Who stands in; nobody is an answer too."""

    substitute = forms.TypedChoiceField(
        label=_("Wie vervangt?"), coerce=UUID, empty_value=None, required=False, widget=forms.Select(),
        help_text=_("De vervanger leest en schrijft zolang als de dossierhouder zelf, behalve wat verzegeld is."),
    )  # fmt: skip

    def __init__(self, *args: Any, groups: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substitute"].choices = [("", _("niemand: de duo en het team")), *groups]


class Away(StandIn):
    """Who is away, from which day, until which last day, and who stands in."""

    worker = forms.TypedChoiceField(
        label=_("Wie is afwezig?"),
        coerce=UUID,
        widget=forms.Select(),
        error_messages={"required": _("Kies een collega.")},
    )
    on = date_box(_("Eerste dag"))
    last = date_box(_("Laatste dag"), required=False, help_text=_("Nog niet geweten? Laat dit leeg."))
    field_order = ("worker", "on", "last", "substitute")

    def __init__(self, *args: Any, people: list[Any], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mates = [(str(person.id), person.name) for person in people]
        self.fields["worker"].choices = mates if len(mates) == 1 else [("", _("kies een collega")), *mates]
        self.fields["on"].initial = today

    def clean(self) -> dict[str, Any]:
        """Say beside the last day that it cannot come before the first."""
        data = super().clean() or self.cleaned_data
        if data.get("on") and data.get("last") and data["last"] < data["on"]:
            self.add_error("last", _("De laatste dag komt voor de eerste. Kijk de data na."))
        return data

    def until(self) -> date | None:
        """Return the first day on which that colleague is there again; None until further notice."""
        last: date | None = self.cleaned_data["last"]
        return last + ONE_DAY if last else None
