"""Handing over: one household, or many at once with the effect shown first; and undoing it on the same day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nabij.access import dividing as divided
from nabij.access import queries as who
from nabij.access.pages import drafted, saved
from nabij.access.permissions import divide_work
from nabij.casework import actions as casework
from nabij.casework import permissions as may
from nabij.casework import queries as cases
from nabij.desk.forms_team import NOBODY, Group, HandOver, read_held, read_key
from nabij.households import queries as homes
from nabij.households.pages import entered
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import NotOpen
from nabij.ui.pages import page
from nabij.ui.templatetags.nabij_text import day


def hand_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand one household over; the page says what it changes before anything is saved."""
    by, today = request.actor, request.today
    home = entered(request, key, "overdragen")
    may.hand_over(by, home.ground)
    charge = who.in_charge([key], by=by, on=today)[key]
    lead = charge.lead.id if charge.lead else None
    form = drafted(
        request, HandOver, groups=_groups(request, without=lead if request.method == "GET" else None), today=today
    )
    form.fields["expected"].initial = form.initial["expected"] = lead or NOBODY
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form, casework.hand_over, by=by, household=key, expected=form.shown_lead(), to=data["to"], on=data["on"],
            reason=data["reason"], note=data["note"], now=timezone.now(), today=today,
        )  # fmt: skip
        if made:
            saved(request, form)
            _say(request, [made], data["to"])
            return _back(request, key)
        charge = _shown_again(form, key, by=by, on=today)
    planned = divided.planned_lead(key, by=by, on=today)
    return page(request, "desk/handover.html", form, home=home, charge=charge, planned=planned,
                handovers=cases.handovers_of(key, by=by)[:10])  # fmt: skip


def hand_over_many(request: HttpRequest) -> HttpResponse:
    """Hand many households over: from the list of a team to a form, to what it changes, and only then saved."""
    by, today = request.actor, request.today
    divide_work(by)
    if request.method != "POST":
        return redirect("desk:team")
    values = request.POST.getlist("shown" if "all" in request.POST else "households")
    expected = read_held(values)
    if not expected:
        messages.warning(request, _("Duid eerst minstens één gezin aan."))
        return redirect("desk:team")
    step = request.POST.get("step", "")
    form = drafted(request, HandOver, sent=bool(step), groups=_groups(request), today=today)
    if step in ("effect", "confirm") and form.is_valid():
        if step == "confirm" and _handed(request, form, expected):
            return redirect(f"{reverse('desk:team')}?{urlencode({'wie': form.cleaned_data['to']})}")
        if not form.errors:
            return _effect(request, form, expected)
    names = _reached(request, expected)
    return page(
        request, "desk/handover_many.html", form, rows=_from_whom(request, expected, names), values=_values(expected)
    )


def take_back(request: HttpRequest) -> HttpResponse:
    """Undo handovers of today, after one look at what that means."""
    by, today = request.actor, request.today
    typed = request.POST if request.method == "POST" else request.GET
    keys = [key for text in typed.getlist("h") if (key := read_key(text))]
    found = cases.handovers_by_key(keys, by=by)
    if not found or len(found) != len(set(keys)):
        raise NotOpen(_("Deze overdracht is er niet, of ze is niet voor jou open."))
    if request.method == "POST":
        casework.take_back(by=by, handovers=keys, now=timezone.now(), today=today)
        messages.success(
            request, _("Ongedaan gemaakt. Alles is weer zoals het was; wat er gebeurde, blijft in de geschiedenis.")
        )
        return _back(request, found[0].household_id) if len(found) == 1 else redirect("desk:team")
    return page(request, "desk/handover_back.html", found=found)


def _handed(request: HttpRequest, form: HandOver, expected: dict[UUID, UUID | None]) -> bool:
    data = form.cleaned_data
    made = attempt(
        form, casework.hand_over_many, by=request.actor, expected=expected, to=data["to"], on=data["on"],
        reason=data["reason"], note=data["note"], now=timezone.now(), today=request.today,
    )  # fmt: skip
    if made:
        saved(request, form)
        _say(request, made, data["to"])
    return bool(made)


