"""No form and no fragment of ours puts what was typed about somebody in an address; the back button works as before."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import Town, household, town

from nabij.kernel.secrets import unseal

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[3] / "src" / "nabij"
# Forms that ask by address: each with what it asks.
BY_ADDRESS = {"oversight/unusual.html": "days, a rule and a colleague's key"}


@pytest.fixture
def here() -> Town:
    return town()


def signed_in(here: Town, role: str = "worker") -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    return client


def test_what_is_typed_goes_in_the_message() -> None:
    asks = set()
    for file in SOURCE.glob("*/**/templates/**/*.html"):
        text = file.read_text()
        name = str(file.relative_to(file.parents[1]))
        forms = re.findall(r"<form\b[^>]*>", text)
        asks |= {name for form in forms if 'method="post"' not in form}
        assert "hx-get" not in text, name
    assert asks == set(BY_ADDRESS)


def test_a_search_goes_by_message_and_its_address_says_nothing(here: Town) -> None:
    key, client = household(here), signed_in(here)
    name = client.get(reverse("desk:household", args=[key])).context["home"].name
    answer = client.post(reverse("desk:search"), {"q": f"  {name} "})
    assert answer.status_code == 302
    address = answer["Location"]
    assert not any(part.casefold() in unquote(address).casefold() for part in name.split())
    for _ in range(2):  # and again, with the back button or anew
        page = client.get(address).content.decode()
        assert f"Gezocht: {name}" in page and reverse("desk:household", args=[key]) in page
    sealed = unquote(address.partition("z=")[2])
    assert name in unseal(sealed.encode(), use="searching")


def test_the_search_of_a_colleague_is_not_read_from_its_address(here: Town) -> None:
    address = signed_in(here).post(reverse("desk:search"), {"q": "Maes"})["Location"]
    page = signed_in(here, "coordinator").get(address).content.decode()
    assert "Maes" not in page and "Typ bovenaan een naam of een straat." in page


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "é", "%00", "a" * 5000])
def test_an_address_that_is_none_searches_nothing(here: Town, sealed: str) -> None:
    answer = signed_in(here).get(reverse("desk:search"), {"z": sealed})
    assert answer.status_code == 200 and "Typ bovenaan" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_searches_nothing(here: Town, typed: str) -> None:
    answer = signed_in(here).post(reverse("desk:search"), {"q": typed})
    assert answer["Location"] == reverse("desk:search")
    assert len(signed_in(here).post(reverse("desk:search"), {"q": "x" * 9000})["Location"]) < 700


def test_who_may_not_look_up_does_not_search(here: Town) -> None:
    assert signed_in(here, "director").post(reverse("desk:search"), {"q": "Maes"}).status_code == 403
