"""Setting a directory up: who may, what is refused, what the database hides, and where Nabij does not ask."""

from types import SimpleNamespace
from typing import Any

import pytest
import requests
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from tests import directory as provider
from tests.factories import Town, town
from tests.rooms.signin_oidc.conftest import settings_for, with_directory

from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import BadInput, Denied, NotNow
from nabij.kernel.secrets import unseal
from nabij.signin.oidc import actions, fetching, queries
from nabij.signin.oidc.actor import of_directory
from nabij.signin.oidc.forms import USUAL, DirectoryForm
from nabij.signin.oidc.models import Directory, Link, Rule
from nabij.signin.oidc.refusing import NotLetIn

pytestmark = pytest.mark.django_db
ISSUER = "https://login.example.org/town/v2.0"


def set_up(here: Town, **changed: Any) -> Directory:
    with acting(here.administrator):
        return actions.set_up(by=here.administrator, settings=settings_for(ISSUER, **changed), secret="een geheim")


def rule(here: Town, directory: Directory, **changed: Any) -> Rule:
    said = {"claim": "roles", "value": "x", "function": "front_desk", "team": None, **changed}
    with acting(here.administrator):
        return actions.add_rule(by=here.administrator, directory=directory.id, **said)


@pytest.mark.parametrize("role", ["desk", "worker", "coordinator", "director", "privacy_officer"])
def test_only_the_administrator_sets_up(client: Client, role: str) -> None:
    here = town()
    made = set_up(here)
    by = getattr(here, role)
    with acting(by):
        for verb, said in [
            (actions.set_up, {"settings": settings_for(ISSUER), "secret": "x"}),
            (actions.change, {"directory": made.id, "settings": settings_for(ISSUER)}),
            (actions.open_or_close, {"directory": made.id, "is_open": True}),
            (actions.add_rule, {"directory": made.id, "claim": "a", "value": "b", "function": "front_desk"}),
            (actions.link, {"directory": made.id, "worker": by.id, "subject": "x", "now": timezone.now()}),
        ]:
            with pytest.raises(Denied):
                verb(by=by, **said)
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    for name in ("directory", "change", "add-rule", "link"):
        assert client.get(reverse(f"oidc:{name}", args=[made.id])).status_code == 403
    assert client.get(reverse("oidc:directories")).status_code == 403


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.example.org/",
        "ftp://login.example.org/",
        "https://169.254.169.254/latest/",
        "https://[::1]/",
        "https://localhost/",
        "https://user:pass@login.example.org/",
        "https://login.example.org/?x=1",
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0/",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        "https://login.microsoftonline.com:port/x",
        "login.example.org",
        "",
    ],
)
def test_an_address_that_is_not_asked(issuer: str) -> None:
    here = town()
    with acting(here.administrator), pytest.raises(BadInput) as refused:
        actions.set_up(by=here.administrator, settings=settings_for(issuer), secret="x")
    assert refused.value.field == "issuer"


def test_without_tls_only_on_this_machine_and_only_in_the_demo() -> None:
    address = "http://127.0.0.1:9/"
    with override_settings(DEMO=True):
        assert fetching.may_ask(address, address)
        assert not fetching.may_ask("http://10.0.0.1/", "http://10.0.0.1/")
    with override_settings(DEMO=False):
        assert not fetching.may_ask(address, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://another.example.org/keys",
        "http://login.example.org/keys",
        "https://login.example.org:8443/keys",
        "https://login.example.org@evil.example/keys",
        "https://169.254.169.254/keys",
        "file:///etc/passwd",
        "",
        None,
    ],
)
def test_an_address_that_a_directory_publishes_elsewhere(monkeypatch: pytest.MonkeyPatch, address: Any) -> None:
    says(monkeypatch, {**PUBLISHED, "jwks_uri": address})
    with pytest.raises(NotLetIn) as refused:
        fetching.published(ISSUER)
    assert refused.value.why == "malformed"


PUBLISHED = {
    "issuer": ISSUER,
    "authorization_endpoint": "https://login.example.org/town/authorize",
    "token_endpoint": "https://login.example.org/town/token",
    "jwks_uri": "https://login.example.org/town/keys",
}


def says(monkeypatch: pytest.MonkeyPatch, said: Any) -> None:
    monkeypatch.setattr(fetching, "_json", lambda address, issuer: said)


