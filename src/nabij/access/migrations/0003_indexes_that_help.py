"""An index of the municipality alone helps nobody: nearly every row is in it. Those that the wall asks for are here."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_wall"),
        ("territory", "0003_indexes_that_help"),
    ]

    operations = [
        migrations.AlterField(
            model_name="basis",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="draft",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="reach",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="reach",
            name="worker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="teamarea",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AddIndex(
            model_name="reach",
            index=models.Index(
                fields=["worker", "household_id"],
                include=("municipality", "depth", "since", "until"),
                name="reach_of_worker",
            ),
        ),
    ]
