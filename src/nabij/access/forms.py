"""The sign-in form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _


class SignIn(forms.Form):
    """E-mail address and password; the refusal never says whether an account exists."""

    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Wachtwoord"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(
        self, *args: Any, request: Any = None, knock: Callable[[str], int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.knock = request, knock
        self.user: Any = None
        self.wait = 0

    def clean(self) -> dict[str, Any]:
        """Look for the account, or say that the two do not fit."""
        data = super().clean() or {}
        if "email" in data and "password" in data:
            # Counted before the password is looked at; and told in the same words whether or not there is an account.
            if self.knock and (wait := self.knock(data["email"])):
                self.wait = wait
                raise forms.ValidationError(
                    _("Er is te vaak geprobeerd. Wacht %(seconds)s seconden en probeer het dan opnieuw."),
                    params={"seconds": wait},
                )
            self.user = authenticate(self.request, username=data["email"], password=data["password"])
            if self.user is None:
                raise forms.ValidationError(_("E-mailadres en wachtwoord passen niet bij elkaar. Probeer het opnieuw."))
        return data
