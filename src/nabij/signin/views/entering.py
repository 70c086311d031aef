"""The sign-in page, its people in the demo, and signing out."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nabij.access import queries as who
from nabij.access.forms import SignIn
from nabij.access.middleware import open_to_strangers
from nabij.access.roles import FUNCTIONS
from nabij.signin import doors, limits
from nabij.signin.middleware import without_function


@open_to_strangers
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with an e-mail address and a password; in the demo, as one of its people."""
    to = doors.next_of(request)
    if request.user.is_authenticated:
        return redirect(to)
    form = SignIn(request.POST or None, request=request, knock=lambda email: _knock(request, email))
    if request.method == "POST" and form.is_valid():
        limits.right(limits.of_password(request, form.cleaned_data["email"]))
        return doors.begin(request, form.user, how="password", to=to)
    people = _demo_people() if settings.DEMO else []
    status = 429 if form.wait else 422 if form.is_bound else 200
    return render(request, "access/sign_in.html", {"form": form, "towns": people, "next": to}, status=status)


@open_to_strangers
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, in demo mode only; who set up a second step in the demo is asked for it."""
    person = next((p for p in who.demo_people() if str(p.id) == request.POST.get("person")), None)
    if not settings.DEMO or person is None:
        raise Http404
    to = doors.next_of(request)
    if request.user.is_authenticated:
        logout(request)
    return doors.begin(request, person, how="demo", to=to)


@without_function
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and go back to the sign-in page."""
    logout(request)
    response = redirect("access:sign-in")
    # What the browser may still hold of these pages; not what it knows of its user: language, known browser, keys off.
    response["Clear-Site-Data"] = '"cache"'
    return response


def _knock(request: HttpRequest, email: str) -> int:
    return limits.knock(limits.of_password(request, email), now=timezone.now())


def _demo_people() -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    order = list(FUNCTIONS)
    towns = []
    for town, people in groupby(who.demo_people(), key=lambda person: person.municipality.name):
        by_function: dict[str, list[Any]] = {}
        for person in people:
            slug = person.demo_function
            by_function.setdefault(slug, []).append(person)
        towns.append((town, [(str(FUNCTIONS[s].name).capitalize(), by_function[s]) for s in order if s in by_function]))
    return towns
