"""May this person?"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.access.permissions import review_trail, take_emergency
from nabij.access.roles import Permission
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check
from nabij.oversight.models import Emergency

__all__ = ["note_street", "remark", "review", "review_trail", "take_emergency"]


@check
def note_street(by: Actor, worker: UUID) -> None:
    """Raise `Denied` unless it is one's own street, or one looks after who looked."""
    if by.id != worker and not by.holds(Permission.REVIEW_TRAIL):
        raise Denied(_("Alleen jijzelf en de functionaris voor gegevensbescherming noteren jouw straat."))


@check
def remark(by: Actor, emergency: Emergency, in_charge: bool) -> None:
    """Raise `Denied` unless `by` is in charge of the household, did not take this access and is no privacy officer."""
    if not in_charge or emergency.worker_id == by.id or by.holds(Permission.REVIEW_TRAIL):
        raise Denied(_("De opmerking is van wie instaat voor het gezin: dossierhouder, duo, vervanger of coördinator."))


@check
def review(by: Actor, emergency: Emergency) -> None:
    """Raise `Denied` unless `by` looks after who looked, and another took this access."""
    if not by.holds(Permission.REVIEW_TRAIL):
        raise Denied(_("Alleen de functionaris voor gegevensbescherming kijkt een noodtoegang na."))
    if emergency.worker_id == by.id or emergency.household_id is None:
        raise Denied(_("Je kijkt nooit je eigen noodtoegang na, en wat niet openging ook niet."))
