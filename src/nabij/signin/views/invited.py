"""An invitation: a worker chooses a password that nobody else knows."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nabij.access.middleware import open_to_strangers
from nabij.kernel.actor import Actor, acting
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import NotOpen
from nabij.signin import actions, doors, limits, queries
from nabij.signin.actions.accounts import mark_of
from nabij.signin.forms import NewPassword
from nabij.signin.views.second import answered


@open_to_strangers
@never_cache
@sensitive_post_parameters()
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password with the link of an invitation, once, and go on to the second step."""
    translation.activate("nl")
    now = timezone.now()
    user = queries.invited(mark_of(token), now=now)
    if user is None:
        raise NotOpen(_("Deze uitnodiging is al gebruikt of verlopen. Vraag een nieuwe aan de beheerder."))
    by = queries.actor_of(user)
    form = NewPassword(request.POST if request.method == "POST" else None)
    with acting(by):
        if form.is_valid() and _used(form, by, token, now):
            if request.user.is_authenticated:
                logout(request)
            user.refresh_from_db(fields=["password"])
            limits.right(limits.of_password(request, user.email))
            return doors.begin(request, user, how="invitation", to="/")
        return answered(request, "signin/invited.html", form, invited=user)


def _used(form: NewPassword, by: Actor, token: str, now: object) -> bool:
    attempt(form, actions.use_invitation, by=by, token=token, password=form.cleaned_data["new"], now=now)
    return not form.errors
