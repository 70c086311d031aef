"""The tables of django-allauth have no municipality: a worker reads own rows, sign-in reads before there is a context."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR

APP, BACKUP = settings.NABIJ_ROLES["app"], settings.NABIJ_ROLES["backup"]
OWN = f"(select nabij_municipality()) is null or user_id = {AUTHOR}"
MAINTENANCE = "(select current_setting('nabij.maintenance', true)) = 'on'"


def own_rows(table: str) -> list[str]:
    """Return SQL: the application reads and writes rows of who acts; before anybody acts, sign-in finds them."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"grant select, insert, update, delete on {table} to {APP}",
        f"create policy own on {table} to {APP} using ({OWN}) with check ({OWN})",
        f"create policy maintenance on {table} to current_user using ({MAINTENANCE}) with check ({MAINTENANCE})",
        *([f"grant select on {table} to {BACKUP}"] if BACKUP else []),
    ]


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("access", "0004_privacy_officer"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    # Nothing is granted on account_emailconfirmation: no mail of ours confirms an address.
    operations = [migrations.RunSQL(own_rows("account_emailaddress"), migrations.RunSQL.noop)]
