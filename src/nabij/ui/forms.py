"""How forms are drawn: label, help, box, and the sentence that says what is wrong, tied together for who listens."""

from collections.abc import Mapping
from typing import Any

from django.forms import RadioSelect
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws fields with our own templates (`ui/field.html`)."""

    field_template_name = "ui/field.html"


class BigChoices(RadioSelect):
    """Radio buttons as large as a thumb, with a pictogram each; the keys 1 to 9 choose."""

    option_template_name = "ui/big_option.html"

    def __init__(self, attrs: Any = None, choices: Any = (), pictograms: Mapping[str, str] | None = None) -> None:
        super().__init__(attrs, choices)
        self.pictograms = pictograms or {}

    def create_option(
        self,
        name: str,
        value: Any,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return an option that knows its pictogram and its key."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        return {**option, "pictogram": self.pictograms.get(str(value), ""), "key": index + 1 if index < 9 else ""}


class Steps(RadioSelect):
    """A scale in words, drawn as steps beside each other; a choice with an empty value stands apart."""

    option_template_name = "ui/big_option.html"
    steps = True

    def format_value(self, value: Any) -> list[str]:
        """Return what was chosen; not answered is not the same as "rather not"."""
        return [] if value is None else super().format_value(value)
