"""May this person?"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.access.permissions import review_trail
from nabij.access.roles import Ground, Permission
from nabij.kernel.actor import OPERATOR, Actor
from nabij.kernel.refusals import Denied, check

__all__ = ["export", "guard_privacy", "read_register", "run_retention", "set_term"]

guard_privacy = review_trail


@check
def read_register(by: Actor) -> None:
    """Raise `Denied` unless `by` is privacy officer or manages the municipality."""
    if not (by.holds(Permission.REVIEW_TRAIL) or by.holds(Permission.MANAGE)):
        raise Denied(_("Alleen de functionaris voor gegevensbescherming en de beheerder van de gemeente zien dit."))


@check
def set_term(by: Actor) -> None:
    """Raise `Denied` unless `by` manages the municipality: who watches over the terms does not set them."""
    if not by.holds(Permission.MANAGE) or by.id == OPERATOR:
        raise Denied(_("Alleen de beheerder van de gemeente verandert een bewaartermijn."))


@check
def run_retention(by: Actor) -> None:
    """Raise `Denied` unless it is the night, or the command line."""
    if by.id != OPERATOR:
        raise Denied(_("Wissen op termijn gebeurt 's nachts, of met nabij privacy retention."))


@check
def export(by: Actor, ground: Ground | None) -> None:
    """Raise `Denied` unless the ground reaches the whole file and may write."""
    if ground is None or ground.depth < 3:
        raise Denied(_("Alleen de dossierhouder en de duo maken een kopie voor een bewoner."))


@check
def not_alone(by: Actor, noted_by: UUID) -> None:
    """Raise `Denied` when who noted that something should be erased would erase it as well."""
    if by.id == noted_by:
        raise Denied(_("Wissen doen twee mensen: wie de vraag noteerde, wist niet zelf."))


@check
def answer(by: Actor, ground: Ground | None) -> None:
    """Raise `Denied` unless the ground reaches the whole file."""
    if ground is None or ground.depth < 3:
        raise Denied(_("Alleen de dossierhouder, de duo en de functionaris voor gegevensbescherming beantwoorden dit."))
