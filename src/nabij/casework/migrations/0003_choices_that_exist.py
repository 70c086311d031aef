"""What the forms offer is what the tables hold: choices that exist, numbers that can be."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_wall")]
    operations = [
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "domain__in",
                        [
                            "income",
                            "debt",
                            "housing",
                            "health",
                            "work",
                            "education",
                            "children",
                            "youth",
                            "leisure",
                            "culture",
                            "sport",
                            "network",
                            "administration",
                            "mobility",
                            "legal",
                        ],
                    )
                ),
                name="goal_domain_is_known",
                violation_error_message="Duid aan waarover het doel gaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["active", "later", "reached", "dropped"])),
                name="goal_status_is_known",
                violation_error_message="Duid aan hoe het met het doel staat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("tie__in", ["for", "shielded"])),
                name="goal_person_tie_is_known",
                violation_error_message="Een doel is voor iemand, of afgeschermd voor iemand.",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["shared", "case", "sealed"])),
                name="note_kind_is_known",
                violation_error_message="Duid aan wie de notitie mag lezen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["agreed", "not_agreed", "not_asked"])),
                name="plan_version_outcome_is_known",
                violation_error_message="Duid aan wat het gezin van het plan vindt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="progress_has_words",
                violation_error_message="Schrijf eerst iets op.",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "domain__in",
                        [
                            "income",
                            "debt",
                            "housing",
                            "health",
                            "work",
                            "education",
                            "children",
                            "youth",
                            "leisure",
                            "culture",
                            "sport",
                            "network",
                            "administration",
                            "mobility",
                            "legal",
                        ],
                    )
                ),
                name="self_score_domain_is_known",
                violation_error_message="Duid aan waarover de score gaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["to_do", "done", "blocked", "dropped"])),
                name="step_status_is_known",
                violation_error_message="Duid aan hoe het met de stap staat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("errands_spared__lte", 99), ("retellings_spared__lte", 99)),
                name="step_spares_up_to_99",
                violation_error_message="Vul een getal van 0 tot 99 in.",
            ),
        ),
    ]
