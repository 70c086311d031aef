"""What a person reads when something goes wrong: a sentence, and a way on."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access import drafts
from nabij.access.requests import ActedRequest


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return _say(request, _("Deze vraag begrijpt Nabij niet. Ga terug en probeer het opnieuw."), 400)


def denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer what may not be."""
    return _say(request, _("Dit is niet voor jou open."), 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer an address that does not exist, in the words for one that is hidden."""
    return _say(request, _("Deze pagina is er niet, of ze is niet voor jou open."), 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a mistake of ours; nothing was saved, and a draft keeps what was typed."""
    return _say(request, _("Er liep bij ons iets mis. Er is niets half bewaard. Probeer het straks opnieuw."), 500)


def csrf_failure(request: ActedRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose key is too old, or whose session is gone: what was typed waits as a draft for who typed it."""
    if "draft-owner" in request.POST:
        drafts.hold(request.session, request.path, request.POST)
        if request.path == reverse("access:draft"):  # a script: no page, that would give the sign-in page's key away
            return HttpResponse(status=403)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if drafts.take_back(request.session, by=request.actor, now=timezone.now()):
            return redirect(request.get_full_path())
    return _say(request, _("Deze pagina stond te lang open. Ga terug, laad ze opnieuw en bewaar dan nog eens."), 403)


def _say(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "ui/refusal.html", {"sentence": sentence}, status=status)