def test_a_directory_that_says_it_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, why in (
        ({**PUBLISHED, "issuer": "https://x.example.org"}, "issuer"),
        ({}, "malformed"),
        ([], "malformed"),
    ):
        says(monkeypatch, said)
        with pytest.raises(NotLetIn) as refused:
            fetching.published(ISSUER)
        assert refused.value.why == why


def test_where_a_directory_sends_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    class Answer(SimpleNamespace):
        def __enter__(self) -> "Answer":
            return self

        def __exit__(self, *args: object) -> None:
            return

    def get(address: str, **how: Any) -> Answer:
        asked.update(how)
        body = b"x" * (fetching.LARGEST + 5)
        return Answer(status_code=how.get("status", 302), raw=SimpleNamespace(read=lambda n, **k: body[:n]))

    monkeypatch.setattr(requests, "get", get)
    with pytest.raises(NotLetIn) as refused:
        fetching.published(ISSUER)
    assert refused.value.why == "down"
    assert asked["allow_redirects"] is False and asked["timeout"] == fetching.PATIENCE
    monkeypatch.setattr(requests, "get", lambda address, **how: get(address, status=200))
    with pytest.raises(NotLetIn) as refused:
        fetching.published(ISSUER)
    assert refused.value.why == "malformed"


def test_what_was_published_serves_while_it_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, PUBLISHED)
    first = fetching.published(ISSUER)
    monkeypatch.setattr(fetching, "LASTS", -1)
    monkeypatch.setattr(fetching, "_json", lambda *a: (_ for _ in ()).throw(fetching.refuse("down")))
    assert fetching.published(ISSUER) == first


def test_the_secret_is_sealed_and_stays_when_none_is_typed() -> None:
    here = town()
    made = set_up(here)
    assert b"een geheim" not in bytes(made.secret)
    with acting(here.administrator):
        say = {"by": here.administrator, "directory": made.id}
        again = actions.change(**say, settings=settings_for(ISSUER, name="Anders"))
        assert unseal(bytes(again.secret), use="oidc") == "een geheim"
        again = actions.change(**say, settings=settings_for(ISSUER), secret="een ander")
        assert unseal(bytes(again.secret), use="oidc") == "een ander"
    assert "secret" not in DirectoryForm.initial_of(again)


def test_another_issuer_unties_everybody() -> None:
    here = town()
    made = set_up(here)
    say = {"by": here.administrator, "directory": made.id}
    with acting(here.administrator):
        for changed, left in (({"name": "Anders"}, 1), ({"key_claim": "sub"}, 0), ({"issuer": ISSUER + "x"}, 0)):
            if not Link.objects.exists():
                actions.link(**say, worker=here.worker.id, subject="s", now=timezone.now())
            settings = settings_for(changed.pop("issuer", ISSUER), **{"key_claim": "oid", **changed})
            actions.change(**say, settings=settings)
            assert Link.objects.count() == left, changed


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"scope": "profile"}, "scope"),
        ({"organisation": ""}, "organisation"),
        ({"organisation_claim": ""}, "organisation"),
        ({"proof_claim": "", "proof_values": ("x",)}, "proof_claim"),
    ],
)
def test_settings_that_cannot_be(changed: dict[str, Any], field: str) -> None:
    here = town()
    with acting(here.administrator), pytest.raises(BadInput) as refused:
        actions.set_up(by=here.administrator, settings=settings_for(ISSUER, **changed), secret="x")
    assert refused.value.field == field


def test_without_rules_or_without_an_answer_it_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    here = town()
    made = set_up(here)
    say = {"by": here.administrator, "directory": made.id, "is_open": True}
    with acting(here.administrator), pytest.raises(NotNow):
        actions.open_or_close(**say)
    rule(here, made)
    monkeypatch.setattr(fetching, "_json", lambda *a: (_ for _ in ()).throw(fetching.refuse("down")))
    with acting(here.administrator), pytest.raises(NotLetIn):
        actions.open_or_close(**say)
    with acting(here.administrator):
        assert not Directory.objects.get().is_open
    assert queries.doors() == []


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"function": "mayor"}, BadInput),
        ({"value": " "}, BadInput),
        ({"claim": ""}, BadInput),
        ({"function": "social_worker"}, NotNow),
        ({"function": "coordinator"}, NotNow),
    ],
)
def test_rules_that_cannot_be(changed: dict[str, Any], refusal: type[Exception]) -> None:
    here = town()
    made = set_up(here)
    with pytest.raises(refusal):
        rule(here, made, **changed)


