"""`nabij restore`: a backup back into an empty database, whole or not at all."""

from pathlib import Path

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
@click.option("--key", type=FILE, required=True, help=_("Het bestand met de geheime sleutel."))
@click.option("--check", is_flag=True, help=_("Lees de back-up helemaal en kijk ze na. Verander niets."))
@click.option("--lost-keys", is_flag=True, help=_("De sleutels van toen zijn voorgoed weg: zet terug zonder."))
def restore(file: Path, key: Path, check: bool, lost_keys: bool) -> None:
    """Een back-up terugzetten in een lege database: alles, of niets."""
    if check:
        from nabij.config.backups import restoring

        manifest, sums = restoring.look(file, key)
        click.echo(
            _("Deze back-up is heel: {rows} rijen in {tables} tabellen, van {at}, door Nabij {version}.").format(
                rows=sums.rows, tables=len(sums.tables), at=manifest.moment, version=manifest.nabij
            )
        )
    else:
        _put_back(file, key, lost_keys)


@on_nabij
def _put_back(file: Path, key: Path, lost_keys: bool) -> None:
    from nabij.config import resealing
    from nabij.config.backups import afterwards, restoring
    from nabij.config.roles import Addresses

    manifest = restoring.put_back(Addresses.from_environment(), file, key, click.echo, lost_keys=lost_keys)
    click.echo(_("Teruggezet: wat er stond op {at}.").format(at=manifest.moment))
    if lost_keys and (closed := resealing.closed()):
        click.echo(
            _(
                "Met geen sleutel van hier gaan open: {many} verzegelde teksten. Ze blijven bewaard; met een kopie van hun sleutel "
                "gaan ze weer open. Kijk na met: nabij keys check"
            ).format(many=closed),
            err=True,
        )
    faults = afterwards.settle(manifest)
    for line in faults:
        click.echo(line, err=True)
    if faults:
        raise SystemExit(1)
    click.echo(_("Het spoor is heel. Wie aangemeld was, meldt zich opnieuw aan."))
