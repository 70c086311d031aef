"""The command and the night: a dry run changes nothing, the night does it once, and both say what they did."""

from datetime import datetime, time, timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import town
from tests.rooms.privacy.test_retention import announce, guided, is_there, night, one, set_term

from nabij.config import nightly
from nabij.config.commands import privacy as command
from nabij.kernel.actor import acting
from nabij.kernel.privacy import Category
from nabij.privacy import queries
from nabij.privacy.terms import NOTICE

pytestmark = pytest.mark.django_db


def run(name: str, *words: str) -> str:
    """Run a command of `nabij privacy` where the test stands: without a server of its own."""
    found = getattr(command.privacy.commands[name].callback, "__wrapped__", None)
    assert found
    shell = command.click.Command(name, callback=found, params=command.privacy.commands[name].params)
    answer = CliRunner().invoke(shell, list(words), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_looking_says_what_and_erases_nothing() -> None:
    here = town()
    old, asked = guided(here, ended=timedelta(days=11 * 366)), guided(here, ended=timedelta(days=3 * 366), name="Claes")
    announce(here)
    said = run("retention", "--municipality", here.municipality.slug)
    assert "Dossiers van gezinnen: 1" in said
    assert str(old)[:4].upper() in said
    assert str(asked)[:4].upper() not in said
    assert "Peeters" not in said
    assert "niets gewist" in said
    assert is_there(here, old)


def test_carrying_out_announces_first() -> None:
    here = town()
    old = guided(here, ended=timedelta(days=11 * 366))
    said = run("retention", "--municipality", here.municipality.slug, "--carry-out")
    assert "niets te wissen" in said
    assert one(here, old).goes_on == here.today + NOTICE


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_register_goes_out_by_the_command_line(form: str) -> None:
    here = town()
    said = run("register", "--municipality", here.municipality.slug, "--form", form)
    assert "rijksregisternummer" in said
    assert "casework" not in said.split("velden")[0]


def test_the_night_does_each_town_once_and_not_by_day_before_two() -> None:
    here, there = town("Hier"), town("Daar")
    for place in (here, there):
        guided(place, ended=timedelta(days=11 * 366))
    at = timezone.make_aware(datetime.combine(here.today, time(1, 30)))
    assert nightly.keep_terms(at) == 0
    many = nightly.keep_terms(at + timedelta(hours=1))
    assert many >= 2
    assert nightly.keep_terms(at + timedelta(hours=2)) == 0
    for place in (here, there):
        with acting(place.privacy_officer):
            assert queries.runs(by=place.privacy_officer)[0].announced == 1


def test_the_pages_of_officer_and_administrator(client: Client) -> None:
    here = town()
    key = guided(here, ended=timedelta(days=11 * 366))
    guided(here, ended=timedelta(days=12 * 366), name="Claes")
    announce(here)
    set_term(here, Category.NAMELESS, 3, why="Beslissing van de raad")
    client.force_login(here.users["privacy_officer"], backend="nabij.access.backends.EmailBackend")
    shown = client.get(reverse("privacy:overview")).content.decode()
    assert "Beslissing van de raad" in shown
    assert shown.count("Bewaar nog") == 2
    announcement = one(here, key).announced_id
    address = reverse("privacy:hold", args=[announcement])
    until = (here.today + timedelta(days=200)).isoformat()
    assert client.post(address, {"reason": "", "until": until}).status_code == 422
    assert client.post(address, {"reason": "Klacht", "until": until}).status_code == 302
    assert "Klacht" in client.get(reverse("privacy:overview")).content.decode()
    assert client.post(address, {"release": "1"}).status_code == 302
    assert client.post(reverse("privacy:term", args=["file"]), {}).status_code == 403
    night(here, here.today + NOTICE)
    assert client.get(address).status_code == 404
    assert "verborgen" in client.get(reverse("privacy:overview")).content.decode()
    for form, kind in (("csv", "text/csv"), ("json", "application/json")):
        assert client.post(reverse("privacy:register"), {"form": form})["Content-Type"].startswith(kind)
    client.force_login(here.users["administrator"], backend="nabij.access.backends.EmailBackend")
    address = reverse("privacy:term", args=["file"])
    new = {"amount": "30", "unit": "year", "clock": "ended", "legal_ground": "Selectieregel 12"}
    assert client.post(address, {**new, "amount": "999"}).status_code == 422
    assert client.post(address, new).status_code == 302
    assert "Selectieregel 12" in client.get(reverse("privacy:overview")).content.decode()
    for category in ("session", "worker", "niets"):
        assert client.get(reverse("privacy:term", args=[category])).status_code == 404
