"""Access in an emergency on the pages: what may be done on its ground, who reads what, and what looks at nothing."""

import inspect
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route, sync_playwright
from tests.factories import Town, enrol, town
from tests.house.addresses import ROUTES
from tests.rooms.oversight.looking import WEDNESDAY, at, files, found, looked
from tests.rooms.oversight.test_emergency import AYSE, WHY, ask, helped_elsewhere, led, review

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.casework import actions as casework
from nabij.casework.actions.steps import Doer
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.frontdesk.models import Contact, HelpRequest
from nabij.households import actions as households
from nabij.households.models import Membership
from nabij.kernel.actor import acting
from nabij.kernel.refusals import Denied, Refusal
from nabij.oversight import actions, queries
from nabij.ui import views

pytestmark = pytest.mark.django_db
TYPED = {
    "reason": WHY, "given_name": "Ayşe", "family_name": "Yıldız", "birth_date": "4/3/1990", "street": "", "number": "",
}  # fmt: skip
STRANGER = TYPED | {"given_name": "Niemand", "family_name": "Nergens"}
TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")  # of each answer another
NOTHING = "Met deze gegevens ging geen dossier voor je open."


def signed_in(client: Client, here: Town, role: str) -> Client:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('nabij.actor', '', true), set_config('nabij.municipality', '', true)")
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    return client


# What may be done on its ground


def test_a_contact_what_was_asked_and_an_appointment_are_noted() -> None:
    here = town()
    key = led(here)
    by, now = here.neighbour, timezone.now()
    ask(by, here)
    with acting(by):
        contact = frontdesk.note_contact(
            by=by, household=key, channel="phone", words="Ze is veilig.", met_at=now, now=now
        )
        frontdesk.note_request(
            by=by, contact=contact, asked=Asked("housing", "een bed"), team=here.teams[0].id, now=now
        )
        made = frontdesk.book(
            by=by,
            household=key,
            worker=by.id,
            starts_at=now + timedelta(hours=1),
            ends_at=now + timedelta(hours=2),
            now=now,
        )
        assert frontdesk.close_appointment(by=by, appointment=made.id, status="held", now=now).status == "held"
    with acting(here.worker):
        assert Contact.objects.filter(household_id=key, words="Ze is veilig.").exists()


def test_every_other_verb_of_the_file_refuses_in_a_sentence_and_changes_nothing() -> None:
    here = town()
    lead, now, today = here.worker, timezone.now(), here.today
    key = led(here)
    user = enrol(here, "Cora Coördinator", "coordinator", here.teams[1])  # who may do most, elsewhere
    with acting(here.operator):
        by = who.actor_for(user, on=today)
    with acting(lead):
        goal = casework.add_goal(by=lead, household=key, words="Rust", domain="housing", now=now, today=today)
        step = casework.add_step(
            by=lead, goal=goal.id, description="bellen", doer=Doer(), due_on=today, now=now, today=today
        )
        contact = frontdesk.note_contact(by=lead, household=key, channel="phone", words="x", met_at=now, now=now)
        asked = frontdesk.note_request(by=lead, contact=contact, asked=Asked("housing"), team=here.teams[1].id, now=now)
        person = Membership.objects.get(household_id=key).person_id
    assert ask(by, here).state == "opened"
    told: dict[str, Any] = {
        "household": key, "goal": goal.id, "step": step.id, "person": person, "request": asked.id, "to": by.id,
        "worker": by.id, "now": now, "today": today, "on": today, "kind": "shared", "text": "x", "about_on": today,
        "words": "x", "domain": "housing", "outcome": "answered", "reason": "x", "since": today, "language": "nl",
    }  # fmt: skip
    verbs: list[Callable[..., Any]] = [
        casework.open_case, casework.take_lead, casework.end_case, casework.hand_over, casework.add_goal,
        casework.write_note, casework.add_step, casework.finish_step, casework.note_progress, casework.close_goal,
        casework.freeze, casework.choose_duo, households.reached_by, households.set_preferences,
        frontdesk.take_request, frontdesk.answer_request, actions.give_list,
    ]  # fmt: skip
    with acting(by), connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_trailevent where actor_id = %s", [by.id])
        before = cursor.fetchone()[0]
    for verb in verbs:
        parts = inspect.signature(verb).parameters
        given = {
            name: told.get(name, _any(part))
            for name, part in parts.items()
            if name != "by" and _needed(name, part, told)
        }
        with pytest.raises(Refusal) as refused, acting(by), transaction.atomic():
            verb(by=by, **given)
        assert isinstance(refused.value, Denied), (verb.__name__, refused.value)
    with acting(by), connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_trailevent where actor_id = %s", [by.id])
        assert cursor.fetchone()[0] == before
        assert HelpRequest.objects.get(id=asked.id).status == "new"


