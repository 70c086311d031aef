"""May this person? Territory lies below functions, so it asks for the permission by its slug."""

from django.utils.translation import gettext_lazy as _

from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check

MANAGE = "municipality.manage"


@check
def manage_territory(by: Actor) -> None:
    """Raise `Denied` unless `by` manages the municipality."""
    if not by.holds(MANAGE):
        raise Denied(_("Alleen de beheerder van de gemeente kan wijken, straten en centra aanpassen."))
