"""Who is there in an emergency changes nothing in a file, but notes a contact, what was asked, and the next appointment.

Three policies of their own, beside those of the wall: a ground that may not write stays one everywhere else.
"""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, MUNICIPALITY, of_table, reach

APP = settings.NABIJ_ROLES["app"]
HERE = reach("household_id", 2).replace("r.depth >= 2", "r.ground = 'emergency'")
AUTHORS = {"contact": "noted_by", "helprequest": "asked_by", "appointment": "booked_by"}
POLICIES = [
    f"create policy adds_in_an_emergency on frontdesk_{table} for insert to {APP}"
    f" with check ({MUNICIPALITY} and {author} = {AUTHOR} and {of_table(HERE, f'frontdesk_{table}')})"
    for table, author in AUTHORS.items()
]


class Migration(migrations.Migration):
    dependencies = [("frontdesk", "0005_wall_with_a_clock"), ("access", "0007_one_at_a_time_in_need")]
    operations = [migrations.RunSQL(POLICIES, migrations.RunSQL.noop)]
