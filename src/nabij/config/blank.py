"""An address of a button, opened as a page: after an expired sign-in it is where one is sent back to, with nothing done."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class NothingBlank:
    """Says to who is signed in why nothing happened; without it a browser shows a mistake of its own, or nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an empty refusal of a GET becomes a page, with the same status."""
        response = self.get_response(request)
        if request.method != "GET" or response.status_code != 405 or response.content:
            return response
        sentence = _("Er is niets veranderd. Dit adres hoort bij een knop: ga terug, en druk opnieuw op die knop.")
        told = render(request, "ui/refusal.html", {"sentence": sentence}, status=response.status_code)
        told.headers["Allow"] = response.headers["Allow"]
        return told
