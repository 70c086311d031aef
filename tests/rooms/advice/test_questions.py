"""A question opens what it names, to who was asked, until thirty days after the answer: tried by verb, page and raw SQL."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, enrol, household, town
from tests.rooms.at_once import at_once

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access import reach
from nabij.access.roles import Ground, Part
from nabij.advice import actions as advice
from nabij.advice import queries as questions
from nabij.advice.models import Question
from nabij.casework import actions as casework
from nabij.households.queries import open_household
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class World:
    """A household that `worker` guides, with a goal and a note, and two experts."""

    def __init__(self) -> None:
        self.here: Town = town()
        self.experts = [self._expert("Ella Energie"), self._expert("Omar Schuld")]
        self.key = household(self.here)
        by, now = self.here.worker, timezone.now()
        with acting(by):
            casework.open_case(by=by, household=self.key, on=self.here.today, now=now)
            casework.add_goal(
                by=by, household=self.key, words="Een warm huis", domain="housing", now=now, today=self.here.today
            )
            casework.write_note(
                by=by, household=self.key, kind="shared", text="De ketel is stuk", about_on=self.here.today, now=now,
                today=self.here.today,
            )  # fmt: skip

    def _expert(self, name: str) -> Actor:
        user = enrol(self.here, name, "knowledge_cell")
        self.here.users[name] = user
        with acting(self.here.operator):
            return who.actor_for(user, on=self.here.today)

    def ask(
        self, *, by: Actor | None = None, expert: Actor | None = None, parts: Part = Part.PLAN, words: str = "Mag dit?"
    ) -> Question:
        by = by or self.here.worker
        with acting(by):
            return advice.ask(
                by=by, household=self.key, expert=(expert or self.experts[0]).id, words=words, parts=parts,
                now=timezone.now(), today=self.here.today, key=uuid4(),
            )  # fmt: skip

    def answer(self, question: UUID, *, by: Actor | None = None, words: str = "Ja, met attest.") -> Question:
        by = by or self.experts[0]
        with acting(by):
            return advice.answer(by=by, question=question, words=words, now=timezone.now(), today=self.here.today)

    def ground(self, by: Actor, days: int = 0) -> Ground | None:
        with acting(by):
            return who.ground_of(by, self.key, on=self.here.today + days * DAY)


def seen(by: Actor, table: str) -> int:
    with acting(by), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def test_a_question_opens_until_thirty_days_after_the_answer() -> None:
    world = World()
    expert = world.experts[0]
    assert world.ground(expert) is None
    asked = world.ask()
    assert (world.ground(expert), world.ground(expert, 400)) == (Ground.ADVISER, Ground.ADVISER)
    assert (seen(expert, "casework_goal"), seen(expert, "casework_note")) == (1, 0)
    world.answer(asked.id)
    assert (world.ground(expert, 29), world.ground(expert, 30)) == (Ground.ADVISER, None)
    with acting(world.here.worker):
        assert [q.answer for q in questions.questions_of(world.key, by=world.here.worker)] == ["Ja, met attest."]
        assert reach.differences() == 0


def test_a_question_that_is_taken_back_closes_at_once() -> None:
    world = World()
    asked = world.ask(parts=Part.PLAN | Part.NOTES | Part.CONTACTS)
    with acting(world.here.worker):
        advice.take_back(by=world.here.worker, question=asked.id, now=timezone.now(), today=world.here.today)
    expert = world.experts[0]
    assert world.ground(expert) is None
    tables = ("casework_goal", "casework_note", "frontdesk_contact", "advice_question", "households_household")
    assert {table: seen(expert, table) for table in tables} == dict.fromkeys(tables, 0)
    with pytest.raises(NotOpen):
        world.answer(asked.id)


def test_two_questions_to_one_expert_end_each_in_its_own_time() -> None:
    world = World()
    first, second = world.ask(parts=Part.PLAN), world.ask(parts=Part.NOTES, words="En dit?")
    expert = world.experts[0]
    world.answer(first.id)
    with acting(world.here.worker):
        advice.take_back(by=world.here.worker, question=second.id, now=timezone.now(), today=world.here.today)
    assert (seen(expert, "casework_goal"), seen(expert, "casework_note")) == (1, 0)


def test_one_expert_sees_nothing_of_a_question_to_another() -> None:
    world = World()
    asked = world.ask()
    other = world.experts[1]
    assert seen(other, "advice_question") == 0
    with acting(other), pytest.raises(NotOpen):
        questions.question(asked.id, by=other)
    with pytest.raises(NotOpen):
        world.answer(asked.id, by=other)
    with pytest.raises(NotOpen):
        world.answer(asked.id, by=world.here.worker)


def test_only_who_guides_asks_and_only_who_gives_advice_is_asked() -> None:
    world = World()
    for by, refusal in (
        (world.here.colleague, Denied), (world.here.coordinator, Denied), (world.here.neighbour, NotOpen),
        (world.here.director, NotOpen), (world.experts[1], NotOpen),
    ):  # fmt: skip
        with pytest.raises(refusal):
            world.ask(by=by)
    for expert in (world.here.neighbour, world.here.director, world.here.worker):
        with pytest.raises(BadInput, match="kenniscel"):
            world.ask(expert=expert)
    with pytest.raises(BadInput, match="wat je wilt weten"):
        world.ask(words="   ")
    with pytest.raises(BadInput, match="korter"):
        world.ask(words="x" * 5001)


def test_an_expert_of_another_town_cannot_be_asked() -> None:
    world, other = World(), World()
    with pytest.raises(BadInput):
        world.ask(expert=other.experts[0])
    asked = world.ask()
    with acting(other.experts[0]), pytest.raises(NotOpen):
        questions.question(asked.id, by=other.experts[0])


def test_an_answer_is_given_once() -> None:
    world = World()
    asked = world.ask()
    world.answer(asked.id)
    with pytest.raises(NotNow, match="al beantwoord"):
        world.answer(asked.id, words="Toch niet")
    with acting(world.here.worker), pytest.raises(NotNow, match="al beantwoord"):
        advice.take_back(by=world.here.worker, question=asked.id, now=timezone.now(), today=world.here.today)


@pytest.mark.serial
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_an_answer_and_a_taking_back_at_the_same_moment_one_wins() -> None:
    world = World()
    asked = world.ask()
    here, now = world.here, timezone.now()

    def takes_back() -> object:
        with acting(here.worker):
            return advice.take_back(by=here.worker, question=asked.id, now=now, today=here.today)

    results = at_once(lambda: world.answer(asked.id), takes_back)
    lost = [result for result in results if isinstance(result, Exception)]
    assert len(lost) == 1
    assert isinstance(lost[0], (NotNow, NotOpen)), lost


def signed_in(client: Client, world: World, who_: str) -> Client:
    client.force_login(world.here.users[who_], backend="nabij.access.backends.EmailBackend")
    return client


def test_the_expert_reads_the_question_and_what_it_names_and_answers(client: Client) -> None:
    world = World()
    asked = world.ask(words="Is er een premie voor een ketel?")
    page = signed_in(client, world, "Ella Energie").get("/").content.decode()
    assert "Is er een premie voor een ketel?" in page
    # The address of the file leads to the question: that is what is open.
    answer = client.get(reverse("desk:household", args=[world.key]), follow=True)
    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("desk:question", args=[asked.id])
    assert "Een warm huis" in shown
    assert "De ketel is stuk" not in shown
    assert client.get(reverse("casework:plan", args=[world.key])).status_code == 404
    client.post(reverse("desk:question", args=[asked.id]), {"words": "Ja: Mijn VerbouwPremie."})
    assert "Ja: Mijn VerbouwPremie." in signed_in(client, world, "worker").get(
        reverse("desk:question", args=[asked.id])
    ).content.decode()  # fmt: skip


def test_a_question_sent_twice_is_one_question(client: Client) -> None:
    world = World()
    sent = {"expert": str(world.experts[0].id), "words": "Eén keer", "parts": ["1", "4"], "key": str(uuid4())}
    signed_in(client, world, "worker")
    for _ in range(2):
        assert client.post(reverse("desk:ask-advice", args=[world.key]), sent).status_code == 302
    with acting(world.here.worker):
        found = questions.questions_of(world.key, by=world.here.worker)
        assert [(q.words, q.parts) for q in found] == [("Eén keer", 5)]


def test_the_look_of_an_expert_is_there_for_the_case_manager_to_see() -> None:
    world = World()
    asked = world.ask()
    with acting(world.experts[0]):
        home = open_household(world.key, by=world.experts[0], on=world.here.today, purpose="raad")
    assert home.ground == Ground.ADVISER
    assert not home.address
    assert not home.contact_points
    with acting(world.here.worker):
        basis = access.end_basis_on
        basis(by=world.here.worker, basis=asked.basis_id, on=world.here.today, now=timezone.now())
    assert world.ground(world.experts[0]) is None
