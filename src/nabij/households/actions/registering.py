"""Writing down a household that was not known, and keeping its name right."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.audit import trail
from nabij.households import events, rows
from nabij.households.models import ContactPoint, Household, Membership, Person
from nabij.households.naming import household_name, household_sort_key
from nabij.households.rows import NewHousehold
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput


@transaction.atomic
def register(
    *, by: Actor, new: NewHousehold, team: UUID, on: date, now: datetime, today: date | None = None
) -> Household:
    """Write down a household and assign it to a team; whoever registers keeps the front desk's ground for the day.

    `on` is when they came; `today` the day of the ground, where a visit is written down on a later day.

    Raises `BadInput` when nobody is named, `NotNow` when the same form was sent before.
    """
    if not new.people:
        raise BadInput(_("Noteer minstens één persoon. Zonder naam kan ook, maar dan zonder gezin."))
    people = [rows.person_row(by, person, now) for person in new.people]
    household = rows.household_row(by, new, now, people)
    with spoken():
        household.save(force_insert=True)
    access.receive_today(by=by, household=household.id, on=today or on, now=now)
    with spoken():
        Person.objects.bulk_create(people)
        Membership.objects.bulk_create(
            rows.membership_row(by, household.id, person.id, told.role, told.share, on, now)
            for person, told in zip(people, new.people, strict=True)
        )
        ContactPoint.objects.bulk_create(rows.contact_rows(by, household.id, people[0].id, new, on, now))
        if new.address:
            rows.address_row(by, household.id, new.address, on, now).save(force_insert=True)
    trail.record(events.REGISTERED, by=by, household=household.id, name=household.name, people=len(people))
    access.assign_team(by=by, household=household.id, team=team, on=on, now=now)
    return household


def rename(household: UUID) -> None:
    """Derive the name of a household again from who lives there; a verb of this room or a journey calls it."""
    people = [
        m.person for m in Membership.objects.filter(household_id=household, valid_until=None).select_related("person")
    ]
    if people:
        name = household_name(people)
        Household.objects.filter(id=household).update(name=name, sort_key=household_sort_key(name, people))
