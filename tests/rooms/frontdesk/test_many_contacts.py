"""Many contacts at once: an event for each, behind the same walls as one."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from tests.factories import Town, household, town

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.audit import queries as audit
from nabij.frontdesk import actions, queries
from nabij.frontdesk.actions import Met
from nabij.kernel.actor import acting
from nabij.kernel.refusals import BadInput, Denied, NotOpen

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def here() -> Town:
    return town()


def test_each_contact_has_its_event(here: Town) -> None:
    key, now = household(here), timezone.now()
    met = [Met(key, "phone", f"gesprek {nth}", now - timedelta(days=nth)) for nth in range(1, 4)]
    with acting(here.worker):
        assert actions.note_contacts(by=here.worker, met=met, now=now) == 3
        words = [contact.words for contact, _asked in queries.contacts_and_requests(key, by=here.worker)[0]]
        assert words[-3:] == ["gesprek 1", "gesprek 2", "gesprek 3"]
    with acting(here.worker):
        access.give_basis(by=here.worker, household=key, ground="lead", worker=here.worker.id, on=here.today, now=now)
        kinds = [trace.kind for trace in audit.traces_of(key, by=here.worker)]
        assert kinds.count("frontdesk.contact_noted") == 4, "one of the first visit, three of these"


def test_nothing_is_nothing(here: Town) -> None:
    with acting(here.worker):
        assert actions.note_contacts(by=here.worker, met=[], now=timezone.now()) == 0


def test_a_talk_to_come_is_no_contact(here: Town) -> None:
    key, now = household(here), timezone.now()
    met = [Met(key, "phone", "", now), Met(key, "phone", "", now + timedelta(hours=1))]
    with acting(here.worker), pytest.raises(BadInput, match="verleden"):
        actions.note_contacts(by=here.worker, met=met, now=now)


def test_one_household_out_of_reach_stops_all(here: Town) -> None:
    mine, theirs, now = household(here), household(here, street="Molenstraat"), timezone.now()
    met = [Met(key, "phone", "", now) for key in (mine, theirs)]
    with acting(here.worker), pytest.raises(NotOpen), transaction.atomic():
        actions.note_contacts(by=here.worker, met=met, now=now)
    with acting(here.worker):
        assert len(queries.contacts_and_requests(mine, by=here.worker)[0]) == 1


def test_who_does_not_receive_notes_nothing(here: Town) -> None:
    with acting(here.director), pytest.raises(Denied):
        actions.note_contacts(by=here.director, met=[], now=timezone.now())


def test_the_ground_of_the_desk_for_many_ends_with_the_desk(here: Town) -> None:
    keys, now = [household(here), household(here, street="Molenstraat")], timezone.now()
    by = here.bridge_figure
    with acting(by):
        access.receive_many_today(by=by, households=[*keys, keys[0]], on=here.today, now=now)
        access.receive_many_today(by=by, households=keys, on=here.today, now=now)
        assert [who.ground_of(by, key, on=here.today) for key in keys] == ["front_desk", "front_desk"]
        access.end_receiving(by=by, on=here.today, now=now)
        assert [who.ground_of(by, key, on=here.today) for key in keys] == [None, None]
    with acting(here.worker):
        assert who.ground_of(here.worker, keys[0], on=here.today) == "team", "others keep theirs"
