"""May this happen now?"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.kernel.actor import Actor
from nabij.kernel.refusals import BadInput, Denied, NotNow, check
from nabij.oversight.rules import LONGEST, Days


@check
def somebody_else(by: Actor, worker: UUID) -> None:
    """Raise `Denied` when somebody would follow her own looking up."""
    if by.id == worker:
        raise Denied(_("Je eigen kijken volgt een collega op, of wie in een andere gemeente jouw functie heeft."))


@check
def found(finding: object | None) -> None:
    """Raise `NotNow` when no rule finds this."""
    if finding is None:
        raise NotNow(_("Dit staat niet bij het ongewone kijken. Kijk in het overzicht wat er wel staat."))


@check
def in_order(days: Days) -> None:
    """Raise `BadInput` for a period that runs backwards or is too long for one page."""
    if days.last < days.first:
        raise BadInput(_("Deze periode eindigt voor ze begint. Kijk de twee dagen na."), field="until")
    if (days.last - days.first).days >= LONGEST:
        raise BadInput(_("Kies hoogstens 92 dagen tegelijk."), field="since")
