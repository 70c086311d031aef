"""Forms of the desk: what somebody types, in the order in which it is told."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.desk.boxes import domain_box, languages_box, text_box
from nabij.desk.forms_person import PersonFields
from nabij.frontdesk import policies
from nabij.frontdesk.models import Appointment, Contact
from nabij.frontdesk.queries import Slot
from nabij.kernel.forms import OnceForm
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
        self.full = not slots
        self.fields["slot"].choices = [*choices, ("", none)]


def _elsewhere_box() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Wil elders geholpen worden"),
        required=False,
        help_text=_("Zonder reden. Het wijkteam en dit centrum kennen dit gezin dan niet, jij ook niet meer."),
    )


class Visitor(OnceForm, SlotMixin, PersonFields):
    """Somebody stands there: name, birth date, what it is about, in own words, and what now."""

    NO_NAME = _("Vul een naam in, of kies 'Zonder naam'.")
    all_optional = True  # the page says so once, not at each box

    birth_date = text_box(_("Geboortedatum"), 40, attrs={"placeholder": "3/4/1987"})
    domain = domain_box(_("Waarover gaat het?"))
    words = forms.CharField(
        label=_("In hun eigen woorden"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    street = text_box(_("Straat"))
    number = text_box(_("Nummer"), 20)
    box = text_box(_("Bus"), 20)
    phone = text_box(_("Telefoon"), 30, attrs={"inputmode": "tel"})
    languages = languages_box()
    channel = forms.ChoiceField(
        label=_("Hoe kwam dit gezin bij ons?"), choices=Contact.Channel.choices, initial="walk_in"
    )
    elsewhere = _elsewhere_box()
    nameless = forms.BooleanField(
        label=_("Zonder naam"), required=False, help_text=_("Ook dan telt de vraag en krijgt ze antwoord.")
    )

    @property
    def is_nameless(self) -> bool:
        """Return whether who stands there would rather not give a name."""
        return bool(self.cleaned_data.get("nameless"))


class Visit(OnceForm, SlotMixin):
    """The visit of a household that is known."""

    channel = forms.ChoiceField(label=_("Hoe hadden we contact?"), choices=Contact.Channel.choices, initial="walk_in")
    domain = domain_box(_("Is er een nieuwe vraag?"))
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


class KnownVisit(Visit):
    """The visit, at the desk, of a household that is known; it may ask to be helped elsewhere."""

    elsewhere = _elsewhere_box()

    def clean(self) -> dict[str, Any]:
        """Ask for something to keep; the wish is enough."""
        data = super().clean() or {}
        if data.get("elsewhere"):
            self.errors.pop("words", None)
            data.setdefault("words", "")
        return data


class Booking(OnceForm):
    """An appointment at a moment of one's own choice."""

    worker = forms.ModelChoiceField(label=_("Met wie?"), queryset=User.objects.none(), empty_label=None)
    on = forms.DateField(
        label=_("Dag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Kies een dag.")),
    )  # fmt: skip
    at = forms.TimeField(
        label=_("Uur"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Kies een uur, zoals 14:30.")),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten?"), min_value=5, max_value=480, initial=45,
        error_messages=dict.fromkeys(("required", "invalid"), _("Schrijf hoeveel minuten het gesprek duurt, in cijfers.")),
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Waar?"), choices=Appointment.Place.choices, widget=forms.RadioSelect, initial="centre"
    )
    about = forms.CharField(label=_("Waarover, in één regel"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Say beside the right box what the verb would say of a moment that is past, or of a year that is a slip."""
        data = super().clean() or {}
        if "on" in data and "at" in data:
            starts, now = self._starts(), timezone.now()
            self._say("on", policies.is_near.why(starts, now))
            self._say("at", policies.to_come.why(starts, now))
        return data

    def moments(self) -> tuple[datetime, datetime]:
        """Return when the appointment starts and ends."""
        starts = self._starts()
        return starts, starts + timedelta(minutes=self.cleaned_data["minutes"])

    def _starts(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"]))

    def _say(self, field: str, sentence: str) -> None:
        if sentence:
            self.add_error(field, sentence)