def _needed(name: str, part: inspect.Parameter, told: dict[str, Any]) -> bool:
    return part.default is inspect.Parameter.empty


def _any(part: inspect.Parameter) -> Any:
    return {"expected": 0, "doer": Doer(), "value": "+32499000009", "place": "home", "note": ""}.get(part.name)


@pytest.mark.parametrize(
    "statement",
    [
        "update households_household set preference_note = 'x'",
        "update casework_goal set words = 'x'",
        "update frontdesk_contact set words = 'x'",
        "update frontdesk_helprequest set status = 'answered'",
        "delete from households_contactpoint",
        "update casework_case set review_on = current_date",
    ],
)
def test_by_hand_on_its_ground_no_row_is_changed(statement: str) -> None:
    here = town()
    key = led(here, asked=(Asked("housing", "te klein"),), phones=("+32499000001",))
    with acting(here.worker):
        now, today = timezone.now(), here.today
        casework.add_goal(by=here.worker, household=key, words="Rust", domain="housing", now=now, today=today)
        casework.write_note(
            by=here.worker, household=key, kind="shared", text="x", about_on=today, now=now, today=today
        )
    ask(here.neighbour, here)
    with acting(here.neighbour), connection.cursor() as cursor:
        table = next(word for word in statement.split() if "_" in word)
        cursor.execute(f"select count(*) from {table}")
        assert cursor.fetchone()[0], "it is there to be read"
        cursor.execute(statement)
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), acting(here.neighbour), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into casework_note (id, municipality_id, household_id, kind, written_by, written_at, about_on, text)"
            " values (gen_random_uuid(), %s, %s, 'shared', %s, now(), current_date, 'x')",
            [here.municipality.id, key, here.neighbour.id],
        )


# On the pages


def test_it_is_asked_on_one_page_and_the_file_says_until_when(client: Client) -> None:
    here = town()
    key = led(here)
    page = signed_in(client, here, "neighbour").get(reverse("oversight:emergency-ask")).content.decode()
    assert "Yıldız" not in page and "Er gaat geen mail" in page
    answer = client.post(reverse("oversight:emergency-ask"), TYPED | {"key": str(uuid4())}, follow=True)
    shown = answer.content.decode()
    assert answer.redirect_chain == [(reverse("desk:household", args=[key]), 302)]
    assert "Noodtoegang tot" in shown and "De dossierhouder weet het." in shown and "Geef de noodtoegang terug" in shown
    (one,) = own(here)
    assert client.post(reverse("oversight:emergency-back", args=[one])).status_code == 302
    assert client.get(reverse("desk:household", args=[key])).status_code == 404


def own(here: Town) -> list[UUID]:
    with acting(here.neighbour):
        return [one.id for one in queries.own_emergencies(by=here.neighbour)]


def test_sent_twice_it_is_taken_once(client: Client) -> None:
    here = town()
    key = led(here)
    sent = TYPED | {"key": str(uuid4())}
    signed_in(client, here, "neighbour")
    for _ in range(2):
        answer = client.post(reverse("oversight:emergency-ask"), sent)
        assert (answer.status_code, answer["Location"]) == (302, reverse("desk:household", args=[key]))
    assert len(own(here)) == 1


