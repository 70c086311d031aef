"""What a household is called, where it stands in a list, and by which words it is found."""

from datetime import date

import pytest
from tests.factories import household, town

from nabij.households import actions, queries
from nabij.households.actions import NewPerson
from nabij.households.models import Household, Person
from nabij.households.naming import household_name, household_sort_key
from nabij.kernel.actor import acting


def people(*names: tuple[str, str, int]) -> list[Person]:
    return [Person(given_name=given, family_name=family, birth_date=date(born, 1, 2)) for given, family, born in names]


@pytest.mark.parametrize(
    ("who", "name", "key"),
    [
        (people(("Ayşe", "Yıldız", 1990)), "Ayşe Yıldız", "yildiz  ayse"),
        (people(("Elif", "Yıldız", 2016), ("Ayşe", "Yıldız", 1990)), "Gezin Yıldız", "yildiz  ayse"),
        (
            people(("An", "Van den Berghe", 1990), ("Jan", "D'Hondt", 1980)),
            "Gezin D'Hondt – Van den Berghe",
            "dhondt  jan",
        ),
        (
            people(("A", "Yıldız", 1980), ("B", "De Wit", 1981), ("C", "Yildiz", 2010)),
            "Gezin Yıldız – De Wit",
            "yildiz  a",
        ),
        (
            people(("A", "Peeters", 1980), ("B", "Maes", 1981), ("C", "Claes", 2010)),
            "Gezin Peeters – Maes",
            "peeters  a",
        ),
        (people(("Nora", "", 1980), ("Sami", "", 2010)), "Gezin Nora – Sami", "nora"),
        ([], "Gezin zonder naam", "gezin zonder naam"),
    ],
)
def test_names_and_their_order(who: list[Person], name: str, key: str) -> None:
    assert household_name(who) == name
    assert household_sort_key(name, who) == key


def test_a_chosen_name_sorts_by_itself() -> None:
    assert household_sort_key("De bende van Nora", people(("Nora", "Peeters", 1980))) == "debende vannora"


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("berghe", True), ("Van den Berghe", True), ("vandenberghe", True), ("den berghe jan", True), ("JAN van", True),
        ("ben claes", True), ("claes ben", True), ("jan claes", False), ("D'Hondt", False), ("%", False), ("", False),
    ],
)  # fmt: skip
def test_a_household_is_found_by_its_people_in_any_order(typed: str, found: bool) -> None:
    here = town()
    both = (NewPerson("Jan", "Van den Berghe", date(1980, 1, 2), "day"), NewPerson("Ben", "Claes", role="child"))
    key = household(here, people=both)
    household(here, people=(NewPerson("Piet", "Maes"),))
    with acting(here.worker):
        assert [row.id for row in queries.search(typed, by=here.worker)] == ([key] if found else [])
    with acting(here.neighbour):
        assert queries.search(typed, by=here.neighbour) == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_name_follows_who_comes_and_is_corrected() -> None:
    from django.utils import timezone

    here = town()
    key = household(here, people=(NewPerson("Jan", "Van den Berghe", date(1980, 1, 2), "day"),))
    by, day = here.worker, {"on": here.today, "now": timezone.now(), "today": here.today}
    with acting(by):
        actions.join(by=by, household=key, person=NewPerson("Ans", "Maes", date(1970, 1, 2), "day"), **day)
        made = Household.objects.get(id=key)
        assert (made.name, made.sort_key) == ("Gezin Maes – Van den Berghe", "maes  ans")
        assert [row.id for row in queries.search("maes ans", by=by)] == [key]
