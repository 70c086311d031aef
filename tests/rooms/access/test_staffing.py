"""Functions: what somebody no longer is opens nothing, and some functions stand alone."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from tests.factories import Town, enrol, household, town

from nabij.access import actions, reach
from nabij.access import queries as who
from nabij.access.models import Post
from nabij.access.roles import Ground
from nabij.casework import actions as casework
from nabij.households.models import Household
from nabij.households.queries import open_household
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def becomes(where: Town, worker: UUID, function: str, **more: UUID | None) -> Actor:
    """End the functions of somebody today and give another one; returns who that is now."""
    by = where.operator
    with acting(by):
        for post in Post.objects.filter(who.valid(where.today), worker_id=worker):
            actions.end_post(by=by, post=post.id, on=where.today)
        actions.appoint(by=by, worker=worker, function=function, on=where.today, **more)
        user = who.worker(worker, by=by)
        assert user is not None
        return who.actor_for(user, on=where.today)


def led(where: Town) -> UUID:
    """Return a household of which the worker is case manager since today."""
    key, by = household(where), where.worker
    with acting(by):
        casework.open_case(by=by, household=key, on=where.today, now=timezone.now())
    return key


@pytest.mark.parametrize("function", ["director", "administrator", "privacy_officer", "front_desk", "knowledge_cell"])
def test_a_case_manager_who_no_longer_guides_reaches_nobody(function: str) -> None:
    here = town()
    key = led(here)
    former = becomes(here, here.worker.id, function)
    with acting(former):
        assert not Household.objects.exists()
        with pytest.raises(NotOpen):
            open_household(key, by=former, on=here.today, purpose="test")
    with acting(here.coordinator):
        # Who was in charge stays known, so that the coordinator sees whose household must be handed over.
        charge = who.in_charge([key], by=here.coordinator, on=here.today)[key]
        assert charge.lead is not None
        assert charge.lead.id == former.id
        assert not who.guides(former.id, by=here.coordinator, on=here.today)
        assert reach.differences() == 0


def test_who_guides_again_reaches_again_what_nobody_took_over() -> None:
    here = town()
    key = led(here)
    becomes(here, here.worker.id, "director")
    again = becomes(here, here.worker.id, "social_worker", team=here.teams[1].id)
    with acting(again):
        assert open_household(key, by=again, on=here.today, purpose="test").ground == Ground.LEAD


# Those of a team and those that are derived are of whoever guides; need is taken by oneself, and a director may not.
GIVEN = [Ground.LEAD, Ground.DUO, Ground.TRANSFER, Ground.ADVISER, Ground.FRONT_DESK, Ground.COMMITTEE]


@pytest.mark.parametrize("ground", GIVEN)
def test_no_ground_however_it_came_opens_anything_to_a_director(ground: Ground) -> None:
    here = town()
    key, by, director = household(here), here.worker, here.director
    with acting(by):
        basis = actions.basis(
            by=by, household=key, ground=ground, on=here.today, now=timezone.now(), worker_id=director.id
        )
        actions.give_bases(by=by, bases=[basis])
    with acting(director), connection.cursor() as cursor:
        for table in ("households_household", "households_membership", "casework_case", "frontdesk_contact"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0, table


@pytest.mark.parametrize("apart", ["director", "privacy_officer"])
@pytest.mark.parametrize("other", ["administrator", "social_worker", "knowledge_cell"])
def test_who_directs_or_looks_after_who_looked_has_no_second_function(apart: str, other: str) -> None:
    here = town()
    by, team = here.operator, {"social_worker": here.teams[0].id}
    for first, second in ((apart, other), (other, apart)):
        with acting(by):
            worker = enrol(here, f"{first} {second}", first, here.teams[0] if first in team else None).id
            with pytest.raises(NotNow, match="geen andere functie"):
                actions.appoint(by=by, worker=worker, function=second, on=here.today + 30 * DAY, team=team.get(second))
            held = Post.objects.get(worker_id=worker)
            actions.end_post(by=by, post=held.id, on=here.today + 10 * DAY)
            actions.appoint(by=by, worker=worker, function=second, on=here.today + 10 * DAY, team=team.get(second))


def test_a_worker_of_another_municipality_has_no_function_here() -> None:
    here, there = town(), town("Elders")
    with acting(here.operator), pytest.raises(BadInput, match="in elk een"):
        actions.appoint(by=here.operator, worker=there.worker.id, function="front_desk", on=here.today)
    with acting(here.operator), pytest.raises(BadInput, match="team bestaat niet"):
        actions.appoint(
            by=here.operator, worker=here.worker.id, function="coordinator", on=here.today, team=there.teams[0].id
        )
    with acting(here.operator), pytest.raises(NotNow, match="heeft al een account"):
        actions.enrol(by=here.operator, name="Wim Werker", email=there.users["worker"].email)


def test_nobody_gives_himself_a_function() -> None:
    here = town()
    by = here.administrator
    with acting(by), pytest.raises(Denied, match="andere beheerder"):
        actions.appoint(by=by, worker=by.id, function="social_worker", on=here.today, team=here.teams[0].id)
