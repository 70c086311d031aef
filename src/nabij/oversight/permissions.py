"""May this person?"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.access.permissions import review_trail
from nabij.access.roles import Permission
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check

__all__ = ["note_street", "review_trail"]


@check
def note_street(by: Actor, worker: UUID) -> None:
    """Raise `Denied` unless it is one's own street, or one looks after who looked."""
    if by.id != worker and not by.holds(Permission.REVIEW_TRAIL):
        raise Denied(_("Alleen jijzelf en de functionaris voor gegevensbescherming noteren jouw straat."))
