"""Every table: a privacy class for each field, a wall, keys that point down, moments with a name beside them."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, models
from tests.factories import town

from nabij.access.models import Team
from nabij.kernel.actor import acting

FLOORS = [
    "kernel", "ui", "audit", "territory", "access", "signin", "oidc", "households", "casework", "frontdesk", "advice", "informing",
    "oversight", "privacy",
]  # fmt: skip
MODELS = [model for model in apps.get_models() if model.__module__.startswith("nabij.")]
# Tables without a municipality, each with its reason.
WITHOUT_MUNICIPALITY = {
    "territory_municipality": "is the municipality; what it is called is public",
    "signin_guess": "counts wrong passwords before it is known whose; keyed hashes, read by functions alone",
    "audit_trailseal": "a link of one chain over all; holds no person",
    "audit_trailcheck": "what the nightly check of that chain found; read by privacy officers, written by the owner",
    "audit_trailwaiting": "keys of events that wait for that chain; read by the seal alone",
}
# The owner passes here without maintenance, so that the look-up may use its index; the application never does.
NOT_FORCED = {"households_person": "a policy, even the owner's, keeps PostgreSQL from using the trigram index"}
NOT_OURS = {
    "django_migrations": "written by the owner only",
    "django_content_type": "Django's own, holds no person",
    "auth_permission": "Django's own, not used",
    "auth_group": "Django's own, not used",
    "auth_group_permissions": "Django's own, not used",
    "django_session": "read before there is a context; signed, and holds a worker's key only",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_has_a_privacy_class(model: type[models.Model]) -> None:
    fields = {field.name for field in model._meta.get_fields() if field.concrete or field.many_to_many}
    own = {name for name in fields if not model._meta.get_field(name).auto_created}
    assert own == model.privacy.classified() & own, own - model.privacy.classified()
    assert model.privacy.classified() <= own | {"pk"}
    assert model.privacy.purpose and model.privacy.retention


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_keys_point_down(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if field.many_to_one and field.concrete:
            target = field.related_model._meta.app_label
            assert FLOORS.index(target) <= FLOORS.index(model._meta.app_label), field


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_moment_has_a_name_beside_it(model: type[models.Model]) -> None:
    names = {field.attname for field in model._meta.concrete_fields}
    moments = {
        name for name in names if name.endswith("_at") and name not in ("starts_at", "ends_at", "met_at", "expires_at")
    }
    assert not {name for name in moments if f"{name[:-3]}_by" not in names and f"{name[:-3]}_by_id" not in names}


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_constraint_speaks_dutch(model: type[models.Model]) -> None:
    silent = {"one_draft_a_form"}  # nobody can hit it: the verb replaces the draft
    for constraint in model._meta.constraints:
        if constraint.name not in silent:
            assert str(constraint.violation_error_message).endswith("."), constraint.name
            assert constraint.violation_error_message != constraint.default_violation_error_message


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_table_is_walled() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select c.relname, c.relrowsecurity and (c.relforcerowsecurity or c.relname = any(%s)), count(p.polname),"
            " exists (select 1 from information_schema.columns i where i.table_name = c.relname"
            " and i.column_name = 'municipality_id')"
            " from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_policy p on p.polrelid = c.oid"
            " where n.nspname = 'public' and c.relkind in ('r', 'p') group by c.oid order by c.relname",
            [list(NOT_FORCED)],
        )
        rows = cursor.fetchall()
    ours = [row for row in rows if row[0] not in NOT_OURS]
    assert len(ours) > 25
    assert not [
        name for name, walled, policies, _ in ours if not walled or (policies < 2 and name != "audit_trailseal")
    ]
    assert not [name for name, _, _, has_town in ours if not has_town and name not in WITHOUT_MUNICIPALITY]


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_list_without_an_order_comes_back_in_any_order() -> None:
    here = town()
    with acting(here.worker):
        loose = {tuple(Team.objects.values_list("name", flat=True)) for _ in range(50)}
        kept = {tuple(Team.objects.order_by("name").values_list("name", flat=True)) for _ in range(50)}
    assert len(loose) > 1
    assert len(kept) == 1
