"""A household asks to be helped outside its own neighbourhood, or to come back; nobody asks why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access import queries as who
from nabij.access.pages import drafted, saved
from nabij.access.permissions import receive
from nabij.desk.forms_elsewhere import HelpElsewhere
from nabij.households.pages import entered
from nabij.journeys import helped_elsewhere
from nabij.kernel.forms import attempt
from nabij.ui.pages import page


def elsewhere(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a household is helped elsewhere from today, or that it comes back; first what that means."""
    by, today = request.actor, request.today
    home = entered(request, key, "elders geholpen")
    receive(by)
    current = who.elsewhere_of(key, by=by, on=today)
    if current and request.method == "POST" and "back" in request.POST:
        team = helped_elsewhere.come_back(by=by, household=key, on=today, now=timezone.now())
        messages.success(request, _("Genoteerd. %(team)s helpt dit gezin weer.") % {"team": team.name})
        return _after(request, key)
    own = who.in_charge([key], by=by, on=today)[key].team
    form = drafted(request, HelpElsewhere, teams=who.teams(by=by), own=own)
    if not current and request.method == "POST" and form.is_valid():
        wish = attempt(
            form, helped_elsewhere.help_elsewhere, by=by, household=key, helping=form.cleaned_data["helping"],
            on=today, now=timezone.now(),
        )  # fmt: skip
        if wish:
            saved(request, form)
            messages.success(request, _("Genoteerd. %(team)s neemt contact op.") % {"team": wish.helping.name})
            return _after(request, key)
    return page(request, "desk/elsewhere.html", form, home=home, elsewhere=current, own=own)


def _after(request: HttpRequest, key: UUID) -> HttpResponse:
    """To the household for who still reaches it; whoever works for its own neighbourhood does not."""
    ground = who.ground_of(request.actor, key, on=request.today)
    return redirect("desk:household", key) if ground and ground.depth >= 2 else redirect("desk:my-day")
