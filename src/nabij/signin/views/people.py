"""Who can sign in: for the administrator, who helps whoever cannot; and what happened, for the privacy officer too."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nabij.access.permissions import manage_municipality
from nabij.access.requests import ActedRequest
from nabij.kernel.refusals import BadInput, NotOpen
from nabij.signin import actions, permissions, queries
from nabij.signin.stepup import stepped_up
from nabij.signin.views.second import answered
from nabij.ui.pages import page


def people(request: ActedRequest) -> HttpResponse:
    """List who works here, with what there is to sign in, and what happened."""
    by, now = request.actor, timezone.now()
    manage_municipality(by)
    found = queries.people(by=by, now=now)
    return page(
        request,
        "signin/people.html",
        people=found,
        without=[one for one in found if one.worker.is_active and not one.has_factor],
        compulsory=settings.NABIJ_SECOND_FACTOR,
        happened=queries.happenings(by=by, now=now, everybody=True),
    )


def happened(request: ActedRequest) -> HttpResponse:
    """Show a privacy officer what happened around signing in: accounts that were guessed at, factors that were wiped."""
    permissions.see_events(request.actor)
    rows = queries.happenings(by=request.actor, now=timezone.now(), everybody=True, most=200)
    return page(request, "signin/happened.html", happened=rows)


@never_cache
@stepped_up
def person(request: ActedRequest, worker: UUID) -> HttpResponse:
    """Show one colleague's sign-in; sent, make an invitation, wipe a second step, close or open the account."""
    by, now = request.actor, timezone.now()
    manage_municipality(by)
    found = next((one for one in queries.people(by=by, now=now) if one.worker.id == worker), None)
    if found is None:
        raise NotOpen(_("Deze medewerker is hier niet gekend."))
    if request.method != "POST":
        return _shown(request, found)
    wanted = request.POST.get("do")
    if wanted == "invite":
        token = actions.invite(by=by, worker=worker, days=settings.NABIJ_INVITATION_DAYS, now=now)
        link = request.build_absolute_uri(reverse("signin:invited", args=[token]))
        return _shown(request, found, link=link)
    name = {"name": found.worker.name}
    if wanted == "reset":
        actions.reset_factors(by=by, worker=worker)
        said = _("De tweede stap van %(name)s is gewist; elk toestel is afgemeld.") % name
    elif wanted == "close":
        actions.close_account(by=by, worker=worker, now=now)
        said = _("Het account van %(name)s is gesloten; elk toestel is afgemeld.") % name
    elif wanted == "open":
        actions.open_account(by=by, worker=worker)
        said = _("Het account van %(name)s is weer open.") % name
    else:
        raise BadInput(_("Kies wat je wil doen."))
    messages.success(request, said)
    return redirect("signin:person", worker)


def _shown(request: ActedRequest, found: queries.Person, link: str = "") -> HttpResponse:
    own = found.worker.id == request.actor.id
    days = settings.NABIJ_INVITATION_DAYS
    return answered(request, "signin/person.html", None, one=found, link=link, own=own, days=days, today=request.today)
