"""The one way in: whoever showed a password (or comes from the municipality's own sign-in) passes here, and nowhere else.

Between password and second step nobody is signed in: the session only remembers who showed a password, for ten minutes. So
every other address answers as to a stranger, without a list of what is still closed.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from nabij.access import drafts
from nabij.kernel.actor import acting
from nabij.signin import actions, browsers, limits, marks, queries

BACKEND = "nabij.access.backends.EmailBackend"
MINUTES = 10
_PENDING = "signin.pending"


def begin(request: HttpRequest, user: Any, *, how: str, proved: bool = False, to: str = "") -> HttpResponse:
    """Let somebody in who showed a password (`how`), or send on to the second step, or to setting one up.

    With `proved`, who sent this worker (the sign-in of the municipality) says that a second factor was shown there.
    """
    to = to or next_of(request)
    with acting(queries.actor_of(user)):
        has = queries.has_factor(by=queries.actor_of(user))
    if proved or not (has or settings.NABIJ_SECOND_FACTOR):
        return finish(request, user, how=how, whole=proved, to=to)
    request.session.cycle_key()
    request.session[_PENDING] = {
        "user": str(user.id),
        "hash": user.get_session_auth_hash(),
        "at": marks.clock(),
        "how": how,
        "to": to,
    }
    return redirect("signin:second" if has else "signin:first")


def pending(request: HttpRequest) -> Any | None:
    """Return who showed a password in this session some minutes ago, and is not in yet; None when that is nobody."""
    kept = request.session.get(_PENDING)
    if not kept or not 0 <= marks.clock() - kept["at"] <= MINUTES * 60:
        return None
    user = queries.user(UUID(kept["user"]))
    # A password that was changed meanwhile counts as none.
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return user


def waits_for(request: HttpRequest) -> dict[str, Any]:
    """Return how and where to whoever is pending wanted to go."""
    return dict(request.session.get(_PENDING) or {})


def forget(request: HttpRequest) -> None:
    """Send whoever is pending back to the password."""
    request.session.pop(_PENDING, None)


def finish(request: HttpRequest, user: Any, *, how: str, whole: bool, to: str) -> HttpResponse:
    """Sign in, and go where somebody wanted to go."""
    enter(request, user, how=how, whole=whole)
    response = redirect(to)
    limits.knows_now(request, response, user.email)
    return response


def enter(request: HttpRequest, user: Any, *, how: str, whole: bool) -> None:
    """Sign in: a session with a new key, noted, with what was typed before it was lost."""
    forget(request)
    login(request, user, backend=BACKEND)  # renews the key of the session
    marks.begin(request.session, whole=whole)
    by, now = queries.actor_of(user), timezone.now()
    with acting(by):
        actions.begin_session(
            by=by, now=now, how=how,
            session_key=request.session.session_key or "",
            browser=browsers.in_words(request.headers.get("User-Agent", "")),
            address=limits.address_of(request),
        )  # fmt: skip
        drafts.take_back(request.session, by=by, now=now)


def next_of(request: HttpRequest) -> str:
    """Return where somebody wanted to go, when that is a page of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if ours(request, wanted) else "/"


def ours(request: HttpRequest, address: str) -> bool:
    """Return whether an address is of this site."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
