"""`nabij territory …`: a municipality from its own files, all or nothing."""

from pathlib import Path

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

FILE = click.Path(path_type=Path)


@click.group()
def territory() -> None:
    """Wijken, straten, centra, teams en medewerkers van een gemeente."""


@territory.command()
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option("--wijken", type=FILE, help=_("GeoJSON in WGS84; enkel de wijken van deze gemeente worden geladen."))
@click.option(
    "--streets", type=FILE, help=_("CSV of Excel: straat, van, tot, pariteit, postcode, wijk. Vervangt alles.")
)
@click.option("--centres", type=FILE, help=_("CSV of Excel: naam, adres, soort, wijk, telefoon, openingsuren per dag."))
@click.option("--workers", type=FILE, help=_("CSV of Excel: voornaam, familienaam, e-mail, functie, team."))
@on_nabij
def load(
    municipality: str, wijken: Path | None, streets: Path | None, centres: Path | None, workers: Path | None
) -> None:
    """Bestanden van de gemeente laden: alles, of niets."""
    from nabij.config import loading, operating

    parts = [
        (loading.load_wijken, wijken),
        (loading.load_streets, streets),
        (loading.load_centres, centres),
        (loading.load_workers, workers),
    ]
    if not any(file for _loader, file in parts):
        raise Refusal(_("Geef minstens één bestand op: --wijken, --streets, --centres of --workers."))
    said: list[str] = []
    with operating.operating(municipality) as by:
        for loader, file in parts:
            if file:
                loader(file, by=by, say=said.append)
    for line in said:  # only now is it true
        click.echo(line)


@territory.command()
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option(
    "--team-per-wijk", is_flag=True, help=_("Een team voor elke wijk die er geen heeft, en het Sociaal Huis.")
)
@click.argument("file", type=FILE, required=False)
@on_nabij
def teams(municipality: str, team_per_wijk: bool, file: Path | None) -> None:
    """Teams vormen: uit een bestand (team, centrum, wijken, centraal), of één per wijk."""
    from nabij.config import loading, operating

    if bool(file) == team_per_wijk:
        raise Refusal(_("Geef een bestand met teams op, of kies --team-per-wijk."))
    said: list[str] = []
    with operating.operating(municipality) as by:
        if file:
            loading.load_teams(file, by=by, say=said.append)
        else:
            loading.team_per_wijk(by=by, say=said.append)
    for line in said:
        click.echo(line)
