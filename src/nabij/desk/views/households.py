"""The household page: who lives here, who is in charge, the plan in the middle, contacts, what is next."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, keep
from nabij.access.permissions import lead_cases, look_up, take_emergency
from nabij.access.roles import Ground, Permission
from nabij.advice import permissions as may_ask
from nabij.advice import queries as advice
from nabij.audit import queries as audit
from nabij.casework import permissions as may
from nabij.casework import queries as casework
from nabij.desk.forms import Booking, Visit
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk import queries as meetings
from nabij.households import events
from nabij.households import queries as homes
from nabij.households.pages import entered
from nabij.informing import queries as informing
from nabij.informing.purposes import How
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Refusal
from nabij.kernel.secrets import seal, unseal
from nabij.oversight.rules import reference_of
from nabij.oversight.words import as_what
from nabij.territory import queries as territory
from nabij.ui.pages import page

SHOWN = 25
SEARCHING, SEALED, LONGEST_SEARCH = "searching", "z", 200


def household(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one household to who has a basis for its file."""
    by, today = request.actor, request.today
    home = homes.open_household(key, by=by, on=today, purpose="gezin", also=informing.TOLD_FIRST)
    if not home.in_file:
        return _what_is_open(home, by=by)
    plan = casework.plan_in_short(key, by=by, on=today)
    charge = who.in_charge([key], by=by, on=today)[key]
    contacts, requests = meetings.contacts_and_requests(key, by=by, limit=SHOWN)
    return page(
        request,
        "desk/household.html",
        home=home,
        plan=plan,
        charge=charge,
        came_back=plan.case is None and bool(casework.cases_of(key, by=by)),
        coming=[a for a in meetings.appointments_with(key, by=by) if a.status == "planned"][::-1],
        contacts=contacts,
        requests=[r for r in requests if r.status != "answered"],
        notes=casework.notes_of(key, by=by, limit=SHOWN),
        questions=advice.questions_of(key, by=by),
        why_not_ask=may_ask.ask.why(by, home.ground),
        told=informing.told_first(informing.adults(home.members), home.also),
        hows=How.choices,
        why_reads_only=homes.reads_only(home.ground),
        why_no_contact="" if home.ground.meets else homes.READS_ONLY,
        need=next((basis for basis in charge.in_need if basis.worker_id == by.id), None),
        others=[basis for basis in charge.in_need if basis.worker_id != by.id],
        is_told=home.ground.depth >= 3 or (charge.lead is None and by.holds(Permission.DIVIDE_WORK)),
        why_not_open=may.open_case.why(by, home.ground),
        why_not_plan=may.write_plan.why(by, home.ground),
        why_not_hand_over=homes.reads_only(home.ground) or may.hand_over.why(by, home.ground),
        why_not_trail=may.read_whole_file.why(by, home.ground),
    )


def _what_is_open(home: homes.OpenHousehold, *, by: Actor) -> HttpResponse:
    """Send who reaches only the name to what that ground is for: the question that was asked, or receiving."""
    asked = advice.question_of_adviser(home.id, by=by) if home.ground == Ground.ADVISER else None
    return redirect("desk:question", asked.id) if asked else redirect("desk:receive-known", home.id)


def households(request: HttpRequest) -> HttpResponse:
    """List the households of whoever signed in: first one's own, then the team's that have nobody."""
    by, today = request.actor, request.today
    stands_in = who.households_stood_in(by.id, by=by, on=today)
    own = who.households_led_by(by.id, by=by, on=today) | who.households_of_duo(by.id, by=by, on=today) | set(stands_in)
    names, cases = homes.names_of(own, by=by), casework.open_cases_of(own, by=by, on=today)
    latest = meetings.latest_contact(own, by=by)
    by_name = sorted(names.items(), key=lambda pair: pair[1])
    rows = [(key, name, cases.get(key), latest.get(key), stands_in.get(key)) for key, name in by_name]
    return page(request, "desk/households.html", rows=rows, may_lead=lead_cases.ok(by))


def search(request: HttpRequest) -> HttpResponse:
    """Search the households that one reaches, and the streets of the town; what was typed stands in no address that is read."""
    by = request.actor
    look_up(by)
    if request.method == "POST":  # and then a page of its own: the back button works, and asks nothing
        words = request.POST.get("q", "").strip()[:LONGEST_SEARCH]
        sealed = seal(f"{by.id} {words}", use=SEARCHING).decode()
        return redirect(f"{request.path}?{urlencode({SEALED: sealed})}" if words else request.path)
    typed = _searched(request)
    found = homes.search(typed, by=by) if typed else []
    streets = territory.streets_like(typed, by=by) if typed else []
    charges = who.in_charge([home.id for home in found], by=by, on=request.today)
    rows = [(home, charges[home.id]) for home in found[:20]]
    return page(
        request,
        "desk/search.html",
        q=typed,
        rows=rows,
        more=len(found) > 20,
        streets=streets,
        may_in_need=take_emergency.ok(by),
    )


