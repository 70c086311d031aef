"""The verbs of casework hold without their forms: what cannot be is told in a sentence, and nothing of it stays."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from tests.factories import household, town
from tests.rooms.at_once import at_once
from tests.rooms.casework.guided import Guided

from nabij.access import actions as access
from nabij.access.roles import Ground
from nabij.audit import queries as audit
from nabij.casework import actions, queries
from nabij.casework.actions import OldCase, OldGoal, OldPlan, OldStep
from nabij.casework.actions.steps import Doer
from nabij.kernel.actor import acting
from nabij.kernel.constraints import sentences
from nabij.kernel.refusals import BadInput, NotNow

pytestmark = pytest.mark.django_db

ANOTHER_AGE = (date(202, 1, 1), date(1899, 12, 31), date(2101, 1, 1))


@pytest.fixture
def here() -> Guided:
    return Guided(town())


def refused(call: Callable[[], object], field: str | None, words: str) -> None:
    with pytest.raises(BadInput, match=words) as said:
        call()
    assert said.value.field == field


@pytest.mark.parametrize("domain", ["", "Wonen", "HOUSING", "x" * 30, "housing "])
def test_a_domain_that_does_not_exist(here: Guided, domain: str) -> None:
    goal, today = here.goal(), here.town.today
    refused(lambda: here.goal(domain=domain), "domain", "waarover het doel gaat")
    asked = {"goal": goal, "words": "x", "domain": domain, "today": today}
    refused(lambda: here.run(here.lead, actions.change_goal, **asked), "domain", "waarover het doel gaat")
    refused(lambda: here.as_lead(actions.score, scores={domain: 3}, today=today), None, "waarover de score gaat")
    assert [g.goal.domain for g in here.plan().goals] == ["housing"]
    assert here.plan().scores == []


@pytest.mark.parametrize("status", ["", "gelukt", "open", "x" * 30])
def test_a_status_that_does_not_exist(here: Guided, status: str) -> None:
    goal, today = here.goal(), here.town.today
    step = here.step(goal)
    refused(lambda: here.goal(status=status), "status", "met het doel staat")
    close = {"goal": goal, "status": status, "text": "woorden", "today": today}
    refused(lambda: here.run(here.lead, actions.close_goal, **close), "status", "met het doel staat")
    if status:  # empty means: leave it
        asked = {"description": "x", "doer": Doer(), "due_on": None, "status": status, "today": today}
        refused(lambda: here.run(here.lead, actions.change_step, step=step, **asked), "status", "met de stap staat")
        asked = {"words": "x", "domain": "debt", "status": status, "today": today}
        refused(lambda: here.run(here.lead, actions.change_goal, goal=goal, **asked), "status", "met het doel staat")
    (shown,) = here.plan().goals
    assert (shown.goal.status, shown.goal.words, shown.progress) == ("active", "Elk kind een eigen bed", [])
    assert (shown.steps[0].status, shown.steps[0].description) == ("to_do", "De huurpremie aanvragen")


@pytest.mark.parametrize("kind", ["", "public", "gedeeld", "x" * 30])
def test_a_kind_of_note_that_does_not_exist(here: Guided, kind: str) -> None:
    today = here.town.today
    asked = {"kind": kind, "text": "geheim", "about_on": today, "today": today}
    refused(lambda: here.as_lead(actions.write_note, **asked), "kind", "wie de notitie mag lezen")
    with acting(here.lead):
        assert queries.notes_of(here.key, by=here.lead) == []


@pytest.mark.parametrize("outcome", ["", "akkoord", "x" * 30])
def test_something_that_a_household_cannot_say_of_its_plan(here: Guided, outcome: str) -> None:
    here.goal()
    refused(lambda: here.freeze(0, outcome=outcome, reason="x"), "outcome", "wat het gezin van het plan vindt")
    assert here.plan().latest_version is None


@pytest.mark.parametrize("spared", [-1, 100, 40_000])
def test_a_number_of_errands_that_cannot_be(here: Guided, spared: int) -> None:
    step = here.step(here.goal())
    for field in ("errands", "retellings"):
        asked = {f"{field}_spared": spared, "step": step, "today": here.town.today}
        refused(lambda asked=asked: here.run(here.lead, actions.finish_step, **asked), field, "van 0 tot 99")  # type: ignore[misc]
    assert here.plan().goals[0].steps[0].status == "to_do"


@pytest.mark.parametrize(
    ("doer", "field", "words"),
    [
        (Doer(who="buur"), "who", "wie deze stap zet"),
        (Doer(who=""), "who", "wie deze stap zet"),
        (Doer(worker=uuid4()), "who", "een collega"),
        (Doer(who="member", person=uuid4()), "person", "van het gezin"),
        (Doer(who="member"), "person", "van het gezin"),
        (Doer(who="partner", partner="x" * 121), "partner", "hoogstens 120 tekens"),
    ],
)
def test_a_doer_who_cannot_be(here: Guided, doer: Doer, field: str, words: str) -> None:
    goal = here.goal()
    step = here.step(goal)
    refused(lambda: here.step(goal, doer), field, words)
    asked = {"description": "x", "doer": doer, "due_on": None, "today": here.town.today}
    refused(lambda: here.run(here.lead, actions.change_step, step=step, **asked), field, words)
    assert [s.worker_id for s in here.plan().goals[0].steps] == [here.lead.id]


def test_a_colleague_of_another_town_sets_no_step(here: Guided) -> None:
    stranger = town("Elders").worker
    refused(lambda: here.step(here.goal(), Doer(worker=stranger.id)), "who", "een collega")


def test_too_many_words_for_a_line(here: Guided) -> None:
    goal = here.goal()
    refused(lambda: here.step(goal, description="x" * 301), "description", "hoogstens 300 tekens")
    here.step(goal, description="é" * 300)
    asked = {"to": here.duo.id, "on": here.town.today, "reason": "x" * 301, "today": here.town.today}
    refused(lambda: here.as_lead(actions.hand_over, expected=here.lead.id, **asked), "reason", "hoogstens 300 tekens")


@pytest.mark.parametrize("days", [-367, 3661, -600_000])
def test_a_slip_in_the_year(here: Guided, days: int) -> None:
    goal, today = here.goal(), here.town.today
    step, day = here.step(goal), today + timedelta(days=days)
    refused(lambda: here.step(goal, due_on=day), "due_on", "het jaar na")
    asked = {"description": "x", "doer": Doer(), "due_on": day, "today": today}
    refused(lambda: here.run(here.lead, actions.change_step, step=step, **asked), "due_on", "het jaar na")
    words = "het jaar na" if days > 0 else "nog komt"
    refused(lambda: here.as_lead(actions.plan_review, on=day, today=today), "on", words)
    assert here.plan().case.review_on is None


@pytest.mark.parametrize("day", ANOTHER_AGE[:2])
def test_a_note_of_another_age(here: Guided, day: date) -> None:
    asked = {"kind": "shared", "text": "x", "about_on": day, "today": here.town.today}
    refused(lambda: here.as_lead(actions.write_note, **asked), "about_on", "het jaar na")


def test_without_an_open_case_no_verb_writes_in_the_plan(here: Guided) -> None:
    goal, today = here.goal(), here.town.today
    step = here.step(goal)
    here.as_lead(actions.end_case, on=today)
    here.as_lead(actions.take_lead, on=today)
    before = len(_traces(here))
    stepping = {"description": "x", "doer": Doer(), "due_on": None}
    for verb, asked in [
        (actions.add_step, {"goal": goal, **stepping}),
        (actions.change_step, {"step": step, **stepping}),
        (actions.finish_step, {"step": step}),
        (actions.note_progress, {"goal": goal, "text": "x"}),
        (actions.close_goal, {"goal": goal, "status": "reached"}),
        (actions.order_goals, {"household": here.key, "keys": [goal]}),
        (actions.score, {"household": here.key, "scores": {"debt": 2}}),
    ]:
        with pytest.raises(NotNow, match="geen open dossier"):
            here.run(here.lead, verb, today=today, **asked)
    assert len(_traces(here)) == before


def test_a_step_of_who_is_no_longer_guided_waits_on_nobodys_day(here: Guided) -> None:
    today = here.town.today
    here.step(here.goal(), due_on=today)

    def waiting() -> list[str]:
        with acting(here.lead):
            return [step.description for step in queries.steps_due(by=here.lead, until=today)]

    assert waiting() == ["De huurpremie aanvragen"]
    here.as_lead(actions.end_case, on=today)
    assert waiting() == []
    here.as_lead(actions.open_case, on=today)
    assert waiting() == ["De huurpremie aanvragen"]


def test_the_same_words_of_progress_twice_are_kept_once(here: Guided) -> None:
    goal, key = here.goal(), uuid4()
    for expected in (nullcontext(), pytest.raises(NotNow, match="al bewaard")):
        with expected:
            here.run(here.lead, actions.note_progress, goal=goal, text="beter", key=key, today=here.town.today)
    assert [p.text for p in here.plan().goals[0].progress] == ["beter"]
    assert [trace.kind for trace in _traces(here)].count("casework.progress_noted") == 1


def test_a_goal_that_is_closed_twice_is_closed_once(here: Guided) -> None:
    goal = here.goal()
    asked = {"goal": goal, "status": "reached", "text": "Het bed staat er!", "key": uuid4(), "today": here.town.today}
    for expected in (nullcontext(), pytest.raises(NotNow, match="Zo staat dit doel al")):
        with expected:
            here.run(here.lead, actions.close_goal, **asked)
    with pytest.raises(NotNow, match="al bewaard"):  # the key of those words, for something else
        here.run(here.lead, actions.close_goal, **asked | {"status": "dropped", "text": "Toch niet"})
    (shown,) = here.plan().goals
    assert (shown.goal.status, [p.text for p in shown.progress]) == ("reached", ["Het bed staat er!"])
    assert [trace.kind for trace in _traces(here)].count("casework.goal_closed") == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_pressed_twice_at_once_is_saved_once(here: Guided) -> None:
    goal, today = here.goal(), here.town.today
    step = here.step(goal)
    for verb, asked, kind in [
        (actions.finish_step, {"step": step}, "casework.step_done"),
        (actions.note_progress, {"goal": goal, "text": "x", "key": uuid4()}, "casework.progress_noted"),
        (actions.close_goal, {"goal": goal, "status": "reached"}, "casework.goal_closed"),
    ]:

        def press(verb: Any = verb, asked: Any = asked) -> object:
            return here.run(here.lead, verb, today=today, **asked)

        came = at_once(press, press)
        assert [type(one) for one in came if isinstance(one, Exception)] == [NotNow], came
        assert [trace.kind for trace in _traces(here)].count(kind) == 1


GOAL = OldGoal("Een droge kamer", "housing")


@pytest.mark.parametrize(
    ("goal", "scores", "words"),
    [
        (replace(GOAL, domain="wonen"), {}, "waarover het doel gaat"),
        (replace(GOAL, status="open"), {}, "met het doel staat"),
        (replace(GOAL, steps=(OldStep("x", date(202, 1, 1)),)), {}, "het jaar na"),
        (replace(GOAL, steps=(OldStep("x" * 301),)), {}, "hoogstens 300 tekens"),
        (replace(GOAL, steps=(OldStep("x", errands_spared=-1),)), {}, "van 0 tot 99"),
        (GOAL, {"housing": 7}, "van 1 tot 5"),
        (GOAL, {"wonen": 2}, "waarover de score gaat"),
        (GOAL, {"housing": 2}, "op welke dag"),
    ],
)
def test_what_an_older_system_cannot_have_known(goal: OldGoal, scores: dict[str, int | None], words: str) -> None:
    where = town()
    key, by = household(where), where.administrator
    with acting(by), pytest.raises(BadInput, match=words):
        actions.bring_over_plans(by=by, plans=[OldPlan(key, (goal,), scores)], now=timezone.now())


@pytest.mark.parametrize("day", ANOTHER_AGE[:2])
def test_a_case_of_another_age_does_not_come_over(day: date) -> None:
    where = town()
    key, by = household(where), where.administrator
    with acting(by):
        access.give_basis(
            by=by, household=key, ground=Ground.TRANSFER, worker=by.id, on=where.today, now=timezone.now()
        )
        with pytest.raises(BadInput, match="het jaar na"):
            actions.bring_over_cases(by=by, cases=[OldCase(key, day)], on=where.today, now=timezone.now())


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("update casework_goal set domain = 'wonen'", "goal_domain_is_known"),
        ("update casework_goal set status = 'open'", "goal_status_is_known"),
        ("update casework_goalperson set tie = 'van'", "goal_person_tie_is_known"),
        ("update casework_step set status = 'open'", "step_status_is_known"),
        ("update casework_step set retellings_spared = 100", "step_spares_up_to_99"),
    ],
)
def test_the_tables_hold_what_exists_too(here: Guided, sql: str, constraint: str) -> None:
    here.step(here.goal(for_whom=[here.people["Noor"]]))
    refusing = pytest.raises(IntegrityError, match=constraint)
    with acting(here.lead), refusing, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert str(sentences()[constraint]).endswith(".")


def _traces(here: Guided) -> list[Any]:
    with acting(here.lead):
        return audit.traces_of(here.key, by=here.lead)
