"""The front desk: somebody walks in, and goes out with an appointment. Fragments look while the desk types."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access import drafts
from nabij.access import permissions as may
from nabij.access import queries as who
from nabij.access.pages import carried, drafted, keep
from nabij.desk.forms import KnownVisit, Visitor, read_slot
from nabij.desk.forms_team import read_key
from nabij.desk.looking_up import completed, people_like, town_map
from nabij.frontdesk import queries as meetings
from nabij.frontdesk.actions import Asked
from nabij.households.actions import NewAddress, NewHousehold
from nabij.journeys import first_visit, helped_elsewhere
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import TWICE
from nabij.kernel.forms import made_key
from nabij.kernel.refusals import NotOpen
from nabij.territory import queries as territory
from nabij.ui.pages import page

FROM_DESK = "van-onthaal"  # in the address of a page that goes on with what was typed at the desk


def front_desk(request: HttpRequest) -> HttpResponse:
    """Receive somebody: on one page, by keyboard, from name to next appointment."""
    by, now = request.actor, timezone.now()
    may.receive(by)
    form = drafted(request, Visitor, today=request.today)
    typed = request.POST if request.method == "POST" else form.initial
    address, team = _told_address(by, typed)
    form.offer(_slots(by, team, now, request.today))
    if before := _noted_before(request):
        return before
    if "look" in request.POST:  # without scripts nothing was kept yet, and who is known has a page of its own
        drafts.keep(by=by, key=request.path, fields=drafts.typed(request.POST), now=now)
    elif request.method == "POST" and form.is_valid():
        if _noted(request, form, _receive):
            if form.cleaned_data["elsewhere"]:
                return redirect("desk:front-desk")
            if not form.cleaned_data["nameless"]:
                _say_who_receives(request, address, team)
            return _to_what_was_noted(request, form.cleaned_data["key"])
    context = _looked_up(by, typed, request.today) | _where(by, address, team)
    noted = meetings.noted_today(by=by, since=now - timedelta(hours=12))
    return page(request, "desk/front_desk.html", form, noted=noted, team=team, **context)


def known(request: HttpRequest) -> HttpResponse:
    """Return who this might be, while the desk types: a fragment of the page. It is posted: an address holds no names."""
    may.receive(request.actor)
    typed = request.POST if request.method == "POST" else request.GET
    return page(request, "desk/_known.html", **_looked_up(request.actor, typed, request.today))


def address(request: HttpRequest) -> HttpResponse:
    """Return the wijk, the team, the map and the free moments for an address: a fragment of the page."""
    by = request.actor
    may.receive(by)
    typed = request.POST if request.method == "POST" else request.GET
    told, team = _told_address(by, typed)
    form = Visitor(initial=typed.dict(), today=request.today)
    form.offer(_slots(by, team, timezone.now(), request.today))
    return page(request, "desk/_where.html", form, team=team, **_where(by, told, team))


def receive_known(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note the visit of somebody who is known; the desk sees the name and who is in charge, not the file."""
    by, now = request.actor, timezone.now()
    may.receive(by)
    found = first_visit.known_household(key, by=by, on=request.today)
    form, from_desk = drafted(request, KnownVisit), FROM_DESK in request.GET
    if from_desk:
        carried(request, form, key=reverse("desk:front-desk"), names=("words", "domain", "channel"))
    form.offer(_slots(by, found.charge.team, now, request.today, first=found.charge.lead))
    if before := _noted_before(request, key):
        return before
    if request.method == "POST" and form.is_valid():
        if _noted(request, form, _receive_again, household=key):
            if from_desk:  # or the next visitor would see the name of this one
                drafts.forget(by=by, key=reverse("desk:front-desk"))
            if form.cleaned_data["elsewhere"]:
                return redirect("desk:front-desk")
            return _to_what_was_noted(request, form.cleaned_data["key"])
    return page(request, "desk/receive_known.html", form, found=found, may_in_need=may.take_emergency.ok(by))


