"""What changes in a household: dated, never overwritten, and after a separation nothing of the one leaks to the other."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import POSTCODE, household, town

from nabij.access import queries as who
from nabij.access import reach
from nabij.access.roles import Ground
from nabij.casework import actions as casework
from nabij.casework import queries as cases
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk import queries as meetings
from nabij.households import actions as households
from nabij.households import queries as homes
from nabij.households.actions import NewAddress, NewHousehold, NewPerson
from nabij.journeys import moving_house, separation
from nabij.kernel.actor import Actor, acting
from nabij.kernel.forms import made_key
from nabij.kernel.refusals import BadInput, Denied, NotNow, NotOpen

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

AYSE, TOM = NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day"), NewPerson("Tom", "Maes", date(1988, 1, 2), "day")
ELIF = NewPerson("Elif", "Maes", date(2016, 5, 6), "day", role="child")
EMAIL = "ayse@example.org"


def told(street: str) -> NewAddress | None:
    return NewAddress(street, "3", "", POSTCODE, "Hier") if street else None


class Family:
    """Ayşe, Tom and Elif in wijk A, with a case manager, a plan, notes, and numbers of their own."""

    def __init__(self) -> None:
        self.town = where = town()
        self.by, self.today = where.worker, where.today
        address = NewAddress("Kerkstraat", "12", "", POSTCODE, "Hier", where.wijken[0].id)
        new = NewHousehold(people=(AYSE, TOM, ELIF), address=address, phones=("+32499000001",))
        with acting(self.by):
            self.key = households.register(
                by=self.by, new=new, team=where.teams[0].id, on=self.today - timedelta(days=9), now=timezone.now(),
                today=self.today,
            ).id  # fmt: skip
            contact = {"channel": "phone", "words": "Hallo", "met_at": timezone.now(), "now": timezone.now()}
            frontdesk.note_contact(by=self.by, household=self.key, **contact)
            casework.open_case(by=self.by, household=self.key, on=self.today, now=timezone.now())
            self.ayse, self.tom, self.elif_ = (member.person.id for member in self.home().members)
            # The eldest stands first: Tom, Ayşe, Elif.
            self.ayse, self.tom = self.tom, self.ayse
            for person, value in ((self.ayse, EMAIL), (self.tom, "tom@example.org")):
                self.reach(person, value)

    def home(self, key: UUID | None = None, by: Actor | None = None) -> homes.OpenHousehold:
        by = by or self.by
        with acting(by):
            return homes.open_household(key or self.key, by=by, on=self.today, purpose="test")

    def reach(self, person: UUID | None, value: str, kind: str = "email") -> None:
        households.reached_by(
            by=self.by, household=self.key, kind=kind, value=value, on=self.today - timedelta(days=5), now=timezone.now(),
            today=self.today, person=person,
        )  # fmt: skip

    def names(self, key: UUID | None = None) -> list[str]:
        return [member.person.given_name for member in self.home(key).members]

    def values(self, key: UUID | None = None, by: Actor | None = None) -> set[str]:
        return {point.value for point in self.home(key, by).contact_points}

    def run(self, verb: Callable[..., Any], by: Actor | None = None, **asked: object) -> Any:
        by = by or self.by
        asked = {"on": self.today} | asked
        with acting(by):
            return verb(by=by, household=self.key, now=timezone.now(), today=self.today, **asked)

    def separate(self, *, street: str = "Molenstraat", by: Actor | None = None, **more: object) -> UUID:
        asked = {"leaving": [self.ayse], "both_homes": [self.elif_], "address": told(street)} | more
        return self.run(separation.separate, by, **asked).id

    def join(self, person: NewPerson | UUID, **more: object) -> UUID:
        return self.run(households.join, person=person, **more)

    def leave(self, person: UUID, on: date | None = None) -> None:
        self.run(households.leave, person=person, on=on or self.today)

    def move(self, street: str, **more: object) -> moving_house.Proposal:
        return self.run(moving_house.move, address=told(street), **{"keep_team": False} | more)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"desk:{name}", args=[self.key, *more])

    def client(self, role: str = "worker") -> Client:
        client = Client()
        client.force_login(self.town.users[role], backend="nabij.access.backends.EmailBackend")
        return client


@pytest.fixture
def family() -> Family:
    return Family()


# Separation


def test_two_people_separate_and_each_has_an_own_file(family: Family) -> None:
    new = family.separate()
    assert family.names() == ["Tom", "Elif"]
    assert family.names(new) == ["Ayşe", "Elif"]
    shares = [
        m.membership.share for key in (family.key, new) for m in family.home(key).members if m.name == "Elif Maes"
    ]
    assert shares == [50, 50]
    assert [m.name for m in family.home().former] == ["Ayşe Yıldız"], "a child in two homes did not leave"
    assert (family.home().name, family.home(new).name) == ("Gezin Maes", "Gezin Yıldız – Maes")


def test_how_who_leaves_is_reached_goes_along(family: Family) -> None:
    new = family.separate()
    assert family.values() == {"+32499000001", "tom@example.org"} - {"+32499000001"}
    assert family.values(new) == {"+32499000001", EMAIL}


def test_a_number_is_written_as_people_write_it(family: Family) -> None:
    page = family.client().get(family.url("reachable")).content.decode()
    assert "0499 00 00 01" in page
    assert "+3249" not in page


def test_the_number_of_a_child_in_two_homes_is_in_both(family: Family) -> None:
    with acting(family.by):
        family.reach(family.elif_, "+32499000009", "phone")
    new = family.separate()
    assert "+32499000009" in family.values() & family.values(new)


def test_the_new_address_is_nowhere_in_the_old_file(family: Family) -> None:
    new = family.separate()
    assert str(family.home(new).address).startswith("Molenstraat 3")
    page = family.client().get(family.url("who-lives-here")).content.decode()
    page += family.client().get(family.url("reachable")).content.decode()
    page += family.client().get(reverse("desk:household", args=[family.key])).content.decode()
    page += family.client().get(reverse("desk:trail", args=[family.key]) + "?alles=1").content.decode()
    assert "Molenstraat" not in page
    assert str(new) not in page


def test_plan_notes_and_contacts_stay_and_what_is_shielded_stays_shielded(family: Family) -> None:
    by, now = family.by, timezone.now()
    with acting(by):
        casework.add_goal(
            by=by, household=family.key, words="Veilig wonen", domain="housing", now=now, today=family.today,
            for_whom=[family.ayse], shielded=[family.tom],
        )  # fmt: skip
        casework.write_note(
            by=by,
            household=family.key,
            kind="case",
            text="enkel voor ons",
            about_on=family.today,
            now=now,
            today=family.today,
        )
    new = family.separate(guide_both=True)
    with acting(by):
        assert [g.goal.words for g in cases.plan_of(family.key, by=by, on=family.today).goals] == ["Veilig wonen"]
        assert cases.plan_of(family.key, by=by, on=family.today, reader=family.tom).goals == []
        assert cases.plan_of(new, by=by, on=family.today).goals == []
        assert cases.notes_of(new, by=by) == []
        assert len(cases.notes_of(family.key, by=by)) == 1
        assert meetings.contacts_and_requests(new, by=by)[0] == []
        assert len(meetings.contacts_and_requests(family.key, by=by)[0]) == 1


def test_each_has_the_team_of_its_address(family: Family) -> None:
    where = family.town
    new, nowhere = family.separate(), Family()
    without = nowhere.separate(street="")
    for one, key, team in ((family, new, where.teams[1]), (nowhere, without, nowhere.town.teams[2])):
        with acting(one.by):
            assert who.in_charge([key], by=one.by, on=one.today)[key].team == team
            assert who.in_charge([one.key], by=one.by, on=one.today)[one.key].team == one.town.teams[0]
            assert reach.differences() == 0


def test_who_notes_it_brings_the_new_file_over_today_and_not_tomorrow(family: Family) -> None:
    where, new = family.town, family.separate()
    assert family.home(new).ground == Ground.TRANSFER
    assert family.client().get(reverse("desk:household", args=[new])).status_code == 200
    tomorrow = family.today + timedelta(days=1)
    with acting(family.by):
        assert who.ground_of(family.by, new, on=tomorrow) is None
        assert who.ground_of(family.by, family.key, on=tomorrow) == Ground.LEAD
    assert family.home(new, where.neighbour).ground == Ground.TEAM
    for actor, key in ((where.neighbour, family.key), (where.colleague, new)):
        with pytest.raises(NotOpen):
            family.home(key, actor)


def test_in_the_same_wijk_the_team_gives_it_and_nothing_more_is_given(family: Family) -> None:
    new = family.separate(street="Kerkstraat")
    assert family.home(new).ground == Ground.TEAM


@pytest.mark.parametrize("street", ["Kerkstraat", "Molenstraat"])
def test_the_case_manager_may_stay_for_both(family: Family, street: str) -> None:
    new = family.separate(street=street, guide_both=True)
    assert family.home(new).ground == Ground.LEAD
    with acting(family.by):
        assert cases.open_case_of(new, by=family.by, on=family.today)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"leaving": []}, "Duid aan wie er gaat"),
        ({"leaving": "all", "both_homes": []}, "Er blijft niemand over"),
        ({"both_homes": "ayse"}, "niet allebei"),
        ({"leaving": "elif", "both_homes": []}, "Er gaat geen volwassene weg"),
        ({"on": 1}, "moet nog komen"),
        ({"on": -30}, "woonde nog niet iedereen hier"),
    ],
)
def test_what_cannot_be_separated(family: Family, asked: dict[str, object], sentence: str) -> None:
    everybody = [family.ayse, family.tom, family.elif_]
    words = {"all": everybody, "ayse": [family.ayse], "elif": [family.elif_]}
    asked = {name: words.get(value, value) if isinstance(value, str) else value for name, value in asked.items()}
    if isinstance(asked.get("on"), int):
        asked["on"] = family.today + timedelta(days=asked["on"])  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=sentence):
        family.separate(**asked)
    assert family.names() == ["Tom", "Ayşe", "Elif"]


def test_the_page_makes_one_new_household_however_often_it_is_sent(family: Family) -> None:
    client, sent_key = family.client(), uuid4()
    key = made_key(family.by.id, sent_key)
    sent = {
        "key": str(sent_key), "leaving": [str(family.ayse)], "both_homes": [str(family.elif_)], "on": family.today.isoformat(),
        "street": "Molenstraat", "number": "3", "guide_both": "on",
    }  # fmt: skip
    assert client.post(family.url("separate"), sent).headers["Location"] == reverse("desk:household", args=[key])
    assert f"{POSTCODE} {family.town.municipality.name}" in str(family.home(key).address)
    again = client.post(family.url("separate"), sent)
    assert again.status_code == 422
    assert "Deze persoon woont hier niet meer." in again.content.decode()
    sent |= {"street": "", "leaving": [str(family.tom)], "both_homes": []}
    assert "Vul de straat in, of duid aan" in client.post(family.url("separate"), sent).content.decode()


# Coming and going


def test_a_child_is_born(family: Family) -> None:
    sent = {"key": str(uuid4()), "given_name": "Noor", "family_name": "Maes", "birth_date": "yesterday"}
    born = family.today - timedelta(days=1)
    sent["birth_date"] = f"{born.day}/{born.month}/{born.year}"
    client = family.client()
    done = client.post(family.url("birth"), sent, follow=True)
    assert "Welkom aan Noor." in done.content.decode()
    child = family.home().members[-1]
    assert (child.name, child.membership.role, child.membership.valid_from) == ("Noor Maes", "child", born)
    twice = client.post(family.url("birth"), sent, follow=True)
    assert "Dit was al bewaard." in twice.content.decode()
    assert family.names().count("Noor") == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"birth_date": "1/1/2100"}, "toekomst"),
        ({"birth_date": "2026"}, "Noteer bij een geboorte de dag"),
        ({"birth_date": ""}, "Wanneer is het kind geboren?"),
        ({"birth_date": "31/2/2026"}, ""),
        ({"insz": "12345678901"}, "rijksregisternummer"),
        ({"given_name": "", "family_name": ""}, "Vul een voornaam of een familienaam in"),
    ],
)
def test_what_cannot_be_born(family: Family, typed: dict[str, str], sentence: str) -> None:
    sent = {"key": str(uuid4()), "given_name": "Noor", "family_name": "Maes", "birth_date": "3/4/2026"} | typed
    answer = family.client().post(family.url("birth"), sent)
    assert answer.status_code == 422
    assert sentence.lower() in answer.content.decode().lower()
    assert len(family.names()) == 3


def joining(family: Family, **typed: str) -> dict[str, str]:
    return {"key": str(uuid4()), "given_name": "Sara", "family_name": "Peeters", "role": "adult",
            "on": family.today.isoformat()} | typed  # fmt: skip


def test_a_partner_moves_in(family: Family) -> None:
    sent = joining(family, phone="0499 00 00 07", birth_date="1990")
    client = family.client()
    assert "Sara Peeters woont nu hier." in client.post(family.url("joins"), sent, follow=True).content.decode()
    assert "Sara" in family.names()
    assert "+32499000007" in family.values()
    assert family.home().name == "Gezin Maes – Peeters"
    client.post(family.url("joins"), sent)
    assert family.names().count("Sara") == 1


def test_who_is_known_is_offered_first_and_not_written_down_twice(family: Family) -> None:
    other = household(family.town, people=(NewPerson("Sara", "Peeters", date(1991, 2, 3), "day"),), street="Kerkstraat")
    client, sent = family.client(), joining(family, birth_date="3/2/1991")
    first = client.post(family.url("joins"), sent)
    assert first.status_code == 422
    assert "Kijk eerst of deze persoon al gekend is." in first.content.decode()
    [sara] = family.home(other).members
    done = client.post(family.url("joins"), sent | {"who": str(sara.person.id)}, follow=True)
    assert "Sara Peeters woont nu hier." in done.content.decode()
    assert sara.person.id in {m.person.id for m in family.home().members}
    assert family.home(other).members == [], "the worker reaches that file, so there she left"


def test_who_is_known_elsewhere_is_not_taken_out_of_a_file_that_is_closed(family: Family) -> None:
    where = family.town
    other = household(where, people=(NewPerson("Sara", "Peeters", date(1991, 2, 3), "day"),), street="Molenstraat")
    [sara] = family.home(other, where.neighbour).members
    sent = joining(family, birth_date="3/2/1991", who=str(sara.person.id))
    done = family.client().post(family.url("joins"), sent, follow=True)
    assert "staat ook nog genoteerd bij Sara Peeters. Laat het even weten aan Team B." in done.content.decode()
    assert len(family.home(other, where.neighbour).members) == 1


def test_a_key_of_another_town_is_nobody(family: Family) -> None:
    there = Family()
    for person in (there.tom, uuid4()):
        with pytest.raises(NotNow, match="hier niet gekend"):
            family.join(person)
    answer = family.client().post(family.url("joins"), joining(family, who=str(there.tom)))
    assert "Sara" not in "".join(family.names()) or answer.status_code == 302
    assert there.tom not in {m.person.id for m in family.home().members}


@pytest.mark.parametrize(
    ("person", "days", "sentence"),
    [(ELIF, 1, "moet nog komen"), (ELIF, -4000, "voor de geboorte"), (AYSE, -40000, "honderd jaar")],
)
def test_a_day_that_cannot_be(family: Family, person: NewPerson, days: int, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        family.join(person, on=family.today + timedelta(days=days))


def test_nobody_lives_here_twice_at_once(family: Family) -> None:
    with pytest.raises(NotNow, match="al bij dit gezin"):
        family.join(family.tom)


def test_somebody_leaves_and_comes_back(family: Family) -> None:
    family.leave(family.ayse, family.today - timedelta(days=3))
    assert family.names() == ["Tom", "Elif"]
    assert family.values() == {"tom@example.org"}
    assert [m.membership.valid_until for m in family.home().former] == [family.today - timedelta(days=3)]
    family.join(family.ayse)
    assert "Ayşe" in family.names()
    assert family.home().former == []


def test_nobody_leaves_twice_before_the_first_day_or_to_come(family: Family) -> None:
    for on, sentence in ((-20, "woonde deze persoon hier nog niet"), (2, "moet nog komen")):
        with pytest.raises(BadInput, match=sentence):
            family.leave(family.ayse, family.today + timedelta(days=on))
    client = family.client()
    sent = {"on": family.today.isoformat(), "reason": "overleden"}
    assert client.post(family.url("leaves", family.ayse), sent).status_code == 302
    again = client.post(family.url("leaves", family.ayse), sent)
    assert again.status_code == 409
    assert "woont hier niet meer" in again.content.decode()


# Correcting


def correction(**typed: str) -> dict[str, str]:
    return {
        "given_name": "Ayşe",
        "family_name": "Yıldız",
        "birth_date": "4/3/1990",
        "reason": "identiteitskaart",
    } | typed


def test_a_correction_keeps_what_stood_there(family: Family) -> None:
    client, url = family.client(), family.url("correct", family.ayse)
    assert "4/3/1990" in client.get(url).content.decode()
    assert client.post(url, correction(family_name="Yılmaz", birth_date="1991")).status_code == 302
    page = client.get(family.url("who-lives-here")).content.decode()
    assert "Ayşe Yılmaz" in page
    assert "er stond Yıldız, nu Yılmaz" in page
    assert "er stond 1990-03-04, nu 1991-01-01" in page
    same = client.post(url, correction(family_name="Yılmaz", birth_date="1991"))
    assert "Er is niets veranderd." in same.content.decode()
    assert "waarom" in client.post(url, correction(reason="")).content.decode()


def test_the_order_in_which_languages_were_told_is_no_change(family: Family) -> None:
    sara = family.join(NewPerson("Sara", "Peeters", languages=("tr", "nl", "xx")))
    sent = {"given_name": "Sara", "family_name": "Peeters", "reason": "x", "languages": ["nl", "tr"]}
    url = family.url("correct", sara)
    assert "Er is niets veranderd." in family.client().post(url, sent).content.decode()
    family.client().post(url, sent | {"languages": ["nl", "fr"]})
    assert [m.person.languages for m in family.home().members if m.person.id == sara] == [["nl", "xx", "fr"]]


def test_who_left_is_corrected_where_that_person_lives(family: Family) -> None:
    new = family.separate()
    with acting(family.by), pytest.raises(NotNow, match="woont hier niet meer"):
        households.correct_person(
            by=family.by, household=family.key, person=family.ayse, changes={"given_name": "Aysun"}, reason="x",
            now=timezone.now(), today=family.today,
        )  # fmt: skip
    assert "Ayşe" in family.names(new)


# Reachable


def test_numbers_come_and_go(family: Family) -> None:
    client, url = family.client(), family.url("reachable")
    client.post(url, {"value": "0499 00 00 02", "person": str(family.tom), "place": "home", "note": "namiddag"})
    assert "+32499000002" in family.values()
    assert family.home().household.preferred_place == "home"
    for value, sentence in (("0499 00 00 02", "Dit staat er al."), ("a@b", "e-mailadres"), ("12", "")):
        answer = client.post(url, {"value": value, "place": "home", "note": "namiddag"})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    point = next(p for p in family.home().contact_points if p.value == EMAIL)
    gone = family.url("not-reachable", point.id)
    assert client.post(gone).status_code == 302
    assert EMAIL not in family.values()
    assert "niet meer" in client.post(gone).content.decode()


# Moving


def moving(family: Family, **typed: str) -> dict[str, str]:
    return {"what": "moves", "on": family.today.isoformat(), "street": "Molenstraat", "number": "3"} | typed


def test_a_move_is_shown_before_it_is_saved_and_the_case_manager_stays(family: Family) -> None:
    client, url = family.client(), family.url("move")
    shown = client.post(url, moving(family)).content.decode()
    assert "Dit is in Wijk B. Daar werkt Team B." in shown
    assert "Wim Werker blijft dossierhouder" in shown
    assert str(family.home().address).startswith("Kerkstraat")
    unanswered = client.post(url, moving(family, step="confirm"))
    assert unanswered.status_code == 422
    assert "Vraag aan het gezin welk team het wil." in unanswered.content.decode()
    assert "Molenstraat" in client.post(url, moving(family, step="edit")).content.decode()
    done = client.post(url, moving(family, step="confirm", keep_team="neen"), follow=True)
    assert "Team B helpt dit gezin nu verder." in done.content.decode()
    with acting(family.by):
        charge = who.in_charge([family.key], by=family.by, on=family.today)[family.key]
        assert (charge.team, charge.lead) == (family.town.teams[1], family.town.users["worker"])
        assert [str(a)[:5] for a in homes.addresses_of(family.key, by=family.by)] == ["Molen", "Kerks"]
    assert "Dit adres staat er al." in client.post(url, moving(family, step="confirm")).content.decode()


def test_a_household_may_stay_with_its_team(family: Family) -> None:
    family.client().post(family.url("move"), moving(family, step="confirm", keep_team="ja"))
    with acting(family.by):
        assert who.in_charge([family.key], by=family.by, on=family.today)[family.key].team == family.town.teams[0]


def test_who_loses_the_household_with_the_move_is_told(family: Family) -> None:
    client = family.client("colleague")
    done = client.post(family.url("move"), moving(family, step="confirm", keep_team="neen"), follow=True)
    assert "niet meer voor jou open" in done.content.decode()
    assert done.redirect_chain[-1][0] == reverse("desk:my-day")


def test_a_move_to_come_a_street_without_wijk_and_no_address(family: Family) -> None:
    later = family.today + timedelta(days=20)
    family.move("Molenstraat", on=later)
    assert str(family.home().address).startswith("Kerkstraat")
    other = Family()
    proposal = other.move("Onbekendestraat")
    assert (proposal.covered, proposal.new_team) == (False, other.town.teams[2])
    third = Family()
    assert third.move("").new_team == third.town.teams[2]
    assert third.home().address is None


def test_moves_that_cannot_be(family: Family) -> None:
    for on, sentence in ((-30, "sinds later op het huidige adres"), (500, "hoogstens een jaar")):
        with pytest.raises(BadInput, match=sentence):
            family.move("Molenstraat", on=family.today + timedelta(days=on))
    client = family.client()
    for typed, sentence in (
        ({"street": ""}, "Vul de straat in"), ({"nowhere": "on"}, "Kies één van de twee"), ({"on": ""}, "Vanaf welke dag?"),
        ({"on": "32/1/2026"}, "geen dag die bestaat"), ({"what": "wrong", "street": "", "nowhere": "on"}, "Geen vast adres"),
    ):  # fmt: skip
        assert sentence in client.post(family.url("move"), moving(family, **typed)).content.decode()


def test_an_address_that_was_wrong_is_corrected_and_kept(family: Family) -> None:
    since = family.home().address.valid_from  # type: ignore[union-attr]
    sent = moving(family, what="wrong", step="confirm", keep_team="neen")
    assert family.client().post(family.url("move"), sent).status_code == 302
    address = family.home().address
    assert address and (address.street, address.valid_from) == ("Molenstraat", since)
    page = family.client().get(family.url("who-lives-here")).content.decode()
    assert "straat: er stond Kerkstraat, nu Molenstraat" in page


# Who may


PAGES = ["who-lives-here", "birth", "joins", "separate", "move", "reachable"]


@pytest.mark.parametrize("role", ["desk", "neighbour", "director", "administrator", "bridge_figure"])
def test_who_has_no_file_is_told_what_a_stranger_is_told(family: Family, role: str) -> None:
    client = family.client(role)
    urls = [family.url(name) for name in PAGES]
    urls += [family.url("leaves", family.tom), family.url("correct", family.tom)]
    for url in urls:
        for address in (url, url.replace(str(family.key), str(uuid4()))):
            answer = client.get(address)
            assert answer.status_code == 404, url
            assert "Dit dossier is niet voor jou open." in answer.content.decode()


def test_the_desk_before_which_they_stand_sees_a_name_and_no_file(family: Family) -> None:
    where = family.town
    key = household(where)
    with acting(where.desk):
        assert homes.open_household(key, by=where.desk, on=family.today, purpose="t").ground == Ground.FRONT_DESK
    assert family.client("desk").get(reverse("desk:who-lives-here", args=[key])).status_code == 404
    with acting(where.desk), pytest.raises((NotOpen, Denied)):
        households.join(
            by=where.desk, household=key, person=TOM, on=family.today, now=timezone.now(), today=family.today
        )


@pytest.mark.parametrize("role", ["worker", "colleague", "coordinator"])
def test_who_has_the_file_sees_every_page(family: Family, role: str) -> None:
    client = family.client(role)
    for url in [
        *(family.url(name) for name in PAGES),
        family.url("leaves", family.tom),
        family.url("correct", family.tom),
    ]:
        assert client.get(url).status_code == 200, url


def test_somebody_who_does_not_live_here_has_no_page(family: Family) -> None:
    for name in ("leaves", "correct"):
        answer = family.client().get(family.url(name, uuid4()))
        assert answer.status_code == 409
        assert "woont hier niet meer" in answer.content.decode()
