"""Bases that are given in one go: each leaves an event that names who got it."""

from uuid import uuid4

import pytest
from django.utils import timezone
from tests.factories import town

from nabij.access import actions, events
from nabij.access.roles import Ground
from nabij.audit.models import TrailEvent
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db


def test_the_event_names_the_team_or_the_worker_that_got_it() -> None:
    here, key = town(), uuid4()
    by, team = here.worker, here.teams[0]
    given = {"by": by, "household": key, "on": here.today, "now": timezone.now()}
    with acting(by):
        bases = [
            actions.basis(ground=Ground.LEAD, worker_id=by.id, **given),
            actions.basis(ground=Ground.TEAM, team_id=team.id, **given),
        ]
        actions.give_bases(by=by, bases=bases)
        named = TrailEvent.objects.filter(household_id=key, kind=events.BASIS_GIVEN.slug).values_list(
            "about", flat=True
        )
        assert set(named) == {f"access.user:{by.id}", f"access.team:{team.id}"}
