"""Forms of the desk: what somebody types, in the order in which it is told."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.frontdesk.models import Appointment, Contact
from nabij.frontdesk.queries import Slot
from nabij.households.languages import CHOICES
from nabij.households.recognition.dates import parse_birth_date
from nabij.households.recognition.insz import parse_insz
from nabij.households.recognition.names import check_name
from nabij.households.recognition.phones import parse_phone
from nabij.kernel.domains import LifeDomain
from nabij.kernel.forms import OnceForm
from nabij.kernel.refusals import Refusal
from nabij.ui.forms import BigChoices
from nabij.ui.templatetags.nabij_text import moment


class Answer(forms.Form):
    """What came of a request."""

    outcome = forms.CharField(
        label=_("Wat kwam er van de vraag?"),
        help_text=_("Een paar woorden volstaan. Wie de vraag stelde, krijgt altijd antwoord."),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )


NONE = _("nu geen afspraak")


def read_slot(value: str) -> tuple[UUID, datetime] | None:
    """Return worker and moment of a slot as a form sends it; None when there is none or it cannot be read."""
    try:
        worker, starts = value.split("|")
        moment_ = datetime.fromisoformat(starts)
        return (UUID(worker), moment_) if timezone.is_aware(moment_) else None
    except ValueError:
        return None


class SlotMixin(forms.Form):
    """The next appointment, chosen among free slots; the choice may be none."""

    slot = forms.ChoiceField(label=_("Wanneer is de volgende afspraak?"), widget=forms.RadioSelect, required=False)

    def offer(self, slots: list[Slot], *, none: Any = NONE) -> None:
        """Offer these free slots."""
        choices = [(slot.value, f"{moment(slot.starts_at)} · {slot.worker.name}") for slot in slots]
        sent = self.data.get("slot", "") if self.is_bound else ""
        if sent and read_slot(sent) and sent not in dict(choices):
            choices.append((sent, moment(read_slot(sent)[1])))  # taken meanwhile: the verb says so
        self.fields["slot"].choices = [*choices, ("", none)]


PICTOGRAMS = {domain.value: domain.pictogram for domain in LifeDomain}


class Visitor(OnceForm, SlotMixin):
    """Somebody stands there: name, birth date, what it is about, in own words, and what now."""

    all_optional = True  # the page says so once, not at each box

    given_name = forms.CharField(
        label=_("Voornaam"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label=_("Familienaam"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    birth_date = forms.CharField(
        label=_("Geboortedatum"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "3/4/1987"}),
    )  # fmt: skip
    domain = forms.ChoiceField(
        label=_("Waarover gaat het?"),
        choices=LifeDomain.choices,
        widget=BigChoices(pictograms=PICTOGRAMS),
        required=False,
    )
    words = forms.CharField(
        label=_("In hun eigen woorden"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    street = forms.CharField(
        label=_("Straat"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    number = forms.CharField(
        label=_("Nummer"), max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    box = forms.CharField(
        label=_("Bus"), max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    insz = forms.CharField(
        label=_("Rijksregisternummer"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telefoon"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Spreekt"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(
        label=_("Hoe kwam dit gezin bij ons?"), choices=Contact.Channel.choices, initial="walk_in"
    )
    nameless = forms.BooleanField(
        label=_("Zonder naam"), required=False, help_text=_("Ook dan telt de vraag en krijgt ze antwoord.")
    )

    def __init__(self, *args: Any, today: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Read what was typed as a person would, and say in a sentence what cannot be."""
        data = super().clean() or {}
        data["born"], data["precision"] = None, "unknown"
        if data.get("nameless"):
            return data
        for name in ("given_name", "family_name"):
            self._read(name, lambda text, name=name: data.__setitem__(name, check_name(text, field=name)))
        if not (data.get("given_name") or data.get("family_name")):
            self.add_error("given_name", _("Vul een naam in, of kies 'Zonder naam'."))
        self._read("birth_date", lambda text: self._born(data, text))
        self._read("insz", lambda text: data.__setitem__("insz", parse_insz(text, data["born"]).number))
        self._read("phone", lambda text: data.__setitem__("phone", parse_phone(text)))
        return data

    def _born(self, data: dict[str, Any], text: str) -> None:
        read = parse_birth_date(text, self.today)
        data["born"], data["precision"] = read.date, read.precision

    def _read(self, field: str, reader: Any) -> None:
        text = self.cleaned_data.get(field, "")
        if not text:
            return
        try:
            reader(text)
        except Refusal as refusal:
            self.add_error(field, str(refusal))


class Visit(OnceForm, SlotMixin):
    """The visit of a household that is known."""

    channel = forms.ChoiceField(label=_("Hoe hadden we contact?"), choices=Contact.Channel.choices, initial="walk_in")
    domain = forms.ChoiceField(
        label=_("Is er een nieuwe vraag?"),
        choices=LifeDomain.choices,
        widget=BigChoices(pictograms=PICTOGRAMS),
        required=False,
    )
    words = forms.CharField(
        label=_("In hun eigen woorden"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        max_length=20000,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for something to keep."""
        data = super().clean() or {}
        if not (data.get("words") or data.get("domain") or data.get("slot")):
            self.add_error("words", _("Schrijf kort op wat er gezegd is, of kies waarover het gaat."))
        return data


class Booking(OnceForm):
    """An appointment at a moment of one's own choice."""

    worker = forms.ModelChoiceField(label=_("Met wie?"), queryset=User.objects.none(), empty_label=None)
    on = forms.DateField(label=_("Dag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=_("Uur"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Hoeveel minuten?"), min_value=5, max_value=480, initial=45)
    place = forms.ChoiceField(
        label=_("Waar?"), choices=Appointment.Place.choices, widget=forms.RadioSelect, initial="centre"
    )
    about = forms.CharField(label=_("Waarover, in één regel"), max_length=200, required=False)

    def moments(self) -> tuple[datetime, datetime]:
        """Return when the appointment starts and ends."""
        data = self.cleaned_data
        starts = timezone.make_aware(datetime.combine(data["on"], data["at"]))
        return starts, starts + timedelta(minutes=data["minutes"])
