"""`nabij migrate`: the tables, and with --bootstrap the roles and the database before them."""

import os

import click

from nabij.config import migrating, processes, roles, surroundings
from nabij.config.words import _


@click.command()
@click.option("--bootstrap", is_flag=True, help=_("Maak eerst de rollen en de database (met DATABASE_ADMIN_URL)."))
def migrate(bootstrap: bool) -> None:
    """De tabellen bijwerken, als eigenaar van de database. Dit is de enige weg."""
    with processes.ended_by_signals(), surroundings.prepared() as around:
        if bootstrap and not around.embedded:
            for line in roles.bootstrap(around.addresses, os.environ.get(roles.ADMIN)):
                click.echo(line)
        if not migrating.migrate(around.addresses, click.echo):
            click.echo(_("De tabellen zijn al bij."))
