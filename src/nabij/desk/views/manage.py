"""What the municipality looks like for whoever manages it: wijken, centres, teams, workers, and streets that are missing."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access import actions as access
from nabij.access import dividing as divided
from nabij.access import queries as who
from nabij.access.pages import drafted, saved
from nabij.access.permissions import manage_municipality
from nabij.access.roles import FUNCTIONS
from nabij.desk.forms_manage import WEEKDAYS, EndOfFunction, Function, Grace, Week, Worker, hours_in_words
from nabij.desk.looking_up import town_map
from nabij.households import queries as homes
from nabij.kernel.actor import Actor
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import NotOpen
from nabij.territory import actions as territory_actions
from nabij.territory import queries as territory
from nabij.ui.pages import page

SHOWN = 100


def manage(request: HttpRequest) -> HttpResponse:
    """Show wijken on a map with their team, centres with their week, teams with their people, and what is missing."""
    by, today = request.actor, request.today
    manage_municipality(by)
    teams, idle = divided.staff(by=by, on=today)
    served = {wijk: one.team.name for one in teams if one.team for wijk in one.wijken}
    town = town_map(by=by, here=None)
    weeks = territory.weeks(by=by)
    missing = homes.streets_without_wijk(by=by)
    return page(
        request,
        "desk/manage.html",
        town=town,
        areas=[
            {"path": path, "label": name, "note": served.get(name, _("nog geen team"))}
            for name, path, _h in town.wijken
        ],
        without_team=[wijk.name for wijk in territory.wijken(by=by) if wijk.name not in served],
        centres=[(centre, _week_in_words(weeks.get(centre.id, {}))) for centre in territory.centres(by=by)],
        teams=teams,
        idle=idle,
        missing=missing[:SHOWN],
        more_missing=len(missing) > SHOWN,
    )


def add_worker(request: HttpRequest) -> HttpResponse:
    """Give somebody an account and a first function."""
    by = request.actor
    manage_municipality(by)
    form = drafted(request, Worker, **_places(by), initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        if worker := attempt(form, _welcome, by=by, data=form.cleaned_data):
            saved(request, form)
            messages.success(
                request, _("%(name)s werkt nu hier. Maak een uitnodiging en geef ze af.") % {"name": worker.name}
            )
            return redirect("signin:person", worker.id)
    return _form(request, form, _("Een nieuwe medewerker"), _("Bewaar"))


def give_function(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a worker one more function."""
    by = request.actor
    manage_municipality(by)
    worker = who.worker(key, by=by)
    if worker is None or worker.municipality_id != by.municipality_id:
        raise NotOpen(_("Deze medewerker werkt hier niet."))
    form = drafted(request, Function, **_places(by), initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form, access.appoint, by=by, worker=key, function=data["function"], on=data["on"], team=data["team"],
            centre=data["centre"],
        ):  # fmt: skip
            saved(request, form)
            messages.success(request, _("%(name)s heeft nu deze functie.") % {"name": worker.name})
            return redirect("desk:manage")
    return _form(request, form, _("Een functie voor %(name)s") % {"name": worker.name}, _("Bewaar"))


def end_function(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a function; the page says which households still wait for another case manager then."""
    by, today = request.actor, request.today
    manage_municipality(by)
    post = divided.post(key, by=by)
    if post is None:
        raise NotOpen(_("Deze functie bestaat niet meer."))
    form = drafted(request, EndOfFunction, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        if attempt(form, _ended, by=by, post=key, on=form.cleaned_data["on"]):
            saved(request, form)
            messages.success(request, _("De functie van %(name)s eindigt.") % {"name": post.worker.name})
            return redirect("desk:manage")
    title = _("%(name)s is niet meer %(function)s") % {
        "name": post.worker.name,
        "function": FUNCTIONS[post.function].name,
    }
    led = divided.numbers_led([post.worker_id], by=by, on=today).get(post.worker_id, 0)
    return _form(request, form, title, _("Beëindig de functie"), led=led, worker=post.worker)


def grace(request: HttpRequest) -> HttpResponse:
    """Set for how many days who handed a household over may still read along."""
    by = request.actor
    manage_municipality(by)
    form = drafted(request, Grace, initial={"days": request.user.municipality.grace_days})
    if request.method == "POST" and form.is_valid():
        if attempt(form, _set_grace, by=by, days=form.cleaned_data["days"]):
            saved(request, form)
            messages.success(request, _("Bewaard. Dit geldt voor wat vanaf nu wordt overgedragen."))
            return redirect("desk:manage")
    lead = _(
        "Wie een gezin overdraagt, leest dan nog even mee in het dossier, zonder iets aan te passen. Elke keer wordt genoteerd."
    )
    return _form(request, form, _("Meelezen na een overdracht"), _("Bewaar"), lead=lead)


def hours(request: HttpRequest, key: UUID) -> HttpResponse:
    """Set when a centre is open."""
    by = request.actor
    manage_municipality(by)
    centre = next((one for one in territory.centres(by=by) if one.id == key), None)
    if centre is None:
        raise NotOpen(_("Dit centrum bestaat niet."))
    form = drafted(request, Week, week=territory.week_of(key, by=by))
    if request.method == "POST" and form.is_valid():
        if attempt(form, _set_hours, by=by, centre=key, hours=form.cleaned_data["hours"]):
            saved(request, form)
            messages.success(request, _("De openingsuren van %(name)s zijn bewaard.") % {"name": centre.name})
            return redirect("desk:manage")
    lead = _("Schrijf de uren zoals 9-12 en 13.30-17. Laat een dag leeg als het centrum dicht is.")
    return _form(request, form, _("Openingsuren van %(name)s") % {"name": centre.name}, _("Bewaar"), lead=lead)


def _welcome(*, by: Actor, data: dict[str, Any]) -> Any:
    worker = access.enrol(
        by=by, name=data["name"].strip(), email=data["email"], phone=data["phone"], languages=data["languages"]
    )
    access.appoint(
        by=by, worker=worker.id, function=data["function"], on=data["on"], team=data["team"], centre=data["centre"]
    )
    return worker


def _ended(*, by: Actor, post: UUID, on: date) -> bool:
    access.end_post(by=by, post=post, on=on)
    return True


def _set_grace(*, by: Actor, days: int) -> bool:
    territory_actions.set_grace(by=by, days=days)
    return True


def _set_hours(*, by: Actor, centre: UUID, hours: list[Any]) -> bool:
    territory_actions.set_hours(by=by, centre=centre, hours=hours)
    return True


def _places(by: Actor) -> dict[str, Any]:
    return {"teams": who.teams(by=by), "centres": territory.centres(by=by)}


def _form(request: HttpRequest, form: Any, title: str, save: str, **more: Any) -> HttpResponse:
    back = reverse("desk:manage")
    return page(request, "desk/manage_form.html", form, title=title, save=save, back=back, **more)


def _week_in_words(week: dict[int, list[Any]]) -> list[tuple[Any, str]]:
    return [(WEEKDAYS[at], hours_in_words(week[at])) for at in range(7) if week.get(at)]
