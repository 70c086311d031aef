"""Forms of the plan and what goes with it: what the household says first, what we need to know after."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.access.models import User
from nabij.casework.actions.steps import Doer
from nabij.casework.models import Goal, Note, PlanVersion, SelfScore, Step
from nabij.casework.queries import RATHER_NOT, SCORE_WORDS, GoalInPlan
from nabij.households.models import Person
from nabij.kernel.domains import LifeDomain
from nabij.kernel.forms import OnceForm
from nabij.ui.forms import BigChoices, Steps
from nabij.ui.templatetags.nabij_text import day

NOT_ASKED, WOULD_RATHER_NOT = "", "rather_not"
TOGETHER = "samen"
PAPER_LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
_NUMBER = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Vul een getal van 0 tot 99 in."))
_DATE = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


def _words(label: Any, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", **kwargs.pop("attrs", {})})
    return forms.CharField(label=label, widget=widget, max_length=5000, **kwargs)


class GoalForm(OnceForm):
    """A goal as the household says it, for whom, and who may not read it."""

    words = _words(
        _("Wat wil dit gezin?"), rows=2, attrs={"autofocus": True},
        help_text=_("Schrijf het op zoals het gezin het zelf zegt."),
        error_messages={"required": _("Schrijf op wat het gezin wil.")},
    )  # fmt: skip
    domain = forms.ChoiceField(
        label=_("Waarover gaat het?"), choices=LifeDomain.choices,
        widget=BigChoices(pictograms={domain.value: domain.pictogram for domain in LifeDomain}),
        error_messages={"required": _("Duid aan waarover het gaat.")},
    )  # fmt: skip
    status = forms.ChoiceField(
        label=_("Wanneer werken we eraan?"), initial=Goal.Status.ACTIVE, widget=forms.RadioSelect,
        choices=[(Goal.Status.ACTIVE, _("nu")), (Goal.Status.LATER, _("later"))],
    )  # fmt: skip
    for_whom = forms.TypedMultipleChoiceField(
        label=_("Voor wie is dit doel?"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Duid je niemand aan, dan is het voor het hele gezin."),
    )  # fmt: skip
    shielded = forms.TypedMultipleChoiceField(
        label=_("Voor wie schermen we dit doel af?"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Wie je hier aanduidt, krijgt dit doel niet te zien: niet op het scherm en niet op papier."),
    )  # fmt: skip

    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # how the goal stood when this form was opened

    def __init__(self, *args: Any, people: Iterable[Person], goal: GoalInPlan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal = goal.goal if goal else None
        choices = [(str(person.id), str(person)) for person in people]
        for name in ("for_whom", "shielded"):
            self.fields[name].choices = choices
            self.fields[name].error_messages["invalid_choice"] = _("Kies iemand van dit gezin.")
        if len(choices) < 2 and not (goal and goal.shielded):
            del self.fields["shielded"]  # who lives alone has nobody to shield it from
        if goal:
            self.initial = _of_goal(goal) | self.initial
            if goal.goal.status not in dict(self.fields["status"].choices):
                del self.fields["status"]  # a goal that is over comes back through its own page

    def clean(self) -> dict[str, Any]:
        """Do not write over what a colleague wrote meanwhile: show it once, then the choice is theirs who save again."""
        data = super().clean() or {}
        goal, seen = self.goal, data.get("seen")
        if goal and seen and seen != _stamp(goal) and goal.words != data.get("words"):
            said = _(
                "Dit doel veranderde intussen. Er staat nu: “%s”. Bewaar je opnieuw, dan komt jouw tekst in de plaats."
            )
            self.add_error("words", said % goal.words)
            self.data = self.data.copy()
            self.data["seen"] = _stamp(goal)
        return data

    def asked(self) -> dict[str, Any]:
        """Return what the verbs on a goal take."""
        names = ("words", "domain", "status", "for_whom", "shielded")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _stamp(goal: Goal) -> str:
    return goal.changed_at.isoformat()


def _of_goal(shown: GoalInPlan) -> dict[str, Any]:
    return {
        "seen": _stamp(shown.goal),
        "words": shown.goal.words,
        "domain": shown.goal.domain,
        "status": shown.goal.status,
        "for_whom": [str(person.id) for person in shown.for_whom],
        "shielded": [str(person.id) for person in shown.shielded],
    }


class GoalEnds(OnceForm):
    """How it went with a goal; words are welcome, and never needed."""

    status = forms.ChoiceField(
        label=_("Hoe liep het?"), widget=forms.RadioSelect, error_messages={"required": _("Duid aan hoe het liep.")}
    )
    text = _words(_("Wil het gezin er iets bij zeggen?"), required=False)

    OUTCOMES = {
        Goal.Status.REACHED: _("Gelukt"),
        Goal.Status.DROPPED: _("Niet meer nodig"),
        Goal.Status.LATER: _("Niet nu, later misschien"),
        Goal.Status.ACTIVE: _("Opnieuw in het plan: we werken eraan"),
    }

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.get("status") if self.is_bound else None  # sent twice, it stands so by now
        self.fields["status"].choices = [
            (k, word) for k, word in self.OUTCOMES.items() if k != goal.status or k == sent
        ]


class ProgressForm(OnceForm):
    """How it goes with a goal."""

    text = _words(
        _("Hoe gaat het ermee?"),
        attrs={"autofocus": True},
        help_text=_("Een paar woorden volstaan."),
        error_messages={"required": _("Schrijf eerst iets op.")},
    )


class StepForm(OnceForm):
    """What happens, who does it, and by when; the worker walks unless agreed otherwise."""

    description = forms.CharField(
        label=_("Wat gebeurt er?"), max_length=300, widget=forms.TextInput(attrs={"autofocus": True, "dir": "auto"}),
        help_text=_("In gewone woorden: de huurpremie aanvragen, bellen naar de school."),
        error_messages={"required": _("Schrijf op wat er gebeurt.")},
    )  # fmt: skip
    who = forms.ChoiceField(
        label=_("Wie doet het?"), widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Duid aan wie deze stap zet.")),
    )  # fmt: skip
    partner = forms.CharField(
        label=_("Welke partner?"), max_length=120, required=False, help_text=_("Alleen als een partner het doet.")
    )
    due_on = forms.DateField(
        label=_("Tegen wanneer?"), required=False, widget=forms.DateInput(**_DATE),
        error_messages={"invalid": _("Kies een dag die bestaat, of laat dit leeg.")},
    )  # fmt: skip
    status = forms.ChoiceField(
        label=_("Hoe staat het ermee?"), widget=forms.RadioSelect,
        choices=[c for c in Step.Status.choices if c[0] != Step.Status.DONE],
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        workers: Iterable[tuple[UUID, Any]],
        people: Iterable[Person],
        step: Step | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {f"worker:{key}": name for key, name in workers}
        choices |= {f"member:{person.id}": str(person) for person in people}
        self.fields["who"].choices = [*choices.items(), ("partner", _("een partner"))]
        self.fields["who"].initial = next(iter(choices))
        if step is None or step.status == Step.Status.DONE:
            del self.fields["status"]
        if step:
            self.initial = _of_step(step) | self.initial

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a partner, and for nobody else's."""
        data = super().clean() or {}
        if data.get("who") == Step.Who.PARTNER and not data.get("partner", "").strip():
            self.add_error("partner", _("Schrijf op welke partner deze stap zet."))
        return data

    def doer(self) -> Doer:
        """Return who sets the step."""
        kind, _colon, key = self.cleaned_data["who"].partition(":")
        if kind == Step.Who.PARTNER:
            return Doer(who=kind, partner=self.cleaned_data["partner"])
        return Doer(who=kind, **{"worker" if kind == Step.Who.WORKER else "person": UUID(key)})