def test_what_does_not_open_answers_alike_to_the_letter(client: Client) -> None:
    here = town()
    helped_elsewhere(here)
    answers = []
    for typed in (TYPED, STRANGER):
        answer = signed_in(client, here, "neighbour").post(reverse("oversight:emergency-ask"), typed)
        words = answer.content.decode()
        assert NOTHING in words
        for name in ("given_name", "family_name"):
            words = words.replace(typed[name], "")
        answers.append((answer.status_code, len(words)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422


def test_barred_the_button_says_until_when(client: Client) -> None:
    here = town()
    led(here)
    now = timezone.now()
    for ago in (40, 3):
        day = now - timedelta(days=ago)
        review(here, ask(here.neighbour, here, now=day, past=True), "refused", day + timedelta(hours=1))
    page = signed_in(client, here, "neighbour").get(reverse("oversight:emergency-ask")).content.decode()
    assert "twee keer geweigerd" in page and "aria-disabled" in page
    answer = client.post(reverse("oversight:emergency-ask"), TYPED)
    assert answer.status_code == 422 and "twee keer geweigerd" in answer.content.decode()


def test_each_reads_what_is_for_them_and_no_other(client: Client) -> None:
    here = town()
    led(here)
    made = ask(here.neighbour, here)
    opens = {
        reverse("oversight:emergency", args=[made.id]): {"neighbour", "worker"},
        reverse("oversight:emergency-queue"): {"privacy_officer"},
        reverse("oversight:emergency-review", args=[made.id]): {"privacy_officer"},
        reverse("oversight:emergency-ask"): {"neighbour", "worker", "colleague", "coordinator"},
    }
    for address, roles in opens.items():
        for role in ("desk", "worker", "colleague", "neighbour", "coordinator", "bridge_figure", "director",
                     "administrator", "privacy_officer"):  # fmt: skip
            answer = signed_in(client, here, role).get(address)
            assert (answer.status_code == 200) == (role in roles), (address, role)
            assert role in roles or WHY not in answer.content.decode()
    hidden = signed_in(client, here, "colleague").get(reverse("oversight:emergency", args=[made.id]))
    nowhere = client.get(reverse("oversight:emergency", args=[uuid4()]))
    assert hidden.status_code == nowhere.status_code == 404
    assert TOKEN.sub(b"", hidden.content) == TOKEN.sub(b"", nowhere.content)


def test_who_is_in_charge_sees_it_on_my_day_and_in_the_file_and_the_officer_on_hers(client: Client) -> None:
    here = town()
    key = led(here)
    ask(here.neighbour, here)
    day = signed_in(client, here, "worker").get(reverse("desk:my-day")).content.decode()
    assert "In nood geopend" in day and WHY in day
    assert "Nora Nabuur heeft noodtoegang" in client.get(reverse("desk:household", args=[key])).content.decode()
    assert "In nood geopend" not in signed_in(client, here, "colleague").get(reverse("desk:my-day")).content.decode()
    day = signed_in(client, here, "privacy_officer").get(reverse("desk:my-day")).content.decode()
    assert "1 noodtoegang wacht op jouw nazicht." in day
    queue = client.get(reverse("oversight:emergency-queue")).content.decode()
    assert WHY in queue and "(Y.)" in queue and "Yıldız" not in queue


def test_remark_and_review_by_post_and_not_by_who_may_not(client: Client) -> None:
    here = town()
    led(here)
    made = ask(here.neighbour, here)
    said, judged = reverse("oversight:emergency", args=[made.id]), reverse("oversight:emergency-review", args=[made.id])
    assert signed_in(client, here, "neighbour").post(said, {"text": "goed zo"}).status_code == 422
    assert signed_in(client, here, "worker").post(said, {"text": "Ik was bereikbaar."}).status_code == 302
    outcome = {"outcome": "refused", "text": "De dossierhouder was bereikbaar."}
    assert client.post(judged, outcome).status_code == 403
    assert signed_in(client, here, "privacy_officer").post(judged, {"outcome": "refused"}).status_code == 422
    assert client.post(judged, outcome).status_code == 302
    page = signed_in(client, here, "neighbour").get(said).content.decode()
    assert "geweigerd" in page and "Ik was bereikbaar." in page and outcome["text"] in page


def test_no_page_that_may_not_be_asked_for_opens_on_the_ground(client: Client) -> None:
    here = town()
    key = led(here)
    made = ask(here.neighbour, here)
    signed_in(client, here, "neighbour")
    trail = client.get(reverse("desk:trail", args=[key]))
    assert trail.status_code == 403
    for name, parts in ROUTES:
        if parts == ["key"] and reverse(name, args=[key]).startswith(f"/gezin/{key}/"):
            assert client.get(reverse(name, args=[key])).status_code < 500, name
    assert made.household_id == key


# Unusual looking


def test_looks_in_an_emergency_are_not_found_a_second_time() -> None:
    here = town()
    by = here.neighbour
    looked(by, *files(40), when=at(WEDNESDAY, "03:00"), ground="emergency")
    assert found(here, "many") == found(here, "hours") == []
    looked(by, *files(40), when=at(WEDNESDAY, "03:00"), ground="team")
    assert [one.files for one in found(here, "many")] == [40]
    assert [one.files for one in found(here, "hours")] == [40]


def test_an_ended_case_is_left_to_the_review_and_an_own_name_is_not() -> None:
    here = town()
    key = led(here)
    with acting(here.worker), connection.cursor() as cursor:
        cursor.execute(
            "update casework_case set valid_from = %s, valid_until = %s, ended_at = now(), ended_by = %s",
            [date(2024, 1, 1), date(2024, 6, 1), here.worker.id],
        )
        cursor.execute("update access_user set name = 'Nora Yıldız' where id = %s", [here.neighbour.id])
    looked(here.neighbour, key, when=at(WEDNESDAY), ground="emergency")
    assert found(here, "ended") == []
    assert len(found(here, "own_name")) == 1
    looked(here.neighbour, key, when=at(WEDNESDAY), ground="team")
    assert len(found(here, "ended")) == 1


def test_the_list_shuts_on_the_hour() -> None:
    here = town()
    key = led(here)
    made = ask(here.neighbour, here)
    with acting(here.neighbour):
        assert queries.emergencies_on_list(key, by=here.neighbour, since=date(2020, 1, 1))[0][1:] == ("Nora Nabuur", "")
        access.end_emergency(by=here.neighbour, basis=made.basis_id, now=timezone.now())
        assert queries.emergencies_on_list(key, by=here.neighbour, since=date(2020, 1, 1)) == []
        assert queries.who_looked(key, by=here.neighbour, since=date(2020, 1, 1)) == []


# In a browser

SOURCE = Path(views.__file__).parents[1]
AXE = SOURCE.parents[1] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_are_read_by_everybody(client: Client, chromium_path: str, width: int) -> None:
    here = town()
    key = led(here)
    made = ask(here.neighbour, here)
    review(here, ask(here.neighbour, here, AYSE, now=timezone.now() - timedelta(days=9), past=True), "justified")
    pages = {
        ("neighbour", reverse("oversight:emergency-ask")): None, ("neighbour", reverse("desk:household", args=[key])): None,
        ("worker", reverse("oversight:emergency", args=[made.id])): None, ("worker", reverse("desk:my-day")): None,
        ("privacy_officer", reverse("oversight:emergency-queue")): None,
        ("privacy_officer", reverse("oversight:emergency-review", args=[made.id])): None,
    }  # fmt: skip
    drawn = {asked: signed_in(client, here, asked[0]).get(asked[1]).content.decode() for asked in pages}
    # The browser comes last: beside a running Playwright Django refuses the database.
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"])
        page = running.new_page(viewport={"width": width, "height": 844})
        for (role, address), html in drawn.items():
            assert not _wrong(page, html), (role, address)
        running.close()


def _wrong(page: Page, html: str) -> list[Any]:
    """Return what axe finds in a page, and whether it is wider than the screen."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://nabij.test").split("?")[0]
        room = path.removeprefix("/static/").split("/")[0]
        file = SOURCE / (room if (SOURCE / room).is_dir() else "ui") / path.lstrip("/")
        if path.startswith("/static/") and file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.unroute_all()
    page.route("**/*", answer)
    page.goto("http://nabij.test/")
    page.add_script_tag(path=AXE)
    result = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    wrong: list[Any] = [(one["id"], [node["target"] for node in one["nodes"]]) for one in result["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append("wider than the screen")
    return wrong
