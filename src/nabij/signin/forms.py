"""Forms of signing in. Nothing that is typed here is kept as a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Code(forms.Form):
    """A code of the app, or a recovery code; or what a passkey answered."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("Zes cijfers uit je app. Geen telefoon bij je? Typ hier een herstelcode."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = not (self.data and self.data.get("credential"))
        self.fields["code"].error_messages["required"] = _("Typ de code van je app.")


class Proof(Code):
    """The own password again, or a second factor: either says who it is."""

    password = forms.CharField(
        label=_("Je wachtwoord"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("password", "code", "credential")

    def __init__(self, *args: Any, has_password: bool, has_app: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        if not has_password:
            del self.fields["password"]
        if not has_app:
            del self.fields["code"]
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)
            field.required = len(self.fields) == 2 and not field.widget.is_hidden and not self.data.get("credential")

    def clean(self) -> dict[str, Any]:
        """Say that one of them is needed."""
        data = forms.Form.clean(self) or {}
        if not any(data.get(name) for name in ("password", "code", "credential")):
            raise forms.ValidationError(_("Typ je wachtwoord of een code."))
        return data


class NewApp(forms.Form):
    """The first code of an app, as proof that it works."""

    code = forms.CharField(
        label=_("Code uit de app"),
        max_length=10,
        help_text=_("Zes cijfers; om de dertig seconden staan er andere."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class NewPasskey(forms.Form):
    """A passkey that the browser made, and what to call it."""

    name = forms.CharField(
        label=_("Hoe noem je deze sleutel?"),
        max_length=60,
        required=False,
        help_text=_("Bijvoorbeeld: laptop van het werk."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Say what to do when the browser made none."""
        data = super().clean() or {}
        if not data.get("credential"):
            raise forms.ValidationError(_("De sleutel is niet gemaakt. Probeer het opnieuw."))
        return data


class NewPassword(forms.Form):
    """A password that nobody else knows, twice."""

    new = forms.CharField(
        label=_("Nieuw wachtwoord"),
        help_text=_("Minstens twaalf tekens. Een zin die je onthoudt, is goed."),
        strip=False,  # as typed: a space is a sign as any other
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nog eens"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Say that the two are not the same."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("De twee zijn niet hetzelfde."))
        return data


class ChangePassword(NewPassword):
    """The password of now, and the new one."""

    old = forms.CharField(
        label=_("Wachtwoord van nu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")
