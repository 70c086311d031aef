"""May this person? Who never opens a file (directie, beheer) records nothing here either, whatever ground there is."""

from django.utils.translation import gettext_lazy as _

from nabij.access.permissions import manage_municipality
from nabij.access.roles import Permission
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check

__all__ = ["manage_municipality", "record_consent", "tell"]


@check
def tell(by: Actor) -> None:
    """Raise `Denied` unless `by` receives visitors or guides households."""
    if not by.holds(Permission.RECEIVE):
        raise Denied(_("Alleen wie onthaal doet of gezinnen begeleidt, noteert dat iemand uitleg kreeg."))


@check
def record_consent(by: Actor) -> None:
    """Raise `Denied` unless `by` guides households."""
    if not by.holds(Permission.HAVE_HOUSEHOLDS):
        raise Denied(_("Alleen wie gezinnen begeleidt, noteert een toestemming."))
