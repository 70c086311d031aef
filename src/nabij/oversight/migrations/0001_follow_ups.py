"""What came of unusual looking, and the streets of workers."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0003_indexes_that_help"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeStreet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("street", models.CharField(max_length=120)),
                ("postcode", models.CharField(max_length=10)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("rule", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("reference", models.CharField(blank=True, max_length=8)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("asked", "gevraagd aan de medewerker"),
                            ("explained", "verklaard"),
                            ("not_in_order", "niet in orde"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
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
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "day"], name="follow_up_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rule__in", ["many", "ended", "own_name", "own_street", "hours", "other_team"])
                        ),
                        name="follow_up_rule_is_known",
                        violation_error_message="Deze regel bestaat niet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["asked", "explained", "not_in_order"])),
                        name="follow_up_outcome_is_known",
                        violation_error_message="Duid aan wat ervan kwam.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "asked"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="follow_up_outcome_has_words",
                        violation_error_message="Schrijf op wat de medewerker zei, of wat er niet in orde is.",
                    ),
                ],
            },
        ),
    ]
