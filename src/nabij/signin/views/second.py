"""Between password and page: showing the second step, or setting up the first one. Nobody is signed in here yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nabij.access.middleware import open_to_strangers
from nabij.kernel.actor import acting
from nabij.signin import actions, doors, limits, queries, showing
from nabij.signin.forms import Code, NewApp, NewPasskey

View = Callable[..., HttpResponse]


def for_pending(view: View) -> View:
    """Let a view answer only to who showed a password some minutes ago; a worker's pages are Dutch."""

    @open_to_strangers
    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def answers(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("/")
        user = doors.pending(request)
        if user is None:
            return redirect("access:sign-in")
        translation.activate("nl")
        with acting(queries.actor_of(user)):
            return view(request, user)

    return cast(View, answers)


@for_pending
def second(request: HttpRequest, user: Any) -> HttpResponse:
    """Ask for a code or a passkey, and sign in."""
    by = queries.actor_of(user)
    if not queries.has_factor(by=by):
        return redirect("signin:first")
    form = Code(request.POST if request.method == "POST" else None)
    if form.is_valid() and (how := showing.factor_shown(request, form, user, by=by)):
        waits = doors.waits_for(request)
        return doors.finish(request, user, how=f"{waits['how']}+{how}", whole=True, to=waits["to"])
    return answered(request, "signin/second.html", form, options=showing.options(request, by=by))


@for_pending
def first(request: HttpRequest, user: Any) -> HttpResponse:
    """Set up the first second step: an app or a passkey. Until then there is no other page."""
    by = queries.actor_of(user)
    if queries.has_factor(by=by):
        return redirect("signin:second")
    sent = request.POST if request.method == "POST" else None
    is_passkey = bool(sent and "credential" in sent)
    app, passkey = NewApp(None if is_passkey else sent), NewPasskey(sent if is_passkey else None)
    if is_passkey and passkey.is_valid() and showing.add_passkey(request, passkey, by=by):
        return _in(request, user, "passkey")
    if not is_passkey and app.is_valid() and showing.add_app(request, app, by=by):
        return _in(request, user, "app")
    return answered(
        request, "signin/first.html", passkey if is_passkey else app, app=app, passkey=passkey,
        options=showing.new_passkey(request, user, by=by), **showing.new_app(request, user),
    )  # fmt: skip


def _in(request: HttpRequest, user: Any, how: str) -> HttpResponse:
    waits = doors.waits_for(request)
    by = queries.actor_of(user)
    made = actions.make_codes(by=by, now=timezone.now())
    actions.end_others(by=by, kept="")  # those never showed a second step
    doors.enter(request, user, how=f"{waits['how']}+{how}", whole=True)
    response = answered(request, "signin/codes.html", None, codes=made, to=waits["to"], user=user)
    limits.knows_now(request, response, user.email)
    return response


def answered(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """Render a page that no browser keeps; 422 when something was typed wrong, 429 when one has to wait."""
    wrong = form is not None and form.is_bound and form.errors
    status = 429 if wrong and getattr(form, "wait", 0) else 422 if wrong else 200
    response = render(request, template, {"form": form, **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response
