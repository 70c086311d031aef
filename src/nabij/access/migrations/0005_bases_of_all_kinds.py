"""Who stands in for whom, grounds that expire on the hour or go on for some days, and the flat table that holds them.

Nothing is brought over into the flat table: after the migrations all of it is derived anew.
"""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import nabij.access.models

REACH = [
    "delete from access_reach",
    "drop index reach_of_worker",
    "alter table access_reach drop constraint access_reach_pkey,"
    " add column parts smallint not null check (parts >= 0), add column writes boolean not null,"
    " add column expires_at timestamptz, add column source uuid not null,"
    " add primary key (worker_id, household_id, ground, since, source)",
    "create index reach_of_worker on access_reach (worker_id, household_id)"
    " include (municipality_id, depth, parts, writes, since, until, expires_at)",
]
REACH_STATE = [
    migrations.DeleteModel(name="Reach"),
    migrations.CreateModel(
        name="Reach",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "worker", "household_id", "ground", "since", "source",
                    blank=True, editable=False, primary_key=True, serialize=False,
                ),
            ),
            ("household_id", models.UUIDField()),
            ("ground", models.CharField(max_length=20)),
            ("depth", models.PositiveSmallIntegerField()),
            ("parts", models.PositiveSmallIntegerField()),
            ("writes", models.BooleanField()),
            ("since", models.DateField()),
            ("until", models.DateField(null=True)),
            ("expires_at", models.DateTimeField(null=True)),
            ("source", models.UUIDField()),
            (
                "municipality",
                models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to="territory.municipality",
                ),
            ),
            (
                "worker",
                models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "indexes": [
                models.Index(fields=["household_id"], name="reach_of_household"),
                models.Index(
                    fields=["worker", "household_id"],
                    include=("municipality", "depth", "parts", "writes", "since", "until", "expires_at"),
                    name="reach_of_worker",
                ),
            ]
        },
    ),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_privacy_officer"),
        ("territory", "0004_grace_after_handing_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
            ],
            options={"indexes": [models.Index(fields=["substitute"], name="absence_of_substitute")]},
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="absence_in_order",
                violation_error_message="Een periode kan niet eindigen voor ze begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("substitute__isnull", True),
                    models.Q(("substitute", models.F("worker")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_stands_in_for_oneself",
                violation_error_message="Wie afwezig is, kan zichzelf niet vervangen. Kies een collega.",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("worker_id", "="),
                    (nabij.access.models.Period(models.F("valid_from"), models.F("valid_until")), "&&"),
                ],
                name="one_absence_at_a_time",
                violation_error_message="Voor die dagen staat al een afwezigheid genoteerd. Pas eerst die aan.",
            ),
        ),
        migrations.AddField(
            model_name="basis",
            name="expires_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="basis",
            name="grace_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="basis",
            name="parts",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name="basis",
            name="ground",
            field=models.CharField(
                choices=[
                    ("lead", "lead"),
                    ("duo", "duo"),
                    ("substitute", "substitute"),
                    ("transfer", "transfer"),
                    ("team", "team"),
                    ("emergency", "emergency"),
                    ("grace", "grace"),
                    ("adviser", "adviser"),
                    ("front_desk", "front_desk"),
                    ("committee", "committee"),
                    ("resident", "resident"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expires_at__isnull", True), models.Q(("ground", "emergency"), _negated=True)),
                    models.Q(
                        ("expires_at__gt", models.F("given_at")),
                        ("expires_at__isnull", False),
                        (
                            "expires_at__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("given_at"), "+", models.Value(datetime.timedelta(days=1))
                            ),
                        ),
                        ("ground", "emergency"),
                    ),
                    _connector="OR",
                ),
                name="emergency_expires",
                violation_error_message="Noodtoegang duurt hoogstens 24 uur.",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(("parts", 0), ("ground", "adviser"), _connector="OR"),
                name="parts_are_of_an_adviser",
                violation_error_message="Alleen wie raad geeft, leest een deel van een dossier.",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grace_until__isnull", True),
                    models.Q(("grace_until__gt", models.F("valid_until")), ("ground__in", ["lead", "duo"])),
                    _connector="OR",
                ),
                name="grace_follows_guiding",
                violation_error_message="Nog even meelezen kan alleen na het begeleiden van een gezin.",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=~models.Q(ground__in=["substitute", "grace"]),
                name="ground_is_given_not_derived",
                violation_error_message="Vervangen en nog even meelezen volgen uit een afwezigheid of een overdracht.",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(REACH)], state_operations=REACH_STATE
        ),
    ]
