"""What every form that asks for a person shares: name, birth date, number, phone, each read as a person would."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.desk.boxes import text_box
from nabij.households.recognition.dates import parse_birth_date
from nabij.households.recognition.insz import parse_insz
from nabij.households.recognition.names import check_name
from nabij.households.recognition.phones import parse_phone
from nabij.households.rows import NewPerson
from nabij.kernel.refusals import Refusal

NAMES = ("given_name", "family_name")


class PersonFields(forms.Form):
    """Name, birth date and number of somebody; a form may ask for `phone` and `languages` besides."""

    NO_NAME = _("Vul een voornaam of een familienaam in.")

    given_name = text_box(_("Voornaam"), attrs={"autofocus": True})
    family_name = text_box(_("Familienaam"))
    birth_date = text_box(_("Geboortedatum"), 40, help_text=_("Bijvoorbeeld 3/4/1987, of alleen 1987."))
    insz = text_box(_("Rijksregisternummer"), 20)

    def __init__(self, *args: Any, today: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Read what was typed, and say in a sentence what cannot be."""
        data = super().clean() or {}
        data["born"], data["precision"] = None, "unknown"
        if self.is_nameless:
            return data
        for name in NAMES:
            self._read(name, lambda text, name=name: data.__setitem__(name, check_name(text, field=name)))
        if not any(data.get(name) or name in self.errors for name in NAMES):
            self.add_error("given_name", self.NO_NAME)
        self._read("birth_date", self._born)
        self._read("insz", lambda text: data.__setitem__("insz", parse_insz(text, data["born"]).number))
        self._read("phone", lambda text: data.__setitem__("phone", parse_phone(text)))
        return data

    @property
    def is_nameless(self) -> bool:
        """Return whether nobody is asked for."""
        return False

    def told(self, **more: Any) -> NewPerson:
        """Return the person that was told of."""
        data = self.cleaned_data
        return NewPerson(
            given_name=data["given_name"], family_name=data["family_name"], birth_date=data["born"],
            birth_precision=data["precision"], insz=data["insz"], languages=tuple(data.get("languages", ())), **more,
        )  # fmt: skip

    def _born(self, text: str) -> None:
        read = parse_birth_date(text, self.today)
        self.cleaned_data["born"], self.cleaned_data["precision"] = read.date, read.precision

    def _read(self, field: str, reader: Callable[[str], Any]) -> None:
        text = self.cleaned_data.get(field, "")
        if not text:
            return
        try:
            reader(text)
        except Refusal as refusal:
            self.add_error(field, str(refusal))
