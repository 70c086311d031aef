"""Who is helped elsewhere and is written down again in the own neighbourhood: nothing warns there; the helping team is asked."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone
from tests.factories import household, town
from tests.house.test_helped_elsewhere import AT_THE_CENTRE, at_the_sociaal_huis

from nabij.access import reach
from nabij.frontdesk.models import HelpRequest
from nabij.households import actions as households
from nabij.households.actions import NewPerson
from nabij.households.models import Double, Household, Membership
from nabij.households.queries import perhaps_one
from nabij.journeys import first_visit, helped_elsewhere
from nabij.kernel.actor import acting
from nabij.kernel.refusals import Denied, NotOpen, Refusal

pytestmark = pytest.mark.django_db
TWICE = (NewPerson("Ayse", "Yildiz", date(1990, 3, 4), "day"),)


def world():
    here = town()
    helper = at_the_sociaal_huis(here)
    key = household(here)
    with acting(here.worker):
        helped_elsewhere.help_elsewhere(by=here.worker, household=key, on=here.today, now=timezone.now())
    again = household(here, people=TWICE, number="14")
    return here, helper, key, again


def test_only_who_helps_is_asked() -> None:
    here, helper, key, again = world()
    household(here, people=(NewPerson("Ann", "Anders", date(1990, 3, 4), "day"),), number="16")
    with acting(helper):
        assert [(pair.household_id, pair.other_id, pair.team) for pair in perhaps_one(by=helper)] == [
            (key, again, "Team A")
        ]
    for role in AT_THE_CENTRE:
        by = getattr(here, role)
        with acting(by):
            assert perhaps_one(by=by) == [], role
            with pytest.raises(NotOpen):
                households.decide_double(by=by, household=key, other=again, same=True, now=timezone.now())


def test_the_same_people_are_helped_elsewhere_with_both_files() -> None:
    here, helper, key, again = world()
    now = timezone.now()
    with acting(here.worker):
        assert Household.objects.filter(id=again).exists()
    with acting(helper):
        helped_elsewhere.are_one(by=helper, household=key, other=again, on=here.today, now=now)
        assert perhaps_one(by=helper) == []
        assert Double.objects.get(household_id=key).outcome == "same"
        assert "twee dossiers" in HelpRequest.objects.get(household_id=again).words
        assert reach.differences() == 0
    for role in AT_THE_CENTRE:
        with acting(getattr(here, role)), connection.cursor() as cursor:
            for table in ("households_household", "households_double", "access_basis"):
                column = "id" if table == "households_household" else "household_id"
                cursor.execute(f"select count(*) from {table} where {column} = any(%s)", [[key, again]])
                assert cursor.fetchone()[0] == 0, (role, table)


def test_who_wrote_what_makes_them_alike_does_not_say_that_they_are_the_same() -> None:
    here, helper, key, again = world()
    now = timezone.now()
    with acting(helper):
        Membership.objects.filter(household_id=key).update(noted_by=helper.id)
        with pytest.raises(Denied, match="collega"):
            helped_elsewhere.are_one(by=helper, household=key, other=again, on=here.today, now=now)
    with acting(here.worker):
        assert Household.objects.filter(id=again).exists(), "nobody loses sight of it"


def test_nobody_takes_a_file_for_the_own_team_by_noting_a_wish() -> None:
    here = town()
    helper, key = at_the_sociaal_huis(here), household(here)
    asked = {"household": key, "on": here.today, "now": timezone.now()}
    with acting(helper), pytest.raises(Denied, match="iemand anders"):
        helped_elsewhere.receive_known(by=helper, visit=first_visit.Visit("walk_in"), **asked)
    with acting(here.worker):
        assert Household.objects.filter(id=key).exists(), "nobody loses sight of it"
    with acting(here.desk):
        helped_elsewhere.receive_known(by=here.desk, visit=first_visit.Visit("walk_in"), **asked)
    with acting(helper):
        assert Household.objects.filter(id=key).exists()


def test_other_people_are_not_asked_about_again() -> None:
    here, helper, key, again = world()
    with acting(helper):
        households.decide_double(by=helper, household=key, other=again, same=False, now=timezone.now())
        assert perhaps_one(by=helper) == []
        with pytest.raises(Refusal):
            households.decide_double(by=helper, household=key, other=again, same=True, now=timezone.now())
    with acting(here.worker):
        assert Household.objects.filter(id=again).exists()
