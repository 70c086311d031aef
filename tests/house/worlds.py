"""The states of a file, and every ground on which somebody may reach it: a new one of either is a function here."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from tests.factories import Town, enrol, household
from tests.house.addresses import COUPLE, Lived, agreed, lived

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access import reach
from nabij.access.models import Absence, Basis, User
from nabij.access.roles import Ground
from nabij.casework import actions as casework
from nabij.frontdesk.actions import Asked
from nabij.frontdesk.models import Appointment, Contact, HelpRequest
from nabij.households.models import ContactPoint, Membership
from nabij.journeys.first_visit import Slot
from nabij.kernel.actor import acting


def open_case(here: Town) -> Lived:
    """A household that is guided: `here.worker` leads."""
    world, by = lived(here), here.worker
    helped_by_the_central_team(here)
    with acting(by):
        world.more["goal"] = casework.add_goal(
            by=by, household=world.household, words="Rust", domain="health", now=timezone.now(), today=here.today
        ).id
    return world


def helped_by_the_central_team(here: Town) -> None:
    """Let somebody work in the central team, for whoever would rather not be helped in the own wijk."""
    by = here.operator
    with acting(by):
        other = access.enrol(by=by, name="Sien Sociaal Huis", email=f"{uuid4().hex}@example.org")
        access.appoint(by=by, worker=other.id, function="social_worker", on=here.today, team=here.teams[2].id)


def closed_case(here: Town) -> Lived:
    """A household whose guidance ended; everything that was written is there."""
    world = open_case(here)
    with acting(here.worker):
        casework.end_case(by=here.worker, household=world.household, on=here.today, now=timezone.now())
    return world


def no_case(here: Town) -> Lived:
    """A household that came in and asked something: no file was opened, so there is no goal, step, note or version."""
    begins = timezone.now() + timedelta(hours=3)
    enrol(here, "Ella Energie", "knowledge_cell")
    helped_by_the_central_team(here)
    slot = Slot(here.worker.id, begins, begins + timedelta(minutes=30))
    key = household(here, people=COUPLE, phones=("+32499000002",), asked=(Asked("housing", "te klein"),), slot=slot)
    with acting(here.worker):
        request = HelpRequest.objects.get(household_id=key).id
        behind = {
            "": {"person": Membership.objects.get(household_id=key, person__given_name="Ayşe").person_id},
            "desk:not-reachable": {"point": ContactPoint.objects.get(household_id=key).id},
            "desk:take-request": {"key": request},
            "desk:answer-request": {"key": request},
            "desk:close-appointment": {"key": Appointment.objects.get(household_id=key).id},
            "desk:received": {"key": Contact.objects.filter(household_id=key).values_list("id", flat=True)[0]},
            **agreed(here, key),
        }
    return Lived(here, key, behind)


STATES: dict[str, Callable[[Town], Lived]] = {"open": open_case, "closed": closed_case, "new": no_case}


def give(world: Lived, user: User, ground: Ground) -> None:
    """Let somebody reach the household on this ground from today, whoever had it before."""
    here, key = world.here, world.household
    by = here.coordinator
    with acting(by):
        held = Basis.objects.filter(who.valid(here.today), household_id=key, ground=ground, worker__isnull=False)
        held.update(valid_until=here.today, ended_at=timezone.now(), ended_by=by.id)
        GIVING.get(ground, _basis)(world, user, ground)
        reach.refresh_households([key])
        reach.refresh_worker(user.id)


def _basis(world: Lived, user: User, ground: Ground, **more: Any) -> None:
    Basis.objects.create(**_given(world, user.id, ground) | more)


def _given(world: Lived, worker: UUID, ground: Ground) -> dict[str, Any]:
    here = world.here
    told = {"household_id": world.household, "worker_id": worker, "ground": ground, "valid_from": here.today}
    return told | {"municipality": here.municipality, "given_at": timezone.now(), "given_by": here.coordinator.id}


def _emergency(world: Lived, user: User, ground: Ground) -> None:
    # The database takes it from oneself only.
    with acting(who.actor_for(user, on=world.here.today)):
        _basis(world, user, ground, expires_at=timezone.now() + timedelta(hours=20), given_by=user.id)


def _substitute(world: Lived, user: User, ground: Ground) -> None:
    here, now = world.here, timezone.now()
    lead = Basis.objects.filter(who.valid(here.today), household_id=world.household, ground=Ground.LEAD).first()
    if lead is None:
        lead = Basis.objects.create(**_given(world, here.worker.id, Ground.LEAD))
    Absence.objects.create(
        municipality=here.municipality, worker_id=lead.worker_id, substitute_id=user.id, valid_from=here.today,
        valid_until=here.today + timedelta(days=9), noted_at=now, noted_by=here.coordinator.id,
    )  # fmt: skip


def _grace(world: Lived, user: User, ground: Ground) -> None:
    today, now = world.here.today, timezone.now()
    ended = {"valid_from": today - timedelta(days=9), "valid_until": today, "ended_at": now, "ended_by": user.id}
    _basis(world, user, Ground.LEAD, grace_until=today + timedelta(days=5), **ended)


def _adviser(world: Lived, user: User, ground: Ground) -> None:
    _basis(world, user, ground, parts=7)


GIVING: dict[Ground, Callable[[Lived, User, Ground], None]] = {
    Ground.EMERGENCY: _emergency,
    Ground.SUBSTITUTE: _substitute,
    Ground.GRACE: _grace,
    Ground.ADVISER: _adviser,
}
