"""The front desk: whoever stands there is received, whatever is typed, once."""

import re
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, household, town

from nabij.frontdesk.models import Appointment, Contact, HelpRequest
from nabij.households.models import Household, Person
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


@pytest.fixture
def desk(client: Client, here: Town) -> Client:
    client.force_login(here.users["desk"], backend="nabij.access.backends.EmailBackend")
    return client


def typed(**more: object) -> dict[str, object]:
    visit = {"given_name": "Samira", "family_name": "Ben Thabet", "birth_date": "3/4/1991", "domain": "housing"}
    where = {
        "words": "Er staat water in de kamer.",
        "street": "Kerkstraat",
        "number": "12",
        "channel": "walk_in",
        "slot": "",
    }
    return {"key": str(uuid4()), **visit, **where, **more}


def slot(worker: UUID, hour: int = 10) -> str:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return f"{worker}|{timezone.make_aware(datetime.combine(tomorrow, time(hour))).isoformat()}"


def sent(desk: Client, **more: object) -> object:
    return desk.post(reverse("desk:front-desk"), typed(**more))


def test_a_visit_becomes_household_request_and_appointment(desk: Client, here: Town) -> None:
    answer = sent(desk, slot=slot(here.worker.id))
    assert answer.status_code == 302, answer.content.decode()
    with acting(here.worker):
        home = Household.objects.get()
        assert home.name == "Samira Ben Thabet"
        assert HelpRequest.objects.get().team_id == here.teams[0].id
        assert Appointment.objects.get().worker_id == here.worker.id
    assert "Wim Werker" in desk.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"birth_date": "31/02/1991"}, "bestaat niet"),
        ({"birth_date": "1/1/2999"}, "toekomst"),
        ({"insz": "85073003329"}, "klopt niet"),
        ({"phone": "12"}, "telefoonnummer"),
        ({"given_name": "", "family_name": ""}, "Zonder naam"),
        ({"given_name": "x" * 121}, "120"),
        ({"slot": "morgen"}, "slot"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(desk: Client, here: Town, more: dict, sentence: str) -> None:
    answer = sent(desk, **more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Er staat water in de kamer." in page
    with acting(here.worker):
        assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("D'Arc", "Van ’t Hof"),
        ("A", ""),
        ("", "Özdemir-Çelik"),
        ("محمد", "الأحمد"),
        ("Zoë 🌸", "Núñez"),
        ("x" * 120, "y" * 120),
    ],
)
def test_names_are_kept_as_people_write_them(desk: Client, here: Town, given: str, family: str) -> None:
    assert sent(desk, given_name=given, family_name=family).status_code == 302
    with acting(here.worker):
        person = Person.objects.get()
    assert person.given_name.replace(" 🌸", "") == given.replace(" 🌸", "")
    assert person.family_name == family


def test_an_address_that_no_wijk_has_goes_to_the_central_team(desk: Client, here: Town) -> None:
    answer = sent(desk, street="Nergensstraat")
    page = desk.get(answer["Location"]).content.decode()
    assert "Sociaal Huis" in page
    assert "Geen enkele wijk heeft dit adres" in page


def test_without_a_name_counts_and_makes_no_household(desk: Client, here: Town) -> None:
    assert sent(desk, nameless="on", given_name="", family_name="").status_code == 302
    with acting(here.desk):
        assert Contact.objects.get().household_id is None
        assert HelpRequest.objects.get().domain == "housing"
    with acting(here.worker):
        assert not Household.objects.exists()
        assert HelpRequest.objects.get().words == "Er staat water in de kamer."


def test_a_moment_that_a_colleague_just_took_is_refused_and_nothing_is_half_done(desk: Client, here: Town) -> None:
    assert sent(desk, slot=slot(here.worker.id)).status_code == 302
    answer = sent(desk, given_name="Karel", family_name="De Smet", slot=slot(here.worker.id))
    assert "heeft op dat moment al een afspraak" in answer.content.decode()
    with acting(here.worker):
        assert Household.objects.count() == 1


def test_who_is_known_is_seen_while_typing_without_an_address(desk: Client, here: Town) -> None:
    household(here)
    page = desk.get(reverse("desk:known"), {"given_name": "Ayse", "family_name": "Yildiz", "birth_date": "4/3/1990"})
    assert "gekend: Ayşe Yıldız" in page.content.decode()
    assert "Kerkstraat" not in page.content.decode()


def test_who_is_known_in_another_town_is_not_known_here(desk: Client, here: Town) -> None:
    household(town("Elders"))
    page = desk.get(reverse("desk:known"), {"given_name": "Ayşe", "family_name": "Yıldız", "birth_date": "4/3/1990"})
    assert "Yıldız" not in page.content.decode()


