"""What the administrator types of a directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.roles import FUNCTIONS
from nabij.signin.oidc.actions.setting_up import Settings
from nabij.signin.oidc.kinds import KINDS
from nabij.signin.oidc.models import Directory

# What each kind of directory calls things; a municipality may have agreed otherwise, so each can be changed.
USUAL = {
    "acm": {
        "name": "ACM/IDM",
        "issuer": "https://authenticatie.vlaanderen.be/op",
        "scope": "openid profile vo mijntoepassing offline_access",
        "key_claim": "vo_id",
        "address_claim": "",
        "organisation_claim": "vo_orgcode",
        "proof_claim": "acr",
        "proof_values": "urn:be:vlaanderen:authmech:eid urn:be:vlaanderen:authmech:csamtotp",
    },
    "entra": {
        "name": "Entra ID",
        "issuer": "https://login.microsoftonline.com/…/v2.0",
        "scope": "openid profile email offline_access",
        "key_claim": "oid",
        "address_claim": "email",
        "organisation_claim": "tid",
        "proof_claim": "",
        "proof_values": "",
    },
    "other": {
        "name": "",
        "issuer": "",
        "scope": "openid profile email offline_access",
        "key_claim": "sub",
        "address_claim": "email",
        "organisation_claim": "iss",
        "proof_claim": "amr",
        "proof_values": "mfa",
    },
}


class DirectoryForm(forms.Form):
    """Where a directory is, and in which claims it says what."""

    kind = forms.ChoiceField(label=_("Soort"), choices=KINDS, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Naam op de aanmeldpagina"),
        max_length=60,
        help_text=_("Op de knop staat: Aanmelden met … en deze naam."),
    )
    issuer = forms.CharField(
        label=_("Adres van de aanmelddienst (issuer)"),
        max_length=300,
        help_text=_("Letterlijk zoals de aanmelddienst het noemt. Bij Entra ID staat de sleutel van je tenant erin."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "inputmode": "url"}),
    )
    client = forms.CharField(label=_("Naam van Nabij daar (client ID)"), max_length=200)
    secret = forms.CharField(
        label=_("Geheim (client secret)"),
        max_length=500,
        required=False,
        help_text=_("Wordt versleuteld bewaard en nooit meer getoond. Leeg laten bij het wijzigen: het oude blijft."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.CharField(label=_("Wat we vragen (scope)"), max_length=200)
    key_claim = forms.CharField(
        label=_("Gegeven met de blijvende sleutel van een medewerker"),
        max_length=60,
        help_text=_("sub, oid of vo_id. Nooit een e-mailadres: dat kan van iemand anders worden."),
    )
    address_claim = forms.CharField(
        label=_("Gegeven met het e-mailadres"),
        max_length=60,
        required=False,
        help_text=_("Dient één keer, om een medewerker de eerste keer te herkennen. Leeg: je verbindt iedereen zelf."),
    )
    organisation_claim = forms.CharField(label=_("Gegeven met de organisatie"), max_length=60)
    organisation = forms.CharField(
        label=_("Waarde voor je gemeente"),
        max_length=300,
        help_text=_("Bij ACM/IDM het KBO-nummer of de OVO-code, bij Entra ID de sleutel van je tenant (tid)."),
    )
    proof_claim = forms.CharField(
        label=_("Gegeven dat zegt hoe iemand zich aanmeldde"), max_length=60, required=False, help_text=_("acr of amr.")
    )
    proof_values = forms.CharField(
        label=_("Waarden die voor een tweede stap volstaan"),
        max_length=1000,
        required=False,
        help_text=_("Gescheiden door een spatie. Komt er iets anders, dan vraagt Nabij zelf een tweede stap."),
    )

    def clean_key_claim(self) -> str:
        """Refuse an address as a key."""
        claim = str(self.cleaned_data["key_claim"]).strip()
        if claim in ("email", "preferred_username", "upn", "name"):
            raise forms.ValidationError(_("Dit gegeven kan veranderen. Neem sub, oid of vo_id."))
        return claim

    def settings(self) -> Settings:
        """Return what was typed."""
        said = {name: value.strip() for name, value in self.cleaned_data.items() if name != "secret"}
        return Settings(**{**said, "proof_values": tuple(dict.fromkeys(said["proof_values"].split()))})

    @staticmethod
    def initial_of(directory: Directory) -> dict[str, Any]:
        """Return what stands in the form of a directory that is there; never its secret."""
        names = [name for name in DirectoryForm.base_fields if name not in ("secret", "proof_values")]
        said = {name: getattr(directory, name) for name in names}
        return {**said, "proof_values": " ".join(directory.proof_values)}


class RuleForm(forms.Form):
    """Which value gives which function."""

    claim = forms.CharField(
        label=_("Gegeven"),
        max_length=60,
        help_text=_("roles of groups bij Entra ID, mijntoepassing_rol_3d bij ACM/IDM."),
    )
    value = forms.CharField(
        label=_("Waarde"),
        max_length=200,
        help_text=_("Bij een 3D-rol alleen de rol, zonder de code van de organisatie."),
    )
    function = forms.ChoiceField(
        label=_("Functie"),
        choices=lambda: [("", "—"), *((slug, str(each.name).capitalize()) for slug, each in FUNCTIONS.items())],
    )
    team = forms.TypedChoiceField(label=_("Team"), required=False, empty_value=None)

    def __init__(self, *args: Any, teams: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("geen")), *((str(team.id), team.name) for team in teams)]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Which key of the directory is which worker."""

    worker = forms.ChoiceField(label=_("Medewerker"))
    subject = forms.CharField(
        label=_("Sleutel bij de aanmelddienst"), max_length=255, widget=forms.TextInput(attrs={"spellcheck": "false"})
    )

    def __init__(self, *args: Any, workers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(one.id), f"{one.name} ({one.email})") for one in workers)]
        self.fields["worker"].choices = choices  # type: ignore[attr-defined]