def _effect(request: HttpRequest, form: HandOver, expected: dict[UUID, UUID | None]) -> HttpResponse:
    names = _reached(request, expected)
    rows = _from_whom(request, expected, names)
    to = form.cleaned_data["to"]
    has = divided.numbers_led([to], by=request.actor, on=request.today).get(to, 0)
    gains = sum(1 for lead in expected.values() if lead != to)
    next_one = who.worker(to, by=request.actor)
    return page(request, "desk/handover_effect.html", None, form_sent=form, rows=rows, values=_values(expected),
                next_one=next_one, total=len(expected), has=has, will_have=has + gains)  # fmt: skip


def _shown_again(form: HandOver, key: UUID, *, by: Any, on: Any) -> who.InCharge:
    """After a refusal the page shows who is case manager now; what is saved next is about that."""
    charge = who.in_charge([key], by=by, on=on)[key]
    form.data = form.data.copy()
    form.data["expected"] = str(charge.lead.id if charge.lead else NOBODY)
    return charge


def _groups(request: HttpRequest, without: UUID | None = None) -> list[Group]:
    """Colleagues who may have households, one's own teams first, each with how many they have now."""
    by, today = request.actor, request.today
    teams = divided.guides_by_team(by=by, on=today)
    numbers = divided.numbers_led({worker.id for _team, workers in teams for worker in workers}, by=by, on=today)
    teams.sort(key=lambda pair: pair[0].id not in by.team_ids)
    return [
        (team.name, [(str(w.id), _worker_in_words(w.name, numbers.get(w.id, 0))) for w in workers if w.id != without])
        for team, workers in teams
    ]


def _worker_in_words(name: str, number: int) -> str:
    words = ngettext("%(name)s · dossierhouder van %(n)s gezin", "%(name)s · dossierhouder van %(n)s gezinnen", number)
    return words % {"name": name, "n": number}


def _reached(request: HttpRequest, expected: dict[UUID, UUID | None]) -> dict[UUID, str]:
    names = homes.names_of(expected, by=request.actor)
    if len(names) != len(expected):
        raise NotOpen(homes.NOT_OPEN)
    return names


def _from_whom(
    request: HttpRequest, expected: dict[UUID, UUID | None], names: dict[UUID, str]
) -> list[tuple[str, list[str]]]:
    """The households by the name of who is case manager on the page that sent them; nobody first."""
    workers = who.names_of([lead for lead in expected.values() if lead], by=request.actor)
    by_worker: dict[str, list[str]] = {}
    for key, lead in expected.items():
        by_worker.setdefault(workers.get(lead, "") if lead else "", []).append(names[key])
    return [(name, sorted(households)) for name, households in sorted(by_worker.items())]


def _values(expected: dict[UUID, UUID | None]) -> list[str]:
    return [f"{household}|{lead or NOBODY}" for household, lead in expected.items()]


def _say(request: HttpRequest, made: list[Any], to: UUID) -> None:
    """Say what was done, with the way back beside it."""
    worker = who.worker(to, by=request.actor)
    name, on, many = worker.name if worker else "", made[0].valid_from, len(made)
    said = _("Overgedragen aan %(name)s.") if many == 1 else _("%(many)s gezinnen overgedragen aan %(name)s.")
    if on > request.today:
        said = (
            _("Vanaf %(day)s overgedragen aan %(name)s.")
            if many == 1
            else _("Vanaf %(day)s zijn %(many)s gezinnen overgedragen aan %(name)s.")
        )
    sentence = said % {"name": name, "many": many, "day": day(on, request.today)}
    undo = f"{reverse('desk:take-back')}?{urlencode({'h': [str(row.id) for row in made]}, doseq=True)}"
    messages.success(request, format_html('{} <a href="{}">{}</a>', sentence, undo, _("Ongedaan maken")))


def _back(request: HttpRequest, key: UUID) -> HttpResponse:
    """To the household for who still reaches its file; else to one's day, for it went to another team's worker."""
    ground = who.ground_of(request.actor, key, on=request.today)
    return redirect("desk:household", key) if ground and ground.depth >= 2 else redirect("desk:my-day")
