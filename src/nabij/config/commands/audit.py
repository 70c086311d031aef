"""`nabij audit …`: is the trail whole, and is who reaches what equal to what was given?"""

from collections.abc import Sequence
from pathlib import Path

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _

HEADS = click.option(
    "--heads",
    type=click.Path(path_type=Path),
    help=_("Het bestand met de bewaarde zegels, als dat elders staat dan in de map van Nabij."),
)


@click.group()
def audit() -> None:
    """Het spoor: verzegelen en nakijken."""


@audit.command()
@on_nabij
def seal() -> None:
    """Wat nog niet verzegeld is verzegelen, en het laatste zegel buiten de database bewaren."""
    from nabij.config import witness

    click.echo(_("{many} gebeurtenissen verzegeld.").format(many=witness.seal()))


@audit.command()
@HEADS
@on_nabij
def verify(heads: Path | None) -> None:
    """Het hele spoor nakijken: veranderd, verwijderd, verplaatst, of op het einde afgeknipt."""
    from nabij.audit import checking
    from nabij.config import witness

    found = checking.check(witness.kept(heads))
    _say_of_heads(found.own, found.elsewhere)
    if found.waiting:
        many = found.waiting
        click.echo(_("{many} gebeurtenissen wachten al langer op een zegel: draait nabij worker?").format(many=many))
    if found.wrong:
        for line in found.wrong:
            click.echo(line, err=True)
        click.echo(_("Het spoor is niet heel: {many} keer.").format(many=len(found.wrong)), err=True)
        raise SystemExit(1)
    click.echo(_("Het spoor is heel: {many} zegels.").format(many=found.seals))


@audit.command()
@on_nabij
def reach() -> None:
    """Nakijken of wie welk gezin bereikt, gelijk is aan de toegangen die gegeven zijn."""
    from nabij.access import reach as table
    from nabij.config import operating
    from nabij.kernel.actor import acting
    from nabij.territory import queries

    wrong = 0
    for town in queries.municipalities():
        with acting(operating.operator(town), read_only=True):
            many = table.differences()
        wrong += many
        click.echo(_("{town}: in orde.").format(town=town) if not many else _("{town}: {many} verschillen.")
                   .format(town=town, many=many), err=bool(many))  # fmt: skip
    if wrong:
        raise SystemExit(1)


def _say_of_heads(own: Sequence[object], elsewhere: list[str]) -> None:
    if not own:
        click.echo(
            _("Er zijn nog geen zegels van deze database bewaard: een afgeknipt einde is dan niet te zien."), err=True
        )
    if elsewhere:
        click.echo(
            _("Let op: deze database werd teruggezet of is nieuw. Tegenover de zegels van voordien:\n  {line}").format(
                line=elsewhere[-1]
            ),
            err=True,
        )
