"""May this person?"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.access.roles import Ground, Permission
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check


@check
def write_plan(by: Actor, ground: Ground | None) -> None:
    """Raise `Denied` unless `by` is case manager or duo of the household, or stands in for the case manager."""
    if ground not in (Ground.LEAD, Ground.DUO, Ground.SUBSTITUTE, Ground.TRANSFER):
        raise Denied(
            _("Alleen de dossierhouder en de duo schrijven aan het plan. Neem het gezin over, of vraag het hen.")
        )


@check
def open_case(by: Actor, ground: Ground | None) -> None:
    """Raise `Denied` unless `by` may be a case manager and works in the household's team."""
    of_team = ground is not None and ground.depth >= 2 and ground.writes and ground != Ground.EMERGENCY
    if not by.holds(Permission.LEAD) or not of_team:
        raise Denied(_("Alleen een maatschappelijk werker van het wijkteam opent een dossier."))


@check
def hand_over(by: Actor, ground: Ground | None) -> None:
    """Raise `Denied` unless `by` coordinates the team, or is the case manager."""
    if not (by.holds(Permission.DIVIDE_WORK) or ground == Ground.LEAD):
        raise Denied(_("Alleen de coördinator of de dossierhouder draagt een gezin over."))


@check
def take_back(by: Actor, ground: Ground | None, handed_by: UUID) -> None:
    """Raise `Denied` unless `by` coordinates the team, or handed it over; whoever did may no longer be case manager."""
    if not (by.holds(Permission.DIVIDE_WORK) or (by.id == handed_by and ground is not None and ground.depth >= 2)):
        raise Denied(_("Alleen de coördinator of wie overdroeg, maakt een overdracht ongedaan."))


@check
def read_whole_file(by: Actor, ground: Ground | None) -> None:
    """Raise `Denied` unless the ground reaches the whole file."""
    if ground is None or ground.depth < 3:
        raise Denied(_("Alleen de dossierhouder en de duo zien dit."))
