"""The verbs of the front desk hold without their forms: what cannot be is told in a sentence, and nothing of it stays."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from tests.factories import household, town
from tests.rooms.at_once import at_once

from nabij.frontdesk import actions, queries
from nabij.frontdesk.actions import Asked, Met
from nabij.frontdesk.models import Appointment, HelpRequest
from nabij.frontdesk.policies import MOST_WORDS
from nabij.kernel.actor import acting
from nabij.kernel.constraints import sentences
from nabij.kernel.refusals import BadInput, NotNow

pytestmark = pytest.mark.django_db

LONG = "é" * (MOST_WORDS + 1)
HOUR = timedelta(hours=1)


class Desk:
    """A household in wijk A, and its worker who notes and books."""

    def __init__(self) -> None:
        self.town, self.now = town(), timezone.now()
        self.by, self.key = self.town.worker, household(self.town)

    def run(self, verb: Callable[..., Any], **asked: object) -> Any:
        with acting(self.by):
            return verb(by=self.by, now=self.now, **asked)

    def meet(self, **more: object) -> Any:
        asked = {"household": self.key, "channel": "phone", "words": "Hallo", "met_at": self.now}
        return self.run(actions.note_contact, **asked | more)

    def ask(self, contact: object, domain: str = "housing", words: str = "te klein") -> HelpRequest:
        return self.run(actions.note_request, contact=contact, asked=Asked(domain, words), team=self.town.teams[0].id)

    def book(self, *, starts: timedelta = HOUR, lasts: timedelta = HOUR, **more: object) -> Appointment:
        begins = self.now + starts
        asked = {"household": self.key, "worker": self.by.id, "starts_at": begins, "ends_at": begins + lasts}
        return self.run(actions.book, **asked | more)

    def met(self) -> int:
        with acting(self.by):
            return len(queries.contacts_and_requests(self.key, by=self.by)[0])

    def booked(self) -> list[Appointment]:
        with acting(self.by):
            return queries.appointments_with(self.key, by=self.by)


@pytest.fixture
def here() -> Desk:
    return Desk()


def refused(call: Callable[[], object], field: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as said:
        call()
    assert said.value.field == field


MEETINGS = [
    ({"channel": ""}, "channel", "hoe jullie contact hadden"),
    ({"channel": "PHONE"}, "channel", "hoe jullie contact hadden"),
    ({"channel": "rooksignalen van ver"}, "channel", "hoe jullie contact hadden"),
    ({"words": LONG}, "words", "hoogstens 20000 tekens"),
    ({"met_at": datetime(202, 1, 1, tzinfo=UTC)}, "met_at", "het jaar na"),
    ({"met_at": datetime(1, 1, 1, tzinfo=UTC)}, "met_at", "het jaar na"),
    ({"met_at": datetime(9999, 12, 31, 23, tzinfo=UTC)}, "met_at", "verleden"),
]


@pytest.mark.parametrize(("more", "field", "words"), MEETINGS)
def test_a_contact_that_cannot_be(here: Desk, more: dict[str, Any], field: str, words: str) -> None:
    before = here.met()
    refused(lambda: here.meet(**more), field, words)
    one = Met(**{"household": here.key, "channel": "phone", "words": "", "met_at": here.now} | more)
    fine = Met(here.key, "phone", "", here.now)
    refused(lambda: here.run(actions.note_contacts, met=[fine, one]), field, words)
    assert here.met() == before


def test_as_many_words_as_fit(here: Desk) -> None:
    contact = here.meet(words=LONG[:-1])
    assert len(here.ask(contact, words=f"  {LONG[:-1]}  ").words) == MOST_WORDS


@pytest.mark.parametrize("domain", ["", "Wonen", "HOUSING", "x" * 30, "housing "])
def test_a_request_about_what_does_not_exist(here: Desk, domain: str) -> None:
    contact = here.meet()
    refused(lambda: here.ask(contact, domain), "domain", "waarover de vraag gaat")
    refused(lambda: here.ask(contact, words=LONG), "words", "hoogstens 20000 tekens")
    with acting(here.by):
        assert queries.requests_of(here.key, by=here.by) == []


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"place": ""}, "place", "waar de afspraak is"),
        ({"place": "aan de kust, bij de vuurtoren"}, "place", "waar de afspraak is"),
        ({"about": "x" * 201}, "about", "hoogstens 200 tekens"),
        ({"worker": uuid4()}, "worker", "welke collega"),
        ({"lasts": timedelta()}, "minutes", "eindigt na ze begint"),
        ({"lasts": -HOUR}, "minutes", "eindigt na ze begint"),
        ({"lasts": timedelta(hours=8, minutes=1)}, "minutes", "hoogstens acht uur"),
        ({"starts": -timedelta(minutes=1)}, "slot", "al voorbij"),
        ({"starts_at": datetime(1, 1, 1, tzinfo=UTC)}, "slot", "al voorbij"),
        ({"starts": timedelta(days=733)}, "slot", "het jaar na"),
        ({"starts_at": datetime(9999, 12, 31, 21, tzinfo=UTC)}, "slot", "het jaar na"),
    ],
)
def test_an_appointment_that_cannot_be(here: Desk, more: dict[str, Any], field: str, words: str) -> None:
    refused(lambda: here.book(**more), field, words)
    assert here.booked() == []


def test_an_appointment_at_the_edges(here: Desk) -> None:
    here.book(about="é" * 200, lasts=timedelta(hours=8), starts=timedelta(days=730), place="elsewhere")
    here.book(starts=timedelta())
    assert len(here.booked()) == 2


def test_nobody_is_booked_with_a_colleague_of_another_town(here: Desk) -> None:
    refused(lambda: here.book(worker=town("Elders").worker.id), "worker", "welke collega")


@pytest.mark.parametrize("status", ["", "planned", "doorgegaan", "x" * 30])
def test_an_appointment_does_not_end_so(here: Desk, status: str) -> None:
    made = here.book()
    refused(
        lambda: here.run(actions.close_appointment, appointment=made.id, status=status), "status", "de afspraak afliep"
    )
    assert [one.status for one in here.booked()] == ["planned"]


@pytest.mark.parametrize(("outcome", "words"), [("  ", "een paar woorden"), ("x" * 301, "hoogstens 300 tekens")])
def test_an_answer_that_cannot_be_kept(here: Desk, outcome: str, words: str) -> None:
    made = here.ask(here.meet())
    refused(lambda: here.run(actions.answer_request, request=made.id, outcome=outcome), "outcome", words)
    answered = here.run(actions.answer_request, request=made.id, outcome=" " + "x" * 300)
    assert (answered.status, answered.outcome, answered.closed_by) == ("answered", "x" * 300, here.by.id)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_ended_by_two_at_once_is_ended_once() -> None:
    here = Desk()
    request, appointment = here.ask(here.meet()), here.book()
    colleague = here.town.colleague

    def end(by: Any, verb: Callable[..., Any], **asked: object) -> Callable[[], object]:
        def run() -> object:
            with acting(by):
                return verb(by=by, now=here.now, **asked)

        return run

    for verb, asked in [
        (actions.answer_request, {"request": request.id, "outcome": "Er is een kamer."}),
        (actions.close_appointment, {"appointment": appointment.id, "status": "held"}),
    ]:
        came = at_once(end(here.by, verb, **asked), end(colleague, verb, **asked))
        assert [type(one) for one in came if isinstance(one, Exception)] == [NotNow], came


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("update frontdesk_contact set channel = 'rook'", "contact_channel_is_known"),
        ("update frontdesk_helprequest set domain = 'wonen'", "request_domain_is_known"),
        ("update frontdesk_helprequest set status = 'open'", "request_status_is_known"),
        ("update frontdesk_appointment set place = 'kust'", "appointment_place_is_known"),
        ("update frontdesk_appointment set status = 'open'", "appointment_status_is_known"),
    ],
)
def test_the_tables_hold_what_exists_too(here: Desk, sql: str, constraint: str) -> None:
    here.ask(here.meet())
    here.book()
    refusing = pytest.raises(IntegrityError, match=constraint)
    with acting(here.by), refusing, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert str(sentences()[constraint]).endswith(".")


@pytest.mark.parametrize("key", [uuid4()])
def test_the_same_key_is_saved_once(here: Desk, key: UUID) -> None:
    here.meet(key=key)
    here.book(key=key)  # a key is of one table
    met, later = here.met(), timedelta(hours=3)
    for again in (lambda: here.meet(key=key), lambda: here.book(key=key), lambda: here.book(key=key, starts=later)):
        with pytest.raises(NotNow):
            again()
    assert (here.met(), len(here.booked())) == (met, 1)