def _of_step(step: Step) -> dict[str, Any]:
    who = {Step.Who.WORKER: f"worker:{step.worker_id}", Step.Who.MEMBER: f"member:{step.person_id}"}
    return {
        "description": step.description,
        "who": who.get(step.who, "partner"),
        "partner": step.partner,
        "due_on": step.due_on,
        "status": step.status,
    }


class StepDone(forms.Form):
    """What a step spared the household."""

    errands = forms.IntegerField(
        label=_("Hoeveel verplaatsingen spaarde dit het gezin?"), min_value=0, max_value=99,
        help_text=_("Naar een loket, een dienst, een school."), error_messages=_NUMBER,
    )  # fmt: skip
    retellings = forms.IntegerField(
        label=_("Hoe vaak moest het gezin zijn verhaal niet opnieuw doen?"), min_value=0, max_value=99,
        error_messages=_NUMBER,
    )  # fmt: skip

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        walked = 1 if step.who == Step.Who.WORKER else 0
        self.initial = {"errands": walked, "retellings": walked} | self.initial


class ScoresForm(forms.Form):
    """How the household itself sees each life domain; nothing is asked that is not answered."""

    def __init__(self, *args: Any, before: dict[str, SelfScore], first: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(score), word) for score, word in SCORE_WORDS.items()]
        self.first = set(first) | set(before)
        for domain in LifeDomain:
            self.fields[domain.value] = forms.ChoiceField(
                label=domain.label, required=False, widget=Steps, initial=NOT_ASKED,
                help_text=_last(before.get(domain.value)),
                choices=[*words, (WOULD_RATHER_NOT, RATHER_NOT), (NOT_ASKED, _("nu niet gevraagd"))],
            )  # fmt: skip

    def shown_first(self) -> list[forms.BoundField]:
        """Return the domains that the plan is about, or that were scored before."""
        return [field for field in self if field.name in self.first]

    def others(self) -> list[forms.BoundField]:
        """Return the other domains."""
        return [field for field in self if field.name not in self.first]

    def scores(self) -> dict[str, int | None]:
        """Return what was answered: 1 to 5, or None for who would rather not say."""
        answered = {name: value for name, value in self.cleaned_data.items() if value != NOT_ASKED}
        return {name: None if value == WOULD_RATHER_NOT else int(value) for name, value in answered.items()}


