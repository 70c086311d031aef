"""A function more: who looks after who looked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_indexes_that_help")]
    operations = [
        migrations.AlterField(
            model_name="post",
            name="function",
            field=models.CharField(
                choices=[
                    ("front_desk", "onthaalmedewerker"),
                    ("social_worker", "maatschappelijk werker"),
                    ("coordinator", "wijkteamcoördinator"),
                    ("bridge_figure", "brugfiguur"),
                    ("knowledge_cell", "kenniscel"),
                    ("director", "directie"),
                    ("administrator", "beheerder van de gemeente"),
                    ("privacy_officer", "functionaris voor gegevensbescherming"),
                ],
                max_length=30,
            ),
        ),
    ]
