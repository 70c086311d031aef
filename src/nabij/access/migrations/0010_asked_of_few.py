"""From whom a household is hidden is asked of the few that ever were helped elsewhere, no longer of every basis.

A list of a team asked it of thousands of rows, 15 to 40 microseconds each. The mark is kept by triggers of the owner, for
whoever writes a basis may not know. It opens nothing: a marked row is looked at as before. Only who reviews an emergency
finds its basis also there, to end it.
"""

from django.db import migrations, models

from nabij.kernel.wall import guard, works_as

MARK = """
create function access_mark_basis() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    new.ever_elsewhere := exists (select 1 from access_elsewhere e where e.household_id = new.household_id);
    return new;
end $$;
create function access_mark_bases() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    update access_basis set ever_elsewhere = true where household_id = new.household_id and not ever_elsewhere;
    return null;
end $$;
revoke all on function access_mark_basis() from public;
revoke all on function access_mark_bases() from public;
create trigger marked before insert or update on access_basis for each row execute function access_mark_basis();
create trigger marks after insert or update on access_elsewhere for each row execute function access_mark_bases();
update access_basis set ever_elsewhere = true where household_id in (select household_id from access_elsewhere);
"""


REVIEWS = f"(@.ground = 'emergency' and {works_as('privacy_officer')})"


class Migration(migrations.Migration):
    dependencies = [("access", "0009_never_a_director")]
    operations = [
        migrations.AddField(
            model_name="basis",
            name="ever_elsewhere",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        guard(
            "access_basis", sees=f"not @.ever_elsewhere or not access_hidden(@.household_id) or {REVIEWS}", again=True
        ),
    ]
