"""A first password, or a new one when somebody lost it, given by who manages the municipality."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import events, permissions
from nabij.access.models import User
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import BadInput

# Django's own Dutch lags behind its English.
_REASONS = {
    "password_too_short": _("Dit wachtwoord is te kort: neem er een van minstens 12 tekens."),
    "password_too_common": _("Dit wachtwoord gebruiken te veel mensen. Neem er een dat niemand raadt."),
}


def check_password(password: str, *, user: User | None = None) -> None:
    """Raise `BadInput` with every reason why this is no good password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        reasons = [str(_REASONS.get(each.code or "", each.messages[0])) for each in error.error_list]
        raise BadInput(" ".join(reasons), field="password") from error


@transaction.atomic
def set_password(*, by: Actor, email: str, password: str) -> User:
    """Give a worker of this municipality a password; raises `BadInput` for a bad one, or without such an account."""
    permissions.manage_municipality(by)
    user = User.objects.filter(municipality_id=by.municipality_id, email=email.strip().lower()).first()
    if user is None:
        raise BadInput(_("%(email)s heeft hier geen account.") % {"email": email}, field="email")
    check_password(password, user=user)
    user.set_password(password)
    user.save(update_fields=["password"])
    trail.record(events.PASSWORD_SET, by=by, about=f"access.user:{user.id}")
    return user
