"""My day: what is now, what waits for me, what comes; each row ends in the verb that helps."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nabij.access import queries as who
from nabij.access.pages import drafted, keep, pressed
from nabij.access.roles import Permission
from nabij.advice import queries as advice
from nabij.casework import queries as casework
from nabij.desk.forms import Answer
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk import queries as meetings
from nabij.journeys.taking_up import take_up
from nabij.oversight import queries as oversight
from nabij.privacy import queries as privacy
from nabij.ui.pages import page

SOON = timedelta(days=7)
SHOWN = 30


def my_day(request: HttpRequest) -> HttpResponse:
    """Show the day of whoever signed in, as far as the function has households."""
    by, today, now = request.actor, request.today, timezone.now()
    if not by.holds(Permission.HAVE_HOUSEHOLDS):
        appointments = meetings.appointments_of(by.id, by=by, on=today)
        noted = meetings.noted_today(by=by, since=now - timedelta(hours=12)) if by.holds(Permission.RECEIVE) else []
        asked = advice.asked_of(by) if by.holds(Permission.ANSWER) else None
        data = privacy.open_requests(by=by) if by.holds(Permission.REVIEW_TRAIL) else []
        told = {"asked": asked, "needs": oversight.emergencies_to_review(by=by), "data": data}
        return page(request, "desk/day_without_households.html", appointments=appointments, noted=noted, **told)
    appointments = meetings.appointments_of(by.id, by=by, on=today)
    stood_in = set(who.households_stood_in(by.id, by=by, on=today))
    led = who.households_led_by(by.id, by=by, on=today) | stood_in
    steps = casework.steps_due(by=by, until=today + SOON, stood_in=stood_in, limit=SHOWN)
    requests = meetings.new_requests(by=by, limit=SHOWN)
    coming = [a for a in appointments if a.ends_at > now]
    return page(
        request,
        "desk/my_day.html",
        now_next=coming[0] if coming else None,
        later=coming[1:],
        past=[a for a in appointments if a.ends_at <= now and a.status == "planned"],
        steps=steps[:SHOWN],
        more_steps=len(steps) > SHOWN,
        requests=requests[:SHOWN],
        more_requests=len(requests) > SHOWN,
        needs=oversight.emergencies_to_know(by=by, on=today, now=now),
        reviews=casework.reviews_due(led, by=by, until=today + SOON),
    )


@require_POST
def take_request(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a request of the team, and go to its household."""
    taken = take_up(by=request.actor, request=key, on=request.today, now=timezone.now())
    messages.success(request, _("Je nam deze vraag op je."))
    return redirect("desk:household", taken.household_id) if taken.household_id else redirect("desk:my-day")


def answer_request(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note what came of a request."""
    found = meetings.request(key, by=request.actor)
    form = drafted(request, Answer)
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        said = _("Genoteerd wat er van de vraag kwam.")
        already = partial(_same_answer, request, key, outcome)
        if keep(request, form, frontdesk.answer_request, request=key, outcome=outcome, said=said, already=already):
            return redirect("desk:household", found.household_id) if found.household_id else redirect("desk:my-day")
    return page(request, "desk/answer_request.html", form, found=found)


@require_POST
def close_appointment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note how an appointment went."""
    by, status = request.actor, request.POST.get("status", "")
    missed = _("Genoteerd. Bel eens hoe het gaat: een gemiste afspraak is een reden om te bellen.")
    pressed(
        request, frontdesk.close_appointment, appointment=key, status=status,
        said=missed if status == "missed" else _("Genoteerd."),
        already=lambda: meetings.appointment(key, by=by).status == status != "planned",
    )  # fmt: skip
    return redirect("desk:my-day")


def _same_answer(request: HttpRequest, key: UUID, outcome: str) -> bool:
    there = meetings.request(key, by=request.actor)
    told = (there.status, there.closed_by, there.outcome)
    return told == ("answered", request.actor.id, outcome.strip())