def received(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what was noted, as a slip to give along: who, when, where, whom to call."""
    by = request.actor
    contact = meetings.contact(key, by=by)
    found = first_visit.known_household(contact.household_id, by=by, on=request.today) if contact.household_id else None
    coming = meetings.booked_by(by=by, household=contact.household_id, since=timezone.now())
    return page(request, "desk/received.html", contact=contact, found=found, coming=coming)


def _say_who_receives(request: HttpRequest, address: NewAddress | None, team: Any) -> None:
    if address is None:
        messages.info(request, _("Er is nog geen adres. Het gezin gaat naar %s.") % team.name)
    elif not address.neighbourhood_id:
        messages.warning(request, _("Geen enkele wijk heeft dit adres. Het gezin gaat naar %s.") % team.name)


def _receive(*, by: Actor, now: datetime, form: Visitor, today: date) -> None:
    data, visit = form.cleaned_data, _visit(form, by)
    if data["nameless"]:
        team = by.team_ids[0] if by.team_ids else _desk_team(by)
        first_visit.receive_nameless(by=by, visit=visit, team=team, now=now)
        return
    told = NewAddress(data["street"], data["number"], data["box"]) if data["street"] else None
    new = NewHousehold(
        people=(form.told(),),
        address=completed(told, by=by),
        phones=(data["phone"],) if data["phone"] else (),
        key=data["key"],
    )
    if data["elsewhere"]:
        helped_elsewhere.receive_unknown(by=by, new=new, visit=visit, on=today, now=now)
    else:
        first_visit.receive_unknown(by=by, new=new, visit=visit, slot=_slot(form), on=today, now=now)


def _receive_again(*, by: Actor, now: datetime, form: KnownVisit, today: date, household: UUID) -> None:
    visit = _visit(form, by)
    if form.cleaned_data["elsewhere"]:
        helped_elsewhere.receive_known(by=by, household=household, visit=visit, on=today, now=now)
        return
    first_visit.receive_known(by=by, household=household, visit=visit, slot=_slot(form), on=today, now=now)


def _noted(request: HttpRequest, form: Any, verb: Callable[..., None], **more: Any) -> bool:
    """Save a visit once; the key of the form is that of the contact, so that sent twice it is still one."""
    data = form.cleaned_data
    data["key"] = data["key"] or uuid4()
    data["elsewhere"] = data["elsewhere"] and not data.get("nameless")
    said = _("Genoteerd, en de afspraak staat vast.") if data["slot"] else _("Genoteerd.")
    if data["elsewhere"]:
        said = _("Genoteerd. %(team)s neemt contact op.") % {"team": who.central_team(by=request.actor) or ""}
    return keep(
        request, form, verb, form=form, today=request.today, said=said,
        already=lambda: _is_there(request, data, more.get("household")) or _wished(form), **more,
    )  # fmt: skip


def _wished(form: Any) -> bool:
    """Return whether this wish was saved by the same form before: then who noted it sees nothing of it any more."""
    return form.cleaned_data["elsewhere"] and str(TWICE) in form.non_field_errors()


def _noted_before(request: HttpRequest, household: UUID | None = None) -> HttpResponse | None:
    """Answer a visit that was sent twice, before its moment is looked for: by now that is taken, by itself."""
    sent = read_key(request.POST.get("key", ""))
    key = made_key(request.actor.id, sent) if sent else None
    if key is None or not _is_there(request, request.POST.dict() | {"key": key}, household):
        return None
    messages.success(request, _("Dit was al bewaard."))
    return _to_what_was_noted(request, key)


def _is_there(request: HttpRequest, told: dict[str, Any], household: UUID | None) -> bool:
    """Return whether this very visit was noted: after the back button somebody else may stand in the same form."""
    try:
        there = meetings.contact(told["key"], by=request.actor)
    except NotOpen:
        return False
    if household is None:
        name = f"{told.get('given_name', '')} {told.get('family_name', '')}".strip()
        same = there.household.name == name if there.household else bool(told.get("nameless"))
    else:
        same = there.household_id == household
    asked = [told["domain"]] if told.get("domain") else []
    now = (request.actor.id, told.get("channel"), told.get("words", "").strip(), asked)
    then = (there.noted_by, there.channel, there.words, [one.domain for one in there.requests.all()])
    return same and then == now and _is_booked(request.actor, there.household_id, told)


def _is_booked(by: Actor, household: UUID | None, told: dict[str, Any]) -> bool:
    slot = read_slot(told.get("slot") or "")
    if slot is None or household is None:
        return True
    booked = meetings.booked_by(by=by, household=household, since=slot[1])
    return slot in [(one.worker_id, one.starts_at) for one in booked]


def _to_what_was_noted(request: HttpRequest, key: UUID) -> HttpResponse:
    contact = meetings.contact(key, by=request.actor)
    return redirect("desk:received", key) if contact.household_id else redirect("desk:front-desk")


def _visit(form: Any, by: Actor) -> first_visit.Visit:
    data = form.cleaned_data
    asked = (Asked(data["domain"], data["words"]),) if data["domain"] else ()
    return first_visit.Visit(
        channel=data["channel"], words=data["words"], requests=asked, centre_id=by.centre_id, key=data["key"]
    )


def _slot(form: Any) -> first_visit.Slot | None:
    chosen = read_slot(form.cleaned_data["slot"] or "")
    if chosen is None:
        return None
    return first_visit.Slot(worker_id=chosen[0], starts_at=chosen[1], ends_at=chosen[1] + meetings.SLOT)


def _told_address(by: Actor, typed: Any) -> tuple[NewAddress | None, Any]:
    street = str(typed.get("street", "") or "")
    told = NewAddress(street, str(typed.get("number", "") or "")) if street else None
    return first_visit.team_of_address(completed(told, by=by), by=by)


def _desk_team(by: Actor) -> UUID | None:
    found = who.team_of_centre(by.centre_id, by=by) or who.team_for(None, by=by)
    return found.id if found else None


def _slots(by: Actor, team: Any, now: Any, today: Any, first: Any = None) -> list[meetings.Slot]:
    workers = who.social_workers(by=by, team=team.id, on=today) if team else []
    workers.sort(key=lambda worker: first is not None and worker.id != first.id)
    hours = territory.week_of(team.centre_id if team else None, by=by)
    return meetings.free_slots(workers, by=by, hours=hours, since=now, limit=9)


def _looked_up(by: Actor, typed: Any, today: Any) -> dict[str, Any]:
    return {"matches": people_like(by=by, typed=typed, today=today)}


def _where(by: Actor, told: NewAddress | None, team: Any) -> dict[str, Any]:
    wijk = told.neighbourhood_id if told else None
    return {"told": told, "covered": bool(wijk), "town": town_map(by=by, here=wijk), "streets": _suggested(by, told)}


def _suggested(by: Actor, told: NewAddress | None) -> list[str]:
    return (
        [name for name, _code in territory.streets_like(told.street, by=by)]
        if told and not told.neighbourhood_id
        else []
    )
