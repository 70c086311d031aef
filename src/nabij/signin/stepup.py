"""Asking again who it is, before what is sealed is opened and before something leaves the house.

    @stepped_up
    def export(request, key): ...

    if asked := asked_again(request):   # only for some of what a view does
        return asked

What was typed stays: it is kept as a draft of the page, and stands there again afterwards.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from nabij.access import drafts
from nabij.signin import marks

View = Callable[..., HttpResponse]


def stepped_up(view: View) -> View:
    """Let a view answer only to who showed some minutes ago, again if need be, who he is."""

    @wraps(view)
    def asks(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return asked_again(request) or view(request, *args, **kwargs)

    asks.asks_again = True  # type: ignore[attr-defined]
    return asks


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """Return where to show again who one is, and keep what was typed; None when that was done some minutes ago."""
    mark = marks.of(request.session)
    if mark is None and not settings.NABIJ_SECOND_FACTOR:
        return None
    if mark and mark.fresh(marks.clock()):
        return None
    back = request.get_full_path()
    if request.method == "POST":
        by = request.actor  # type: ignore[attr-defined]
        typed = drafts.typed(request.POST)
        drafts.keep(by=by, key=request.POST.get("draft-key") or request.path, fields=typed, now=timezone.now())
        back = _page_of(request)
    return redirect(f"{reverse('signin:prove')}?{urlencode({'next': back})}")


def _page_of(request: HttpRequest) -> str:
    # The page that this form stood on; a button that sends elsewhere has no page of its own at its address.
    said = urlsplit(request.headers.get("Referer", ""))
    if said.netloc == request.get_host():
        return f"{said.path}?{said.query}" if said.query else said.path
    return request.path
