"""Every request: the session is not too old, its sign-in was whole, and whoever works here still has a function."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.requests import ActedRequest
from nabij.kernel.actor import acting
from nabij.signin import marks, queries
from nabij.signin.actions import sessions

Next = Callable[[ActedRequest], HttpResponse]


def without_function(view: Any) -> Any:
    """Mark a view for whoever has no function any more: signing out."""
    view.without_function = True
    return view


class WholeSession:
    """Ends a session that was not used for a while, is open since yesterday, or never showed a second factor where it must."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: ActedRequest) -> HttpResponse:
        """Pass the request on; whoever's session ended goes on as a stranger, and is sent to the sign-in page."""
        if request.user.is_authenticated and not _goes_on(request):
            logout(request)
        return self.get_response(request)

    def process_view(self, request: ActedRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return a page that says why to a worker whose functions have all ended; there is no other page."""
        actor = getattr(request, "actor", None)
        if actor is None or actor.functions or getattr(view, "without_function", False):
            return None
        sentence = _("Je hebt hier geen functie meer. Klopt dat niet? Vraag het aan de beheerder van je gemeente.")
        return render(request, "signin/no_function.html", {"sentence": sentence}, status=403)


def _goes_on(request: ActedRequest) -> bool:
    mark, now = marks.of(request.session), marks.clock()
    if mark is None:  # nobody came in along our door: a test, or a session of before
        return not settings.NABIJ_SECOND_FACTOR
    if mark.ended(now) or (settings.NABIJ_SECOND_FACTOR and not mark.whole):
        return False
    if now - mark.seen > marks.RENEWED:
        mark.seen = now
        marks.put(request.session, mark)
        by = queries.actor_of(request.user)  # type: ignore[arg-type]  # signed in
        with acting(by):
            sessions.used(by=by, session_key=request.session.session_key or "", now=timezone.now())
    return True
