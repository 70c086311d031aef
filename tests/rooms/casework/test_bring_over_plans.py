"""Plans from an older system: whole, with an event for each goal, and only on files that one brings over."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from tests.factories import Town, household, town

from nabij.access import actions as access
from nabij.access.roles import Ground
from nabij.casework import actions, queries
from nabij.casework.actions import OldGoal, OldPlan, OldStep
from nabij.kernel.actor import acting
from nabij.kernel.refusals import Denied, NotNow, NotOpen

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def here() -> Town:
    return town()


def plan_of(here: Town, key: object) -> OldPlan:
    steps = (
        OldStep("de premie aanvragen", here.today, worker=here.worker.id, is_done=True, errands_spared=2),
        OldStep("mee gaan kijken", here.today + timedelta(days=3), partner="Huurdersbond"),
    )
    goals = (OldGoal("Een droge kamer", "housing", steps), OldGoal("Rust", "health", status="reached"))
    return OldPlan(key, goals, {"housing": 2, "health": None}, here.today)  # type: ignore[arg-type]


def transferring(here: Town, key: object) -> None:
    by = here.administrator
    access.give_basis(
        by=by, household=key, ground=Ground.TRANSFER, worker=by.id, on=here.today, now=timezone.now()  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_plan_comes_over_with_steps_and_scores(here: Town) -> None:
    key, by = household(here), here.administrator
    with acting(by):
        transferring(here, key)
        actions.bring_over_plans(by=by, plans=[plan_of(here, key)], now=timezone.now())
    with acting(here.worker):
        plan = queries.plan_of(key, by=here.worker, on=here.today)
        assert [(goal.goal.words, goal.is_open) for goal in plan.goals] == [("Een droge kamer", True), ("Rust", False)]
        steps = {step.partner or step.worker.name: step.status for step in plan.goals[0].steps}
        assert steps == {"Wim Werker": "done", "Huurdersbond": "to_do"}
        assert plan.errands_spared == 2
        assert {domain.value: score.score for domain, score in plan.scores} == {"housing": 2, "health": None}


def test_without_the_ground_of_a_transfer_the_wall_stands(here: Town) -> None:
    key, by = household(here), here.administrator
    with acting(by), pytest.raises(NotOpen), transaction.atomic():
        actions.bring_over_plans(by=by, plans=[plan_of(here, key)], now=timezone.now())


def test_only_who_manages_the_municipality_brings_over(here: Town) -> None:
    key = household(here)
    with acting(here.worker), pytest.raises(Denied):
        actions.bring_over_plans(by=here.worker, plans=[plan_of(here, key)], now=timezone.now())


def test_a_goal_without_words_is_refused_in_a_sentence(here: Town) -> None:
    key, by = household(here), here.administrator
    with acting(by):
        transferring(here, key)
        with pytest.raises(NotNow, match="zoals het gezin het zegt"):
            actions.bring_over_plans(by=by, plans=[OldPlan(key, (OldGoal(" ", "housing"),))], now=timezone.now())
