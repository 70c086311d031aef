"""Who acts and for whom, as PostgreSQL reads it; and the extensions that constraints and look-up need."""

from django.db import migrations

FUNCTIONS = """
create function nabij_municipality() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('nabij.municipality', true), '')::uuid $$;
create function nabij_actor() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('nabij.actor', true), '')::uuid $$;
"""


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL(
            [
                "create extension if not exists btree_gist",
                "create extension if not exists pg_trgm",
                "create extension if not exists unaccent",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(FUNCTIONS, "drop function nabij_municipality(); drop function nabij_actor()"),
    ]
