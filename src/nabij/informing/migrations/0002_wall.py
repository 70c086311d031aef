"""Row-level security of informing. Nothing is written over or taken away; a consent ends once, and by that alone.

Who receives sees by name whether somebody was told (depth 1); what was agreed stands in the file (depth 2). Texts are read by
all and written by who manages the municipality. No function that never reads a file can add a row here, whatever its ground.
"""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard, reach, works_as

APP = settings.NABIJ_ROLES["app"]


def of_household(table: str) -> str:
    """Return SQL: the person of this row lives, or lived, in its household."""
    return (
        "exists (select 1 from households_membership m"
        f" where m.household_id = {table}.household_id and m.person_id = {table}.person_id)"
    )


TOLD, CONSENT = of_household("informing_told"), of_household("informing_consent")
RECEIVES = works_as("front_desk", "social_worker", "coordinator", "bridge_figure")
GUIDES = works_as("social_worker", "coordinator")
MINE = f"noted_by = {AUTHOR}"
NAMED, IN_FILE = reach("household_id"), reach("household_id", 2)
ITS_CONSENT = (
    "exists (select 1 from informing_consent c where c.id = informing_withdrawal.consent_id"
    " and c.household_id = informing_withdrawal.household_id and c.outcome = 'given')"
)
ENDS_ONCE = [
    f"grant update (stopped_on) on informing_consent to {APP}",
    f"create policy ends_once on informing_consent as restrictive for update to {APP}"
    f" using (stopped_on is null and {GUIDES}) with check (stopped_on is not null)",
]


class Migration(migrations.Migration):
    dependencies = [("informing", "0001_told_and_agreed"), ("access", "0006_wall_with_a_clock")]
    operations = [
        guard(
            "informing_text",
            adds=f"written_by = {AUTHOR} and {works_as('administrator')}",
            verbs="SELECT, INSERT",
        ),
        guard("informing_told", sees=NAMED, adds=f"{MINE} and {NAMED} and {RECEIVES} and {TOLD}", verbs="SELECT, INSERT"),
        guard(
            "informing_consent", sees=IN_FILE, adds=f"{MINE} and {IN_FILE} and {GUIDES} and {CONSENT}",
            verbs="SELECT, INSERT",
        ),
        guard(
            "informing_withdrawal", sees=IN_FILE, adds=f"{MINE} and {IN_FILE} and {GUIDES} and {ITS_CONSENT}",
            verbs="SELECT, INSERT",
        ),
        migrations.RunSQL(ENDS_ONCE, migrations.RunSQL.noop),
    ]  # fmt: skip
