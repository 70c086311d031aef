"""A second access in an emergency to the same household waits for the end of the first."""

import django.contrib.postgres.constraints
from django.db import migrations, models

import nabij.access.models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_wall_with_a_clock")]

    operations = [
        migrations.AddConstraint(
            model_name="basis",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ground", "emergency")),
                expressions=[
                    ("worker_id", "="),
                    ("household_id", "="),
                    (nabij.access.models.Hours(models.F("given_at"), models.F("expires_at")), "&&"),
                ],
                name="one_emergency_at_a_time",
                violation_error_message="Je noodtoegang tot dit gezin loopt al.",
            ),
        ),
    ]
