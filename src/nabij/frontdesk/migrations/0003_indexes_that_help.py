"""An index of the municipality alone helps nobody: nearly every row is in it. Those that the wall asks for are here."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("frontdesk", "0002_wall"),
        ("territory", "0003_indexes_that_help"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
        migrations.AlterField(
            model_name="helprequest",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.municipality",
            ),
        ),
    ]
