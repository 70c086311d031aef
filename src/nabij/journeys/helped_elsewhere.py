"""A household asks, without a reason, to be helped outside its own neighbourhood; and comes back when it asks for that."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import permissions as may
from nabij.access import queries as who
from nabij.access.models import Team
from nabij.access.roles import Permission
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.models import Contact
from nabij.households import actions as households
from nabij.households import queries as homes
from nabij.households.actions import NewHousehold
from nabij.journeys import first_visit
from nabij.journeys.first_visit import Visit
from nabij.kernel.actor import Actor
from nabij.kernel.domains import LifeDomain
from nabij.kernel.refusals import BadInput, Denied, NotNow

ASKS = _("Vraagt om door jullie geholpen te worden, en wacht op een eerste contact.")

FILE = 2  # how deep a ground reaches that opens a file
TAKES = _(
    "Jouw team zou dit gezin helpen: wie het noteert, is dan iemand anders. Laat het onthaal of een collega van een ander "
    "team noteren wat dit gezin vraagt."
)
TWO_FILES = _("Zelfde mensen als in het dossier van %(name)s: er zijn twee dossiers. Dit werd opnieuw ingeschreven.")


@dataclass(frozen=True)
class Wish:
    """Which team helps from here on, and how many appointments were called off because nobody was free there."""

    helping: Team
    called_off: int = 0


def teams_between(*, by: Actor, own: Team | None) -> tuple[Team, Team]:
    """Return the team that the household avoids (its own, else that of the desk), and the team that helps it by default.

    Raises `BadInput` where neither the address nor the desk says which neighbourhood it is, `NotNow` without a central team.
    """
    central = who.central_team(by=by)
    if central is None:
        raise NotNow(
            _("Er is nog geen team dat dit gezin elders kan helpen. Vraag de beheerder een centraal team te maken.")
        )
    if own is None or own.id == central.id:
        own = who.team_of_centre(by.centre_id, by=by)
    if own is None or own.id == central.id:
        raise BadInput(
            _("Vul het adres in: dan is duidelijk welk wijkteam dit gezin niet te zien krijgt."), field="street"
        )
    return own, central


@transaction.atomic
def receive_unknown(*, by: Actor, new: NewHousehold, visit: Visit, on: date, now: datetime) -> Wish:
    """Write down a household that asks at its very first visit: its own team never has it. No hour is booked yet."""
    may.receive(by)
    own, central = teams_between(by=by, own=first_visit.team_of_address(new.address, by=by)[1])
    asks = replace(visit, requests=(*visit.requests, _asks()))
    made = first_visit.receive_unknown(by=by, new=new, visit=asks, slot=None, on=on, now=now, elsewhere=central)
    assert made.household_id  # noqa: S101 - somebody who is written down has a key
    access.hide_from(by=by, household=made.household_id, avoided=own.id, helping=central.id, on=on, now=now)
    return Wish(central)


@transaction.atomic
def receive_known(*, by: Actor, household: UUID, visit: Visit, on: date, now: datetime) -> Wish:
    """Note the visit of a household that is known and asks it now."""
    received = first_visit.receive_known(by=by, household=household, visit=visit, slot=None, on=on, now=now)
    return help_elsewhere(by=by, household=household, on=on, now=now, contact=received.contact)


@transaction.atomic
def help_elsewhere(
    *, by: Actor, household: UUID, on: date, now: datetime, helping: UUID | None = None, avoided: UUID | None = None,
    contact: Contact | None = None, words: str = "",
) -> Wish:  # fmt: skip
    """Let another team (by default the Sociaal Huis) help a household, and let its own not know it from here on.

    What was asked and agreed goes along. Whoever works for the own team loses sight at once, also who notes this.
    Raises `NotOpen` for who does not reach the household, `Denied` to whoever would take a file for the own team by it,
    `NotNow` when it is helped elsewhere already.
    """
    may.receive(by)
    ground = homes.touch_household(household, by=by, on=on, depth=1)
    homes.hold([household], by=by)
    chosen = next((team for team in who.teams(by=by) if team.id == helping), None)
    if helping and chosen is None:
        raise BadInput(_("Kies welk team dit gezin helpt."), field="helping")
    avoid = avoided
    if chosen is None or avoid is None:
        own, central = teams_between(by=by, own=who.in_charge([household], by=by, on=on)[household].team)
        chosen, avoid = chosen or central, avoid or own.id
    if avoided is None and ground.depth < FILE and chosen.id in by.team_ids and by.holds(Permission.HAVE_HOUSEHOLDS):
        raise Denied(TAKES)
    gone = who.workers_at(avoid, by=by, on=on)
    _moved, called_off = frontdesk.pass_on(by=by, household=household, helping=chosen.id, avoided=gone)
    contact = contact or frontdesk.note_contact(
        by=by, household=household, channel=Contact.Channel.OFFICE, words="", met_at=now, now=now
    )
    frontdesk.note_request(by=by, contact=contact, asked=_asks(words), team=chosen.id, now=now)
    access.hide_from(by=by, household=household, avoided=avoid, helping=chosen.id, on=on, now=now)
    return Wish(chosen, called_off)


@transaction.atomic
def come_back(*, by: Actor, household: UUID, on: date, now: datetime) -> Team:
    """Give a household back to the team of its address: it asked for that itself. The case manager stays until handed over.

    Raises `NotOpen` for who does not reach the file, `NotNow` when it is not helped elsewhere.
    """
    homes.touch_household(household, by=by, on=on)
    homes.hold([household], by=by)
    current = who.elsewhere_of(household, by=by, on=on)
    if current is None:
        raise NotNow(_("Dit gezin wordt niet elders geholpen."))
    address = next((one for one in homes.addresses_of(household, by=by) if one.valid_until is None), None)
    wijk = address.neighbourhood_id if address else None
    team = (who.team_for(wijk, by=by) if wijk else None) or current.avoided_team
    access.unhide(by=by, household=household, team=team.id, on=on, now=now)
    return team


@transaction.atomic
def are_one(*, by: Actor, household: UUID, other: UUID, on: date, now: datetime) -> None:
    """Say that another file is of the same people as a household that is helped elsewhere: it is from here on as well.

    The helping team reads in a request that there are two; whose team it was no longer knows it. Raises `NotOpen` for a pair
    that was not found.
    """
    households.decide_double(by=by, household=household, other=other, same=True, now=now)
    current = who.elsewhere_of(household, by=by, on=on)
    team = who.in_charge([other], by=by, on=on)[other].team
    if current is None or team is None or team.id == current.helping_team_id:
        return
    name = homes.names_of([household], by=by).get(household, "")
    access.receive_today(by=by, household=other, on=on, now=now)
    help_elsewhere(
        by=by, household=other, on=on, now=now, helping=current.helping_team_id, avoided=team.id,
        words=str(TWO_FILES) % {"name": name},
    )  # fmt: skip


def _asks(words: str = "") -> frontdesk.Asked:
    return frontdesk.Asked(LifeDomain.ADMINISTRATION, words or str(ASKS))
