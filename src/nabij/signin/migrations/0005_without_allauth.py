"""django-allauth is gone: what it left in an older database goes too. No page ever wrote a row there."""

from django.db import migrations

AWAY = [
    "drop table if exists account_emailconfirmation, account_emailaddress",
    "delete from auth_group_permissions where permission_id in (select p.id from auth_permission p"
    " join django_content_type t on t.id = p.content_type_id where t.app_label = 'account')",
    "delete from auth_permission where content_type_id in (select id from django_content_type where app_label = 'account')",
    "delete from django_content_type where app_label = 'account'",
    "delete from django_migrations where app = 'account'",
]


class Migration(migrations.Migration):
    dependencies = [
        ("signin", "0004_what_is_over"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL(AWAY, migrations.RunSQL.noop)]
