"""The pages of casework as each function meets them: who sees what, what is hidden, and that nothing is lost."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import Town, household, town
from tests.rooms.casework.guided import Guided

from nabij.audit import queries as audit
from nabij.casework import actions, queries
from nabij.casework.actions.steps import Doer
from nabij.households import events as household_events
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db

PAGES = (
    "plan",
    "goal-add",
    "scores",
    "review",
    "agreement",
    "versions",
    "paper",
    "note-add",
    "duo",
    "end-case",
    "open-case",
)
TOM_IS_HIDDEN = "Een plek voor mij alleen"


@pytest.fixture
def here() -> Guided:
    return Guided(town())


def signed_in(where: Town, role: str) -> Client:
    client = Client()
    client.force_login(where.users[role])
    return client


@pytest.fixture
def lead(here: Guided) -> Client:
    return signed_in(here.town, "worker")


def url(name: str, *args: object, **asked: object) -> str:
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return reverse(f"casework:{name}", args=args) + (f"?{query}" if query else "")


def body(response: HttpResponse) -> str:
    return response.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page) or re.search(rf'value="([^"]*)" name="{name}"', page)
    assert found, f"geen verborgen veld {name}"
    return found[1]


def goal_form(words: str = "Elk kind een eigen bed", **more: object) -> dict[str, object]:
    return {"words": words, "domain": "housing", "status": "active", **more}


def without_what_differs(page: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r'"X-CSRFToken": "[^"]*"', "", page)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", page)


@pytest.mark.parametrize("role", ["worker", "colleague", "coordinator"])
def test_the_team_reads_the_plan(here: Guided, role: str) -> None:
    here.step(here.goal())
    page = signed_in(here.town, role).get(url("plan", here.key))
    assert page.status_code == 200
    assert "Elk kind een eigen bed" in body(page)
    assert "De huurpremie aanvragen" in body(page)


def test_who_only_reads_along_is_told_why_and_gets_no_verbs(here: Guided) -> None:
    goal = here.goal()
    step = here.step(goal)
    page = body(signed_in(here.town, "coordinator").get(url("plan", here.key)))
    assert "Alleen de dossierhouder en de duo schrijven aan het plan" in page
    assert url("finish-step", step) not in page
    assert url("goal-edit", goal) not in page
    assert url("goal-add", here.key) not in page


@pytest.mark.parametrize("name", ["goal-add", "scores", "review", "agreement"])
def test_the_pages_that_write_are_refused_with_the_reason(here: Guided, name: str) -> None:
    here.goal()
    page = signed_in(here.town, "coordinator").get(url(name, here.key))
    assert page.status_code == 403
    assert "Alleen de dossierhouder en de duo" in body(page)


@pytest.mark.parametrize("role", ["neighbour", "desk", "director", "administrator", "bridge_figure"])
@pytest.mark.parametrize("name", PAGES)
def test_a_household_that_is_hidden_answers_as_one_that_does_not_exist(here: Guided, role: str, name: str) -> None:
    client = signed_in(here.town, role)
    theirs, nobodys = client.get(url(name, here.key)), client.get(url(name, uuid4()))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert without_what_differs(body(theirs)) == without_what_differs(body(nobodys))
    assert "Yıldız" not in body(theirs)


@pytest.mark.parametrize("method", ["get", "post"])
def test_goals_steps_and_notes_of_another_town_answer_as_none(here: Guided, method: str) -> None:
    goal = here.goal()
    step = here.step(goal)
    asked = {"kind": "sealed", "text": "geheim", "about_on": here.town.today, "today": here.town.today}
    note = here.as_lead(actions.write_note, **asked)
    client = signed_in(town("Elders"), "worker")
    of_goal = ["goal-edit", "goal-close", "goal-progress", "step-add"]
    for name, key in [*((name, goal) for name in of_goal), ("step-edit", step), ("finish-step", step)]:
        theirs, nobodys = (getattr(client, method)(url(name, k), goal_form()) for k in (key, uuid4()))
        assert (theirs.status_code, nobodys.status_code) == (404, 404), name
        assert without_what_differs(body(theirs)) == without_what_differs(body(nobodys)), name
    assert getattr(client, method)(url("note-sealed", here.key, note)).status_code == 404
    assert here.plan().goals[0].steps[0].status == "to_do"


def test_each_page_leaves_a_look(here: Guided, lead: Client) -> None:
    goal = here.goal()
    here.freeze(expected=0)
    pages = [url(name, here.key) for name in PAGES] + [url("goal-edit", goal), url("version", here.key, 1)]
    for at in pages:
        assert lead.get(at).status_code == 200, at
    with acting(here.lead):
        looks = audit.traces_of(here.key, by=here.lead, kinds=(household_events.LOOKED.slug,))
    assert len(looks) >= len(pages)


def test_the_plan_asks_the_database_no_more_for_ten_goals_than_for_one(here: Guided, lead: Client) -> None:
    asked = []
    for number in (1, 9):
        for _ in range(number):
            here.step(here.goal(for_whom=[here.people["Noor"]]))
        with CaptureQueriesContext(connection) as found:
            lead.get(url("plan", here.key))
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_a_goal_is_written_and_the_plan_opens_there(here: Guided, lead: Client) -> None:
    page = body(lead.get(url("goal-add", here.key)))
    sent = goal_form("Rust in 's avonds 🌙", key=hidden(page, "key"), for_whom=[str(here.people["Noor"])])
    answer = lead.post(url("goal-add", here.key), sent, follow=True)
    assert "Rust in &#x27;s avonds 🌙" in body(answer)
    assert "voor Noor" in body(answer)
    (goal,) = here.plan().goals
    assert answer.redirect_chain[-1][0].endswith(f"?doel={goal.goal.id}#doel-{goal.goal.id}")


def test_the_same_form_twice_is_one_goal_and_a_kind_answer(here: Guided, lead: Client) -> None:
    sent = goal_form(key=str(uuid4()))
    for _ in range(2):
        answer = lead.post(url("goal-add", here.key), sent, follow=True)
        assert answer.status_code == 200
    assert "Dit was al bewaard." in body(answer)
    assert len(here.plan().goals) == 1


def test_other_words_under_the_same_key_are_not_lost(here: Guided, lead: Client) -> None:
    key = str(uuid4())
    lead.post(url("goal-add", here.key), goal_form("Het eerste", key=key))
    answer = lead.post(url("goal-add", here.key), goal_form("Het tweede", key=key))
    assert answer.status_code == 422
    assert "Het tweede" in body(answer)
    again = lead.post(url("goal-add", here.key), goal_form("Het tweede", key=hidden(body(answer), "key")))
    assert again.status_code == 302
    assert [g.goal.words for g in here.plan().goals] == ["Het eerste", "Het tweede"]


def test_for_somebody_and_shielded_from_them_comes_back_with_what_was_typed(here: Guided, lead: Client) -> None:
    tom = str(here.people["Tom"])
    answer = lead.post(url("goal-add", here.key), goal_form("Samen eten", for_whom=[tom], shielded=[tom]))
    assert answer.status_code == 422
    assert "niet allebei" in body(answer)
    assert "Samen eten" in body(answer)
    assert here.plan().goals == []


def test_a_stranger_cannot_be_chosen(here: Guided, lead: Client) -> None:
    stranger = Guided(here.town).people["Tom"]
    answer = lead.post(url("goal-add", here.key), goal_form(for_whom=[str(stranger)]))
    assert answer.status_code == 422
    assert "Kies iemand van dit gezin." in body(answer)


def test_shielded_shows_to_the_worker_with_a_warning(here: Guided, lead: Client) -> None:
    here.goal(TOM_IS_HIDDEN, shielded=[here.people["Tom"]])
    page = body(lead.get(url("plan", here.key)))
    assert "afgeschermd voor Tom" in page
    assert "Leest iemand mee?" in page


def carrying(here: Guided, goal: UUID, **asked: object) -> list[str]:
    names = ("plan", "agreement", "versions", "scores", "review", "goal-add")
    pages = [url(name, here.key, **asked) for name in names]
    return [*pages, url("version", here.key, 1, **asked), url("compare", here.key, 1, 2, **asked)]


@pytest.mark.parametrize("reader", ["Tom", "samen", "iets dat niet bestaat"])
def test_what_is_shielded_is_on_no_page_where_that_person_reads_along(here: Guided, lead: Client, reader: str) -> None:
    here.goal("Samen eten")
    here.freeze(expected=0)
    secret = here.goal(TOM_IS_HIDDEN, shielded=[here.people["Tom"]])
    here.step(secret, description="Bellen naar een veilige plek")
    here.freeze(expected=1)
    value = here.people.get(reader, reader)
    for at in carrying(here, secret, lezer=value):
        page = body(lead.get(at))
        assert TOM_IS_HIDDEN not in page, at
        assert "veilige plek" not in page, at
        assert str(secret) not in page, at
        assert "afgeschermd voor" not in page, at
    assert "Samen eten" in body(lead.get(url("plan", here.key, lezer=value)))
    assert TOM_IS_HIDDEN in body(lead.get(url("plan", here.key, lezer=here.people["Ayşe"])))


def test_what_is_shielded_now_is_gone_from_what_was_agreed_before(here: Guided, lead: Client) -> None:
    goal = here.goal(TOM_IS_HIDDEN)
    here.goal("Samen eten")
    here.freeze(expected=0)
    asked = {"words": TOM_IS_HIDDEN, "domain": "network", "shielded": [here.people["Tom"]], "today": here.town.today}
    here.run(here.lead, actions.change_goal, goal=goal, **asked)
    page = body(lead.get(url("version", here.key, 1, lezer=here.people["Tom"])))
    assert "Samen eten" in page
    assert TOM_IS_HIDDEN not in page


def test_that_a_shielded_goal_changed_is_not_told_to_who_reads_along(here: Guided, lead: Client) -> None:
    here.goal("Samen eten")
    here.freeze(expected=0)
    here.goal(TOM_IS_HIDDEN, shielded=[here.people["Tom"]])
    assert "Sindsdien veranderde" in body(lead.get(url("plan", here.key)))
    assert "Sindsdien veranderde" not in body(lead.get(url("plan", here.key, lezer=here.people["Tom"])))


def test_reading_along_stays_on_after_saving_and_on_every_link(here: Guided, lead: Client) -> None:
    here.goal(TOM_IS_HIDDEN, shielded=[here.people["Tom"]])
    goal, tom = here.goal("Samen eten"), here.people["Tom"]
    step = here.step(goal)
    page = body(lead.get(url("plan", here.key, lezer=tom)))
    links = re.findall(r'(?:href|action)="(/(?:doelen|stappen|gezin/[^/]+/plan)/[^"]*)"', page)
    assert len(links) > 6
    assert [link for link in links if f"lezer={tom}" not in link] == []
    answer = lead.post(url("finish-step", step, lezer=tom), {"errands": 1, "retellings": 0}, follow=True)
    assert f"lezer={tom}" in answer.redirect_chain[-1][0]
    assert TOM_IS_HIDDEN not in body(answer)


def test_editing_keeps_a_shield_for_who_left_the_house(here: Guided, lead: Client) -> None:
    goal = here.goal(TOM_IS_HIDDEN, shielded=[here.people["Tom"]])
    page = body(lead.get(url("goal-edit", goal)))
    assert re.search(rf'name="shielded" value="{here.people["Tom"]}"[^>]*checked', page)


def test_what_a_colleague_wrote_meanwhile_is_shown_before_it_is_written_over(here: Guided, lead: Client) -> None:
    goal = here.goal("Een bed")
    page = body(lead.get(url("goal-edit", goal)))
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    form = {"words": "Twee bedden", "domain": "housing", "status": "active", "seen": seen[1]}
    assert lead.post(url("goal-edit", goal), form).status_code == 302
    assert lead.post(url("goal-edit", goal), form).status_code == 302  # the very same, twice: no quarrel
    answer = lead.post(url("goal-edit", goal), {**form, "words": "Drie bedden"})
    assert "Er staat nu: “Twee bedden”" in body(answer)
    again = re.search(r'name="seen" value="([^"]+)"', body(answer))
    assert again
    assert lead.post(url("goal-edit", goal), {**form, "words": "Drie bedden", "seen": again[1]}).status_code == 302
    assert here.plan().goals[0].goal.words == "Drie bedden"


def test_goals_move_one_place_by_button_and_keep_their_order(here: Guided, lead: Client) -> None:
    first, second, third = (here.goal(words) for words in ("een", "twee", "drie"))
    answer = lead.post(url("goals-order", here.key), {"omhoog": str(third)})
    assert answer["Location"].endswith(f"#doel-{third}")
    lead.post(url("goals-order", here.key), {"omlaag": str(first)})
    assert [g.goal.id for g in here.plan().goals] == [third, first, second]
    for edge in ({"omhoog": str(third)}, {"omlaag": str(second)}):
        lead.post(url("goals-order", here.key), edge)
    assert [g.goal.id for g in here.plan().goals] == [third, first, second]


def test_moving_among_what_is_shown_leaves_hidden_goals_where_they_were(here: Guided, lead: Client) -> None:
    here.goal("een")
    here.goal(TOM_IS_HIDDEN, shielded=[here.people["Tom"]])
    last = here.goal("drie")
    lead.post(url("goals-order", here.key, lezer=here.people["Tom"]), {"omhoog": str(last)})
    assert [g.goal.words for g in here.plan().goals] == ["drie", "een", TOM_IS_HIDDEN]


@pytest.mark.parametrize("moved", ["", "geen sleutel", "aa6aa6b8-4ddc-40ab-a9c8-d65c00fc22ed"])
def test_moving_what_is_not_there_changes_nothing(here: Guided, lead: Client, moved: str) -> None:
    here.goal("een")
    assert lead.post(url("goals-order", here.key), {"omhoog": moved}).status_code == 302
    assert lead.get(url("goals-order", here.key)).status_code == 405


def test_a_step_of_the_worker_spares_an_errand_and_one_of_the_family_does_not(here: Guided, lead: Client) -> None:
    goal = here.goal()
    mine, theirs = here.step(goal), here.step(goal, Doer(who="member", person=here.people["Tom"]))
    assert hidden_number(body(lead.get(url("finish-step", mine))), "errands") == "1"
    assert hidden_number(body(lead.get(url("finish-step", theirs))), "errands") == "0"
    lead.post(url("finish-step", mine), {"errands": "3", "retellings": "2"})
    assert (here.plan().errands_spared, here.plan().retellings_spared) == (3, 2)


def hidden_number(page: str, name: str) -> str:
    found = re.search(rf'<input type="number" name="{name}" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_step_set_twice_is_a_kind_answer_and_by_somebody_else_a_sentence(here: Guided, lead: Client) -> None:
    step = here.step(here.goal())
    sent = {"errands": "1", "retellings": "1"}
    lead.post(url("finish-step", step), sent)
    assert "Dit was al bewaard." in body(lead.post(url("finish-step", step), sent, follow=True))
    assert "al afgerond" in body(signed_in(here.town, "colleague").post(url("finish-step", step), sent))
    assert here.plan().errands_spared == 1


@pytest.mark.parametrize("errands", ["-1", "100000", "veel", ""])
def test_a_number_that_cannot_be_is_said_beside_the_box(here: Guided, lead: Client, errands: str) -> None:
    step = here.step(here.goal())
    answer = lead.post(url("finish-step", step), {"errands": errands, "retellings": "0"})
    assert answer.status_code == 422
    assert 'id="id_errands_error"' in body(answer)
    assert "Vul een getal van 0 tot 99 in." in body(answer)


def test_a_step_has_a_doer_of_this_house_or_a_named_partner(here: Guided, lead: Client) -> None:
    goal = here.goal()
    for who, partner, said in [
        ("partner", "", "welke partner"),
        (f"member:{uuid4()}", "", "Duid aan wie deze stap zet."),
        ("nonsens", "", "Duid aan wie deze stap zet."),
    ]:
        answer = lead.post(url("step-add", goal), {"description": "Bellen", "who": who, "partner": partner})
        assert answer.status_code == 422
        assert said in body(answer)
    lead.post(
        url("step-add", goal), {"description": "Bellen", "who": "partner", "partner": "CAW d'Oosterling", "due_on": ""}
    )
    lead.post(
        url("step-add", goal),
        {"description": "Meegaan", "who": f"worker:{here.lead.id}", "partner": "vergeten te wissen"},
    )
    assert [(s.description, s.partner) for s in here.plan().goals[0].steps] == [
        ("Bellen", "CAW d'Oosterling"),
        ("Meegaan", ""),
    ]


def test_the_page_of_a_step_shows_what_was_agreed(here: Guided, lead: Client) -> None:
    step = here.step(here.goal(), Doer(who="member", person=here.people["Ayşe"]), due_on=here.town.today)
    page = body(lead.get(url("step-edit", step)))
    assert re.search(rf'value="member:{here.people["Ayşe"]}"[^>]*checked', page)
    assert f'value="{here.town.today.isoformat()}"' in page


def test_progress_sent_twice_is_one_note(here: Guided, lead: Client) -> None:
    goal = here.goal()
    sent = {"text": "De muur is gezet.", "key": hidden(body(lead.get(url("goal-progress", goal))), "key")}
    for _ in range(2):
        answer = lead.post(url("goal-progress", goal), sent, follow=True)
    assert "Dit was al bewaard." in body(answer)
    assert [p.text for p in here.plan().goals[0].progress] == ["De muur is gezet."]
    other = lead.post(url("goal-progress", goal), sent | {"text": "En geverfd."})
    assert other.status_code == 422
    assert lead.post(url("goal-progress", goal), {"text": "En geverfd.", "key": hidden(body(other), "key")})
    assert [p.text for p in here.plan().goals[0].progress] == ["En geverfd.", "De muur is gezet."]


@pytest.mark.parametrize("text", ["", "Het bed staat er!"])
def test_a_goal_ends_without_a_reason_and_comes_back(here: Guided, lead: Client, text: str) -> None:
    goal = here.goal()
    for status, shown in [("reached", "gelukt"), ("active", "Wat we doen")]:
        page = body(lead.get(url("goal-close", goal)))
        sent = {"status": status, "text": text, "key": hidden(page, "key")}
        assert f'name="status" value="{here.plan().goals[0].goal.status}"' not in page
        assert shown in body(lead.post(url("goal-close", goal), sent, follow=True))
        assert "Dit was al bewaard." in body(lead.post(url("goal-close", goal), sent, follow=True))
    assert len(here.plan().goals[0].progress) == (2 if text else 0)
    assert lead.post(url("goal-close", goal), {"status": "weg"}).status_code == 422


def test_other_words_for_a_goal_that_stands_so_already_are_not_lost(here: Guided, lead: Client) -> None:
    goal = here.goal()
    here.run(here.duo, actions.close_goal, goal=goal, status="reached", today=here.town.today)
    answer = lead.post(url("goal-close", goal), {"status": "reached", "text": "Wat ik typte", "key": str(uuid4())})
    assert answer.status_code == 422
    assert "Zo staat dit doel al in het plan." in body(answer)
    assert "Wat ik typte" in body(answer)


@pytest.mark.parametrize("name", ["step-edit", "finish-step"])
def test_a_step_is_refused_with_the_reason_when_the_case_has_ended(here: Guided, lead: Client, name: str) -> None:
    step = here.step(here.goal())
    here.as_lead(actions.end_case, on=here.town.today)
    answer = lead.get(url(name, step))
    assert answer.status_code == 409
    assert "geen open dossier" in body(answer)


def test_scores_keep_rather_not_apart_from_not_asked(here: Guided, lead: Client) -> None:
    lead.post(url("scores", here.key), {"housing": "2", "debt": "rather_not", "work": ""})
    assert {domain.value: row.score for domain, row in here.plan().scores} == {"housing": 2, "debt": None}
    page = body(lead.get(url("plan", here.key)))
    assert "het lukt moeilijk" in page
    assert "liever niet" in page
    assert "minstens één domein" in body(lead.post(url("scores", here.key), {"housing": ""}))
    assert lead.post(url("scores", here.key), {"housing": "9"}).status_code == 422


@pytest.mark.parametrize("on", ["", "morgen", "2026-02-30", "1999-01-01"])
def test_a_review_that_cannot_be_is_said(here: Guided, lead: Client, on: str) -> None:
    answer = lead.post(url("review", here.key), {"on": on})
    assert answer.status_code == 422
    assert "Kies een dag die" in body(answer)
    assert here.plan().case.review_on is None


def read_aloud(lead: Client, here: Guided) -> dict[str, str]:
    page = body(lead.get(url("agreement", here.key)))
    return {"expected": hidden(page, "expected"), "shown": hidden(page, "shown"), "outcome": "agreed", "reason": ""}


def test_agreement_freezes_what_was_read(here: Guided, lead: Client) -> None:
    here.goal()
    sent = read_aloud(lead, here)
    assert "akkoord" in body(lead.post(url("agreement", here.key), sent, follow=True))
    assert "Dit was al bewaard." in body(lead.post(url("agreement", here.key), sent, follow=True))
    with acting(here.lead):
        assert [v.number for v in queries.versions_of(here.key, by=here.lead)] == [1]


def test_what_changed_while_reading_is_read_again_first(here: Guided, lead: Client) -> None:
    goal = here.goal("Werk dichtbij")
    sent = read_aloud(lead, here)
    asked = {"words": "Werk in Brussel", "domain": "work", "today": here.town.today}
    here.run(here.duo, actions.change_goal, goal=goal, **asked)
    answer = lead.post(url("agreement", here.key), sent)
    assert answer.status_code == 422
    assert "Lees het opnieuw samen" in body(answer)
    assert "Werk in Brussel" in body(answer)
    again = sent | {name: hidden(body(answer), name) for name in ("expected", "shown")}
    assert lead.post(url("agreement", here.key), again).status_code == 302


def test_who_comes_second_reads_the_version_of_the_first(here: Guided, lead: Client) -> None:
    here.goal()
    sent = read_aloud(lead, here)
    duo = signed_in(here.town, "colleague")
    duo.post(url("agreement", here.key), read_aloud(duo, here) | {"outcome": "not_agreed", "reason": "te veel"})
    answer = lead.post(url("agreement", here.key), sent)
    assert answer.status_code == 422
    assert "iemand anders" in body(answer)
    assert url("version", here.key, 1) in body(answer)


@pytest.mark.parametrize("outcome", ["not_agreed", "not_asked"])
def test_not_agreeing_asks_why_beside_the_box(here: Guided, lead: Client, outcome: str) -> None:
    here.goal()
    answer = lead.post(url("agreement", here.key), read_aloud(lead, here) | {"outcome": outcome})
    assert answer.status_code == 422
    assert 'id="id_reason_error"' in body(answer)


def test_two_versions_are_compared_in_words(here: Guided, lead: Client) -> None:
    kept, gone = here.goal("Werk dichtbij"), here.goal("Een fiets")
    here.freeze(expected=0)
    today = here.town.today
    here.run(here.lead, actions.change_goal, goal=kept, words="Halftijds werk", domain="work", today=today)
    here.run(here.lead, actions.close_goal, goal=gone, status="reached", today=today)
    here.goal("Zwemles voor Noor", domain="sport")
    here.step(kept)
    here.as_lead(actions.score, scores={"work": 3}, today=today)
    here.freeze(expected=1)
    page = body(lead.get(url("compare", here.key, 1, 2)))
    for said in (
        "Nieuw doel",
        "Zwemles voor Noor",
        "Vroeger stond er: “Werk dichtbij”",
        "Niet meer in het plan",
        "gelukt",
    ):
        assert said in page
    assert "Nieuwe stap: De huurpremie aanvragen" in page
    assert "Werk: het gaat" in page
    assert body(lead.get(url("compare", here.key, 2, 1))).count("Vroeger stond er: “Werk dichtbij”") == 1
    assert lead.get(url("version", here.key, 9)).status_code == 404


def test_the_plan_says_when_it_changed_since_the_agreement(here: Guided, lead: Client) -> None:
    goal = here.goal()
    step = here.step(goal)
    here.freeze(expected=0)
    here.run(here.lead, actions.finish_step, step=step, today=here.town.today)
    assert "Sindsdien veranderde" not in body(lead.get(url("plan", here.key)))
    here.step(goal, description="Een andere stap")
    assert "Sindsdien veranderde" in body(lead.get(url("plan", here.key)))


def test_a_note_says_who_reads_it_and_offers_nothing_that_is_refused(here: Guided, lead: Client) -> None:
    assert "Dossierhouder en duo" in body(lead.get(url("note-add", here.key)))
    coordinator = signed_in(here.town, "coordinator")
    page = body(coordinator.get(url("note-add", here.key)))
    assert 'value="case"' not in page
    assert "Alleen de dossierhouder en de duo zien dit." in page
    sent = {"kind": "case", "text": "x", "about_on": here.town.today.isoformat()}
    assert coordinator.post(url("note-add", here.key), sent).status_code == 422


def test_a_note_sent_twice_is_one_and_one_about_tomorrow_is_none(here: Guided, lead: Client) -> None:
    today = here.town.today
    for kind in ("shared", "sealed"):
        sent = {"kind": kind, "text": "Ze belde.", "about_on": today.isoformat(), "key": str(uuid4())}
        assert lead.post(url("note-add", here.key), sent).status_code == 302
        assert lead.post(url("note-add", here.key), sent).status_code == 302
    tomorrow = (today + timedelta(days=1)).isoformat()
    answer = lead.post(url("note-add", here.key), {"kind": "shared", "text": "x", "about_on": tomorrow})
    assert "over vandaag of over vroeger" in body(answer)
    with acting(here.lead):
        assert len(queries.notes_of(here.key, by=here.lead)) == 2


def test_a_sealed_note_opens_on_request_for_its_author_only(here: Guided, lead: Client) -> None:
    today, secret = here.town.today, "Ze vertelde over vroeger."
    note = here.as_lead(actions.write_note, kind="sealed", text=secret, about_on=today, today=today)
    at = url("note-sealed", here.key, note)
    assert secret not in body(lead.get(at))
    opened = lead.post(at)
    assert secret in body(opened)
    assert opened["Cache-Control"] == "no-store"
    for role in ("colleague", "coordinator", "director"):
        assert signed_in(here.town, role).post(at).status_code == 404
    with acting(here.lead):
        kinds = [trace.kind for trace in audit.traces_of(here.key, by=here.lead)]
    assert kinds.count("casework.sealed_read") == 1


def test_a_sealed_note_does_not_open_under_another_household(here: Guided, lead: Client) -> None:
    other, today = Guided(here.town), here.town.today
    note = here.as_lead(actions.write_note, kind="sealed", text="x", about_on=today, today=today)
    assert lead.post(url("note-sealed", other.key, note)).status_code == 404


def test_a_case_opens_from_its_page_and_twice_is_kind(here: Guided) -> None:
    key = household(here.town, street="Grensstraat", number="1")
    client = signed_in(here.town, "worker")
    assert "Open het dossier" in body(client.get(url("open-case", key)))
    assert client.post(url("open-case", key)).status_code == 302
    assert "Dit was al bewaard." in body(client.post(url("open-case", key), follow=True))
    assert client.post(url("take-lead", key)).status_code == 302
    refused = signed_in(here.town, "colleague").post(url("open-case", key))
    assert refused.status_code == 409
    assert "al een open dossier" in body(refused)


def test_ending_asks_no_reason_and_shows_what_still_waits(here: Guided, lead: Client) -> None:
    here.step(here.goal())
    page = body(lead.get(url("end-case", here.key)))
    assert "De huurpremie aanvragen" in page
    assert "<textarea" not in page
    assert lead.post(url("end-case", here.key)).status_code == 302
    assert lead.post(url("end-case", here.key)).status_code == 302
    assert lead.get(url("goal-add", here.key)).status_code == 403
    came_back = body(lead.get(url("open-case", here.key)))
    assert "Wie terugkomt, is welkom" in came_back


def test_the_duo_is_a_colleague_of_the_team_first(here: Guided, lead: Client) -> None:
    page = body(lead.get(url("duo", here.key)))
    assert page.index("Karim Coördinator") < page.index("Nora Nabuur")
    assert f'value="{here.lead.id}"' not in page
    assert lead.post(url("duo", here.key), {"worker": str(here.town.coordinator.id)}).status_code == 302
    assert lead.post(url("duo", here.key), {"worker": str(here.lead.id)}).status_code == 422
    assert lead.post(url("duo", here.key), {"worker": ""}).status_code == 422


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_plan_goes_on_paper_and_that_is_known(here: Guided, lead: Client, language: str) -> None:
    here.goal("Een plek om te spelen 🌳")
    here.goal("بيت هادئ")
    assert "Grote letters" in body(lead.get(url("paper", here.key)))
    sent = {"reader": "samen", "language": language, "large_type": "on"}
    answer = lead.post(url("paper", here.key), sent)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    with acting(here.lead):
        assert "casework.plan_printed" in [trace.kind for trace in audit.traces_of(here.key, by=here.lead)]


def test_paper_for_a_reader_leaves_out_what_is_shielded(here: Guided, lead: Client) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    here.goal("Samen eten")
    here.goal("Apart wonen", shielded=[here.people["Tom"]])
    texts = {}
    for reader in ("samen", str(here.people["Tom"]), str(here.people["Ayşe"])):
        answer = lead.post(url("paper", here.key), {"reader": reader, "language": "nl"})
        texts[reader] = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        assert "Samen eten" in texts[reader]
    assert ["Apart wonen" in text for text in texts.values()] == [False, False, True]
    assert lead.post(url("paper", here.key), {"reader": str(uuid4()), "language": "nl"}).status_code == 422
