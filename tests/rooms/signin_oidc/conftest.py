"""A real provider for the whole file, a town with a directory, and a browser that goes there and back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from tests import directory as provider
from tests.factories import Town, town

from nabij.access import queries as who
from nabij.kernel.actor import acting
from nabij.signin.oidc import actions, asking, fetching
from nabij.signin.oidc.actions.setting_up import Settings
from nabij.signin.oidc.models import Directory

PEOPLE = [provider.person("anna", "Anna Aanmelder", roles=["werker"])]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no Node.js these tests wait; on CI that is a mistake that the provider itself says."""
    if provider.node() or django_settings.configured is False:
        return
    for item in items:
        if "running" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=provider.NO_NODE))


@pytest.fixture(scope="module")
def running() -> Iterator[provider.Directory]:
    """A provider on this machine."""
    with provider.running(people=PEOPLE) as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test fetched, another fetches again."""
    fetching.forget()
    yield
    fetching.forget()


@dataclass
class There:
    """A town whose workers sign in along a provider."""

    here: Town
    directory: Directory
    running: Any
    client: Client = field(default_factory=Client)
    browser: requests.Session = field(default_factory=requests.Session)

    def press(self, **asked: Any) -> Any:
        """Press the button, and return what Nabij answers."""
        if django_settings.CSRF_COOKIE_NAME not in self.client.cookies:
            self.client.get("/aanmelden/")
        asked["knop"] = asking.button_of(self.client.cookies[django_settings.CSRF_COOKIE_NAME].value)
        return self.client.get(reverse("oidc:leave", args=[self.directory.id]), asked)

    def leave(self, **asked: Any) -> str:
        """Press the button, and return where the browser is sent."""
        answer = self.press(**asked)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def walk(self, sub: str, **asked: Any) -> str:
        """Press the button, sign in at the provider, and return the address to come back to."""
        return str(self.running.visit(self.leave(**asked), as_who=sub, browser=self.browser))

    def back(self, address: str, client: Client | None = None) -> Any:
        """Come back to an address."""
        parts = urlsplit(address)
        return (client or self.client).get(f"{parts.path}?{parts.query}")

    def enter(self, sub: str, **asked: Any) -> Any:
        """Go there and back, and return what Nabij answers."""
        return self.back(self.walk(sub, **asked))

    def signed_in(self) -> bool:
        """Return whether the browser is signed in to Nabij."""
        return bool(self.client.get("/").status_code == 200)

    def functions(self, role: str = "worker") -> set[tuple[str, str]]:
        """Return the functions and teams that somebody of the town has today."""
        with acting(self.here.administrator):
            actor = who.actor_for(self.here.users[role], on=self.here.today)
            names = {team.id: team.name for team in self.here.teams}
            return {(slug, "") for slug in actor.functions} | {("team", names[key]) for key in actor.team_ids}


def settings_for(issuer: str, **changed: Any) -> Settings:
    """Return a directory as Entra ID is set up."""
    usual: dict[str, Any] = {
        "kind": "entra", "name": "Entra ID", "issuer": issuer, "client": provider.CLIENT,
        "scope": "openid profile email offline_access", "key_claim": "oid", "address_claim": "email",
        "organisation_claim": "tid", "organisation": provider.TENANT, "proof_claim": "amr", "proof_values": ("mfa",),
    }  # fmt: skip
    return Settings(**{**usual, **changed})


def with_directory(here: Town, running: Any, **changed: Any) -> There:
    """Set up and open a directory in a town, with a rule for workers of team A and one for the desk."""
    with acting(here.administrator):
        by = here.administrator
        made = actions.set_up(by=by, settings=settings_for(running.issuer, **changed), secret=provider.SECRET)
        say = {"by": by, "directory": made.id}
        actions.add_rule(**say, claim="roles", value="werker", function="social_worker", team=here.teams[0].id)
        actions.add_rule(**say, claim="roles", value="werker-b", function="social_worker", team=here.teams[1].id)
        actions.add_rule(**say, claim="roles", value="onthaal", function="front_desk")
        actions.open_or_close(by=by, directory=made.id, is_open=True)
    return There(here, made, running)


@pytest.fixture
def there(db: None, running: provider.Directory) -> There:
    """A town whose workers sign in along the provider; Wim Werker is known there as `wim`."""
    here = town()
    wim = provider.person("wim", "Wim Werker", email=here.users["worker"].email, roles=["werker"])
    running.change(wim)
    return with_directory(here, running)
