"""Help and control are apart (ADR 0019): nothing in this house is made to check up on anybody, and no door leads there."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import CharField
from django.utils import timezone
from tests.factories import Town, household, town
from tests.house.addresses import ROUTES

from nabij.access import actions as access
from nabij.access.models import Post
from nabij.access.roles import FUNCTIONS, Ground, Permission
from nabij.audit.events import REGISTRY
from nabij.casework import actions as casework
from nabij.casework.actions.steps import Doer
from nabij.frontdesk import actions as frontdesk
from nabij.frontdesk.actions import Asked
from nabij.households.models import Membership
from nabij.informing.purposes import Purpose
from nabij.kernel.actor import acting
from nabij.kernel.refusals import Refusal

CONTROL = re.compile(
    r"control|contrôle|fraud|inspect|inspecteur|sanction|sanctie|handha|opspor|verdacht|verklik|boete|police|politie",
    re.I,
)


def kinds() -> dict[str, list[str]]:
    """Every choice that a column of the house offers, by column."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("nabij."):
            for field in model._meta.concrete_fields:
                if isinstance(field, CharField) and field.choices:
                    found[f"{model._meta.label}.{field.name}"] = [
                        f"{value} {label}" for value, label in field.flatchoices
                    ]
    return found


def test_no_function_permission_ground_or_purpose_is_for_control() -> None:
    words = [f"{f.slug} {f.name} {f.description}" for f in FUNCTIONS.values()]
    words += [permission.value for permission in Permission] + [f"{ground} {ground.sentence}" for ground in Ground]
    words += [f"{purpose.value} {purpose.label}" for purpose in Purpose]
    assert len(words) > 25
    assert [word for word in words if CONTROL.search(word)] == []


def test_no_event_and_no_address_is_for_control() -> None:
    events = [f"{slug} {event.sentence}" for slug, event in REGISTRY.items()]
    assert len(events) > 40 and len(ROUTES) > 60
    assert [word for word in events if CONTROL.search(word)] == []
    assert [name for name, _parts in ROUTES if CONTROL.search(name)] == []


def test_no_kind_of_anything_is_for_control() -> None:
    found = kinds()
    assert len(found) > 12
    assert {
        column: said for column, choices in found.items() if (said := [c for c in choices if CONTROL.search(c)])
    } == {}


def test_no_table_or_field_is_for_control() -> None:
    names = [
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("nabij.")
        for field in model._meta.get_fields()
    ]
    assert [name for name in names if CONTROL.search(name)] == []


@pytest.fixture
def open_file() -> tuple[Town, object, object]:
    here = town()
    key = household(here, asked=(Asked("housing", "te klein"),))
    by, today, now = here.worker, here.today, timezone.now()
    with acting(by):
        casework.open_case(by=by, household=key, on=today, now=now)
        goal = casework.add_goal(by=by, household=key, words="Een bed", domain="housing", now=now, today=today)
    return here, key, goal


@pytest.mark.django_db
@pytest.mark.parametrize(
    "doer",
    [Doer("controle"), Doer("inspector"), Doer("partner", partner="Sociale inspectie"),
     Doer("partner", partner="de fraudecel van de stad"), Doer("partner", partner="Controledienst"),
     Doer("partner", partner="een controleur van het OCMW")],
    ids=lambda doer: doer.partner or doer.who,
)  # fmt: skip
def test_no_step_goes_to_who_controls(open_file, doer: Doer) -> None:
    here, _key, goal = open_file
    with acting(here.worker), pytest.raises(Refusal) as refused:
        casework.add_step(
            by=here.worker,
            goal=goal.id,
            description="nakijken",
            doer=doer,
            due_on=None,
            now=timezone.now(),
            today=here.today,
        )
    assert str(refused.value).endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "partner", ["arbeidsinspectie", "Wooninspectie", "Dokter Claes (controle na de operatie)", "VDAB", "ziekenfonds"]
)
def test_who_stands_up_for_the_household_may_be_a_partner(open_file, partner: str) -> None:
    here, _key, goal = open_file
    with acting(here.worker):
        step = casework.add_step(
            by=here.worker, goal=goal.id, description="klacht indienen", doer=Doer("partner", partner=partner),
            due_on=None, now=timezone.now(), today=here.today,
        )  # fmt: skip
    assert step.partner == partner


@pytest.mark.django_db
def test_no_request_contact_appointment_note_function_or_ground_is_for_control(open_file) -> None:
    here, key, _goal = open_file
    by, now, today = here.worker, timezone.now(), here.today
    soon = now + timedelta(hours=1)
    noted = {"by": by, "household": key, "now": now}
    with acting(by):
        contact = frontdesk.note_contact(channel="office", words="x", met_at=now, **noted)
    tries = [
        lambda: frontdesk.note_contact(channel="controle", words="x", met_at=now, **noted),
        lambda: frontdesk.note_request(by=by, contact=contact, asked=Asked("controle", "x"), team=None, now=now),
        lambda: frontdesk.book(
            worker=by.id, starts_at=soon, ends_at=soon + timedelta(minutes=30), place="controle", **noted
        ),
        lambda: casework.write_note(kind="controle", text="x", about_on=today, today=today, **noted),
        lambda: casework.add_goal(words="x", domain="controle", today=today, **noted),
        lambda: access.appoint(by=here.operator, worker=by.id, function="inspector", on=today),
    ]
    for attempt in tries:
        with acting(here.operator if attempt is tries[-1] else by), pytest.raises(Refusal) as refused:
            attempt()
        assert str(refused.value).endswith("."), refused.value
    with acting(by), pytest.raises(ValueError, match="controle"):
        Ground("controle")
    with acting(by):
        assert not Post.objects.exclude(function__in=FUNCTIONS).exists()
        assert Membership.objects.filter(household_id=key).exists()
