"""Texts, who was told, consents and withdrawals."""

import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import nabij.access.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0006_wall_with_a_clock"),
        ("territory", "0004_grace_after_handing_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("help", "Helpen en begeleiden"),
                            ("inquiry", "Sociaal onderzoek voor een leefloon of andere steun"),
                            ("consultation", "Overleggen met een andere dienst"),
                            ("referral", "Aanmelden bij een andere dienst"),
                            ("enquiry", "Iets over iemand vragen bij een andere dienst"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("fr", "Français"), ("en", "English")], max_length=2
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("words", models.TextField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("paper", "op papier"),
                            ("aloud", "voorgelezen en uitgelegd"),
                            ("interpreter", "voorgelezen met een tolk"),
                            ("screen", "op een scherm"),
                        ],
                        max_length=12,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
                ("outcome", models.CharField(choices=[("given", "ja"), ("refused", "nee")], max_length=8)),
                ("recipient", models.CharField(max_length=120)),
                ("recipient_key", models.CharField(max_length=120)),
                ("with_health", models.BooleanField(default=False)),
                ("said_by_other", models.CharField(blank=True, max_length=120)),
                ("answered_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("stopped_on", models.DateField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.household"
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.person"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("help", "Helpen en begeleiden"),
                            ("inquiry", "Sociaal onderzoek voor een leefloon of andere steun"),
                            ("consultation", "Overleggen met een andere dienst"),
                            ("referral", "Aanmelden bij een andere dienst"),
                            ("enquiry", "Iets over iemand vragen bij een andere dienst"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("fr", "Français"), ("en", "English")], max_length=2
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("valid_from", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("written_by", models.UUIDField()),
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
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("help", "Helpen en begeleiden"),
                            ("inquiry", "Sociaal onderzoek voor een leefloon of andere steun"),
                            ("consultation", "Overleggen met een andere dienst"),
                            ("referral", "Aanmelden bij een andere dienst"),
                            ("enquiry", "Iets over iemand vragen bij een andere dienst"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("fr", "Français"), ("en", "English")], max_length=2
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("words", models.TextField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("paper", "op papier"),
                            ("aloud", "voorgelezen en uitgelegd"),
                            ("interpreter", "voorgelezen met een tolk"),
                            ("screen", "op een scherm"),
                        ],
                        max_length=12,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
                ("told_on", models.DateField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.household"
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("withdrawn_on", models.DateField()),
                ("said_by_other", models.CharField(blank=True, max_length=120)),
                ("what_next", models.CharField(max_length=300)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
                (
                    "consent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="withdrawal", to="informing.consent"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.household"
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
                    "said_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.person"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["household", "-answered_on"], name="consent_of_household"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["consultation", "referral", "enquiry"])),
                name="consent_only_where_it_is_needed",
                violation_error_message="Hiervoor is geen toestemming nodig, wel informatie. Noteer dat je uitleg gaf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["given", "refused"])),
                name="consent_outcome_is_known",
                violation_error_message="Duid aan wat de persoon antwoordde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["paper", "aloud", "interpreter", "screen"])),
                name="consent_how_is_known",
                violation_error_message="Duid aan hoe je uitleg gaf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "en"])),
                name="consent_language_is_known",
                violation_error_message="Deze tekst bestaat niet. Kies een taal waarin er een tekst is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("recipient_key", ""), _negated=True),
                name="consent_names_a_recipient",
                violation_error_message="Schrijf op met wie: een toestemming voor iedereen bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_on__gt", models.F("answered_on")), ("outcome", "given")),
                    models.Q(("ends_on__isnull", True), ("outcome", "refused"), ("stopped_on__isnull", True)),
                    _connector="OR",
                ),
                name="consent_given_has_an_end",
                violation_error_message="Een toestemming eindigt op een dag na die waarop ze gegeven is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stopped_on__isnull", True), ("stopped_on__gte", models.F("answered_on")), _connector="OR"
                ),
                name="consent_stops_after_it_began",
                violation_error_message="Een toestemming kan niet ingetrokken zijn voor ze gegeven is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said_by__isnull", False), ("said_by_other", "")),
                    models.Q(("said_by__isnull", True), models.Q(("said_by_other", ""), _negated=True)),
                    _connector="OR",
                ),
                name="consent_is_said_by_one",
                violation_error_message="Duid aan wie antwoordde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("outcome", "given")),
                expressions=[
                    ("household", "="),
                    ("person", "="),
                    ("purpose", "="),
                    ("recipient_key", "="),
                    (
                        nabij.access.models.Period(
                            models.F("answered_on"),
                            django.db.models.functions.comparison.Least(models.F("ends_on"), models.F("stopped_on")),
                        ),
                        "&&",
                    ),
                ],
                name="one_open_consent",
                violation_error_message="Hiervoor geldt al een toestemming. Trek die eerst in als er iets aan verandert.",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["help", "inquiry", "consultation", "referral", "enquiry"])),
                name="text_purpose_is_known",
                violation_error_message="Duid aan waarvoor deze tekst is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "en"])),
                name="text_language_is_known",
                violation_error_message="Deze tekst bestaat niet. Kies een taal waarin er een tekst is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.UniqueConstraint(
                fields=("municipality", "purpose", "language", "number"),
                name="one_text_a_number",
                violation_error_message="Een collega bewaarde net een nieuwe versie. Kijk eerst wat er nu staat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="text_has_words",
                violation_error_message="Schrijf de tekst die mensen te lezen krijgen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["help", "inquiry", "consultation", "referral", "enquiry"])),
                name="told_purpose_is_known",
                violation_error_message="Duid aan waarover je uitleg gaf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["paper", "aloud", "interpreter", "screen"])),
                name="told_how_is_known",
                violation_error_message="Duid aan hoe je uitleg gaf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "en"])),
                name="told_language_is_known",
                violation_error_message="Deze tekst bestaat niet. Kies een taal waarin er een tekst is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(
                fields=("household", "person", "purpose", "version", "told_on"),
                name="told_once_a_day",
                violation_error_message="Dit is vandaag al genoteerd. Eén keer volstaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said_by__isnull", False), ("said_by_other", "")),
                    models.Q(("said_by__isnull", True), models.Q(("said_by_other", ""), _negated=True)),
                    _connector="OR",
                ),
                name="withdrawal_is_said_by_one",
                violation_error_message="Duid aan wie de toestemming introk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("what_next", ""), _negated=True),
                name="withdrawal_says_what_next",
                violation_error_message="Schrijf op wat er nu gebeurt, bijvoorbeeld wie je verwittigt.",
            ),
        ),
    ]
