"""May this person? Each check has three voices: enforce, `.ok()`, `.why()`."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nabij.access.roles import Permission
from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Denied, check


@check
def manage_municipality(by: Actor) -> None:
    """Raise `Denied` unless `by` manages the municipality."""
    if not by.holds(Permission.MANAGE):
        raise Denied(_("Alleen de beheerder van de gemeente kan dit aanpassen."))


@check
def divide_work(by: Actor) -> None:
    """Raise `Denied` unless `by` coordinates a team."""
    if not by.holds(Permission.DIVIDE_WORK):
        raise Denied(_("Alleen de coördinator van het wijkteam verdeelt de gezinnen."))


@check
def receive(by: Actor) -> None:
    """Raise `Denied` unless `by` receives visitors."""
    if not by.holds(Permission.RECEIVE):
        raise Denied(_("Alleen wie onthaal doet of gezinnen begeleidt, noteert een bezoek."))


@check
def look_up(by: Actor) -> None:
    """Raise `Denied` unless `by` receives visitors or guides households."""
    if not by.holds(Permission.RECEIVE):
        raise Denied(_("Alleen wie onthaal doet of gezinnen begeleidt, zoekt gezinnen op."))


@check
def have_households(by: Actor) -> None:
    """Raise `Denied` unless `by` guides households."""
    if not by.holds(Permission.HAVE_HOUSEHOLDS):
        raise Denied(_("Dit is voor wie gezinnen begeleidt."))


@check
def take_emergency(by: Actor) -> None:
    """Raise `Denied` unless `by` guides households, and neither directs, manages nor looks after who looked."""
    if any(by.holds(never) for never in (Permission.SEE_FIGURES, Permission.MANAGE, Permission.REVIEW_TRAIL)):
        raise Denied(_("Directie, beheerders en de functionaris voor gegevensbescherming nemen nooit noodtoegang."))
    if not by.holds(Permission.HAVE_HOUSEHOLDS):
        raise Denied(
            _("Alleen een maatschappelijk werker of een coördinator neemt noodtoegang. Is er nood? Roep er een bij.")
        )


@check
def note_absence(by: Actor, worker: UUID, is_team_mate: bool) -> None:
    """Raise `Denied` unless it is about `by`, or about a team mate of a coordinator."""
    own = by.holds(Permission.HAVE_HOUSEHOLDS) and by.id == worker
    if not own and not (by.holds(Permission.DIVIDE_WORK) and is_team_mate):
        raise Denied(_("Je noteert je eigen afwezigheid; de coördinator noteert die van het team."))


@check
def lead_cases(by: Actor) -> None:
    """Raise `Denied` unless `by` may be a case manager."""
    if not by.holds(Permission.LEAD):
        raise Denied(_("Alleen een maatschappelijk werker kan dossierhouder zijn."))


@check
def review_trail(by: Actor) -> None:
    """Raise `Denied` unless `by` looks after who looked."""
    if not by.holds(Permission.REVIEW_TRAIL):
        raise Denied(_("Alleen de functionaris voor gegevensbescherming kijkt na wie in dossiers keek."))
