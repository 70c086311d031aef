"""Forms for what changes in a household: who comes, who goes, where it lives, what was wrong, how it is reached."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from nabij.desk.boxes import date_box, languages_box, text_box
from nabij.desk.forms_person import PersonFields
from nabij.households.languages import CHOICES
from nabij.households.models import Household, Membership
from nabij.households.queries import Member
from nabij.households.recognition.phones import parse_phone
from nabij.households.rows import NewAddress
from nabij.kernel.forms import OnceForm
from nabij.kernel.refusals import Refusal

NEW = "new"
GONE = _("Deze persoon woont hier niet meer. Kijk opnieuw wie er woont.")
REASONS = [
    ("gaat elders wonen", _("gaat elders wonen")),
    ("gaat alleen wonen", _("gaat alleen wonen")),
    ("verblijft in een voorziening", _("verblijft in een voorziening")),
    ("overleden", _("overleden")),
    ("", _("dat zeggen we liever niet")),
]


class Birth(OnceForm, PersonFields):
    """A child is born."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].required = True
        self.fields["birth_date"].help_text = _("Bijvoorbeeld 3/4/2026.")
        self.fields["birth_date"].error_messages["required"] = _("Wanneer is het kind geboren?")
        self.fields["insz"].help_text = _("Nog niet gekend? Laat leeg: je kan het later aanvullen.")

    def clean(self) -> dict[str, Any]:
        """A birth has a day."""
        data = super().clean()
        if data.get("precision") == "year":
            self.add_error("birth_date", _("Noteer bij een geboorte de dag, zoals 3/4/2026."))
        return data


class Joins(OnceForm, PersonFields):
    """Somebody comes to live here: written down for the first time, or somebody who is known."""

    phone = text_box(
        _("Telefoon"), 30, attrs={"inputmode": "tel"}, help_text=_("Helpt om te zien of deze persoon gekend is.")
    )
    role = forms.ChoiceField(
        label=_("Als wat komt deze persoon erbij?"),
        choices=Membership.Role.choices,
        widget=forms.RadioSelect,
        initial="adult",
    )
    languages = languages_box()
    on = date_box(_("Sinds wanneer?"))
    who = forms.ChoiceField(label=_("Is het een van deze mensen?"), widget=forms.RadioSelect, required=False)
    stays_there = forms.BooleanField(label=_("Blijft ook wonen waar deze persoon nu genoteerd staat"), required=False)

    def offer(self, choices: Iterable[tuple[str, Any]]) -> None:
        """Offer who this might be."""
        choices = list(choices)
        self.fields["who"].choices = (
            [*choices, (NEW, _("Neen, deze persoon noteren we voor het eerst"))] if choices else []
        )


class Leaves(forms.Form):
    """Somebody goes to live elsewhere."""

    on = date_box(_("Sinds wanneer?"))
    reason = forms.ChoiceField(label=_("Wat gebeurt er?"), choices=REASONS, widget=forms.RadioSelect, required=False)


class AddressFields(forms.Form):
    """An address as people say it; postcode and place only where the street is elsewhere."""

    all_optional = True  # what is needed, a sentence says

    street = text_box(_("Straat"))
    number = text_box(_("Nummer"), 20)
    box = text_box(_("Bus"), 20)
    postcode = text_box(
        _("Postcode"), 10, help_text=_("Alleen nodig buiten de gemeente, of als de straat twee keer bestaat.")
    )
    place = text_box(_("Gemeente"), 100)

    def told(self) -> NewAddress | None:
        """Return the address that was told, or nothing."""
        data = self.cleaned_data
        parts = {name: " ".join(data[name].split()) for name in ("street", "number", "box", "postcode", "place")}
        return NewAddress(**parts) if parts["street"] else None

    def ask_street(self, empty: str, sentence: Any) -> None:
        """Say that a street is needed, unless a box says that there is none; and not both."""
        data = self.cleaned_data
        if data.get(empty) and data.get("street"):
            self.add_error(empty, _("Er staat ook een straat. Kies één van de twee."))
        elif not (data.get(empty) or data.get("street") or "street" in self.errors):
            self.add_error("street", sentence)


