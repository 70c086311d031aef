"""The verbs of casework: what could go wrong, and what may never leak."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from tests.factories import town
from tests.rooms.casework.guided import Guided

from nabij.access import queries as who
from nabij.audit import queries as audit
from nabij.casework import actions, queries
from nabij.casework.actions.steps import Doer
from nabij.kernel.actor import Actor, acting
from nabij.kernel.constraints import TWICE
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen, Refusal

pytestmark = pytest.mark.django_db

HARD_WORDS = [
    "Zo'n 'rustig' huis in 's-Gravenvoeren",
    "أريد بيتاً هادئاً لأطفالي",
    "een tuin 🌳👩‍👧‍👦 en ruimte",
    "<script>alert(1)</script> & {{ x }}",
    "x" * 4000,
]


@pytest.fixture
def here() -> Guided:
    return Guided(town())


def rows(by: Actor, sql: str, *values: object) -> list[Any]:
    with acting(by), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.mark.parametrize("role", ["coordinator", "neighbour", "desk", "director", "administrator", "bridge_figure"])
def test_who_is_not_lead_or_duo_writes_nothing_in_the_plan(here: Guided, role: str) -> None:
    by, goal, today = getattr(here.town, role), here.goal(), here.town.today
    step = here.step(goal)
    for verb, asked in [
        (actions.add_goal, {"household": here.key, "words": "x", "domain": "debt", "today": today}),
        (actions.change_goal, {"goal": goal, "words": "x", "domain": "debt", "today": today}),
        (actions.close_goal, {"goal": goal, "status": "reached", "today": today}),
        (actions.note_progress, {"goal": goal, "text": "x", "today": today}),
        (actions.order_goals, {"household": here.key, "keys": [goal], "today": today}),
        (actions.add_step, {"goal": goal, "description": "x", "doer": Doer(), "due_on": None, "today": today}),
        (actions.finish_step, {"step": step, "today": today}),
        (actions.score, {"household": here.key, "scores": {"debt": 2}, "today": today}),
        (actions.plan_review, {"household": here.key, "on": today, "today": today}),
        (actions.end_case, {"household": here.key, "on": today}),
    ]:
        with pytest.raises((Denied, NotOpen)):
            here.run(by, verb, **asked)
    plan = here.plan()
    assert [g.goal.words for g in plan.goals] == ["Elk kind een eigen bed"]
    assert plan.goals[0].steps[0].status == "to_do"
    assert plan.scores == []


def test_the_duo_writes_as_the_lead_does(here: Guided) -> None:
    goal = here.goal("Minder brieven", by=here.duo)
    here.step(goal, by=here.duo)
    assert here.plan(here.duo).goals[0].steps[0].worker == here.town.users["colleague"]


def test_a_colleague_of_the_team_sets_the_step_that_is_his(here: Guided) -> None:
    goal, by = here.goal(), here.town.coordinator
    step = here.step(goal, Doer(worker=by.id))
    here.run(by, actions.finish_step, step=step, today=here.town.today, errands_spared=2)
    assert here.plan().errands_spared == 2


def test_without_an_open_case_there_is_no_new_goal(here: Guided) -> None:
    goal = here.goal()
    here.as_lead(actions.end_case, on=here.town.today)
    here.as_lead(actions.take_lead, on=here.town.today)
    for verb, asked in [
        (actions.add_goal, {"household": here.key, "words": "x", "domain": "debt"}),
        (actions.change_goal, {"goal": goal, "words": "x", "domain": "debt"}),
        (actions.close_goal, {"goal": goal, "status": "reached"}),
        (actions.freeze, {"household": here.key, "outcome": "agreed", "reason": "", "expected": 0}),
        (actions.plan_review, {"household": here.key, "on": here.town.today}),
    ]:
        with pytest.raises(NotNow, match="geen open dossier"):
            here.run(here.lead, verb, today=here.town.today, **asked)


def test_whoever_comes_back_finds_the_plan_as_it_was(here: Guided) -> None:
    here.goal("Rust in huis")
    here.as_lead(actions.end_case, on=here.town.today)
    with acting(here.lead):
        charge = who.in_charge([here.key], by=here.lead, on=here.town.today)[here.key]
    assert (charge.lead, charge.duo) == (None, None)
    here.run(here.duo, actions.open_case, household=here.key, on=here.town.today)
    assert [g.goal.words for g in here.plan(here.duo).open_goals] == ["Rust in huis"]
    with acting(here.duo):
        sentences = [trace.kind for trace in audit.traces_of(here.key, by=here.duo)]
    assert sentences.count("casework.case_reopened") == 1


def test_a_case_opens_once_and_a_household_has_one_lead(here: Guided) -> None:
    with pytest.raises(NotNow, match="al een open dossier"):
        here.run(here.duo, actions.open_case, household=here.key, on=here.town.today)
    with pytest.raises(NotNow):
        here.run(here.duo, actions.take_lead, household=here.key, on=here.town.today)


def test_lead_and_duo_are_two_people_who_can_have_households(here: Guided) -> None:
    for worker in (here.lead.id, here.town.desk.id, uuid4()):
        with pytest.raises(BadInput):
            here.as_lead(actions.choose_duo, worker=worker, on=here.town.today)


def test_a_goal_and_its_steps_belong_to_one_household(here: Guided) -> None:
    other = Guided(here.town)
    theirs = other.goal("Van een ander gezin")
    stranger = other.people["Tom"]
    with pytest.raises(BadInput, match="van dit gezin"):
        here.goal(for_whom=[stranger])
    with pytest.raises(BadInput, match="van het gezin"):
        here.step(here.goal(), Doer(who="member", person=stranger))
    here.as_lead(actions.order_goals, keys=[theirs], today=here.town.today)
    assert other.plan().goals[0].goal.position == 1
    assert [g.goal.words for g in here.plan().goals] == ["Elk kind een eigen bed"]


def test_a_step_of_a_household_of_another_town_is_not_there(here: Guided) -> None:
    elsewhere = Guided(town("Elders"))
    step = elsewhere.step(elsewhere.goal())
    sentences = set()
    for key in (step, uuid4()):
        with pytest.raises(NotOpen) as refused:
            here.run(here.lead, actions.finish_step, step=key, today=here.town.today)
        sentences.add(str(refused.value))
    assert len(sentences) == 1
    assert elsewhere.plan().goals[0].steps[0].status == "to_do"


def test_a_goal_is_not_both_for_somebody_and_shielded_from_them(here: Guided) -> None:
    tom = here.people["Tom"]
    with pytest.raises(BadInput, match="niet allebei") as refused:
        here.goal(for_whom=[tom], shielded=[tom])
    assert refused.value.field == "shielded"
    assert here.plan().goals == []


def test_what_is_shielded_from_a_reader_is_not_in_the_plan_for_that_reader(here: Guided) -> None:
    here.goal("Samen eten")
    hidden = here.goal("Een plek voor mij alleen", shielded=[here.people["Tom"]])
    assert [g.goal.words for g in here.plan(reader=here.people["Tom"]).goals] == ["Samen eten"]
    assert hidden in [g.goal.id for g in here.plan(reader=here.people["Ayşe"]).goals]


def test_the_same_form_twice_makes_one_goal(here: Guided) -> None:
    key = uuid4()
    here.goal("Eén keer", key=key)
    with pytest.raises(NotNow) as refused:
        here.goal("Eén keer", key=key)
    assert str(refused.value) == str(TWICE)
    assert len(here.plan().goals) == 1


def test_the_same_form_twice_makes_one_step_and_one_note(here: Guided) -> None:
    goal, key, today = here.goal(), uuid4(), here.town.today
    here.step(goal, key=key)
    with pytest.raises(NotNow, match="al bewaard"):
        here.step(goal, key=key)
    assert len(here.plan().goals[0].steps) == 1
    for expected in (nullcontext(), pytest.raises(NotNow, match="al bewaard")):
        with expected:
            asked = {"kind": "sealed", "text": "x", "about_on": today, "today": today}
            here.as_lead(actions.write_note, key=key, **asked)


def test_two_who_freeze_what_they_saw_make_one_version(here: Guided) -> None:
    here.goal()
    assert here.freeze(expected=0).number == 1
    with pytest.raises(NotNow, match="iemand anders"):
        here.freeze(expected=0)
    assert here.freeze(expected=1, outcome="not_asked", reason="Ayşe was ziek").number == 2
    with acting(here.lead):
        assert [v.number for v in queries.versions_of(here.key, by=here.lead)] == [2, 1]


@pytest.mark.parametrize("outcome", ["not_agreed", "not_asked"])
def test_not_agreeing_has_a_reason_and_an_empty_plan_has_no_agreement(here: Guided, outcome: str) -> None:
    with pytest.raises(NotNow, match="nog geen doel"):
        here.freeze(expected=0)
    here.goal()
    with pytest.raises(BadInput, match="waarom") as refused:
        here.freeze(expected=0, outcome=outcome, reason="   ")
    assert refused.value.field == "reason"


def test_what_was_agreed_stays_when_the_plan_changes(here: Guided) -> None:
    goal = here.goal("Werk dichtbij")
    before = here.freeze(expected=0).content
    here.run(here.lead, actions.change_goal, goal=goal, words="Werk", domain="work", today=here.town.today)
    with acting(here.lead):
        kept = queries.versions_of(here.key, by=here.lead)[0]
    assert kept.content == before
    assert kept.content["goals"][0]["words"] == "Werk dichtbij"


def test_a_version_cannot_be_changed_or_removed_even_by_the_application(here: Guided) -> None:
    here.goal()
    version = here.freeze(expected=0)
    for sql in (
        "update casework_planversion set outcome = 'agreed' where id = %s",
        "delete from casework_planversion where id = %s",
    ):
        with pytest.raises(Exception, match="permission denied"), acting(here.lead), connection.cursor() as cursor:
            cursor.execute(sql, [version.id])


def test_a_review_is_a_day_to_come(here: Guided) -> None:
    with pytest.raises(BadInput, match="nog komt") as refused:
        here.as_lead(actions.plan_review, on=here.town.today - timedelta(days=1), today=here.town.today)
    assert refused.value.field == "on"
    here.as_lead(actions.plan_review, on=here.town.today, today=here.town.today)
    assert here.plan().case.review_on == here.town.today


@pytest.mark.parametrize("score", [0, 6, 99])
def test_a_score_is_one_to_five_or_rather_not(here: Guided, score: int) -> None:
    with pytest.raises(BadInput, match="1 tot 5") as refused:
        here.as_lead(actions.score, scores={"debt": score}, today=here.town.today)
    assert refused.value.field == "debt"
    here.as_lead(actions.score, scores={"debt": None, "housing": 4}, today=here.town.today)
    assert {domain.value: row.score for domain, row in here.plan().scores} == {"debt": None, "housing": 4}
    with pytest.raises(BadInput):
        here.as_lead(actions.score, scores={}, today=here.town.today)


@pytest.mark.parametrize("words", HARD_WORDS)
def test_the_words_of_the_household_stay_as_they_are(here: Guided, words: str) -> None:
    here.goal(f"  {words}\n")
    assert here.plan().goals[0].goal.words == words
    assert here.freeze(expected=0).content["goals"][0]["words"] == words


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_a_goal_without_words_is_no_goal(here: Guided, words: str) -> None:
    with pytest.raises(Refusal, match="zoals het gezin het zegt"):
        here.goal(words)


def test_a_step_that_is_set_is_not_set_again(here: Guided) -> None:
    step = here.step(here.goal())
    for expected in (nullcontext(), pytest.raises(NotNow, match="al afgerond")):
        with expected:
            here.run(here.lead, actions.finish_step, step=step, today=here.town.today, errands_spared=1)
    assert here.plan().errands_spared == 1


def test_a_step_on_a_goal_that_is_over_waits_until_the_goal_is_back(here: Guided) -> None:
    goal = here.goal()
    here.run(
        here.lead, actions.close_goal, goal=goal, status="reached", today=here.town.today, text="Het bed staat er!"
    )
    with pytest.raises(NotNow, match="afgerond"):
        here.step(goal)
    here.run(here.lead, actions.close_goal, goal=goal, status="active", today=here.town.today)
    here.step(goal)
    assert [p.text for p in here.plan().goals[0].progress] == ["Het bed staat er!"]


def test_a_partner_without_a_name_sets_no_step(here: Guided) -> None:
    with pytest.raises(BadInput, match="welke partner") as refused:
        here.step(here.goal(), Doer(who="partner", partner="  "))
    assert refused.value.field == "partner"


def test_a_sealed_note_is_for_its_author_alone(here: Guided) -> None:
    today = here.town.today
    secret = "Ze vertelde over vroeger."
    asked = {"text": secret, "about_on": today, "today": today}
    note = here.as_lead(actions.write_note, kind="sealed", **asked)
    for by in (here.duo, here.town.coordinator, here.town.director, here.town.administrator):
        with acting(by):
            assert note not in [n.note.id for n in queries.notes_of(here.key, by=by)]
            with pytest.raises(NotOpen):
                actions.open_sealed(by=by, note=note, household=here.key)
    with acting(here.lead):
        assert actions.open_sealed(by=here.lead, note=note, household=here.key) == secret
        assert [trace.kind for trace in audit.traces_of(here.key, by=here.lead)].count("casework.note_written") == 1


def test_a_sealed_note_is_nowhere_plain_in_the_database(here: Guided) -> None:
    today, secret = here.town.today, "heel geheim en kort"
    note = here.as_lead(actions.write_note, kind="sealed", text=secret, about_on=today, today=today)
    ((text, sealed),) = rows(here.lead, "select text, sealed_text from casework_note where id = %s", note)
    assert text == ""
    assert secret.encode() not in bytes(sealed)
    contents = rows(here.lead, "select content::text from audit_trailcontent")
    assert contents
    assert not [row for row in contents if secret in row[0]]


def test_notes_for_lead_and_duo_stay_with_them(here: Guided) -> None:
    today, coordinator = here.town.today, here.town.coordinator
    asked = {"about_on": today, "today": today}
    here.as_lead(actions.write_note, kind="case", text="voor ons twee", **asked)
    here.as_lead(actions.write_note, kind="shared", text="voor het team", **asked)
    seen = {}
    for by in (here.duo, coordinator):
        with acting(by):
            seen[by] = {n.note.text for n in queries.notes_of(here.key, by=by)}
    assert seen == {here.duo: {"voor ons twee", "voor het team"}, coordinator: {"voor het team"}}
    with pytest.raises(Denied):
        here.run(coordinator, actions.write_note, household=here.key, kind="case", text="x", **asked)


def test_a_note_has_words_and_is_about_a_day_that_was(here: Guided) -> None:
    today = here.town.today
    with pytest.raises(BadInput, match="Schrijf eerst"):
        here.as_lead(actions.write_note, kind="shared", text=" ", about_on=today, today=today)
    with pytest.raises(BadInput, match="vroeger"):
        here.as_lead(actions.write_note, kind="shared", text="x", about_on=today + timedelta(days=1), today=today)


def test_printing_leaves_a_trace_and_a_stranger_prints_nothing(here: Guided) -> None:
    asked = {"household": here.key, "reader": "samen", "language": "nl", "today": here.town.today}
    with acting(here.lead):
        actions.note_printed(by=here.lead, **asked)
        assert "casework.plan_printed" in [trace.kind for trace in audit.traces_of(here.key, by=here.lead)]
    with pytest.raises(NotOpen), acting(here.town.neighbour):
        actions.note_printed(by=here.town.neighbour, **asked)
