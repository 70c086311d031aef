"""A ground opens nothing without a function that may have it, and who directs or looks after who looked has no other."""

import django.contrib.postgres.constraints
from django.db import migrations, models

import nabij.access.models
from nabij.access import reach


class Migration(migrations.Migration):
    dependencies = [("access", "0008_helped_elsewhere")]
    operations = [
        migrations.AddConstraint(
            model_name="post",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="apart_from_files",
                expressions=[
                    ("worker", "="),
                    (
                        models.Case(
                            models.When(function="director", then=1),
                            models.When(function="privacy_officer", then=2),
                            default=0,
                        ),
                        "<>",
                    ),
                    (nabij.access.models.Period(models.F("valid_from"), models.F("valid_until")), "&&"),
                ],
                violation_error_message=(
                    "Directie en de functionaris voor gegevensbescherming hebben er geen andere functie bij: zo bereiken "
                    "ze nooit een dossier. Beëindig eerst de andere functie."
                ),
            ),
        ),
        *[migrations.RunSQL(body, migrations.RunSQL.noop) for body in reach.DERIVING.values()],
    ]
