"""Once walled the tables of django-allauth, which is gone: a new database never has them, an older one loses them in 0005."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0004_privacy_officer")]
    operations: list[migrations.operations.base.Operation] = []  # the name stays: older databases remember it
