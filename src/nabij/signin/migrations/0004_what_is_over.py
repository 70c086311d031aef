"""What is over goes: counts of two days ago, invitations of a month ago, sessions that ended."""

from django.conf import settings
from django.db import migrations

APP = settings.NABIJ_ROLES["app"]
FORGET = """
create function signin_forget(moment timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    delete from signin_guess where last_failure < moment - interval '2 days';
    delete from signin_invitation where ends < moment - interval '30 days';
    delete from django_session where expire_date < moment;
    delete from signin_signedin s
        where not exists (select 1 from django_session d where d.session_key = s.session_key);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("signin", "0003_wall"), ("sessions", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [
                FORGET,
                "revoke all on function signin_forget(timestamptz) from public",
                f"grant execute on function signin_forget(timestamptz) to {APP}",
            ],
            migrations.RunSQL.noop,
        )
    ]
