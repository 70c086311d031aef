"""Every field that refers to a person or a household is known to erasing, to a copy and to merging; every table to the register."""

import json

import pytest
from django.apps import apps
from django.db import connections, models
from tests.factories import town

from nabij.kernel.actor import acting
from nabij.kernel.privacy import Category
from nabij.privacy import actions, queries, references
from nabij.privacy.described import TABLES
from nabij.privacy.references import KNOWN, Erase
from nabij.privacy.register import as_data, register
from nabij.privacy.terms import RULES

OURS = [model for model in apps.get_models() if model.__module__.startswith("nabij.")]
WHERE = "add a line to KNOWN (or OF_NOBODY) in src/nabij/privacy/references.py"


def test_every_field_that_refers_is_known() -> None:
    found = {name for name, _field in references.referring()}
    assert len(found) > 25
    assert not found - set(KNOWN), WHERE


def test_nothing_is_known_that_is_not_there() -> None:
    there = {f"{model._meta.label}.{field.name}" for model in OURS for field in model._meta.get_fields()}
    assert not set(KNOWN) - there
    assert not references.OF_NOBODY - there


def test_what_stays_out_of_a_copy_says_why() -> None:
    assert not [name for name, known in KNOWN.items() if bool(known.copy) == bool(known.why)]


def test_what_erasing_leaves_alone_says_why() -> None:
    kept = {name for name, known in KNOWN.items() if known.erase == Erase.KEEP}
    assert kept == {"audit.TrailEvent.household_id", "oversight.FollowUp.reference"}
    assert all(KNOWN[name].why for name in kept)


def test_what_hangs_on_a_row_of_a_file_can_go_along_with_it() -> None:
    """It has no household of its own; erasing finds it by its key, so it needs one, and what it hangs on as well."""
    files = {name.rsplit(".", 1)[0] for name, _ in references.referring()} - {"audit.TrailEvent", "audit.TrailContent"}
    hanging = {
        (model, field.related_model)
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label in files
    }
    assert len(hanging) > 8
    assert not [(m, on) for m, on in hanging if m._meta.pk.attname != "id" or on._meta.pk.attname != "id"]


@pytest.mark.django_db
def test_the_database_knows_no_more_references_than_the_models() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select case when home then 'household' else 'person' end, tab || '.' || col from privacy_references()"
        )
        there = {(side, column) for side, column in cursor.fetchall()}
    told = {(side, column) for side, columns in references.plan().items() for column in columns}
    assert there == told, WHERE


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_table_stays_as_long_as_a_category(model: type[models.Model]) -> None:
    assert [RULES[category] for category in model.privacy.categories]


def test_every_rule_says_why_and_from_where() -> None:
    assert not [rule.category for rule in RULES.values() if not rule.ground or not rule.counts]
    assert not [rule.category for rule in RULES.values() if rule.length and not rule.source]
    assert RULES[Category.FILE].doubt
    assert all(rule.within[0].amount for rule in RULES.values() if rule.within)


@pytest.mark.django_db
def test_the_register_holds_every_field_of_a_person() -> None:
    here = town()
    with acting(here.privacy_officer):
        lines = register(queries.terms(by=here.privacy_officer))
    held = {(one.table, field) for line in lines for one in line.tables for field in one.of_residents}
    wanted = {(m._meta.label, field) for m in OURS for field in m.privacy.personal.split()}
    assert held == wanted
    assert not [line.activity.slug for line in lines if line.is_other], "describe it in src/nabij/privacy/described.py"
    described = {one.table for line in lines for one in line.tables}
    assert not described - set(TABLES), "describe it in src/nabij/privacy/described.py"
    rows = as_data(lines)
    assert json.loads(json.dumps(rows)) == rows
    assert all(row["rechtsgrond"] and row["bewaartermijn"] for row in rows)


@pytest.mark.django_db
def test_taking_the_register_along_is_in_the_trail_and_not_for_everybody() -> None:
    from nabij.kernel.refusals import Denied

    here = town()
    with acting(here.administrator):
        actions.take_register(by=here.administrator, form="csv")
    for role in ("worker", "director", "desk"):
        actor = getattr(here, role)
        with acting(actor), pytest.raises(Denied):
            actions.take_register(by=actor, form="csv")
