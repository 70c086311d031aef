"""`nabij check`: is the installation sound, and with --deploy: is it safe for the files of real people?"""

import os

import click

from nabij.config import embedded, processes, surroundings
from nabij.config.words import _


@click.command()
@click.option("--deploy", is_flag=True, help=_("Kijk ook na wat echte dossiers nodig hebben."))
@click.option("--address", default="", help=_("Kijk ook van buiten, zoals een browser: https://nabij.testegem.be"))
def check(deploy: bool, address: str) -> None:
    """Nakijken of deze installatie in orde is; met --deploy of ze veilig is voor echte dossiers. Elke fout is een zin."""
    from nabij.config import deploying, outside

    said = deploying.open_files(embedded.project_folder())  # before anything starts: starting closes the file of keys
    with processes.ended_by_signals():
        if os.environ.get("DATABASE_URL") and (missing := deploying.missing_keys()):
            said += missing
        else:
            with surroundings.prepared() as around:
                said += _faults(around, deploy)
    if address:
        said += outside.faults(address)
    for line in said:
        click.echo(line)
    if said:
        raise SystemExit(1)
    click.echo(_("In orde: hier mogen echte dossiers in.") if deploy else _("In orde."))


def _faults(around: surroundings.Surroundings, deploy: bool) -> list[str]:
    import django

    django.setup()
    from django.db import connections
    from django.utils import timezone

    from nabij.config import deploying

    database = str(connections["owner"].settings_dict["NAME"])
    setup = deploying.Setup(around.addresses, database, timezone.now())
    return deploying.faults(setup, [*deploying.ALWAYS, *(deploying.FOR_REAL_FILES if deploy else ())])
