"""To the directory and back: the only place where a GET signs somebody in; and the word of the directory that somebody left."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from nabij.access.middleware import open_to_strangers
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import Refusal
from nabij.kernel.secrets import unseal
from nabij.signin import doors, marks
from nabij.signin.oidc import actions, asking, fetching, following, queries, tokens
from nabij.signin.oidc import claims as reading
from nabij.signin.oidc.actions import visits
from nabij.signin.oidc.actor import of_directory
from nabij.signin.oidc.refusing import NotLetIn, refuse

log = logging.getLogger("nabij.signin.oidc")


@open_to_strangers
@never_cache
@require_safe
def leave(request: HttpRequest, directory: UUID) -> HttpResponse:
    """Send somebody to the directory; with `opnieuw`, a worker who shows there again who he is."""
    _by, found = _open(directory)
    to, again = doors.next_of(request), bool(request.GET.get("opnieuw")) and request.user.is_authenticated
    if request.user.is_authenticated and not again:
        return redirect(to)
    if not asking.pressed(request):  # a link elsewhere: nobody comes in who did not press our own button
        return redirect(to) if again else redirect_to_login(to)
    try:
        published = fetching.published(found.issuer)
        address = asking.ask(
            request.session, published, directory=str(directory), client=found.client, scope=found.scope,
            back=_back(request, directory), to=to, again=again,
        )  # fmt: skip
    except NotLetIn as refusal:
        return _refused(request, refusal, found, to)
    return redirect(address)


@open_to_strangers
@never_cache
@require_GET
def back(request: HttpRequest, directory: UUID) -> HttpResponse:
    """Let in whom the directory sends back with a code that is true, and that this browser asked for."""
    by, found = _open(directory)
    to = "/"
    try:
        asked = asking.answered(request.session, state=request.GET.get("state", ""), directory=str(directory))
        to = asked.to if doors.ours(request, asked.to) else "/"
        given = _tokens(request, found, asked)
        if asked.again:
            return _shown_again(request, by, found, asked, given, to)
        return _enter(request, by, found, given, to)
    except NotLetIn as refusal:
        return _refused(request, refusal, found, to)


@open_to_strangers
@csrf_exempt
@never_cache
@require_POST
@sensitive_post_parameters("logout_token")
def left(request: HttpRequest, directory: UUID) -> HttpResponse:
    """End the sessions of whom the directory says, in a token that it signed, that he left."""
    by, found = _open(directory)
    try:
        keys = fetching.keys(fetching.published(found.issuer))
        said = tokens.logout_token(
            request.POST.get("logout_token", ""), keys=keys, issuer=found.issuer, client=found.client
        )
    except Refusal as refusal:
        log.warning("directory %s, logout token: %s", directory, getattr(refusal, "why", "?"))
        return HttpResponse(status=400, content_type="text/plain")
    until = datetime.fromtimestamp(said["iat"], tz=UTC) + timedelta(seconds=tokens.SKEW)
    with acting(by):
        actions.end_visits(
            by=by, directory=found.id, until=until, sid=str(said.get("sid") or ""),
            subject="" if said.get("sid") else str(said["sub"]),
        )  # fmt: skip
    return HttpResponse(status=200, content_type="text/plain")


def _open(key: UUID) -> tuple[Actor, Any]:
    door = queries.door(key)
    if door is None:
        raise Http404
    by = of_directory(door.municipality_id)
    with acting(by):
        return by, queries.directory(key, by=by)


def _back(request: HttpRequest, directory: UUID) -> str:
    return request.build_absolute_uri(reverse("oidc:back", args=[directory]))


def _tokens(request: HttpRequest, found: Any, asked: asking.Asked) -> dict[str, Any]:
    """Return the tokens for the code that came, with the claims of the ID token in `claims`."""
    if request.GET.get("iss", found.issuer) != found.issuer:  # another directory answered
        raise refuse("issuer")
    code = request.GET.get("code", "")
    if request.GET.get("error") or not code:
        raise refuse("refused_there")
    published = fetching.published(found.issuer)
    given = fetching.for_code(
        published, client=found.client, secret=unseal(found.secret, use=queries.USE), code=code,
        verifier=asked.verifier, back=_back(request, found.id),
    )  # fmt: skip
    claims = tokens.id_token(
        str(given.get("id_token") or ""), keys=fetching.keys(published), issuer=found.issuer, client=found.client,
        nonce=asked.nonce, access=str(given.get("access_token") or ""),
    )  # fmt: skip
    return {**given, "claims": claims}


def _enter(request: HttpRequest, by: Actor, found: Any, given: dict[str, Any], to: str) -> HttpResponse:
    claims, now = given["claims"], timezone.now()
    with acting(by):
        arrived = actions.arrive(by=by, directory=found, claims=claims, on=timezone.localdate(now), now=now)
        if isinstance(arrived, NotLetIn):
            actions.not_let_in(by=by, directory=found, claims=claims, refusal=arrived)
        else:
            visit = visits.begin_visit(
                by=by, directory=found, worker=arrived.worker, subject=claims["sub"],
                sid=str(claims.get("sid") or ""), refresh=str(given.get("refresh_token") or ""), now=now,
            )  # fmt: skip
    if isinstance(arrived, NotLetIn):
        return _refused(request, arrived, found, to)
    if request.user.is_authenticated:
        logout(request)
    following.begin(request.session, visit.id)
    proved = reading.proved(claims, found.proof_claim, found.proof_values)
    return doors.begin(request, arrived.worker, how="directory", proved=proved, to=to)


def _shown_again(
    request: HttpRequest, by: Actor, found: Any, asked: asking.Asked, given: dict[str, Any], to: str
) -> HttpResponse:
    """Accept that a worker who is signed in showed again, just now, who he is: the same one, and not by an old sign-in."""
    claims = given["claims"]
    key = following.of(request.session)
    with acting(by):
        visit = queries.visit(key, by=by) if key and request.user.is_authenticated else None
    if visit is None or visit.directory_id != found.id or visit.subject != claims["sub"]:
        raise refuse("other_person")
    when = claims.get("auth_time")
    if not isinstance(when, int | float) or when < asked.at - tokens.SKEW:
        raise refuse("not_fresh")
    marks.prove(request.session, whole=reading.proved(claims, found.proof_claim, found.proof_values))
    return redirect(to)


def _refused(request: HttpRequest, refusal: NotLetIn, found: Any, to: str) -> HttpResponse:
    log.warning("directory %s: %s", found.id, refusal.why)
    said = {"sentence": str(refusal), "directory": found, "next": to}
    return render(request, "oidc/refused.html", said, status=refusal.status)
