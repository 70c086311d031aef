"""A file that is hidden answers as one that does not exist: the same code, words, questions, and work for the database.

The clock is not compared here, but the cause of time: the questions, and at the door the rows that each step of a plan reads.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import household, town
from tests.house import pressing
from tests.house.addresses import ROUTES, Lived, lived
from tests.house.test_who_may import of_file

from nabij.households.actions import NewPerson
from nabij.households.queries import _DOOR, NOT_OPEN
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db

WITHOUT_A_FILE = ("neighbour", "bridge_figure", "director", "administrator", "privacy_officer")
# Whoever receives people sees what a household is called that stands there: a name, and who is in charge.
TELLS_A_NAME = {"desk:receive-known"}
# A colleague's absence, post or hours: who works here is known to who works here.
OF_A_COLLEAGUE = {"desk:stand-in", "desk:back-again", "desk:give-function", "desk:end-function", "desk:set-hours"}
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TOLD = re.compile(r"'[^']*'")
# What differs on every page, also on the same page asked twice.
OF_THE_MOMENT = re.compile(r'name="(csrfmiddlewaretoken|draft-owner)" value="[^"]*"|hx-headers=\'[^\']*\'')


def bare(answer: HttpResponse) -> str:
    """The page without keys, and without what differs when the same page is asked twice."""
    return KEY.sub("-", OF_THE_MOMENT.sub("", answer.content.decode(errors="replace")))


def asked(
    client: Client, method: str, address: str, payload: Any = None
) -> tuple[int, str, list[str], list[tuple[str, str]]]:
    """Code, words, questions and heads of an answer, all without keys."""
    with CaptureQueriesContext(connection) as questions:
        answer = pressing.asked(client, method, address, payload)
    said = [TOLD.sub("?", one["sql"]) for one in questions if "SAVEPOINT" not in one["sql"]]
    heads = sorted((name, KEY.sub("-", value)) for name, value in answer.items() if name != "Content-Length")
    return answer.status_code, bare(answer), said, heads


def hidden_and_not_there(world: Lived) -> Iterator[tuple[str, str, str]]:
    """Each address of the household, or of something in it, and the same address of something that is nowhere."""
    for name, address in world.addresses().items():
        if of_file(name) and KEY.search(address) and name not in OF_A_COLLEAGUE:
            yield name, address, KEY.sub(lambda _key: str(uuid4()), address)


@pytest.mark.parametrize("role", WITHOUT_A_FILE)
def test_hidden_answers_as_not_there(role: str) -> None:
    world = lived(town())
    client = pressing.signed_in(world.here.users[role])
    client.get("/")  # a first request reads templates, and the language
    compared = 0
    different = []
    for name, hidden, nowhere in hidden_and_not_there(world):
        if name in TELLS_A_NAME and role in ("neighbour", "bridge_figure"):
            continue
        for method in ("get", "post"):
            there, not_there = (asked(client, method, address, {"text": "x"}) for address in (hidden, nowhere))
            compared += 1
            different += [
                (name, method, what)
                for what, a, b in zip(["code", "words", "questions", "heads"], there, not_there, strict=True)
                if a != b
            ]
    assert not different
    assert compared > 80


def test_the_sentence_is_the_same_everywhere() -> None:
    """Whoever may be told nothing is told the same on the page of a household and below it."""
    world = lived(town())
    client = pressing.signed_in(world.here.users["neighbour"])
    said = {
        re.sub(r"\s+", " ", re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.S)[1])  # type: ignore[index]
        for name, address in world.of_household().items()
        if address.startswith(f"/gezin/{world.household}/")
        and (answer := pressing.asked(client, "get", address)).status_code != 405
    }
    assert said == {str(NOT_OPEN)}


def test_the_door_does_the_same_work() -> None:
    """Not one row more is read for a file that is hidden: the flat table is asked first, and the file only after."""
    world = lived(town())
    hidden, nowhere = (work_of(world, key) for key in (world.household, uuid4()))
    assert hidden == nowhere
    assert work_of(world, world.household, role="worker") != nowhere, "this would notice what is read of an open file"


def work_of(world: Lived, key: UUID, role: str = "neighbour") -> list[Any]:
    """What PostgreSQL reads when somebody opens this household, table by table."""
    asking = f"explain (analyze, buffers, timing off, summary off, format json) {_DOOR.replace('@also', 'null')}"
    by = getattr(world.here, role)
    with acting(by), connection.cursor() as cursor:
        cursor.execute(asking, {"worker": by.id, "on": world.here.today, "key": key})
        found = cursor.fetchone()[0]
    return sorted(rows_of(found if isinstance(found, list) else json.loads(found)))


def rows_of(plan: Any) -> Iterator[tuple[str, float, float]]:
    """Yield of every table in a plan how often it was asked, what it gave, and of files what was thrown away.

    What is thrown away of the flat table depends on the index that PostgreSQL takes in a town of three households; the
    times of a whole city are compared in `benchmarks/secrecy.py`.
    """
    for one in plan if isinstance(plan, list) else [plan]:
        if table := one.get("Relation Name"):
            thrown = 0 if table == "access_reach" else one.get("Rows Removed by Filter", 0)
            yield table, one["Actual Loops"], one["Actual Rows"] + thrown
        for part in ("Plan", "Plans"):
            yield from rows_of(one.get(part, []))


def test_searching_a_hidden_name_is_as_searching_nobody() -> None:
    here = town()
    household(here, people=(NewPerson("Zeldzame", "Naamdrager", date(1990, 3, 4), "day"),))
    client = pressing.signed_in(here.users["neighbour"])
    client.get("/")
    answers = []
    for name in ("Naamdrager", "Naamzoeker"):
        code, words, questions, heads = asked(client, "get", f"/zoek/?q={name}")
        answers.append((code, words.replace(name, "?"), questions, heads))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("address", ["/", "/gezinnen/", "/team/", "/onthaal/", "/afwezig/", "/beheer/"])
@pytest.mark.parametrize("role", ["neighbour", "director", "coordinator", "administrator"])
def test_lists_and_counts_do_not_count_what_is_hidden(role: str, address: str) -> None:
    """With a household of another team more in the town, every list and count of who does not reach it is the same."""
    here = town()
    client = pressing.signed_in(here.users[role])
    client.get("/")
    before = asked(client, "get", address)
    household(here, by=here.neighbour if role == "coordinator" else here.worker,
              street="Molenstraat" if role == "coordinator" else "Kerkstraat")  # fmt: skip
    after = asked(client, "get", address)
    assert after[:2] == before[:2]
    assert len(after[2]) == len(before[2])


def test_a_national_number_that_is_hidden_may_be_typed_again() -> None:
    """No uniqueness spans hidden files: its violation would tell that somebody is known."""
    here = town()
    number = "90030400185"
    person = NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day", insz=number)
    first = household(here, people=(person,))
    second = household(here, people=(person,), by=here.neighbour, street="Molenstraat")
    assert first != second


@pytest.mark.parametrize("address", ["/gezin/{}/contact/", "/gezin/{}/notitie/", "/doelen/{}/"])
def test_a_draft_for_a_hidden_page_is_kept_as_any_other(address: str) -> None:
    world = lived(town())
    client = pressing.signed_in(world.here.users["neighbour"])
    keys: list[UUID] = [world.household, uuid4()]
    kept = [asked(client, "post", "/concept/", {"draft-key": address.format(key), "words": "x"}) for key in keys]
    # The moment at which a draft was kept stands in the question, and in the answer.
    assert [code for code, *_ in kept] == [200, 200]
    assert len(kept[0][2]) == len(kept[1][2])


def test_every_address_of_a_file_was_compared() -> None:
    world = lived(town())
    compared = {name for name, *_ in hidden_and_not_there(world)}
    asked_for = {name for name, parts in ROUTES if {"key", "household"} & set(parts) and of_file(name)}
    assert asked_for - OF_A_COLLEAGUE == compared
