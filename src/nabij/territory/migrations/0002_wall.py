"""Row-level security of territory. What a municipality is called is public: the sign-in page knows no context yet."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import guard

APP, BACKUP = settings.NABIJ_ROLES["app"], settings.NABIJ_ROLES["backup"]
OWN = "id = (select nabij_municipality())"
MUNICIPALITY = [
    "alter table territory_municipality enable row level security",
    "alter table territory_municipality force row level security",
    f"grant select, insert, update on territory_municipality to {APP}",
    f"create policy sees on territory_municipality for select to {APP}"
    f" using ({OWN} or (select nabij_municipality()) is null)",
    f"create policy adds on territory_municipality for insert to {APP} with check ({OWN})",
    f"create policy changes on territory_municipality for update to {APP} using ({OWN}) with check ({OWN})",
    "create policy maintenance on territory_municipality to current_user"
    " using ((select current_setting('nabij.maintenance', true)) = 'on')"
    " with check ((select current_setting('nabij.maintenance', true)) = 'on')",
    *([f"grant select on territory_municipality to {BACKUP}"] if BACKUP else []),
]


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_places"), ("kernel", "0001_functions_and_extensions")]
    operations = [
        migrations.RunSQL(MUNICIPALITY, migrations.RunSQL.noop),
        guard("territory_neighbourhood"),
        guard("territory_centre"),
        guard("territory_openinghours"),
        guard("territory_streetrange"),
    ]
