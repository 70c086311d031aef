"""May this person?"""

from django.utils.translation import gettext_lazy as _

from nabij.access.permissions import receive
from nabij.access.roles import Permission
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check

__all__ = ["receive", "take_request"]


@check
def take_request(by: Actor) -> None:
    """Raise `Denied` unless `by` may have households."""
    if not by.holds(Permission.LEAD):
        raise Denied(_("Alleen een maatschappelijk werker van het team neemt een vraag op zich."))
