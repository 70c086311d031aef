"""Two people go apart: one household becomes two."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access.queries import valid
from nabij.audit import trail
from nabij.households import events, queries
from nabij.households.actions import rows
from nabij.households.actions.registering import rename
from nabij.households.actions.rows import NewAddress, NewHousehold
from nabij.households.models import Household, Membership
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput


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
) -> Household:
    """Make two households of one: who leaves gets a new one, children may live in both; the history stays where it was.

    Raises `BadInput` when nobody leaves, or nobody stays.
    """
    queries.touch_household(household, by=by, on=today)
    living = {
        r.person_id: r for r in Membership.objects.filter(valid(today), household_id=household).select_related("person")
    }
    moving = [living[key] for key in dict.fromkeys([*leaving, *both_homes]) if key in living]
    if not any(row.person_id in leaving for row in moving):
        raise BadInput(_("Duid aan wie er gaat."), field="leaving")
    if not set(living) - set(leaving):
        raise BadInput(_("Er blijft niemand over. Noteer dan een verhuizing."), field="leaving")
    made = rows.household_row(by, NewHousehold(people=()), now, [row.person for row in moving])
    made.split_from_id = household
    with spoken():
        made.save(force_insert=True)
    access.receive_today(by=by, household=made.id, on=today, now=now)
    access.assign_team(by=by, household=made.id, team=team, on=min(on, today), now=now)
    with spoken():
        for row in moving:
            shared = row.person_id in both_homes
            share = 50 if shared else 100
            rows.membership_row(by, made.id, row.person_id, row.role, share, on, now, "separation").save(
                force_insert=True
            )
            if shared:
                Membership.objects.filter(id=row.id).update(share=50)
            else:
                Membership.objects.filter(id=row.id).update(valid_until=max(on, row.valid_from), reason="separation")
        if address:
            rows.address_row(by, made.id, address, on, now).save(force_insert=True)
    rename(household)
    trail.record(events.SEPARATED, by=by, household=household, on=on)
    trail.record(events.SEPARATED, by=by, household=made.id, on=on)
    return made