def test_the_desk_notes_a_visit_of_a_known_household_and_sees_no_file(desk: Client, here: Town) -> None:
    key = household(here, by=here.worker)
    page = desk.get(reverse("desk:receive-known", args=[key])).content.decode()
    assert "Kerkstraat" not in page
    answer = desk.post(
        reverse("desk:receive-known", args=[key]), {"channel": "walk_in", "words": "Kwam langs.", "slot": ""}
    )
    assert answer.status_code == 302
    assert desk.get(reverse("desk:household", args=[key])).status_code == 302  # back to what the desk may see
    with acting(here.worker):
        assert Contact.objects.filter(household_id=key, words="Kwam langs.").exists()


def test_the_fragment_equals_the_page(desk: Client, here: Town) -> None:
    household(here)
    asked = {"given_name": "Ayse", "family_name": "Yildiz", "birth_date": "4/3/1990"}
    fragment = desk.get(reverse("desk:known"), asked).content.decode().strip()
    whole = desk.post(reverse("desk:front-desk"), {**typed(**asked), "look": "1"}).content.decode()
    assert fragment
    assert fragment in whole


@pytest.mark.parametrize(
    "more", [{}, {"nameless": "on", "given_name": "", "family_name": ""}, {"with_slot": True}], ids=str
)
def test_a_visit_sent_twice_is_noted_once_and_is_no_mistake(desk: Client, here: Town, more: dict[str, object]) -> None:
    visit = typed(**more) | ({"slot": slot(here.worker.id)} if more.get("with_slot") else {})
    first = desk.post(reverse("desk:front-desk"), visit)
    assert first.status_code == 302, first.content.decode()
    again = desk.post(reverse("desk:front-desk"), visit, follow=True)
    assert again.redirect_chain[0][0] == first["Location"]
    assert "Dit was al bewaard." in again.content.decode()
    with acting(here.desk):
        assert Contact.objects.count() == 1


def test_another_moment_in_the_same_form_is_not_quietly_dropped(desk: Client, here: Town) -> None:
    visit = typed(slot=slot(here.worker.id))
    assert desk.post(reverse("desk:front-desk"), visit).status_code == 302
    for other in ({"slot": slot(here.worker.id, 14)}, {"domain": "debt"}):
        answer = desk.post(reverse("desk:front-desk"), visit | other)
        assert answer.status_code == 422
        assert "Dit is al bewaard. Kijk eerst" in answer.content.decode()


def test_what_was_typed_goes_along_to_who_is_known_and_not_to_the_next_visitor(desk: Client, here: Town) -> None:
    key = household(here, by=here.worker)
    front, known = reverse("desk:front-desk"), reverse("desk:receive-known", args=[key]) + "?van-onthaal=1"
    page = desk.post(front, {**typed(given_name="Ayşe", family_name="Yıldız", birth_date="4/3/1990"), "look": "1"})
    assert known in page.content.decode()
    assert "Er staat water in de kamer." in desk.get(known).content.decode()
    assert "Er staat water in de kamer." not in desk.get(known.split("?")[0]).content.decode()
    assert desk.post(known, {"channel": "walk_in", "words": "Er staat water.", "slot": ""}).status_code == 302
    assert "Yıldız" not in desk.get(front).content.decode().split('id="noted"')[0]


def test_without_an_address_nobody_is_told_that_it_is_wrong(desk: Client, here: Town) -> None:
    answer = sent(desk, street="", number="")
    page = desk.get(answer["Location"]).content.decode()
    assert "Er is nog geen adres" in page
    assert "Geen enkele wijk" not in page
    assert "Maak alsnog een afspraak" in page


def test_somebody_else_in_the_same_form_after_the_back_button_is_not_lost(desk: Client, here: Town) -> None:
    visit = typed(words="")
    desk.post(reverse("desk:front-desk"), visit)
    other = desk.post(reverse("desk:front-desk"), visit | {"given_name": "Ahmed", "birth_date": "5/6/1970"})
    page = other.content.decode()
    assert "Dit is al bewaard. Kijk eerst" in page
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page)
    assert key
    desk.post(reverse("desk:front-desk"), visit | {"given_name": "Ahmed", "birth_date": "5/6/1970", "key": key[1]})
    with acting(here.worker):
        assert sorted(Household.objects.values_list("name", flat=True)) == ["Ahmed Ben Thabet", "Samira Ben Thabet"]


def test_the_visit_of_a_known_household_sent_twice_is_noted_once(desk: Client, here: Town) -> None:
    key = household(here)
    address = reverse("desk:receive-known", args=[key])
    visit = {"key": str(uuid4()), "channel": "walk_in", "words": "Weer de boiler.", "domain": "housing", "slot": ""}
    first = desk.post(address, visit)
    assert first.status_code == 302, first.content.decode()
    again = desk.post(address, visit, follow=True)
    assert "Dit was al bewaard." in again.content.decode()
    with acting(here.worker):
        assert Contact.objects.filter(words="Weer de boiler.").count() == 1
