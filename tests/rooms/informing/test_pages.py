"""The pages: what they say, that a form sent twice makes one thing, and that the text on the screen is the text on record."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import Town, town
from tests.rooms.informing.asking import ask, family, tell
from tests.rooms.informing.test_telling import write

from nabij.informing import queries
from nabij.informing.models import Consent, Told, Withdrawal
from nabij.informing.texts import STANDARD_VERSION
from nabij.kernel.actor import acting

pytestmark = pytest.mark.django_db


def signed_in(client: Client, here: Town, role: str = "worker") -> Client:
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    return client


def page(client: Client, name: str, *keys: object, **query: str) -> str:
    answer = client.get(reverse(name, args=keys), query)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def rows(here: Town, model: type) -> int:
    with acting(here.worker):
        return model.objects.count()


def form(here: Town, who: dict[str, UUID], **more: object) -> dict[str, object]:
    return {
        "key": str(uuid4()), "person": who["Ayşe"], "said_by": "self", "recipient": "CAW Zuid", "outcome": "given",
        "ends_on": (here.today + timedelta(days=90)).isoformat(), "how": "aloud", "language": "nl",
        "version": STANDARD_VERSION, **more,
    }  # fmt: skip


# The household page


def test_the_household_page_says_who_was_told_and_one_button_notes_it(client: Client) -> None:
    here = town()
    key, who = family(here)
    signed_in(client, here)
    before = page(client, "desk:household", key)
    assert before.count("nog niet genoteerd") == 2
    answer = client.post(
        reverse("informing:explain", args=[key, "help"]), {"people": who["Ayşe"], "how": "aloud", "van-gezin": "1"}
    )
    assert answer["Location"] == reverse("desk:household", args=[key]) + "#told"
    after = page(client, "desk:household", key)
    assert after.count("nog niet genoteerd") == 1
    assert "kreeg uitleg op" in after and "voorgelezen en uitgelegd" in after
    with acting(here.worker):
        assert Told.objects.get().version == STANDARD_VERSION


def test_pressed_twice_it_is_noted_once_and_said_kindly(client: Client) -> None:
    here = town()
    key, who = family(here)
    signed_in(client, here)
    sent = {"people": who["Ayşe"], "how": "paper", "van-gezin": "1"}
    for _ in range(2):
        answer = client.post(reverse("informing:explain", args=[key, "help"]), sent, follow=True)
    assert "Dit was al bewaard." in answer.content.decode()
    assert rows(here, Told) == 1


def test_nothing_is_held_up_where_nobody_was_told(client: Client) -> None:
    here = town()
    key, _who = family(here)
    signed_in(client, here)
    for name in ("casework:open-case", "casework:plan", "desk:note-contact", "desk:book"):
        assert client.get(reverse(name, args=[key])).status_code == 200


# Telling and asking


def test_where_no_consent_is_needed_the_page_says_so_and_offers_no_yes(client: Client) -> None:
    here = town()
    key, _who = family(here)
    signed_in(client, here)
    for purpose in ("help", "inquiry"):
        shown = page(client, "informing:explain", key, purpose)
        assert "Geen toestemming nodig, wel informatie" in shown
        assert "Noteer: kreeg uitleg" in shown
        assert 'name="outcome"' not in shown
    asked = page(client, "informing:explain", key, "referral")
    assert 'name="outcome"' in asked and "Grond: toestemming" in asked


def test_the_text_stands_in_the_language_that_was_asked_and_so_it_is_kept(client: Client) -> None:
    here = town()
    key, who = family(here)
    signed_in(client, here)
    shown = page(client, "informing:explain", key, "referral", taal="fr")
    assert "Pouvons-nous vous inscrire" in shown and 'lang="fr"' in shown
    client.post(reverse("informing:explain", args=[key, "referral"]), form(here, who, language="fr"))
    with acting(here.worker):
        kept = Consent.objects.get()
    assert (kept.language, kept.how) == ("fr", "aloud")
    assert "Pouvons-nous vous inscrire" in kept.words


def test_what_was_on_the_screen_is_kept_though_a_newer_text_came_meanwhile(client: Client) -> None:
    here = town()
    key, who = family(here)
    write(here, "# Eerste\nzo stond het er", purpose="referral")
    signed_in(client, here)
    sent = form(here, who, version="gemeente-1")
    write(here, "# Tweede\nzo staat het nu", purpose="referral", seen=1)
    client.post(reverse("informing:explain", args=[key, "referral"]), sent)
    with acting(here.worker):
        assert Consent.objects.get().words == "# Eerste\nzo stond het er"


def test_an_answer_sent_twice_is_one_answer(client: Client) -> None:
    here = town()
    key, who = family(here)
    signed_in(client, here)
    sent = form(here, who)
    for _ in range(2):
        answer = client.post(reverse("informing:explain", args=[key, "referral"]), sent, follow=True)
    assert "Dit was al bewaard." in answer.content.decode()
    assert rows(here, Consent) == 1
    other = client.post(reverse("informing:explain", args=[key, "referral"]), form(here, who))
    assert other.status_code == 422
    assert "Hiervoor geldt al een toestemming" in other.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"recipient": ""}, "Schrijf op met wie"), ({"ends_on": "2026-02-31"}, "geen dag die bestaat"),
     ({"person": str(uuid4())}, "in dit gezin woont"), ({"said_by": "other"}, "Duid aan wie antwoordde"),
     ({"outcome": "x"}, "x"), ({"language": "xx", "version": "y", "ends_on": ""}, "eindigt op een dag na")],
)  # fmt: skip
def test_bad_input_keeps_what_was_typed(client: Client, wrong: dict[str, str], sentence: str) -> None:
    here = town()
    key, who = family(here)
    signed_in(client, here)
    answer = client.post(
        reverse("informing:explain", args=[key, "referral"]), {**form(here, who, recipient="School De Kade"), **wrong}
    )
    said = answer.content.decode()
    assert answer.status_code == 422 and sentence in said
    assert "School De Kade" in said or "recipient" in wrong
    assert rows(here, Consent) == 0


def test_a_box_that_the_verb_refuses_gets_its_sentence_on_every_form(client: Client) -> None:
    here = town()
    key, who = family(here)
    consent, tomorrow = ask(here, key, who["Bram"]), (here.today + timedelta(days=1)).isoformat()
    signed_in(client, here)
    telling = {"people": who["Ayşe"], "how": "paper", "on": tomorrow}
    back = {"said_by": "self", "what_next": "bellen", "on": tomorrow}
    for address, sent in (
        (reverse("informing:explain", args=[key, "help"]), telling),
        (reverse("informing:at-desk", args=[key]), telling),
        (reverse("informing:explain", args=[key, "referral"]), form(here, who, on=tomorrow)),
        (reverse("informing:withdraw", args=[key, consent.id]), back),
    ):
        answer = client.post(address, sent)
        assert answer.status_code == 422, address
        assert "Deze dag moet nog komen." in answer.content.decode(), address
    young = client.post(
        reverse("informing:explain", args=[key, "referral"]), form(here, who, person=who["Elif"], said_by="self")
    )
    assert young.status_code == 422 and "jonger dan twaalf" in young.content.decode()


def test_taken_back_twice_is_taken_back_once(client: Client) -> None:
    here = town()
    key, who = family(here)
    consent = ask(here, key, who["Ayşe"])
    signed_in(client, here)
    sent = {"key": str(uuid4()), "said_by": "self", "what_next": "Ik bel het CAW."}
    address = reverse("informing:withdraw", args=[key, consent.id])
    said = [client.post(address, sent, follow=True).content.decode() for _ in range(2)]
    assert "Ingetrokken. Ze telt niet meer mee." in said[0] and "Dit was al bewaard." in said[1]
    assert rows(here, Withdrawal) == 1
    assert "ingetrokken op" in page(client, "informing:overview", key)
    shown = page(client, "informing:answer", key, consent.id)
    assert "Ik bel het CAW." in shown and "De tekst zoals die toen getoond werd" in shown
    with acting(here.worker):
        assert not queries.allowed(key, who["Ayşe"], "referral", "CAW Zuid", by=here.worker, on=here.today)


# The desk, and who may not


def test_the_desk_notes_it_and_sees_names_only(client: Client) -> None:
    here = town()
    key, who = family(here, phones=("+32499000001",))
    signed_in(client, here, "desk")
    shown = page(client, "informing:at-desk", key)
    assert (
        "Ayşe Yıldız" in shown and "0499 00" not in shown and "Kerkstraat" not in shown and "Toestemmingen" not in shown
    )
    answer = client.post(
        reverse("informing:at-desk", args=[key]), {"people": [who["Ayşe"], who["Bram"]], "how": "paper"}
    )
    assert answer.status_code == 302
    assert rows(here, Told) == 2
    assert client.get(reverse("informing:overview", args=[key])).status_code == 404


@pytest.mark.parametrize("role", ["director", "administrator", "privacy_officer", "neighbour"])
def test_others_reach_nothing(client: Client, role: str) -> None:
    here = town()
    key, who = family(here)
    consent = ask(here, key, who["Ayşe"])
    signed_in(client, here, role)
    for name, keys in (("overview", [key]), ("explain", [key, "help"]), ("answer", [key, consent.id]), ("at-desk", [key]),
                       ("answer-paper", [key, consent.id]), ("withdraw", [key, consent.id])):  # fmt: skip
        answer = client.get(reverse(f"informing:{name}", args=keys))
        assert answer.status_code in (403, 404), name
        assert "Ayşe" not in answer.content.decode()


# Texts


def test_who_manages_writes_a_new_version_and_the_old_ones_stay_to_be_read(client: Client) -> None:
    here = town()
    signed_in(client, here, "administrator")
    address = reverse("informing:text", args=["help", "nl"])
    sent = {
        "key": str(uuid4()),
        "words": "# Over ons\n{gemeente} helpt.",
        "valid_from": here.today.isoformat(),
        "seen": 0,
    }
    for _ in range(2):
        answer = client.post(address, sent, follow=True)
    assert "Dit was al bewaard." in answer.content.decode()
    second = client.post(address, {**sent, "key": str(uuid4()), "words": "# Nieuw\nx"})
    assert second.status_code == 422 and "Een collega bewaarde net" in second.content.decode()
    seen = re.search(r'name="seen"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="seen"', second.content.decode())
    assert seen and "1" in seen.groups()
    client.post(address, {**sent, "key": str(uuid4()), "words": "# Nieuw\nx", "seen": 1})
    shown = page(client, "informing:text", "help", "nl")
    assert "versie 2" in shown and "{gemeente} helpt." in shown
    assert "versie 2" in page(client, "informing:texts")


def test_a_purpose_or_language_that_does_not_exist_is_no_page(client: Client) -> None:
    here = town()
    key, who = family(here)
    tell(here, key, who["Ayşe"])
    signed_in(client, here)
    for address in (reverse("informing:explain", args=[key, "controle"]), reverse("informing:paper", args=["help", "de"]),
                    reverse("informing:paper", args=["x", "nl"])):  # fmt: skip
        assert client.get(address).status_code == 404
