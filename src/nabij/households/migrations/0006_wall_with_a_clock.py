"""The wall of households asks what hour it is, and for a change whether the ground may write."""

from django.db import migrations

from nabij.kernel.wall import guard, reach

IN_REACH, IN_FILE = reach("household_id"), reach("household_id", 2)
# A person is changed by who may change a household in which that person lives or lived.
MEMBER = (
    "exists (select 1 from households_membership m where m.person_id = @.id and " + IN_REACH.replace("@.", "m.") + ")"
)


class Migration(migrations.Migration):
    dependencies = [("households", "0005_indexes_that_help"), ("access", "0006_wall_with_a_clock")]
    operations = [
        guard("households_household", sees=reach("id"), adds="", again=True),
        guard("households_membership", sees=IN_REACH, again=True),
        guard("households_person", sees=MEMBER, adds="", again=True),
        guard("households_address", sees=IN_FILE, adds=IN_REACH, again=True),
        guard("households_contactpoint", sees=IN_FILE, adds=IN_REACH, again=True),
        guard("households_correction", sees=IN_FILE, again=True),
    ]
