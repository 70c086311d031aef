"""May this person? Each check has three voices: enforce, `.ok()`, `.why()`."""

from django.utils.translation import gettext_lazy as _

from nabij.access.roles import Permission
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check


@check
def see_events(by: Actor) -> None:
    """Raise `Denied` unless `by` manages the municipality or looks after the trail."""
    if not (by.holds(Permission.MANAGE) or by.holds(Permission.REVIEW_TRAIL)):
        raise Denied(_("Alleen de beheerder van de gemeente en de functionaris voor gegevensbescherming zien dit."))
