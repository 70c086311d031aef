"""A copy for one person: it fits its schema, reads aloud, and tells nothing of what others keep."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Town, household, town

import nabij.privacy
from nabij.audit.models import TrailContent, TrailEvent
from nabij.casework import actions as casework
from nabij.casework.actions.steps import Doer
from nabij.casework.models import Note
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.frontdesk.models import Contact
from nabij.households import queries as households
from nabij.households.actions import NewPerson
from nabij.households.models import Address, ContactPoint, Membership
from nabij.kernel.actor import Actor, acting
from nabij.kernel.refusals import Denied, NotOpen
from nabij.privacy import actions, copying
from nabij.privacy.paper.content import copy_pdf

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((Path(nabij.privacy.__file__).parent / "kopie-1.schema.json").read_text())
PEOPLE = (
    NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day", role="adult"),
    NewPerson("Bart", "Claes", date(1988, 5, 6), "day", role="adult"),
)
SECRET, SEALED, HERS = "Alleen gaan wonen met Elif", "Zij vertrouwde dit toe", "Bart drinkt weer"


def lived(here: Town) -> tuple[UUID, UUID, UUID]:
    """Return a household of two, with a file that has everything but secrets; and the keys of the two."""
    by, today, now = here.worker, here.today, timezone.now()
    key = household(here, people=PEOPLE, phones=("+32499000001",), asked=(Asked("housing", "te klein"),))
    of = {"by": by, "now": now, "today": today}
    with acting(by):
        casework.open_case(by=by, household=key, on=today, now=now)
        goal = casework.add_goal(household=key, words="Een eigen bed", domain="housing", **of)
        casework.add_step(goal=goal.id, description="bellen", doer=Doer(), due_on=today, **of)
        casework.note_progress(goal=goal.id, text="het gaat", **of)
        casework.write_note(household=key, kind="shared", text="kwam langs", about_on=today, **of)
        casework.write_note(household=key, kind="case", text=HERS, about_on=today, **of)
        casework.freeze(household=key, outcome="agreed", reason="", expected=0, **of)
        frontdesk.book(by=by, household=key, worker=by.id, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1), now=now)  # fmt: skip  # noqa: E501
        actions.ask(household=key, kind="access", words="wat staat er?", asked_on=today, **of)
        people = {m.person.given_name: m.person_id for m in Membership.objects.filter(household_id=key)}
    return key, people["Ayşe"], people["Bart"]


def keep_secrets(here: Town, key: UUID, hers: UUID, from_whom: UUID) -> None:
    """She shields a goal from him; and a worker seals a note."""
    by, today, now = here.worker, here.today, timezone.now()
    of = {"by": by, "now": now, "today": today}
    with acting(by):
        goal = casework.add_goal(
            household=key, words=SECRET, domain="housing", for_whom=[hers], shielded=[from_whom], **of
        )
        casework.add_step(goal=goal.id, description="stil zoeken", doer=Doer(), due_on=today, **of)
        casework.note_progress(goal=goal.id, text="stil gevonden", **of)
        casework.write_note(household=key, kind="sealed", text=SEALED, about_on=today, **of)


def copy_of(here: Town, key: UUID, person: UUID, *, by: Actor | None = None, **how: object) -> dict:
    by = by or here.worker
    with acting(by):
        home = households.open_household(key, by=by, on=here.today, purpose="test")
        return copying.copy_for(home, person, by=by, on=here.today, municipality="Testegem", **how)


def test_it_fits_the_schema_that_is_shipped() -> None:
    here = town()
    key, her, _him = lived(here)
    made = copy_of(here, key, her)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(json.dumps(made)), SCHEMA, format_checker=jsonschema.FormatChecker())
    for part, items in made.items():
        if isinstance(items, list) and part not in (
            "corrections",
            "scores",
            "handovers",
            "contact_points",
            "advice",
            "told",
            "consents",
        ):
            assert items, part
    jsonschema.validate(copy_of(here, key, _him), SCHEMA)


def test_a_schema_that_lets_anything_through_would_fail_here() -> None:
    here = town()
    key, her, _him = lived(here)
    made = copy_of(here, key, her)
    for wrong in ({**made, "extra": 1}, {**made, "goals": [{"words": 1}]}, {**made, "left_out": []}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, SCHEMA)


def test_what_she_keeps_from_him_leaves_no_trace_in_his_copy() -> None:
    here = town()
    key, her, him = lived(here)
    before = copy_of(here, key, him)
    keep_secrets(here, key, her, him)
    assert copy_of(here, key, him) == before
    text = json.dumps(copy_of(here, key, her), ensure_ascii=False)
    assert SECRET in text
    assert SEALED not in text


def test_a_sealed_note_is_not_in_the_copy_that_its_author_makes_nor_offered_to_read() -> None:
    here = town()
    key, her, him = lived(here)
    keep_secrets(here, key, her, him)
    with acting(here.worker):
        assert Note.objects.filter(kind="sealed").exists()
        home = households.open_household(key, by=here.worker, on=here.today, purpose="test")
        offered = copying.texts(home, by=here.worker, person=him)
    assert not [one for one in offered if one.words in (SEALED, "stil gevonden", SECRET)]
    assert {"kwam langs", HERS, "het gaat"} <= {one.words for one in offered}


def test_what_is_of_the_other_stays_out() -> None:
    here = town()
    key, her, him = lived(here)
    with acting(here.worker):
        ContactPoint.objects.create(
            municipality_id=here.municipality.id, household_id=key, person_id=her, kind="phone", value="+32499123456",
            valid_from=here.today, noted_at=timezone.now(), noted_by=here.worker.id,
        )  # fmt: skip
    his, hers = (json.dumps(copy_of(here, key, who), ensure_ascii=False) for who in (him, her))
    assert "+32499123456" in hers
    assert "+32499123456" not in his
    assert "1990-03-04" not in his


def test_an_address_from_after_he_left_is_not_his() -> None:
    from nabij.households import actions as homes
    from nabij.households.actions import NewAddress

    here = town()
    key, her, him = lived(here)
    by, today, now = here.worker, here.today, timezone.now()
    with acting(by):
        for rows in (Membership.objects, Address.objects):
            rows.filter(household_id=key).update(valid_from=today - timedelta(days=30))
        homes.leave(by=by, household=key, person=him, on=today - timedelta(days=2), now=now, today=today)
        new = NewAddress("Schuilstraat", "9", "", "9999", "Testegem")
        homes.move(by=by, household=key, address=new, on=today - timedelta(days=1), now=now, today=today)
    assert "Schuilstraat" not in json.dumps(copy_of(here, key, him))
    assert "Schuilstraat" in json.dumps(copy_of(here, key, her))


def test_words_about_somebody_else_are_left_out_by_hand_and_that_is_said() -> None:
    here = town()
    key, her, _him = lived(here)
    with acting(here.worker):
        note = Note.objects.get(text=HERS)
        contact = Contact.objects.filter(household_id=key)[0]
    made = copy_of(here, key, her, left_out={note.id, contact.id})
    assert HERS not in json.dumps(made)
    assert len(made["left_out"]) == len(copying.NEVER_IN_IT) + 1
    assert "2" in made["left_out"][-1]["what"]


def test_somebody_of_another_household_has_no_copy_here() -> None:
    here = town()
    key, _her, _him = lived(here)
    other = household(here, people=(NewPerson("Olena", "Bondar"),), by=here.worker)
    with acting(here.worker):
        stranger = Membership.objects.get(household_id=other).person_id
        home = households.open_household(key, by=here.worker, on=here.today, purpose="test")
        with pytest.raises(NotOpen):
            copying.copy_for(home, stranger, by=here.worker, on=here.today, municipality="x")


def test_the_paper_is_tagged_and_takes_any_words() -> None:
    here = town()
    key, her, him = lived(here)
    keep_secrets(here, key, her, him)
    with acting(here.worker):
        casework.write_note(
            by=here.worker, household=key, kind="shared", text="قالت: أريد بيتا 🏠\n\n" + "x" * 400, about_on=here.today,
            now=timezone.now(), today=here.today,
        )  # fmt: skip
    made = copy_pdf(copy_of(here, key, her), officers=[("Petra Privacy", "petra@example.org")])
    assert made.startswith(b"%PDF")
    assert b"/MarkInfo" in made or b"StructTreeRoot" in made


@pytest.mark.parametrize("how", ["pdf", "json"])
def test_the_page_gives_the_copy_and_leaves_a_look_and_an_event(client: Client, how: str) -> None:
    here = town()
    key, her, _him = lived(here)
    client.force_login(here.users["worker"], backend="nabij.access.backends.EmailBackend")
    url = reverse("privacy:copy", args=[key, her])
    shown = client.get(url)
    assert HERS in shown.content.decode()
    refused = client.post(url, {"form": how})
    assert refused.status_code == 422
    with acting(here.worker):
        note = Note.objects.get(text=HERS)
    answer = client.post(url, {"form": how, "read": "on", "leave_out": [str(note.id)]})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "attachment" in answer["Content-Disposition"]
    if how == "json":
        jsonschema.validate(answer.json(), SCHEMA)
        assert HERS not in answer.content.decode()
    else:
        assert answer.content.startswith(b"%PDF")
    with acting(here.worker):
        event = TrailEvent.objects.get(kind="privacy.exported", household_id=key)
        assert TrailContent.objects.get(event_id=event.id).content == {"form": how, "left_out": 1}
        assert TrailEvent.objects.filter(household_id=key, purpose="kopie van gegevens").count() >= 3


@pytest.mark.parametrize("role", ["colleague", "coordinator"])
def test_who_has_not_the_whole_file_makes_no_copy(client: Client, role: str) -> None:
    here = town()
    key, her, _him = lived(here)
    client.force_login(here.users[role], backend="nabij.access.backends.EmailBackend")
    assert client.get(reverse("privacy:copy", args=[key, her])).status_code == 403
    assert client.post(reverse("privacy:copy", args=[key, her]), {"form": "json", "read": "on"}).status_code == 403
    actor = getattr(here, role)
    with acting(actor), pytest.raises(Denied):
        actions.give_copy(by=actor, household=key, person=her, form="json", left_out=0, today=here.today)


def test_a_file_with_only_a_name_gives_a_whole_copy_too() -> None:
    here = town()
    key = household(here, people=(NewPerson("Jef", ""),))
    with acting(here.worker):
        casework.open_case(by=here.worker, household=key, on=here.today, now=timezone.now())
        person = Membership.objects.get(household_id=key).person_id
    made = copy_of(here, key, person)
    jsonschema.validate(made, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert copy_pdf(made, officers=[]).startswith(b"%PDF")
