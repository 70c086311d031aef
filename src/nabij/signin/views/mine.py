"""My sign-in: the second step, the password, where I am signed in, and what happened."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nabij.access.requests import ActedRequest
from nabij.kernel.forms import attempt
from nabij.signin import actions, limits, marks, queries, showing
from nabij.signin.actions.sessions import follow
from nabij.signin.forms import ChangePassword, NewApp, NewPasskey
from nabij.signin.stepup import stepped_up
from nabij.signin.views.second import answered
from nabij.ui.pages import page


def mine(request: ActedRequest) -> HttpResponse:
    """Show one's own factors, sessions and what happened."""
    by, now = request.actor, timezone.now()
    factors = queries.factors(by=by)
    return page(
        request,
        "signin/mine.html",
        factors=[factor for factor in factors if factor.kind != "codes"],
        has_app=any(factor.kind == "app" for factor in factors),
        codes=queries.codes_left(by=by),
        sessions=queries.sessions(by=by, now=now),
        here=request.session.session_key,
        happened=queries.happenings(by=by, now=now, most=20),
        compulsory=settings.NABIJ_SECOND_FACTOR,
        has_password=request.user.has_usable_password(),  # type: ignore[union-attr]
        hours=settings.NABIJ_SESSION_HOURS,
        minutes=settings.NABIJ_IDLE_MINUTES,
    )


@never_cache
@stepped_up
def app(request: ActedRequest) -> HttpResponse:
    """Set up an app with codes."""
    by = request.actor
    form = NewApp(request.POST if request.method == "POST" else None)
    if form.is_valid() and showing.add_app(request, form, by=by):
        return _added(request)
    return answered(request, "signin/app.html", form, **showing.new_app(request, request.user))


@never_cache
@stepped_up
def passkey(request: ActedRequest) -> HttpResponse:
    """Keep a passkey or a security key."""
    by = request.actor
    form = NewPasskey(request.POST if request.method == "POST" else None)
    if form.is_valid() and showing.add_passkey(request, form, by=by):
        return _added(request)
    return answered(request, "signin/passkey.html", form, options=showing.new_passkey(request, request.user, by=by))


@never_cache
@require_POST
@stepped_up
def codes(request: ActedRequest) -> HttpResponse:
    """Make new recovery codes, and show them this once; who has no second step needs none."""
    if not queries.has_factor(by=request.actor):
        messages.info(request, _("Stel eerst een app of een sleutel in."))
        return redirect("signin:mine")
    return _codes(request)


@require_POST
@stepped_up
def remove(request: ActedRequest, factor: UUID) -> HttpResponse:
    """Take a factor away; the other sessions end."""
    actions.remove_factor(by=request.actor, factor=factor, compulsory=settings.NABIJ_SECOND_FACTOR)
    actions.end_others(by=request.actor, kept=request.session.session_key or "")
    messages.success(request, _("Weggehaald. Je andere toestellen zijn afgemeld."))
    return redirect("signin:mine")


@never_cache
@sensitive_post_parameters()
def password(request: ActedRequest) -> HttpResponse:
    """Change one's own password; the other sessions end."""
    form = ChangePassword(request.POST if request.method == "POST" else None)
    user: Any = request.user
    if form.is_valid():
        tried = limits.of_worker("password", user.id, user.email)
        if showing.may_try(form, tried) and _changed(request, form):
            limits.right(tried)
            messages.success(request, _("Je wachtwoord is veranderd. Je andere toestellen zijn afgemeld."))
            return redirect("signin:mine")
    return answered(request, "signin/password.html", form)


@require_POST
def end_session(request: ActedRequest, session: UUID) -> HttpResponse:
    """End one of one's own sessions."""
    actions.end_session(by=request.actor, session=session)
    messages.success(request, _("Dat toestel is afgemeld."))
    return redirect("signin:mine")


@require_POST
def end_others(request: ActedRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    actions.end_others(by=request.actor, kept=request.session.session_key or "")
    messages.success(request, _("Al je andere toestellen zijn afgemeld."))
    return redirect("signin:mine")


def _added(request: ActedRequest) -> HttpResponse:
    by = request.actor
    marks.prove(request.session, whole=True)
    actions.end_others(by=by, kept=request.session.session_key or "")
    if not queries.codes_left(by=by):
        return _codes(request)
    messages.success(request, _("Ingesteld. Je andere toestellen zijn afgemeld."))
    return redirect("signin:mine")


def _codes(request: ActedRequest) -> HttpResponse:
    made = actions.make_codes(by=request.actor, now=timezone.now())
    return answered(request, "signin/codes.html", None, codes=made, to="/mijn-aanmelding/", user=request.user)


def _changed(request: ActedRequest, form: ChangePassword) -> bool:
    by, old = request.actor, request.session.session_key or ""
    data = form.cleaned_data
    attempt(form, actions.change_password, by=by, old=data["old"], new=data["new"], kept=old, now=timezone.now())
    if form.errors:
        return False
    user: Any = request.user
    user.refresh_from_db(fields=["password"])
    update_session_auth_hash(request, user)  # renews the key as well
    marks.prove(request.session)
    follow(by=by, old=old, new=request.session.session_key or "")
    return True
