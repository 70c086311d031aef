"""Every address: refuses a stranger, is tried for every function, never breaks, and tells nothing of a hidden file."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import Town, household, town
from tests.house.addresses import ROUTES

from nabij.audit.models import TrailEvent
from nabij.households import events
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db

OPEN_TO_STRANGERS = {
    "access:sign-in",
    "access:demo-sign-in",
    "access:language",
    "municipality-css",
    "signin:second",  # only after a password: else back to the sign-in page
    "signin:first",
    "oidc:leave",  # to the sign-in of a municipality, and back
    "oidc:back",
    "oidc:left",  # signed by it
    "signin:invited",  # only with what the administrator handed over
}
ROLES = (
    "desk",
    "worker",
    "colleague",
    "neighbour",
    "coordinator",
    "bridge_figure",
    "director",
    "administrator",
    "privacy_officer",
)
WITHOUT_A_FILE = ("neighbour", "bridge_figure", "director", "administrator", "privacy_officer")
DESK_MAY = {"desk:receive-known"}  # the desk receives whoever stands there: a name and who is in charge, no file


def address(name: str, names: list[str], key: UUID) -> str:
    filled = {"slug": "lindegem", "number": 1, "other": 2}
    return reverse(name, kwargs={part: filled.get(part, key) for part in names})


def signed_in(client: Client, here: Town, role: str) -> Client:
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    return client


@pytest.mark.parametrize(("name", "names"), ROUTES, ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_sign_in_page(client: Client, name: str, names: list[str], method: str) -> None:
    answer = getattr(client, method)(address(name, names, uuid4()))
    if name in OPEN_TO_STRANGERS:
        assert "/aanmelden/?next=" not in answer.get("Location", "")
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/aanmelden/?next=")


@pytest.mark.parametrize("role", ROLES)
def test_no_address_breaks_for_any_function(client: Client, role: str) -> None:
    here = town()
    key = household(here)
    signed_in(client, here, role)
    for name, names in ROUTES:
        for target in (key, uuid4()):
            for method in ("get", "post"):
                if name in ("access:sign-out", "access:demo-sign-in"):
                    continue
                answer = getattr(client, method)(address(name, names, target))
                assert answer.status_code < 500, (role, method, name)


@pytest.mark.parametrize("role", [*WITHOUT_A_FILE, "desk"])
def test_a_hidden_file_answers_as_one_that_does_not_exist(client: Client, role: str) -> None:
    here = town()
    by = here.worker if role == "desk" else None
    key = household(here, by=by)
    signed_in(client, here, role)
    tried = 0
    for name, names in ROUTES:
        if ("key" not in names and "household" not in names) or name in DESK_MAY:
            continue
        for method in ("get", "post"):
            hidden = getattr(client, method)(address(name, names, key))
            nowhere_key = uuid4()
            nowhere = getattr(client, method)(address(name, names, nowhere_key))
            assert hidden.status_code == nowhere.status_code, (role, method, name)
            same = hidden.content.replace(str(key).encode(), b"") == nowhere.content.replace(
                str(nowhere_key).encode(), b""
            )
            assert same or b"csrfmiddlewaretoken" in hidden.content, (role, method, name)
            assert (
                b"dossier" not in hidden.content
                or b"niet voor jou open" in hidden.content
                or hidden.status_code in (403, 405)
            )
            tried += 1
    assert tried > 40


@pytest.mark.parametrize("role", WITHOUT_A_FILE)
def test_the_page_of_a_household_is_closed(client: Client, role: str) -> None:
    here = town()
    key = household(here)
    answer = signed_in(client, here, role).get(reverse("desk:household", args=[key]))
    assert answer.status_code == 404
    assert "Yıldız" not in answer.content.decode()
    assert "Dit dossier is niet voor jou open" in answer.content.decode()


@pytest.mark.parametrize("role", ["worker", "coordinator"])
def test_every_page_of_a_household_leaves_a_look(client: Client, role: str) -> None:
    here = town()
    key = household(here)
    signed_in(client, here, role)
    pages = [(n, a) for n, a in ROUTES if a == ["key"] and reverse(n, args=[key]).startswith(f"/gezin/{key}/")]
    assert len(pages) > 15
    for name, names in pages:
        before = looks(here, role, key)
        answer = client.get(address(name, names, key))
        if answer.status_code == 200:
            assert looks(here, role, key) == before + 1, name


def looks(here: Town, role: str, key: UUID) -> int:
    actor = getattr(here, role)
    with acting(actor):
        return TrailEvent.objects.filter(household_id=key, actor_id=actor.id, kind=events.LOOKED.slug).count()


def test_a_get_cannot_write(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from nabij.access import drafts
    from nabij.desk.views import day

    here = town()
    signed_in(client, here, "director")
    monkeypatch.setattr(
        day.who,
        "households_led_by",
        lambda *a, **k: drafts.keep(by=here.worker, key="x", fields={"a": ["b"]}, now=None),
    )
    signed_in(client, here, "worker")
    client.raise_request_exception = False
    assert client.get("/").status_code == 500
