"""`nabij backup`: everything in one encrypted file; and the pair of keys for which it is encrypted."""

import os
from pathlib import Path

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option(
    "--new-key",
    type=FILE,
    help=_(
        "Maak een paar sleutels: de geheime komt in dit bestand, de publieke op het scherm. Er wordt geen back-up gemaakt."
    ),
)
def backup(file: Path | None, new_key: Path | None) -> None:
    """Een versleutelde back-up van alles in de database, in één bestand. Zonder BESTAND: in de map van NABIJ_BACKUP_FOLDER."""
    if new_key:
        from nabij.config.backups import keeping

        public = keeping.new_key(new_key)
        click.echo(_("De geheime sleutel staat in {file}. Breng ze weg van deze server, en bewaar ze op twee plaatsen.")
                   .format(file=new_key))  # fmt: skip
        click.echo(_("Zet de publieke in de omgeving:"))
        click.echo(f"NABIJ_BACKUP_TO={public}")
    else:
        _make(file)


@on_nabij
def _make(file: Path | None) -> None:
    from django.utils import timezone

    from nabij.config.backups import keeping

    now = timezone.now()
    mark = keeping.make(file or keeping.folder() / keeping.name(now), now=now)
    click.echo(
        _("De back-up staat in {file}: {rows} rijen, {megabytes} MB.").format(
            file=file or keeping.folder() / mark.name,
            rows=mark.rows,
            megabytes=f"{mark.bytes / 1e6:.1f}".replace(".", ","),
        )
    )
    if os.environ.get("NABIJ_BACKUP_FOLDER") is None and file is None:
        click.echo(_("Kopieer ze naar een andere machine: een back-up naast de database brandt mee af."), err=True)
