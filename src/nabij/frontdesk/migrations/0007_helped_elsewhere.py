"""Who is helped elsewhere: what was agreed and asked goes to the helping team, and a colleague's hour is free again."""

from django.conf import settings
from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard, reach

APP = settings.NABIJ_ROLES["app"]
CONTACTS = 2  # of access.roles.Part
IN_REACH, IN_CONTACTS = reach("household_id"), reach("household_id", 2, part=CONTACTS)

# Whoever notes the wish at the desk reaches the name only; so this is a function of the owner, and moves nothing else.
# An appointment goes to a colleague of the helping team who is free then; where nobody is, it is called off.
GIVE_ALONG = """
create function frontdesk_pass_on(household uuid, helping uuid, avoided uuid[]) returns table (moved int, called_off int)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    town uuid := nabij_municipality();
    one record;
    free uuid;
begin
    perform set_config('nabij.maintenance', 'on', true);
    moved := 0;
    called_off := 0;
    if not exists (
        select 1 from access_reach r where r.worker_id = nabij_actor() and r.household_id = household and r.writes
          and r.municipality_id = town and r.depth > 0
          and r.since <= current_date and (r.until is null or r.until > current_date)
          and (r.expires_at is null or r.expires_at > now())
    ) then
        return;
    end if;
    update frontdesk_helprequest q set team_id = helping,
           owner_id = case when q.owner_id = any(avoided) then null else q.owner_id end,
           status = case when q.owner_id = any(avoided) then 'new' else q.status end
    where q.household_id = household and q.status <> 'answered';
    for one in
        select a.* from frontdesk_appointment a
        where a.household_id = household and a.status = 'planned' and a.ends_at > now() and a.worker_id = any(avoided)
        order by a.starts_at, a.id
    loop
        select u.id into free from access_user u
        where u.is_active and u.municipality_id = town and not u.id = any(avoided) and one.starts_at > now()
          and exists (
            select 1 from access_post p where p.worker_id = u.id and p.team_id = helping and p.function = 'social_worker'
              and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > one.starts_at::date))
          and not exists (
            select 1 from access_absence w where w.worker_id = u.id and w.valid_from <= one.starts_at::date
              and (w.valid_until is null or w.valid_until > one.starts_at::date))
          and not exists (
            select 1 from frontdesk_appointment b where b.worker_id = u.id and b.status = 'planned'
              and b.starts_at < one.ends_at and b.ends_at > one.starts_at)
        order by u.name, u.id limit 1;
        if free is null then
            update frontdesk_appointment a set status = 'cancelled' where a.id = one.id;
            called_off := called_off + 1;
        else
            update frontdesk_appointment a set worker_id = free,
                   centre_id = case when a.place = 'centre' then (select t.centre_id from access_team t where t.id = helping)
                                    else a.centre_id end
            where a.id = one.id;
            moved := moved + 1;
        end if;
    end loop;
    return next;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("frontdesk", "0006_contacts_in_need"), ("access", "0008_helped_elsewhere")]
    operations = [
        guard(
            "frontdesk_appointment",
            sees=f"(worker_id = {AUTHOR} and ends_at >= current_date and not access_avoids_me(@.household_id))"
            f" or (booked_by = {AUTHOR} and {IN_REACH}) or {IN_CONTACTS}",
            adds=IN_REACH,
            again=True,
        ),
        migrations.RunSQL(
            [
                GIVE_ALONG,
                "revoke all on function frontdesk_pass_on(uuid, uuid, uuid[]) from public",
                f"grant execute on function frontdesk_pass_on(uuid, uuid, uuid[]) to {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
