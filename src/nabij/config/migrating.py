"""The only door for migrations: as the owner, one at a time, with the maintenance policies open."""

from collections.abc import Callable

from nabij.config import roles
from nabij.config.words import _

ALONE = 7_311_042  # any number, as long as it is always the same: PostgreSQL's advisory lock


def migrate(addresses: roles.Addresses, say: Callable[[str], object]) -> int:
    """Bring the tables up to date, and return how many steps that took; raises what a migration raises."""
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    connection = connections["owner"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [ALONE])
            # Walls are forced on the owner too: without this a data migration would change nothing, silently.
            cursor.execute("set nabij.maintenance = 'on'")
        executor = MigrationExecutor(connection)
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if steps:
            say(_("De tabellen bijwerken: {steps} stappen …").format(steps=steps))
            call_command("migrate", database="owner", interactive=False, verbosity=0)
            roles.let_backup_read(addresses)
            derive_reach()
    finally:
        connection.close()  # gives back the lock and closes the policies
    return steps


def derive_reach() -> None:
    """Derive who reaches what anew: a new rule holds for the rows that are there as well."""
    from nabij.access import reach

    reach.derive_all()
