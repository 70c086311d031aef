"""Pages of sign-in, and the door for drafts."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nabij.access import drafts, queries
from nabij.access.forms import SignIn
from nabij.access.middleware import open_to_strangers
from nabij.access.requests import ActedRequest
from nabij.access.roles import FUNCTIONS
from nabij.kernel.actor import Actor, acting

_BACKEND = "nabij.access.backends.EmailBackend"


@open_to_strangers
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with an e-mail address and a password; in the demo, as one of its people."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignIn(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return _enter(request, form.user)
    people = _demo_people() if settings.DEMO else []
    status = 422 if form.is_bound else 200
    return render(
        request, "access/sign_in.html", {"form": form, "towns": people, "next": _next(request)}, status=status
    )


@open_to_strangers
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, in demo mode only."""
    person = next((p for p in queries.demo_people() if str(p.id) == request.POST.get("person")), None)
    if not settings.DEMO or person is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    return _enter(request, person)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and go back to the sign-in page."""
    logout(request)
    return redirect("access:sign-in")


@open_to_strangers
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages, among those that are offered."""
    chosen = request.POST.get("language", "")
    response = redirect(_next(request))
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 86400,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_POST
def keep_draft(request: ActedRequest) -> HttpResponse:
    """Keep or forget what is being typed; answers when it was kept."""
    key = request.POST.get("draft-key", "")
    if not key:
        raise Http404
    if "forget" in request.POST:
        drafts.forget(by=request.actor, key=key)
        return redirect(_next(request))
    now = timezone.now()
    drafts.keep(by=request.actor, key=key, fields=drafts.typed(request.POST), now=now)
    return JsonResponse({"kept": timezone.localtime(now).strftime("%H:%M")})


def _enter(request: HttpRequest, user: Any) -> HttpResponse:
    login(request, user, backend=_BACKEND)
    by = Actor(user.id, user.name, user.municipality_id)
    with acting(by):
        drafts.take_back(request.session, by=by, now=timezone.now())
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _demo_people() -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    order = list(FUNCTIONS)
    towns = []
    for town, people in groupby(queries.demo_people(), key=lambda person: person.municipality.name):
        by_function: dict[str, list[Any]] = {}
        for person in people:
            slug = person.demo_function
            by_function.setdefault(slug, []).append(person)
        towns.append((town, [(str(FUNCTIONS[s].name).capitalize(), by_function[s]) for s in order if s in by_function]))
    return towns
