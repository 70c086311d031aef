"""Perhaps one: files that were written down again by a desk for which a household does not exist."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.permissions import lead_cases
from nabij.desk.forms_team import read_key
from nabij.households import actions as households
from nabij.households import queries as homes
from nabij.households.queries import NOT_OPEN
from nabij.journeys import helped_elsewhere
from nabij.kernel.refusals import NotOpen
from nabij.ui.pages import page


def doubles(request: HttpRequest) -> HttpResponse:
    """Show the doubtful doubles of whom this worker's team helps elsewhere, and keep what a person says of them."""
    by, now = request.actor, timezone.now()
    lead_cases(by)
    if request.method == "POST":
        household, other = (read_key(request.POST.get(name, "")) for name in ("household", "other"))
        if household is None or other is None:
            raise NotOpen(NOT_OPEN)
        if "same" in request.POST:
            helped_elsewhere.are_one(by=by, household=household, other=other, on=request.today, now=now)
            messages.success(request, _("Genoteerd. Ook het nieuwe dossier is nu alleen van het team dat helpt."))
        else:
            households.decide_double(by=by, household=household, other=other, same=False, now=now)
            messages.success(request, _("Genoteerd. Dit komt hier niet meer terug."))
        return redirect("desk:doubles")
    return page(request, "desk/doubles.html", pairs=homes.perhaps_one(by=by))
