"""A form that is sent twice, one after the other or at the same moment, is saved once and is no mistake."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, household, town
from tests.rooms.at_once import at_once

from nabij.frontdesk import queries
from nabij.frontdesk.models import Appointment, Contact, HelpRequest
from nabij.kernel.actor import acting
from nabij.kernel.forms import made_key

pytestmark = pytest.mark.django_db
TWICE = "Dit was al bewaard."
AT_ONCE = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class Desk:
    """A household in wijk A, and the pages of its worker."""

    def __init__(self) -> None:
        self.town: Town = town()
        self.by, self.key = self.town.worker, household(self.town)
        self.client = self.signed_in()

    def signed_in(self) -> Client:
        client = Client()
        client.force_login(self.town.users["worker"], backend="nabij.access.backends.EmailBackend")
        return client

    def url(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.key])

    def form(self, name: str, **more: object) -> dict[str, object]:
        """Return what the page sends: the key that it carries, and what is typed."""
        found = re.search(r'name="key" value="([0-9a-f-]{36})"', self.client.get(self.url(name)).content.decode())
        assert found, "the page carries a key"
        typed = {"note-contact": self.contact, "book": self.booking}[name]()
        return {"key": found[1]} | typed | more

    def contact(self) -> dict[str, object]:
        return {"channel": "phone", "words": "De boiler is stuk.", "domain": "housing"}

    def booking(self) -> dict[str, object]:
        tomorrow = timezone.localdate() + timedelta(days=1)
        when = {"on": tomorrow.isoformat(), "at": "10:00", "minutes": "45"}
        return {"worker": str(self.by.id), "place": "home", "about": " boiler ", **when}

    def send(self, name: str, sent: dict[str, object], client: Client | None = None) -> str:
        return (client or self.client).post(self.url(name), sent, follow=True).content.decode()

    def contacts(self) -> list[tuple[Contact, list[HelpRequest]]]:
        with acting(self.by):
            # The first visit made one too, without words.
            return [one for one in queries.contacts_and_requests(self.key, by=self.by)[0] if one[0].words]

    def appointments(self) -> list[Appointment]:
        with acting(self.by):
            return queries.appointments_with(self.key, by=self.by)


@pytest.fixture
def here() -> Desk:
    return Desk()


def test_a_contact_sent_twice_is_one_contact_with_one_request(here: Desk) -> None:
    sent = here.form("note-contact")
    assert "Contact bewaard." in here.send("note-contact", sent)
    assert TWICE in here.send("note-contact", sent)
    ((contact, asked),) = here.contacts()
    assert contact.id == made_key(here.by.id, UUID(str(sent["key"])))
    assert [(one.domain, one.team_id) for one in asked] == [("housing", here.town.teams[0].id)]


def test_an_appointment_sent_twice_is_one_appointment(here: Desk) -> None:
    sent = here.form("book")
    assert "De afspraak staat vast." in here.send("book", sent)
    assert TWICE in here.send("book", sent)
    (made,) = here.appointments()
    assert (made.id, made.about) == (made_key(here.by.id, UUID(str(sent["key"]))), "boiler")


def test_of_two_workers_who_send_the_same_key_each_has_an_own_contact(here: Desk) -> None:
    """A page that was left open in another's name, or a key that was overheard: nothing is told of the other."""
    sent = here.form("note-contact")
    here.send("note-contact", sent)
    other = Client()
    other.force_login(here.town.users["coordinator"], backend="nabij.access.backends.EmailBackend")
    assert "Contact bewaard." in here.send("note-contact", sent, other)
    assert len(here.contacts()) == 2


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("note-contact", {"words": "Nog iets."}),
        ("note-contact", {"domain": ""}),
        ("note-contact", {"channel": "home"}),
        ("book", {"at": "14:00"}),
        ("book", {"place": "phone", "at": "14:00"}),
    ],
)
def test_something_else_below_the_same_key_is_not_lost(here: Desk, name: str, more: dict[str, object]) -> None:
    sent = here.form(name)
    here.send(name, sent)
    page = here.send(name, sent | more)
    assert TWICE not in page
    assert "Dit is al bewaard. Kijk eerst" in page
    renewed = re.search(r'name="key" value="([0-9a-f-]{36})"', page)
    assert renewed
    assert renewed[1] != sent["key"]
    assert TWICE not in here.send(name, sent | more | {"key": renewed[1]})
    assert len(here.contacts() + here.appointments()) == 2


@pytest.mark.parametrize("name", ["note-contact", "book"])
def test_a_form_without_a_key_is_saved_too(here: Desk, name: str) -> None:
    assert TWICE not in here.send(name, here.form(name, key=""))
    assert len(here.contacts() + here.appointments()) == 1


@AT_ONCE
@pytest.mark.parametrize("name", ["note-contact", "book"])
def test_sent_twice_at_once_is_saved_once(name: str) -> None:
    here = Desk()
    sent, other = here.form(name), here.signed_in()
    pages = at_once(lambda: here.send(name, sent), lambda: here.send(name, sent, other))
    assert not [one for one in pages if isinstance(one, Exception)], pages
    assert sum(TWICE in str(page) for page in pages) == 1, pages
    assert len(here.contacts() + here.appointments()) == 1


def test_a_past_hour_and_a_slip_in_the_year_stand_beside_their_box(here: Desk) -> None:
    for more, sentence, box in [
        ({"on": "2126-01-01"}, "Kijk het jaar na", "id_on"),
        ({"on": "9999-12-31", "at": "23:59"}, "Kijk het jaar na", "id_on"),
        ({"on": "0001-01-01"}, "al voorbij", "id_at"),
        ({"on": timezone.localdate().isoformat(), "at": "00:00"}, "al voorbij", "id_at"),
    ]:
        answer = here.client.post(here.url("book"), here.form("book", **more))
        assert answer.status_code == 422
        errors = answer.context["form"].errors
        assert list(errors) == [box.removeprefix("id_")]
        assert sentence in str(errors)
    assert here.appointments() == []


def test_how_an_appointment_went_is_noted_once(here: Desk) -> None:
    here.send("book", here.form("book"))
    (made,) = here.appointments()
    url = reverse("desk:close-appointment", args=[made.id])

    def press(status: str) -> tuple[int, str]:
        answer = here.client.post(url, {"status": status}, follow=True)
        return answer.status_code, answer.content.decode()

    for nothing in ("", "planned", "geweest"):
        status, page = press(nothing)
        assert (status, "Duid aan hoe de afspraak afliep." in page) == (422, True)
    assert "een reden om te bellen" in press("missed")[1]
    assert TWICE in press("missed")[1]
    status, page = press("held")
    assert (status, "al genoteerd hoe ze afliep" in page) == (409, True)
    assert [one.status for one in here.appointments()] == ["missed"]


def test_an_answer_sent_twice_is_one_answer(here: Desk) -> None:
    here.send("note-contact", here.form("note-contact"))
    ((_contact, (asked,)),) = here.contacts()
    url = reverse("desk:answer-request", args=[asked.id])

    def answer(outcome: str) -> str:
        return here.client.post(url, {"outcome": outcome}, follow=True).content.decode()

    assert "hoogstens 300 tekens" in answer("x" * 301)
    assert "Genoteerd wat er van de vraag kwam." in answer("Er komt iemand kijken. ")
    assert TWICE in answer("Er komt iemand kijken. ")
    assert "al beantwoord" in answer("Niemand komt kijken.")
