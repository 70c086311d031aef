"""Forms for who asks to be helped elsewhere."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Team


class HelpElsewhere(forms.Form):
    """Which team helps from here on; no reason is asked, so there is no box for one."""

    helping = forms.TypedChoiceField(
        label=_("Wie helpt dit gezin voortaan?"), coerce=UUID, widget=forms.RadioSelect(),
        error_messages={"required": _("Kies welk team dit gezin helpt."), "invalid_choice": _("Kies welk team dit gezin helpt.")},
    )  # fmt: skip

    def __init__(self, *args: Any, teams: list[Team], own: Team | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = sorted(
            (team for team in teams if own is None or team.id != own.id), key=lambda team: not team.is_central
        )
        self.fields["helping"].choices = [(str(team.id), team.name) for team in others]
        if others:
            self.initial.setdefault("helping", str(others[0].id))
