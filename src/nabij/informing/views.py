"""Pages: what a household was told and agreed to, telling at the desk, texts on paper, and the texts themselves."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep
from nabij.access.requests import ActedRequest
from nabij.households.pages import entered
from nabij.households.queries import OpenHousehold, open_household
from nabij.informing import actions, permissions, queries
from nabij.informing.forms import AnswerForm, TellForm, TextForm, WithdrawForm, day_of
from nabij.informing.paper.content import AnswerOnPaper, TextPaper, text_pdf
from nabij.informing.purposes import BASES, FIRST, LANGUAGES, LegalGround, Purpose
from nabij.informing.texts import Shown
from nabij.kernel.refusals import NotNow, NotOpen
from nabij.ui.pages import page, sheet

YEAR = timedelta(days=365)


def overview(request: ActedRequest, key: UUID) -> HttpResponse:
    """Show what everybody here was told, and what they agreed to, refused or took back."""
    by, home = request.actor, entered(request, key, "uitleg en toestemming")
    told = queries.told_by_purpose(queries.adults(home.members), by=by)
    return page(
        request,
        "informing/overview.html",
        home=home,
        told=[(Purpose(purpose), BASES[purpose], known) for purpose, known in told.items()],
        asked=[purpose for purpose in Purpose if BASES[purpose].ground == LegalGround.CONSENT],
        answers=[
            (one, queries.state_of(one, home.members, on=request.today)) for one in queries.consents_of(key, by=by)
        ],
        languages=LANGUAGES,
        why_not=permissions.record_consent.why(by),
    )


def explain(request: ActedRequest, key: UUID, purpose: str) -> HttpResponse:
    """Show the text for one purpose; sent, note who was told, or what somebody answered where consent is asked."""
    home = entered(request, key, "uitleg en toestemming")
    if queries.basis_of(purpose).ground == LegalGround.CONSENT:
        return _ask(request, home, purpose)
    after = reverse("desk:household", args=[key]) + "#told" if "van-gezin" in request.POST else _to(home)
    return _tell(request, home, purpose, after, "informing/explain.html")


def at_desk(request: ActedRequest, key: UUID) -> HttpResponse:
    """Let the desk note at a visit who was told who we are; it sees names, not the file."""
    permissions.tell(request.actor)
    home = open_household(key, by=request.actor, on=request.today, purpose="onthaal")
    return _tell(request, home, FIRST, reverse("desk:front-desk"), "informing/at_desk.html")


def answer(request: ActedRequest, household: UUID, key: UUID) -> HttpResponse:
    """Show one answer with the text as it was shown."""
    home = entered(request, household, "uitleg en toestemming")
    one = queries.consent(key, household=household, by=request.actor)
    shown = Shown(one.purpose, one.language, one.version, one.words)
    names = who.names_of([one.noted_by], by=request.actor)
    return page(
        request, "informing/answer.html", home=home, one=one, shown=shown, noted_by=names.get(one.noted_by, ""),
        state=queries.state_of(one, home.members, on=request.today),
    )  # fmt: skip


def answer_paper(request: ActedRequest, household: UUID, key: UUID) -> HttpResponse:
    """Answer one consent or refusal on paper, to take home: the text as shown, and what was answered."""
    entered(request, household, "uitleg en toestemming")
    one = queries.consent(key, household=household, by=request.actor)
    shown = Shown(one.purpose, one.language, one.version, one.words)
    return _sheet(request, shown, answer=_on_paper(one))


def withdraw(request: ActedRequest, household: UUID, key: UUID) -> HttpResponse:
    """Take a consent back: from when, by whom, and what happens next. Nobody asks why."""
    by, home = request.actor, entered(request, household, "uitleg en toestemming")
    one = queries.consent(key, household=household, by=by)
    form = drafted(request, WithdrawForm, members=home.members)
    if request.method == "POST" and form.is_valid():
        said_by, other = form.speaker(one.person_id)
        data = form.cleaned_data
        if keep(
            request, form, actions.withdraw, household=household, consent=key, on=day_of(form, request.today),
            today=request.today, what_next=data["what_next"], said_by=said_by, said_by_other=other, key=data["key"],
            said=_("Ingetrokken. Ze telt niet meer mee."),
            already=lambda: _same_withdrawal(request, home, key, data["key"]),
        ):  # fmt: skip
            return redirect(_to(home))
    return page(
        request,
        "informing/withdraw.html",
        form,
        home=home,
        one=one,
        state=queries.state_of(one, home.members, on=request.today),
    )


def paper(request: ActedRequest, purpose: str, language: str) -> HttpResponse:
    """Answer a text as a PDF that reads aloud; for a consent with lines to fill in by hand. Nobody's name is on it."""
    basis = queries.basis_of(purpose)
    if language not in dict(LANGUAGES):
        raise NotOpen(_("Deze uitleg bestaat niet."))
    shown = queries.text(purpose, language, by=request.actor, on=request.today)
    return _sheet(request, shown, to_sign=basis.ground == LegalGround.CONSENT, large_type="groot" in request.GET)


def texts(request: ActedRequest) -> HttpResponse:
    """List the texts of the municipality, each with its ground and its versions."""
    by = request.actor
    permissions.manage_municipality(by)
    latest = queries.latest_versions(by=by)
    rows = [
        (purpose, BASES[purpose], [(code, name, latest.get((purpose.value, code))) for code, name in LANGUAGES])
        for purpose in Purpose
    ]
    return page(request, "informing/texts.html", rows=rows)


