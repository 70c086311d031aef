"""Who asked for access in an emergency, and what is said of it afterwards."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_one_at_a_time_in_need"),
        ("oversight", "0002_wall"),
        ("territory", "0004_grace_after_handing_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "geopend"),
                            ("not_opened", "niets geopend"),
                            ("held_back", "tegengehouden"),
                        ],
                        max_length=20,
                    ),
                ),
                ("household_id", models.UUIDField(null=True)),
                ("initial", models.CharField(blank=True, max_length=1)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField()),
                (
                    "basis",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.basis"
                    ),
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
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyWord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("remark", "opmerking"),
                            ("justified", "terecht"),
                            ("refused", "geweigerd: niet terecht"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("said_by", models.UUIDField()),
                (
                    "emergency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="oversight.emergency"
                    ),
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
        ),
        migrations.AddIndex(
            model_name="emergency",
            index=models.Index(fields=["municipality", "-asked_at"], name="emergency_by_moment"),
        ),
        migrations.AddIndex(
            model_name="emergency",
            index=models.Index(fields=["household_id"], name="emergency_of_household"),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["opened", "not_opened", "held_back"])),
                name="emergency_state_is_known",
                violation_error_message="Zo staat het niet met een noodtoegang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="emergency_has_a_reason",
                violation_error_message="Schrijf in je eigen woorden waarom dit niet kan wachten.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis__isnull", False), ("household_id__isnull", False), ("state", "opened")),
                    models.Q(
                        models.Q(("state", "opened"), _negated=True),
                        ("basis__isnull", True),
                        ("household_id__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="emergency_opened_has_a_file",
                violation_error_message="Alleen een noodtoegang die openging, hoort bij een gezin.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("worker_id"))),
                name="emergency_is_asked_by_oneself",
                violation_error_message="Noodtoegang vraagt iedereen voor zichzelf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyword",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["remark", "justified", "refused"])),
                name="emergency_word_is_known",
                violation_error_message="Duid aan of dit terecht was.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyword",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="emergency_word_has_words",
                violation_error_message="Schrijf in een paar woorden waarom je dit vindt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyword",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "remark")),
                fields=("emergency",),
                name="one_remark_an_emergency",
                violation_error_message="Hier staat al een opmerking bij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyword",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "remark"), _negated=True),
                fields=("emergency",),
                name="one_outcome_an_emergency",
                violation_error_message="Deze noodtoegang is al nagekeken.",
            ),
        ),
    ]
