"""Who is helped elsewhere: for the own neighbourhood team as if that household did not exist, in every table.

The flat table is derived by functions of the owner from here on, and the application only reads its own rows of it: the
rule must know for whom a household is hidden, and whoever gives a colleague a post may not.
"""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nabij.access.models
from nabij.access import hiding, reach
from nabij.kernel.wall import AUTHOR, MUNICIPALITY, guard, of_table
from nabij.kernel.wall import reach as reaches

APP = settings.NABIJ_ROLES["app"]
ITS_HOUSEHOLD = of_table(reaches("household_id", 3), "audit_trailevent")
TRAIL = [
    "drop policy sees on audit_trailevent",
    f"create policy sees on audit_trailevent for select to {APP} using ({MUNICIPALITY}"
    f" and ((actor_id = {AUTHOR} and (household_id is null or not access_hidden(household_id)))"
    f" or (household_id is not null and {ITS_HOUSEHOLD})))",
]
FUNCTIONS = hiding.FUNCTIONS | reach.DERIVING
SHOWN = "not access_hidden(@.household_id)"


class Migration(migrations.Migration):
    dependencies = [("access", "0007_one_at_a_time_in_need")]
    operations = [
        migrations.CreateModel(
            name="Elsewhere",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("household_id", models.UUIDField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "avoided_team",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.team"),
                ),
                (
                    "helping_team",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.team"),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["household_id", "valid_from"], name="elsewhere_of_household")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="elsewhere_in_order",
                        violation_error_message="Een periode kan niet eindigen voor ze begint.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("avoided_team", models.F("helping_team")), _negated=True),
                        name="elsewhere_is_another_team",
                        violation_error_message="Kies een ander team dan dat van de eigen wijk.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="elsewhere_end_is_paired",
                        violation_error_message="Wie noteert dat een gezin terugkomt, wordt genoteerd.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("household_id", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL),
                            (
                                nabij.access.models.Period(models.F("valid_from"), models.F("valid_until")),
                                django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS,
                            ),
                        ],
                        name="one_elsewhere_at_a_time",
                        violation_error_message="Dit gezin wordt op die dagen al elders geholpen.",
                    ),
                ],
            },
        ),
        guard("access_elsewhere", sees=reaches("household_id"), verbs="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(
            [*FUNCTIONS.values(), *hiding.callable_by_app(APP, FUNCTIONS)],
            migrations.RunSQL.noop,
        ),
        guard("access_basis", sees=SHOWN, again=True),
        guard(
            "access_reach",
            sees=f"worker_id = {AUTHOR}"
            " and (until is null or until > current_date or not access_avoids_me(@.household_id))",
            again=True,
        ),
        migrations.RunSQL(
            [f"revoke insert, update, delete on access_reach from {APP}", *TRAIL], migrations.RunSQL.noop
        ),
    ]
