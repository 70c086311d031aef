"""How many pages a worker opens in an hour: more than any person does is a machine that empties the files.

Counted in memory, by each process for itself, so that no page costs a question more; with two processes the limit is at most
twice as high. The trail holds that it happened, once an hour, and the privacy officer reads it beside what happened around
signing in.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access import drafts
from nabij.access.requests import ActedRequest
from nabij.kernel.actor import acting
from nabij.signin import actions, marks, queries

HOUR = 3600
DRAFTS = "/concept/"  # what somebody types is always kept, however fast
_counts: dict[UUID, tuple[float, int]] = {}
_lock = Lock()


def count(worker: UUID, *, now: float) -> int:
    """Count one page of a worker, and return the how manieth it is of the hour that began with the first."""
    with _lock:
        began, many = _counts.get(worker, (now, 0))
        if not many or not 0 <= now - began < HOUR:
            began, many = now, 0
            for old in [one for one, (since, _many) in _counts.items() if now - since >= HOUR]:
                del _counts[old]
        _counts[worker] = (began, many + 1)
        return many + 1


def waits_until(worker: UUID) -> float:
    """Return when the hour of a worker is over."""
    return _counts[worker][0] + HOUR


class Pace:
    """Answers a worker who opens pages as only a machine does with a sentence, until the hour is over."""

    def __init__(self, get_response: Callable[[ActedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActedRequest) -> HttpResponse:
        """Count, and pass the request on; the first page too many is written down."""
        most = settings.NABIJ_PAGES_PER_HOUR
        request.too_fast = False
        if most and request.user.is_authenticated and request.path_info != DRAFTS:
            many = count(request.user.id, now=marks.clock())
            request.too_fast = many > most
            if many == most + 1:
                by = queries.actor_of(request.user)
                with acting(by):
                    actions.went_too_fast(by=by, many=most)
        return self.get_response(request)

    def process_view(self, request: ActedRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Return the page that says so, in the place of any page but signing out; what was typed becomes a draft."""
        if not request.too_fast or getattr(view, "without_function", False):
            return None
        if drafts.is_ours(request.POST):  # never what is typed to sign in
            key = request.POST.get("draft-key") or request.path
            drafts.keep(by=request.actor, key=key, fields=drafts.typed(request.POST), now=timezone.now())
        until = datetime.fromtimestamp(waits_until(request.actor.id), tz=timezone.get_current_timezone())
        said = {
            "heading": _("Nabij wacht tot %(until)s") % {"until": f"{until:%H:%M}"},
            "sentence": _(
                "Er gingen in een uur meer dan %(many)s bladzijden open met jouw account. Dat doet alleen een machine. Wat je "
                "typte, is bewaard. Was jij dit niet, meld je dan af en bel de beheerder."
            )
            % {"many": settings.NABIJ_PAGES_PER_HOUR},
        }
        return render(request, "signin/too_fast.html", said, status=429)
