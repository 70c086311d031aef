"""The small demo, built once by its verbs: what stands there is whole, owned, and seen by nobody else."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time

import pytest
from django.db import connections, transaction
from django.utils import timezone

from nabij.access import queries as who
from nabij.access import reach
from nabij.access.models import User
from nabij.audit import queries as audit
from nabij.casework.models import Note, PlanVersion, Step
from nabij.demo.build import build
from nabij.demo.stories import load
from nabij.demo.territory import towns
from nabij.frontdesk import queries as frontdesk
from nabij.households import queries as households
from nabij.households.models import Household
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import NotNow

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.serial]


class _Undo(Exception):
    """Ends the transaction of the module."""


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[datetime]:
    """The small demo, in a transaction that is undone after this file; returns the moment of the build."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        # At half past ten there is a now and a later, whenever the tests run.
        now = timezone.make_aware(datetime.combine(timezone.localdate(), time(10, 30)))
        try:
            with transaction.atomic():
                build("small", now=now)
                yield now
                raise _Undo
        except _Undo:
            pass


def _as(user: User) -> Actor:
    """The actor that somebody is today; posts are read within the municipality, as the middleware does."""
    with acting(Actor.operator(user.municipality_id)):
        return who.actor_for(user, on=timezone.localdate())


def _actor(function: str, town: str = "Lindegem") -> Actor:
    people = [u for u in who.demo_people() if u.demo_function == function and u.municipality.name == town]
    return _as(people[0])


def _all(sql: str) -> list[tuple]:
    """Read as the municipality of every town in turn, without a person: bases and the trail's own rows."""
    rows = []
    for town in towns():
        by = _actor("administrator", town.name)
        with acting(by), connections["default"].cursor() as cursor:
            cursor.execute(sql)
            rows += cursor.fetchall()
    return rows


def test_every_household_has_one_team_and_at_most_one_case_manager(built: datetime) -> None:
    now = "from access_basis where valid_from <= current_date and (valid_until is null or valid_until > current_date)"
    teams = dict(_all(f"select household_id, count(*) {now} and ground = 'team' group by household_id"))
    leads = dict(_all(f"select household_id, count(*) {now} and ground = 'lead' group by household_id"))
    known = {row[0] for row in _all("select distinct household_id from access_basis")}
    assert len(known) > 180
    assert set(teams) == known and set(teams.values()) == {1}
    assert set(leads.values()) == {1}
    assert 0 < len(known - set(leads)) < len(known) / 5


def test_reach_is_what_the_bases_say(built: datetime) -> None:
    for town in towns():
        with acting(_actor("administrator", town.name)):
            assert reach.differences() == 0


def test_nobody_keeps_a_ground_that_was_only_for_writing_down(built: datetime) -> None:
    open_ = _all(
        "select ground, count(distinct household_id) from access_basis"
        " where (valid_until is null or valid_until > current_date) and ground in ('front_desk', 'transfer') group by 1"
    )
    assert sum(count for _, count in open_) < 15, "who was received long ago does not stand at the desk today"
    assert "transfer" not in dict(open_)


def test_every_story_is_told_to_its_team(built: datetime) -> None:
    seen: Counter[str] = Counter()
    for user in User.objects.all():
        by = _as(user)
        with acting(by):
            for member in Household.objects.values_list("memberships__person__given_name", flat=True):
                seen[member] += 1
    for story in load(timezone.localdate()):
        assert seen[story.members[0].person.given], story.key


def test_a_story_has_its_plan_its_versions_and_its_sealed_note(built: datetime) -> None:
    lead = _lead_of("Yıldız")
    with acting(lead):
        key = households.search("Yıldız", by=lead)[0].id
        found = households.open_household(key, by=lead, on=timezone.localdate(), purpose="test")
        assert {member.person.given_name for member in found.members} >= {"Ayşe", "Tom", "Elif"}
        assert Step.objects.filter(household_id=key, status="done", errands_spared__gt=0).exists()
        assert PlanVersion.objects.filter(household_id=key, outcome="agreed").exists()
        assert Note.objects.filter(household_id=key, kind="sealed", written_by=lead.id).exists()
        assert frontdesk.appointments_with(key, by=lead)


def _lead_of(name: str) -> Actor:
    for user in User.objects.filter(demo_function="social_worker"):
        by = _as(user)
        with acting(by):
            keys = {household.id for household in households.search(name, by=by)}
            if keys & who.households_led_by(user.id, by=by, on=timezone.localdate()):
                return by
    raise AssertionError(name)


def test_each_household_left_its_trail(built: datetime) -> None:
    known = {row[0] for row in _all("select distinct household_id from access_basis where ground = 'lead'")}
    traced = set()
    for user in User.objects.all():
        by = _as(user)
        with acting(by):
            for key in who.households_led_by(user.id, by=by, on=timezone.localdate()):
                assert audit.traces_of(key, by=by)
                traced.add(key)
    assert len(traced) > len(known) / 2


def test_the_people_of_the_sign_in_page_have_a_day(built: datetime) -> None:
    workers = [u for u in who.demo_people() if u.demo_function == "social_worker"]
    waiting = 0
    for user in workers:
        by = _as(user)
        with acting(by):
            today = frontdesk.appointments_of(user.id, by=by, on=timezone.localdate())
            assert len(today) >= 2, user.name
            waiting += len(frontdesk.new_requests(by=by))
    assert waiting > 4


def test_the_towns_see_nothing_of_each_other(built: datetime) -> None:
    seen = []
    for town in towns():
        keys = set()
        for user in User.objects.filter(municipality__name=town.name):
            by = _as(user)
            with acting(by):
                keys |= set(Household.objects.values_list("id", flat=True))
                assert not Household.objects.exclude(municipality_id=by.municipality_id).exists()
        seen.append(keys)
    assert len(seen[0]) > 150 and len(seen[1]) > 20
    assert not seen[0] & seen[1]


def test_a_second_build_refuses_in_a_sentence(built: datetime) -> None:
    with pytest.raises(NotNow, match="bestaat al"):
        build("small")
