"""Row-level security of the front desk, and when colleagues are busy: the moments only, never with whom."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.migrations._first_wall import AUTHOR, guard, reach

APP = settings.NABIJ_ROLES["app"]
IN_REACH, IN_FILE = reach("household_id"), reach("household_id", 2)
MY_TEAM = (
    f"exists (select 1 from access_post p where p.worker_id = {AUTHOR} and p.team_id = frontdesk_helprequest.team_id"
    " and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))"
)
BUSY = """
create function frontdesk_busy(workers uuid[], since timestamptz, until timestamptz)
returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('nabij.maintenance', 'on', true);
    return query select a.worker_id, a.starts_at, a.ends_at from frontdesk_appointment a
    where a.worker_id = any(workers) and a.status = 'planned' and a.municipality_id = nabij_municipality()
      and a.starts_at < until and a.ends_at > since
    order by a.starts_at, a.worker_id;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("frontdesk", "0001_contacts_and_appointments"), ("households", "0002_wall")]
    operations = [
        guard(
            "frontdesk_contact",
            sees=f"noted_by = {AUTHOR} or (household_id is not null and {IN_FILE})",
            adds=f"noted_by = {AUTHOR} and (household_id is null or {IN_REACH})",
        ),
        guard(
            "frontdesk_helprequest",
            sees=f"asked_by = {AUTHOR} or (household_id is not null and {IN_FILE}) or (household_id is null and {MY_TEAM})",
            adds=f"asked_by = {AUTHOR} and (household_id is null or {IN_REACH})",
        ),
        guard(
            "frontdesk_appointment",
            sees=f"worker_id = {AUTHOR} or booked_by = {AUTHOR} or {IN_FILE}",
            adds=IN_REACH,
        ),
        migrations.RunSQL(
            [
                BUSY,
                "revoke all on function frontdesk_busy(uuid[], timestamptz, timestamptz) from public",
                f"grant execute on function frontdesk_busy(uuid[], timestamptz, timestamptz) to {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