def text(request: ActedRequest, purpose: str, language: str) -> HttpResponse:
    """Show a text with its versions; sent, write a new version. Those before stay as they were."""
    by, today = request.actor, request.today
    permissions.manage_municipality(by)
    basis = queries.basis_of(purpose)
    if language not in dict(LANGUAGES):
        raise NotOpen(_("Deze uitleg bestaat niet."))
    versions = queries.versions(purpose, language, by=by)
    words, number = queries.template(purpose, language, by=by), versions[0].number if versions else 0
    form = drafted(request, TextForm, initial={"words": words, "valid_from": today})
    form.initial["seen"] = number
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keep(
            request, form, actions.write_text, purpose=purpose, language=language, today=today,
            said=_("Bewaard als nieuwe versie."), already=lambda: any(one.id == data["key"] for one in versions), **data,
        ):  # fmt: skip
            return redirect("informing:texts")
        form.fresh(number)
    return page(
        request, "informing/text.html", form, purpose=Purpose(purpose), basis=basis, versions=versions,
        language=(language, dict(LANGUAGES)[language]),
    )  # fmt: skip


def _tell(request: ActedRequest, home: OpenHousehold, purpose: str, after: str, template: str) -> HttpResponse:
    by, people = request.actor, queries.adults(home.members)
    shown = _shown(request, home, purpose)
    known = queries.told(people, by=by, purpose=purpose)
    form = drafted(request, TellForm, members=people)
    _remember(form, shown)
    form.initial.setdefault("people", [str(one.member.person.id) for one in known if one.told is None])
    if request.method == "POST" and form.is_valid():
        # A refusal takes its field out of the form, so what was asked is read before.
        chosen, telling, on = form.chosen(), form.telling(purpose), day_of(form, request.today)
        if keep(
            request, form, actions.tell, household=home.id, people=chosen, telling=telling, on=on, today=request.today,
            said=_("Genoteerd."), already=lambda: queries.all_told(home.id, chosen, telling, by=by, on=on),
        ):  # fmt: skip
            return redirect(after)
    return page(request, template, form, home=home, known=known, **_about(purpose, shown))


def _ask(request: ActedRequest, home: OpenHousehold, purpose: str) -> HttpResponse:
    permissions.record_consent(request.actor)
    shown = _shown(request, home, purpose)
    form = drafted(request, AnswerForm, members=home.members, initial={"ends_on": request.today + YEAR})
    _remember(form, shown)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keep(
            request, form, actions.record_answer, household=home.id, person=form.whose(), telling=form.telling(purpose),
            answer=form.answer(), on=day_of(form, request.today), today=request.today, key=data["key"],
            said=_("Het antwoord is bewaard."), already=lambda: _same_answer(request, home, purpose, form),
        ):  # fmt: skip
            return redirect(_to(home))
    return page(request, "informing/ask.html", form, home=home, **_about(purpose, shown))


def _shown(request: ActedRequest, home: OpenHousehold, purpose: str) -> Shown:
    """Return the text that is on the screen: the one that was sent back, else the one of today in a language that fits."""
    by, codes = request.actor, dict(LANGUAGES)
    language = request.POST.get("language") or request.GET.get("taal") or ""
    if language not in codes:
        spoken = [code for member in queries.adults(home.members) for code in member.person.languages]
        language = next((code for code in spoken if code in codes), LANGUAGES[0][0])
    if version := request.POST.get("version"):
        try:
            return queries.text_as_shown(purpose, language, version, by=by)
        except NotNow:
            pass  # it is not there any more: the page shows the newest, and asks to save again
    return queries.text(purpose, language, by=by, on=request.today)


def _remember(form: Any, shown: Shown) -> None:
    # What is saved is what stands on this page, not what a draft or an address says.
    form.initial |= {"language": shown.language, "version": shown.version}
    if form.is_bound:
        form.data = form.data.copy()
        form.data["language"], form.data["version"] = shown.language, shown.version


def _about(purpose: str, shown: Shown) -> dict[str, Any]:
    return {"purpose": Purpose(purpose), "basis": BASES[purpose], "shown": shown, "languages": LANGUAGES}


def _to(home: OpenHousehold) -> str:
    return reverse("informing:overview", args=[home.id])


def _on_paper(one: Any) -> AnswerOnPaper:
    back = getattr(one, "withdrawal", None)
    return AnswerOnPaper(
        person=str(one.person),
        recipient=one.recipient,
        is_yes=one.ends_on is not None,
        on=one.answered_on,
        until=one.ends_on,
        with_health=one.with_health,
        said_by=one.said_by_other or str(one.said_by or ""),
        stopped_on=one.stopped_on,
        what_next=back.what_next if back else "",
    )


def _sheet(request: ActedRequest, shown: Shown, **how: Any) -> HttpResponse:
    by, today = request.actor, request.today
    officers = [(officer.name, officer.email) for officer in who.privacy_officers(by=by, on=today)]
    town = queries.town_of(by)
    made = text_pdf(TextPaper(shown=shown, municipality=town, printed_on=today, officers=officers, **how))
    return sheet(made, f"{shown.purpose}-{shown.language}-{today.isoformat()}")


def _same_answer(request: ActedRequest, home: OpenHousehold, purpose: str, form: AnswerForm) -> bool:
    there = queries.consent(form.cleaned_data["key"], household=home.id, by=request.actor)
    asked = form.answer()
    told = (there.person_id, there.purpose, there.outcome, there.recipient, there.said_by_id, there.said_by_other)
    return told == (form.whose(), purpose, asked.outcome, asked.recipient.strip(), asked.said_by, asked.said_by_other)


def _same_withdrawal(request: ActedRequest, home: OpenHousehold, consent: UUID, key: UUID) -> bool:
    there = getattr(queries.consent(consent, household=home.id, by=request.actor), "withdrawal", None)
    return there is not None and there.id == key