def _last(score: SelfScore | None) -> str:
    if score is None:
        return ""
    word = RATHER_NOT if score.score is None else SCORE_WORDS[score.score]
    return _("Vorige keer, %(day)s: %(word)s.") % {"day": day(score.scored_on), "word": word}


class ReviewForm(forms.Form):
    """When household and worker look at the plan together again."""

    on = forms.DateField(
        label=_("Wanneer bekijken we het plan opnieuw samen?"), widget=forms.DateInput(**_DATE),
        error_messages={"required": _("Kies een dag die nog komt."), "invalid": _("Kies een dag die bestaat.")},
    )  # fmt: skip


class AgreementForm(forms.Form):
    """What the household says of the plan; `expected` and `shown` say which plan was read aloud."""

    outcome = forms.ChoiceField(
        label=_("Wat vindt het gezin ervan?"), widget=forms.RadioSelect,
        choices=[
            (PlanVersion.Outcome.AGREED, _("Akkoord")),
            (PlanVersion.Outcome.NOT_AGREED, _("Niet akkoord, want …")),
            (PlanVersion.Outcome.NOT_ASKED, _("Nog niet kunnen bespreken, want …")),
        ],
        error_messages={"required": _("Duid aan wat het gezin ervan vindt.")},
    )  # fmt: skip
    reason = _words(
        _("… want"), required=False,
        help_text=_("Nodig bij 'niet akkoord' en 'nog niet kunnen bespreken'. In de woorden van het gezin mag."),
    )  # fmt: skip
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class DuoForm(forms.Form):
    """Who knows this household besides the case manager."""

    worker = forms.TypedChoiceField(
        label=_("Wie wordt duo?"),
        coerce=UUID,
        empty_value=None,
        error_messages={
            "required": _("Kies een collega."),
            "invalid_choice": _("Kies een collega die gezinnen begeleidt."),
        },
    )

    def __init__(self, *args: Any, team: Iterable[User], others: Iterable[User], team_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(team_name or _("Dit wijkteam"), _named(team)), (_("Andere teams"), _named(others))]
        self.fields["worker"].choices = [("", _("Kies een collega")), *((name, of) for name, of in groups if of)]


def _named(workers: Iterable[User]) -> list[tuple[str, str]]:
    return [(str(worker.id), worker.name) for worker in workers]


class NoteForm(OnceForm):
    """A note, with who can read it said beside each kind."""

    kind = forms.ChoiceField(label=_("Wie mag dit lezen?"), widget=forms.RadioSelect, initial=Note.Kind.SHARED)
    text = _words(
        _("Wat wil je onthouden?"), rows=6, attrs={"autofocus": True},
        error_messages={"required": _("Schrijf eerst iets op.")},
    )  # fmt: skip
    about_on = forms.DateField(
        label=_("Over welke dag gaat het?"), widget=forms.DateInput(**_DATE),
        error_messages={"invalid": _("Kies een dag die bestaat.")},
    )  # fmt: skip

    READERS = {
        Note.Kind.SHARED: _("Het wijkteam. Iedereen die dit dossier mag openen, leest mee."),
        Note.Kind.CASE: _("Dossierhouder en duo. Niemand anders van het team leest dit."),
        Note.Kind.SEALED: _("Alleen ik. Verzegeld: geen collega, geen coördinator en geen directie leest dit."),
    }

    def __init__(self, *args: Any, whole_file: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (k, text) for k, text in self.READERS.items() if whole_file or k != Note.Kind.CASE
        ]
        self.initial.setdefault("about_on", today)

    @property
    def is_sealed(self) -> bool:
        """Return whether the note is for its author alone."""
        return self.cleaned_data["kind"] == Note.Kind.SEALED


class PaperForm(forms.Form):
    """How the plan goes on paper, and for whose eyes."""

    reader = forms.ChoiceField(
        label=_("Wie leest dit blad?"), widget=forms.RadioSelect,
        help_text=_("Wat voor iemand afgeschermd is, staat niet op het blad dat die persoon kan zien."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In welke taal staan de titels?"), choices=PAPER_LANGUAGES, initial="nl", widget=forms.RadioSelect,
        help_text=_("De woorden van het gezin blijven zoals ze zijn."),
    )  # fmt: skip
    large_type = forms.BooleanField(label=_("Grote letters"), required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = [(str(person.id), _("Alleen %(name)s") % {"name": person}) for person in people]
        self.fields["reader"].choices = [(TOGETHER, _("Iedereen in huis")), *alone]
        self.initial.setdefault("reader", TOGETHER)