def _searched(request: HttpRequest) -> str:
    """Return the words of a search out of its address; nothing where somebody else searched, or nobody."""
    if SEALED not in request.GET:
        return request.GET.get("q", "").strip()  # typed into the address itself
    try:
        whose, _space, words = unseal(request.GET[SEALED].encode(), use=SEARCHING).partition(" ")
    except Refusal:
        return ""
    return words if whose == str(request.actor.id) else ""


def trail(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show to lead and duo who opened the file, when, and on what ground."""
    by = request.actor
    home = homes.open_household(key, by=by, on=request.today, purpose="wie keek mee")
    may.read_whole_file(by, home.ground)
    kinds = (events.LOOKED.slug,) if request.GET.get("alles") is None else ()
    traces = audit.traces_of(key, by=by, kinds=kinds, limit=200)
    names = who.names_of([trace.actor_id for trace in traces], by=by)
    nobody = _("Beheer van de installatie")
    rows = [(t, t.sentence.format(by=names.get(t.actor_id, nobody)), as_what(t.ground)) for t in traces]
    return page(request, "desk/trail.html", home=home, rows=rows, everything=not kinds, reference=reference_of(home.id))


def note_contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note a contact with a household of whose file one has a basis."""
    home = entered(request, key, "contact")
    form = drafted(request, Visit)
    form.offer([], none=_("nu geen afspraak"))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keep(
            request, form, _note, household=key, data=data, on=request.today, said=_("Contact bewaard."),
            already=lambda: _same_contact(request, key, data),
        ):  # fmt: skip
            return redirect("desk:household", key)
    return page(request, "desk/note_contact.html", form, home=home)


def book(request: HttpRequest, key: UUID) -> HttpResponse:
    """Book an appointment at a moment of one's own choice."""
    by = request.actor
    home = entered(request, key, "afspraak")
    initial = {"worker": by.id, "place": home.household.preferred_place or "centre"}
    form = drafted(request, Booking, initial=initial)
    form.fields["worker"].queryset = who.case_workers_query(by=by, on=request.today)
    if request.method == "POST" and form.is_valid():
        starts, ends = form.moments()
        data = form.cleaned_data
        if keep(
            request, form, frontdesk.book, household=key, worker=data["worker"].id, starts_at=starts, ends_at=ends,
            place=data["place"], centre=by.centre_id if data["place"] == "centre" else None, about=data["about"],
            key=data["key"], said=_("De afspraak staat vast."),
            already=lambda: _same_appointment(request, key, data, (starts, ends)),
        ):  # fmt: skip
            return redirect("desk:household", key)
    return page(request, "desk/book.html", form, home=home)


def _note(*, by: Actor, household: UUID, data: dict[str, Any], on: date, now: datetime) -> None:
    contact = frontdesk.note_contact(
        by=by, household=household, channel=data["channel"], words=data["words"], met_at=now, now=now,
        centre=by.centre_id, key=data["key"],
    )  # fmt: skip
    if data["domain"]:
        team = who.in_charge([household], by=by, on=on)[household].team
        asked = frontdesk.Asked(data["domain"], data["words"])
        frontdesk.note_request(by=by, contact=contact, asked=asked, team=team.id if team else None, now=now)


def _same_contact(request: HttpRequest, household: UUID, data: dict[str, Any]) -> bool:
    there = meetings.contact(data["key"], by=request.actor)
    asked = [one.domain for one in there.requests.all()]
    told = (there.household_id, there.noted_by, there.channel, there.words, asked)
    domains = [data["domain"]] if data["domain"] else []
    return told == (household, request.actor.id, data["channel"], data["words"].strip(), domains)


def _same_appointment(
    request: HttpRequest, household: UUID, data: dict[str, Any], moments: tuple[datetime, datetime]
) -> bool:
    there = meetings.appointment(data["key"], by=request.actor)
    told = (
        there.household_id,
        there.booked_by,
        there.worker_id,
        there.starts_at,
        there.ends_at,
        there.place,
        there.about,
    )
    asked = (household, request.actor.id, data["worker"].id, *moments, data["place"], data["about"].strip())
    return told == asked
