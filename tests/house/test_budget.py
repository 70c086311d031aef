"""How many questions a page may ask: fifteen, and no more when there is more to show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, household, town
from tests.house.addresses import MOST

from nabij.casework import actions as casework
from nabij.casework.actions.steps import Doer
from nabij.frontdesk.actions import Asked
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db

PAGES = {
    "my day": ("worker", "desk:my-day", False),
    "household": ("worker", "desk:household", True),
    "plan": ("worker", "casework:plan", True),
    "households": ("worker", "desk:households", False),
    "search": ("worker", "desk:search", False),
    "team": ("coordinator", "desk:team", False),
    "unusual looking": ("privacy_officer", "oversight:unusual", False),
    "who looked": ("worker", "desk:trail", True),
}


def live(here: Town, many: int) -> object:
    """Make households with a file, goals, steps, notes and requests; return the key of the first."""
    now, today, by = timezone.now(), here.today, here.worker
    keys = [household(here, asked=(Asked("housing", "te klein"),)) for _ in range(many)]
    with acting(by):
        for key in keys:
            casework.open_case(by=by, household=key, on=today, now=now)
            for number in range(many):
                goal = casework.add_goal(
                    by=by, household=key, words=f"Doel {number}", domain="housing", now=now, today=today
                )
                due = today + timedelta(days=1)
                casework.add_step(
                    by=by, goal=goal.id, description="bellen", doer=Doer(), due_on=due, now=now, today=today
                )
                casework.note_progress(by=by, goal=goal.id, text="het gaat", now=now, today=today)
            casework.write_note(by=by, household=key, kind="shared", text="x", about_on=today, now=now, today=today)
    return keys[0]


def questions(client: Client, here: Town, page: str, key: object) -> int:
    role, name, of_household = PAGES[page]
    with connection.cursor() as cursor:  # a request's context ends with its transaction; a test has one for all
        cursor.execute("select set_config('nabij.actor', '', true), set_config('nabij.municipality', '', true)")
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    address = reverse(name, args=[key] if of_household else [])
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, {"q": "yildiz"} if page == "search" else {})
    assert answer.status_code == 200
    return len([q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_at_most_fifteen_and_the_same_with_more_data(client: Client, page: str) -> None:
    few, more = town("Weinig"), town("Veel")
    little = questions(client, few, page, live(few, 1))
    much = questions(client, more, page, live(more, 4))
    assert much <= MOST, much
    assert much == little
