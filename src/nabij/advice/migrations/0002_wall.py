"""Row-level security of advice: the team that guides reads what was asked; an expert the own questions, to answer them."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, MUNICIPALITY, guard, of_table, reach

APP = settings.NABIJ_ROLES["app"]
IN_FILE = reach("household_id", 2)
ASKED_OF_ME = f"expert_id = {AUTHOR} and {reach('household_id')}"
MAY_ANSWER = of_table(f"{MUNICIPALITY} and {ASKED_OF_ME}", "advice_question")
# Advice is given on a ground that changes nothing else, so answering has a policy of its own.
ANSWERS = f"create policy answers on advice_question for update to {APP} using ({MAY_ANSWER}) with check ({MAY_ANSWER})"


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_questions"), ("access", "0006_wall_with_a_clock")]
    operations = [
        guard("advice_question", sees=f"{IN_FILE} or ({ASKED_OF_ME})", adds=IN_FILE, verbs="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(ANSWERS, migrations.RunSQL.noop),
    ]
