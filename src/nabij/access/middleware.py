"""Every request: signed in first, then one transaction that knows who acts; a refusal is a page with a sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from nabij.access import drafts, queries
from nabij.access.requests import ActedRequest
from nabij.kernel.refusals import Refusal

Next = Callable[[ActedRequest], HttpResponse]
WRITES_ON_GET = frozenset({"oidc:back"})
"""The only pages that write when they are asked for: whoever signed in elsewhere comes back along a link."""


def open_to_strangers(view: Any) -> Any:
    """Mark a view that needs no sign-in: sign-in itself, and styles."""
    view.open_to_strangers = True
    return view


class SignInFirst:
    """Sends a stranger to the sign-in page, and back afterwards; a worker's pages are Dutch, those of mistakes too."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: ActedRequest) -> HttpResponse:
        """Pass the request on, in Dutch for who is signed in; a stranger keeps the language of the cookie."""
        if request.user.is_authenticated:
            translation.activate("nl")
        return self.get_response(request)

    def process_view(self, request: ActedRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return a redirect for a stranger, except to what is open."""
        if getattr(view, "open_to_strangers", False) or request.user.is_authenticated:
            return None
        if request.method == "POST":
            drafts.hold(request.session, request.path, request.POST)
        return redirect_to_login(request.get_full_path())


class OneTransaction:
    """Holds view and rendering in one transaction, read-only on GET; last in the list, for nothing may come between."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: ActedRequest) -> HttpResponse:
        """Answer inside the transaction; a refusal is told after it has been rolled back."""
        request.refusal = None
        request.today = timezone.localdate()
        request.actor = None  # type: ignore[assignment]  # a stranger: only what is open to strangers gets this far
        user = request.user if request.user.is_authenticated else None  # sessions and users know no context yet
        reads_only = _reads_only(request)
        with transaction.atomic():
            if user:
                request.actor = queries.enter(user, on=request.today, reads_only=reads_only)
            elif reads_only:
                _close_to_writing()
            response = self.get_response(request)
            if response.status_code >= 500 or request.refusal:
                transaction.set_rollback(True)
        return _spoken(request) if request.refusal else response

    def process_exception(self, request: ActedRequest, exception: Exception) -> HttpResponse | None:
        """Keep a refusal for after the rollback."""
        transaction.set_rollback(True)
        if isinstance(exception, Refusal):
            request.refusal = exception
            return HttpResponse(status=exception.status)
        return None


def _reads_only(request: ActedRequest) -> bool:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        return False
    if not request.path_info.startswith("/aanmelden/"):
        return True
    try:
        return resolve(request.path_info).view_name not in WRITES_ON_GET
    except Resolver404:
        return True


def _close_to_writing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set transaction read only")


def _spoken(request: ActedRequest) -> HttpResponse:
    refusal = request.refusal
    assert refusal  # noqa: S101
    return render(request, "ui/refusal.html", {"sentence": str(refusal)}, status=refusal.status)