def test_a_rule_or_a_link_twice() -> None:
    here = town()
    made = set_up(here)
    rule(here, made)
    with pytest.raises(NotNow):
        rule(here, made)
    other = town("Andergem")
    with pytest.raises(BadInput):
        rule(here, made, team=other.teams[0].id, function="social_worker")
    say: dict[str, Any] = {"by": here.administrator, "directory": made.id, "now": timezone.now()}
    with acting(here.administrator):
        actions.link(**say, worker=here.worker.id, subject="s")
    for worker, subject, refusal in (
        (here.colleague, "s", NotNow),
        (here.worker, "t", NotNow),
        (other.worker, "u", BadInput),
        (here.colleague, " ", BadInput),
    ):
        with acting(here.administrator), pytest.raises(refusal):
            actions.link(**say, worker=worker.id, subject=subject)


def test_another_town_sees_nothing_of_it() -> None:
    here, other = town(), town("Andergem")
    made = set_up(here)
    kept = rule(here, made)
    for by in (other.administrator, of_directory(other.municipality.id), here.worker, here.coordinator):
        with acting(by):
            assert queries.directory(made.id, by=by) is None
            assert (Directory.objects.count(), Rule.objects.count(), Link.objects.count()) == (0, 0, 0)
    with acting(other.administrator):
        with pytest.raises(NotNow):
            actions.drop_rule(by=other.administrator, rule=kept.id)
        with pytest.raises(NotNow):
            actions.open_or_close(by=other.administrator, directory=made.id, is_open=True)


def test_raw_sql_without_a_context_and_as_another_worker() -> None:
    here = town()
    set_up(here)
    with connection.cursor() as cursor:
        for table in ("oidc_directory", "oidc_rule", "oidc_link", "oidc_visit"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0
        cursor.execute("select * from oidc_refused(%s, now() - interval '1 day', 5)", [here.municipality.id])
        assert cursor.fetchall() == []
    stranger = Actor(here.worker.id, "x", here.municipality.id, permissions=frozenset({"municipality.manage"}))
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("update oidc_directory set issuer = 'https://evil.example' returning id")
        assert cursor.fetchall() == []


def test_the_pages_of_the_administrator(client: Client, running: provider.Directory) -> None:
    here = town()
    client.force_login(here.users["administrator"], backend="nabij.access.backends.EmailBackend")
    for kind in USUAL:
        assert client.get(reverse("oidc:add", args=[kind])).status_code == 200
    assert client.get(reverse("oidc:add", args=["x"])).status_code == 404
    typed = {
        **USUAL["entra"],
        "kind": "entra",
        "issuer": running.issuer,
        "client": provider.CLIENT,
        "organisation": "t",
    }
    assert (
        client.post(reverse("oidc:add", args=["entra"]), {**typed, "key_claim": "email", "secret": "s"}).status_code
        == 422
    )
    answer = client.post(reverse("oidc:add", args=["entra"]), {**typed, "secret": provider.SECRET})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"]).content.decode()
    assert provider.SECRET not in page
    assert "/terug/" in page and "/weg/" in page
    key = queries_of(here)
    say = {"claim": "roles", "value": "werker", "function": "social_worker"}
    assert client.post(reverse("oidc:add-rule", args=[key]), say).status_code == 422  # without a team
    assert client.post(reverse("oidc:add-rule", args=[key]), {**say, "team": str(here.teams[0].id)}).status_code == 302
    assert client.post(reverse("oidc:open", args=[key]), {"do": "open"}).status_code == 302
    assert b"Aanmelden met Entra ID" in Client().get("/aanmelden/").content
    tied = {"worker": str(here.worker.id), "subject": "oid-1"}
    assert client.post(reverse("oidc:link", args=[key]), tied).status_code == 302
    page = client.get(reverse("oidc:directory", args=[key])).content.decode()
    assert "oid-1" in page and "Team A" in page and "werker" in page
    assert provider.SECRET not in client.get(reverse("oidc:change", args=[key])).content.decode()


def queries_of(here: Town) -> Any:
    with acting(here.administrator):
        return Directory.objects.get().id


def test_what_happened_names_the_directory(running: provider.Directory) -> None:
    there = with_directory(town(), running)
    running.change(provider.person("nobody", "Nemo", roles=["werker"]))
    there.enter("nobody")
    client = Client()
    client.force_login(there.here.users["administrator"], backend="nabij.access.backends.EmailBackend")
    page = client.get("/beheer/aanmelden/").content.decode()
    assert "De aanmelddienst stuurde iemand die hier niet binnen mag." in page
    assert "Arne Beheer stelde een aanmelddienst in." in page
