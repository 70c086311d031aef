"""What the sign-in page asks over the wall is asked by the application alone, no longer by every role of the database."""

from django.conf import settings
from django.db import migrations

APP = settings.NABIJ_ROLES["app"]
ASKED = ("oidc_doors()", "oidc_refused(uuid, timestamptz, integer)")


class Migration(migrations.Migration):
    dependencies = [("oidc", "0002_wall")]
    operations = [
        migrations.RunSQL(
            [f"revoke all on function {one} from public" for one in ASKED]
            + [f"grant execute on function {one} to {APP}" for one in ASKED],
            migrations.RunSQL.noop,
        )
    ]
