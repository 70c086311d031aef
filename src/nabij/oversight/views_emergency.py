"""Pages of access in an emergency: to ask it, to say something of it, and to review it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy_
from django.views.decorators.http import require_POST

from nabij.access import queries as who
from nabij.access.pages import drafted, keep, pressed, saved
from nabij.access.permissions import review_trail
from nabij.access.requests import ActedRequest
from nabij.households import queries as homes
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import NotOpen, Refusal
from nabij.oversight import actions, permissions, policies, queries
from nabij.oversight.forms import EmergencyForm, RemarkForm, ReviewForm
from nabij.oversight.rules import reference_of, shown_reference
from nabij.ui.pages import page

NOTHING = lazy_(
    "Met deze gegevens ging geen dossier voor je open. Kijk naam, geboortedatum en adres na. Blijft het zo, bel dan je "
    "coördinator of het Sociaal Huis. Dat je het vroeg, ziet de functionaris voor gegevensbescherming."
)


def ask(request: ActedRequest) -> HttpResponse:
    """Ask for access in an emergency: why, and to whose file; nothing is looked up before the reason is there."""
    by, now = request.actor, timezone.now()
    permissions.take_emergency(by)
    form = drafted(request, EmergencyForm, today=request.today)
    if request.method == "POST" and form.is_valid():
        if opened := _asked(request, form):
            return redirect("desk:household", opened.household_id)
    until, tries = queries.tried(by=by, now=now)
    mine = queries.own_emergencies(by=by)
    names = homes.names_of([one.household_id for one in mine if one.household_id], by=by)
    return page(
        request,
        "oversight/emergency_ask.html",
        form,
        why_not=policies.may_try.why(until, tries, request.today),
        mine=[
            (one, (one.household_id and names.get(one.household_id)) or _home(one), _runs(one, now), *_said(one))
            for one in mine
        ],
    )


def one(request: ActedRequest, emergency: UUID) -> HttpResponse:
    """Show one access to who took it and to who is in charge of the household; sent, add the one remark."""
    by, now = request.actor, timezone.now()
    found = queries.emergency(emergency, by=by)
    own, told = found.worker_id == by.id, queries.is_told(found, by=by, on=request.today)
    if found.household_id is None or not (own or told):
        raise NotOpen(policies.NOT_YOURS)
    may_not = permissions.remark.why(by, found, told)
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and keep(
        request, form, actions.remark, emergency=emergency, on=request.today, said=_("Je opmerking staat erbij."),
        **form.cleaned_data,
    ):  # fmt: skip
        return redirect(request.path)
    name = homes.names_of([found.household_id], by=by).get(found.household_id)
    remark, outcome = _said(found)
    return page(
        request, "oversight/emergency.html", form, found=found, own=own, name=name, home=name or _home(found),
        runs=_runs(found, now), remark=remark, outcome=outcome, why_not=may_not,
        names=who.names_of([word.said_by for word in (remark, outcome) if word], by=by),
    )  # fmt: skip


@require_POST
def give_back(request: ActedRequest, emergency: UUID) -> HttpResponse:
    """Give one's own access back before it ends by itself."""
    by = request.actor

    def already() -> bool:
        found = queries.emergency(emergency, by=by)
        return found.worker_id == by.id and not _runs(found, timezone.now())

    pressed(request, actions.give_back, emergency=emergency, said=_("Je noodtoegang is voorbij."), already=already)
    return redirect("oversight:emergency", emergency)


def queue(request: ActedRequest) -> HttpResponse:
    """Show a privacy officer which accesses wait for a review, and what was before."""
    by, now = request.actor, timezone.now()
    review_trail(by)
    waiting, past = queries.emergencies_waiting(by=by), queries.emergencies_past(by=by)
    return page(
        request,
        "oversight/emergency_queue.html",
        waiting=[(one, _home(one), _runs(one, now), _said(one)[0]) for one in waiting],
        past=[(one, _home(one), _said(one)[1]) for one in past],
    )


def review(request: ActedRequest, emergency: UUID) -> HttpResponse:
    """Show one access to a privacy officer, with the reason and what who is in charge says; sent, note the outcome."""
    by, now = request.actor, timezone.now()
    review_trail(by)
    found = queries.emergency(emergency, by=by)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and keep(
        request, form, actions.review_emergency, emergency=emergency, said=_("Genoteerd. De collega leest dit ook."),
        **form.cleaned_data,
    ):  # fmt: skip
        return redirect("oversight:emergency-queue")
    remark, outcome = _said(found)
    return page(
        request, "oversight/emergency_review.html", form, found=found, home=_home(found), runs=_runs(found, now),
        remark=remark, outcome=outcome, why_not=permissions.review.why(by, found),
        names=who.names_of([word.said_by for word in (remark, outcome) if word], by=by),
        until=queries.barred_until(found.worker_id, by=by),
    )  # fmt: skip


def _asked(request: ActedRequest, form: EmergencyForm) -> queries.Emergency | None:
    """Run the verb, and return what opened; what did not open says one sentence, whatever the reason."""
    by, now, key = request.actor, timezone.now(), form.cleaned_data["key"]
    made = attempt(
        form, actions.ask_emergency, by=by, whom=form.named(), reason=form.cleaned_data["reason"], on=request.today,
        now=now, key=key,
    )  # fmt: skip
    if made is None and (before := _before(request, key)):
        return before
    if made is None:
        return None
    if made.state == queries.Emergency.State.OPENED:
        saved(request, form)
        messages.success(request, _("Open voor 24 uur. Wie instaat voor het gezin ziet het nu op Mijn dag."))
        return made
    barred = policies.may_try.why(*queries.tried(by=by, now=now), request.today)
    form.add_error(None, barred if made.state == queries.Emergency.State.HELD_BACK else str(NOTHING))
    return None


def _before(request: ActedRequest, key: Any) -> queries.Emergency | None:
    """Return what this very form opened, if it was sent twice."""
    try:
        found = queries.emergency(key, by=request.actor) if key else None
    except Refusal:
        return None
    return (
        found
        if found and found.worker_id == request.actor.id and found.state == queries.Emergency.State.OPENED
        else None
    )


def _runs(one: queries.Emergency, now: Any) -> Any:
    """Return until when it runs, or nothing when it is over."""
    return one.basis.expires_at if one.basis and one.basis.expires_at and one.basis.expires_at > now else None


def _home(one: queries.Emergency) -> str:
    """Return the household as far as a privacy officer may know it."""
    reference = reference_of(one.household_id).replace("-", "") if one.household_id else ""
    return shown_reference(reference, one.initial)


def _said(one: queries.Emergency) -> tuple[Any, Any]:
    """Return the remark and the outcome."""
    words = list(one.words.all())
    return (
        next((word for word in words if word.kind == "remark"), None),
        next((word for word in words if word.kind != "remark"), None),
    )
