"""Who of the team is away, and who stands in: noted in one go, taken back in one press."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nabij.access import actions as access
from nabij.access import dividing as divided
from nabij.access import queries as who
from nabij.access.pages import drafted, keep, pressed
from nabij.access.permissions import have_households
from nabij.access.roles import Permission
from nabij.desk.forms_absence import Away, StandIn
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import NotOpen
from nabij.ui.pages import page


def absences(request: HttpRequest) -> HttpResponse:
    """Show who of the team is away, and note somebody's absence: one's own, or that of a team that one coordinates."""
    by, today = request.actor, request.today
    have_households(by)
    mates = who.team_mates(by=by, on=today)
    away = who.absences(by=by, workers=[mate.id for mate in mates], on=today)
    mine = mates if by.holds(Permission.DIVIDE_WORK) else [mate for mate in mates if mate.id == by.id]
    form = drafted(request, Away, people=mine, groups=_groups(by, request.today), today=today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asked = {"worker": data["worker"], "substitute": data["substitute"], "on": data["on"], "until": form.until()}
        said = _("Genoteerd. Wie vervangt, ziet vanaf dan de gezinnen van deze collega.")
        if not data["substitute"]:
            said = _("Genoteerd. Er is geen vervanger: de duo en het team staan ervoor.")
        if keep(request, form, access.note_absence, said=said, already=lambda: _is_noted(by, **asked), **asked):
            return redirect("desk:absences")
    rows = [(one, one.worker_id in {person.id for person in mine}) for one in away]
    return page(request, "desk/absences.html", form, rows=rows)


def stand_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose somebody else who stands in, from today on."""
    by, today = request.actor, request.today
    have_households(by)
    absence = who.absence(key, by=by)
    if absence is None:
        raise NotOpen(access.NO_ABSENCE)
    form = drafted(request, StandIn, groups=_groups(by, today), initial={"substitute": absence.substitute_id or ""})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["substitute"]
        if keep(
            request, form, _choose, said=_("De vervanging is aangepast."), absence=key, substitute=chosen, on=today
        ):
            return redirect("desk:absences")
    return page(request, "desk/stand_in.html", form, absence=absence)


@require_POST
def back_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that somebody is back today."""
    by, today = request.actor, request.today
    have_households(by)
    pressed(
        request, _back, said=_("Welkom terug. De vervanging is voorbij."), already=lambda: _is_over(by, key, today),
        absence=key, on=today,
    )  # fmt: skip
    return redirect("desk:absences")


def _choose(*, by: Actor, now: Any, **asked: Any) -> bool:
    access.change_substitute(by=by, **asked)
    return True


def _back(*, by: Actor, now: Any, **asked: Any) -> None:
    access.end_absence(by=by, **asked)


def _is_noted(by: Actor, *, worker: UUID, substitute: UUID | None, on: Any, until: Any) -> bool:
    same = (substitute, on, until)
    noted = who.absences(by=by, workers=[worker], on=on)
    return any((one.substitute_id, one.valid_from, one.valid_until) == same for one in noted)


def _is_over(by: Actor, key: UUID, today: Any) -> bool:
    found = who.absence(key, by=by)
    return bool(found and by.id == found.worker_id and found.valid_until and found.valid_until <= today)


def _groups(by: Actor, today: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    teams = divided.guides_by_team(by=by, on=today)
    return [(team.name, [(str(worker.id), worker.name) for worker in workers]) for team, workers in teams]
