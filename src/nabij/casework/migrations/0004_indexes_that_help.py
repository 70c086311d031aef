"""An index of the municipality alone helps nobody: nearly every row is in it. Those that the wall asks for are here."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_choices_that_exist"),
        ("territory", "0003_indexes_that_help"),
    ]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="goal",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="goalperson",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="note",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="planversion",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="progress",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="selfscore",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
    ]
