"""The team on one page: on top who has nobody, then who has which households, and what waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from nabij.access import dividing as divided
from nabij.access.permissions import divide_work
from nabij.desk.dividing import team_page
from nabij.desk.forms_team import read_key
from nabij.kernel.refusals import Denied, NotOpen
from nabij.ui.pages import page

NOT_YOURS = _("Dit team is niet van jou, of het bestaat niet.")
NO_TEAM = _("Je coördineert nu geen team. De beheerder van de gemeente kan je die functie geven.")


def team(request: HttpRequest) -> HttpResponse:
    """Show one of the coordinator's teams, with the list of one worker opened."""
    by, today = request.actor, request.today
    divide_work(by)
    teams = divided.coordinated_teams(by=by, on=today)
    asked = read_key(request.GET.get("team", ""))
    chosen: Any = next((one for one in teams if one.id == asked), None if asked else next(iter(teams), None))
    if chosen is None:
        raise NotOpen(NOT_YOURS) if teams else Denied(NO_TEAM)
    opened = read_key(request.GET.get("wie", ""))
    return page(request, "desk/team.html", shown=team_page(chosen, teams, by=by, today=today, opened=opened))
