"""A fragment that is swapped in equals the same part of the page, loaded anew with the same words typed."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import household, town

from nabij.households.actions import NewPerson

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nabij"
TYPED = {
    "given_name": "Ayse",
    "family_name": "Yildiz",
    "birth_date": "04/03/1990",
    "street": "Kerkstraat",
    "number": "3",
}
# Each fragment, the page that it is a part of, and a word that shows that there is something in it.
FRAGMENTS = {"desk:known": ("desk:front-desk", "Wellicht gekend"), "desk:address": ("desk:front-desk", "Team A")}


def test_every_fragment_is_compared_here() -> None:
    asked = [
        re.findall(r"hx-(?:get|post)=\"{% url '([^']+)'", file.read_text())
        for file in SOURCE.rglob("templates/**/*.html")
    ]
    assert {name for names in asked for name in names} == set(FRAGMENTS)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_fragment_equals_the_page_loaded_anew(client: Client, fragment: str) -> None:
    here = town()
    household(here, people=(NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day"),))
    client.force_login(here.users["desk"], backend="nabij.access.backends.EmailBackend")
    page, word = FRAGMENTS[fragment]
    swapped = client.post(reverse(fragment), TYPED).content.decode().strip()
    loaded = client.post(reverse(page), TYPED | {"look": "1"}).content.decode()
    assert word in swapped
    assert swapped in loaded
