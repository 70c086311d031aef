"""What holds for every answer, also of mistakes, redirects and static files: no cache, no devices, four methods."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# No page asks for one of these, so no script that finds a way in may.
NO_DEVICES = ", ".join(
    f"{device}=()" for device in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")
)


class Guarded:
    """Refuses methods that no page knows, and tells browsers to keep nothing; what says itself how long it keeps, does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and add the headers to what comes back."""
        known = request.method in METHODS
        response: HttpResponseBase = self.get_response(request) if known else HttpResponseNotAllowed(METHODS)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", NO_DEVICES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
