"""An index of the municipality alone helps nobody: nearly every row is in it. Those that the wall asks for are here."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0002_wall"),
    ]

    operations = [
        migrations.AlterField(
            model_name="centre",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="neighbourhood",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="openinghours",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="streetrange",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
    ]
