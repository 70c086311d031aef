"""Every request of a session that a directory opened: does the directory still say yes?"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.requests import ActedRequest
from nabij.signin.oidc import following

Next = Callable[[ActedRequest], HttpResponse]


class FollowsDirectory:
    """Ends a session when the sign-in that opened it says so; stands before the one transaction, for it may ask elsewhere."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: ActedRequest) -> HttpResponse:
        """Pass the request on; whose session was ended goes on as a stranger, and reads why on the sign-in page."""
        user = request.user
        if user.is_authenticated:
            town = user.municipality_id
            if not following.goes_on(request.session, municipality=town, now=timezone.now()):
                logout(request)
                messages.info(request, _("De aanmelddienst heeft je sessie beëindigd. Meld je opnieuw aan."))
        return self.get_response(request)
