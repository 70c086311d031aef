"""Two people go apart: one household becomes two."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access.queries import ground_of, valid
from nabij.access.roles import Ground
from nabij.audit import trail
from nabij.households import events, queries, rows
from nabij.households.actions.reaching import take_along
from nabij.households.actions.registering import rename
from nabij.households.models import Household, Membership
from nabij.households.rows import NewAddress, NewHousehold
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import TWICE, spoken
from nabij.kernel.refusals import BadInput, NotNow

REASON, HALF = "uit elkaar", 50


@transaction.atomic
def separate(
    *,
    by: Actor,
    household: UUID,
    leaving: list[UUID],
    both_homes: list[UUID],
    address: NewAddress | None,
    team: UUID,
    on: date,
    now: datetime,
    today: date,
    key: UUID | None = None,
) -> Household:
    """Make two households of one: who leaves gets a new one, children may live in both; the history stays where it was.

    Numbers and e-mail addresses go with whom they are of. Whoever notes this reaches the new file for the day, to hand it
    over warmly; afterwards it is the new team's. With `key` a form that is sent twice makes one household.
    Raises `BadInput` when nobody leaves, nobody stays, or the day cannot be.
    """
    queries.touch_household(household, by=by, on=today)
    queries.hold([household], by=by)
    living = {
        r.person_id: r for r in Membership.objects.filter(valid(today), household_id=household).select_related("person")
    }
    moving = _moving(living, leaving, both_homes, on, today, key)
    made = rows.household_row(by, NewHousehold(people=()), now, [row.person for row in moving])
    made.id, made.split_from_id = key or made.id, household
    with spoken():
        made.save(force_insert=True)
    access.assign_team(by=by, household=made.id, team=team, on=min(on, today), now=now)
    _reach_today(by, made.id, today, now)
    with spoken():
        for row in moving:
            _divide(by, row, made.id, row.person_id in both_homes, on, now)
        if address:
            rows.address_row(by, made.id, address, on, now).save(force_insert=True)
    gone, shared = set(leaving), set(both_homes)
    take_along(by=by, household=household, people=gone, to=made.id, on=on, now=now)
    take_along(by=by, household=household, people=shared - gone, to=made.id, on=on, now=now, stays=True)
    rename(household)
    trail.record(events.SEPARATED, by=by, household=household, on=on)
    trail.record(events.SEPARATED, by=by, household=made.id, on=on)
    return made


def _moving(
    living: dict[UUID, Membership], leaving: list[UUID], both_homes: list[UUID], on: date, today: date, key: UUID | None
) -> list[Membership]:
    """Return the memberships of who leaves or gets a second home."""
    if key and Household.objects.filter(id=key).exists():
        raise NotNow(TWICE)
    if not set(leaving) & set(living):
        raise BadInput(_("Duid aan wie er gaat."), field="leaving")
    if not any(living[person].role != Membership.Role.CHILD for person in leaving if person in living):
        raise BadInput(_("Er gaat geen volwassene weg. Noteer dan bij het kind dat het vertrekt."), field="leaving")
    if set(leaving) & set(both_homes):
        raise BadInput(_("Iemand gaat, of woont in de twee huizen: niet allebei."), field="both_homes")
    if not set(living) - set(leaving):
        raise BadInput(_("Er blijft niemand over. Noteer dan een verhuizing."), field="leaving")
    if on > today:
        raise BadInput(_("Die dag moet nog komen. Noteer het op de dag zelf, of erna."), field="on")
    moving = [living[person] for person in dict.fromkeys([*leaving, *both_homes]) if person in living]
    if any(on < row.valid_from for row in moving):
        raise BadInput(_("Die dag woonde nog niet iedereen hier. Kijk de datum na."), field="on")
    return moving


def _reach_today(by: Actor, made: UUID, today: date, now: datetime) -> None:
    """Whoever notes a separation brings the new file to its team, and reaches it for the day where no team gives that."""
    ground = ground_of(by, made, on=today)
    if ground is None or ground.depth < 2:
        tomorrow = today + timedelta(days=1)
        access.give_basis(
            by=by, household=made, ground=Ground.TRANSFER, worker=by.id, on=today, until=tomorrow, now=now
        )


def _divide(by: Actor, row: Membership, made: UUID, shared: bool, on: date, now: datetime) -> None:
    share = HALF if shared else 100
    rows.membership_row(by, made, row.person_id, row.role, share, on, now, REASON).save(force_insert=True)
    Membership.objects.filter(id=row.id).update(valid_until=on, reason=REASON)
    if shared:
        rows.membership_row(by, row.household_id, row.person_id, row.role, HALF, on, now, REASON).save(
            force_insert=True
        )
