"""Showing again who one is, before what is sealed or leaves the house."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters

from nabij.access.requests import ActedRequest
from nabij.signin import doors, marks, queries, showing
from nabij.signin.forms import Proof
from nabij.signin.views.second import answered


@sensitive_post_parameters()
def prove(request: ActedRequest) -> HttpResponse:
    """Ask for the password, a code or a passkey; in the demo, who has no second step only says yes."""
    to, by, user = doors.next_of(request), request.actor, request.user
    kinds = {factor.kind for factor in queries.factors(by=by)}
    if not kinds and not settings.NABIJ_SECOND_FACTOR:
        if request.method == "POST":
            return _proved(request, to)
        return answered(request, "signin/prove.html", None, to=to, only_yes=True, options="")
    sent = request.POST if request.method == "POST" else None
    form = Proof(sent, has_password=user.has_usable_password(), has_app="app" in kinds)  # type: ignore[union-attr]
    if form.is_valid() and _shown(request, form, user):
        return _proved(request, to)
    options = showing.options(request, by=by)
    return answered(request, "signin/prove.html", form, to=to, only_yes=False, options=options)


def _shown(request: ActedRequest, form: Proof, user: Any) -> bool:
    if form.cleaned_data.get("password"):
        return showing.password_shown(form, user)
    return bool(showing.factor_shown(request, form, user, by=request.actor))


def _proved(request: HttpRequest, to: str) -> HttpResponse:
    marks.prove(request.session)
    return redirect(to)
