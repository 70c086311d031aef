"""May this person?"""

from django.utils.translation import gettext_lazy as _

from nabij.access.roles import Ground
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check


@check
def ask(by: Actor, ground: Ground | None) -> None:
    """Raise `Denied` unless `by` guides the household: whoever asks, opens a part of the file."""
    if ground not in (Ground.LEAD, Ground.DUO, Ground.SUBSTITUTE):
        raise Denied(_("Alleen de dossierhouder, de duo of wie vervangt, vraagt raad over een gezin."))