class Separate(OnceForm, AddressFields):
    """Two people go apart: who goes, which children live in both homes, and where to."""

    leaving = forms.TypedMultipleChoiceField(
        label=_("Wie gaat er weg?"), coerce=UUID, widget=forms.CheckboxSelectMultiple,
        help_text=_("Duid ook de kinderen aan die mee verhuizen en hier niet meer wonen."),
        error_messages={"required": _("Duid aan wie er gaat."), "invalid_choice": GONE},
    )  # fmt: skip
    both_homes = forms.TypedMultipleChoiceField(
        label=_("Wie woont voortaan in de twee huizen?"), coerce=UUID, required=False,
        widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": GONE},
    )  # fmt: skip
    on = date_box(_("Sinds wanneer?"))
    unknown = forms.BooleanField(label=_("Het nieuwe adres is nog niet gekend"), required=False)
    guide_both = forms.BooleanField(
        label=_("Ik blijf ook dossierhouder voor wie weggaat"), required=False,
        help_text=_("Vraag het eerst aan wie weggaat. Anders kiest het team van het nieuwe adres iemand."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[Member], may_guide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(member.person.id), member.name) for member in members]
        children = [(str(m.person.id), m.name) for m in members if m.membership.role == Membership.Role.CHILD]
        self.fields["leaving"].choices = choices
        self.fields["both_homes"].choices = children
        for name, needed in (("both_homes", children), ("guide_both", may_guide)):
            if not needed:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A new address is told, or said to be unknown; nobody both goes and lives in two homes."""
        data = super().clean() or {}
        if set(data.get("leaving") or []) & set(data.get("both_homes") or []):
            self.add_error("both_homes", _("Iemand gaat weg, of woont in de twee huizen: niet allebei."))
        self.ask_street("unknown", _("Vul de straat in, of duid aan dat het adres nog niet gekend is."))
        return data


class Moves(AddressFields):
    """The household has another address, or the one that stands here was wrong."""

    MOVES, WRONG = "moves", "wrong"

    what = forms.ChoiceField(
        label=_("Wat is er?"), widget=forms.RadioSelect, initial=MOVES,
        choices=[(MOVES, _("Het gezin verhuist")), (WRONG, _("Het adres stond verkeerd genoteerd"))],
    )  # fmt: skip
    on = date_box(_("Vanaf wanneer?"), required=False)
    nowhere = forms.BooleanField(label=_("Er is nu geen vast adres"), required=False)

    def __init__(self, *args: Any, has_address: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_address:
            self.fields["what"].choices = self.fields["what"].choices[:1]

    @property
    def is_wrong(self) -> bool:
        """Return whether this corrects what was noted."""
        return self.cleaned_data.get("what") == self.WRONG

    def clean(self) -> dict[str, Any]:
        """A move has a day, and a street unless there is none."""
        data = super().clean() or {}
        if self.is_wrong and data.get("nowhere"):
            self.add_error("nowhere", _("Geen vast adres meer? Kies dan dat het gezin verhuist."))
        elif not self.is_wrong and not data.get("on") and "on" not in self.errors:
            self.add_error("on", _("Vanaf welke dag?"))
        self.ask_street("nowhere", _("Vul de straat in, of duid aan dat er geen vast adres is."))
        return data


class TeamStays(forms.Form):
    """Whether the household goes along with the team of its new address; what was told of the address goes along, hidden."""

    keep_team = forms.TypedChoiceField(
        label=_("Welk team helpt dit gezin verder? Vraag het aan het gezin."), widget=forms.RadioSelect,
        coerce=lambda value: value == "ja", error_messages={"required": _("Vraag aan het gezin welk team het wil.")},
    )  # fmt: skip

    def offer(self, old: str, new: str) -> None:
        """Name both teams."""
        self.fields["keep_team"].choices = [("neen", new), ("ja", old)]


class Corrects(PersonFields):
    """What stands here of somebody is wrong, or was not known."""

    languages = languages_box()
    reason = text_box(
        _("Waarom verbeter je dit?"), 300, required=True, help_text=_("Bijvoorbeeld: op de identiteitskaart staat het anders."),
        error_messages={"required": _("Schrijf in een paar woorden waarom. Wat er stond, blijft bewaard.")},
    )  # fmt: skip

    def changes(self, kept: list[str]) -> dict[str, Any]:
        """Return what is written now, with the languages that this form does not know."""
        data = self.cleaned_data
        chosen, offered = data["languages"], {code for code, _name in CHOICES}
        # In the order in which they were told, with those that this form does not offer.
        languages = [code for code in kept if code in chosen or code not in offered]
        languages += [code for code in chosen if code not in languages]
        return {
            "given_name": data["given_name"], "family_name": data["family_name"], "birth_date": data["born"],
            "birth_precision": data["precision"], "insz": data["insz"],
            "languages": languages,
        }  # fmt: skip


class Reachable(forms.Form):
    """One more number or e-mail address, and where and how the household would rather meet."""

    value = text_box(_("Nieuw telefoonnummer of e-mailadres"), 120)
    person = forms.TypedChoiceField(
        label=_("Van wie is het?"),
        coerce=UUID,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": GONE},
    )
    place = forms.ChoiceField(
        label=_("Waar hebben ze het liefst contact?"), required=False, widget=forms.RadioSelect,
        choices=[*Household.Place.choices, ("", _("maakt niet uit"))],
    )  # fmt: skip
    note = text_box(_("Wat helpt nog?"), 200, help_text=_("Bijvoorbeeld: liefst in de namiddag, of eerst een sms."))

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("van het gezin samen")), *((str(m.person.id), m.name) for m in members)]

    def clean(self) -> dict[str, Any]:
        """See by itself whether it is a number or an e-mail address."""
        data = super().clean() or {}
        text = (data.get("value") or "").strip()
        data["kind"] = "email" if "@" in text else "phone"
        if text:
            try:
                data["value"] = _email(text) if "@" in text else parse_phone(text)
            except Refusal as refusal:
                self.add_error("value", str(refusal))
            except forms.ValidationError:
                self.add_error("value", _("Dit e-mailadres kan niet kloppen. Kijk het na."))
        return data


def _email(text: str) -> str:
    validate_email(text)
    return text.lower()
