"""`nabij municipality …`: the tenants of this installation."""

import re
from uuid import uuid4

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _


@click.group()
def municipality() -> None:
    """De gemeenten van deze installatie."""


@municipality.command()
@click.argument("name")
@click.option("--nis", required=True, help=_("De NIS-code: vijf cijfers, zoals 34022 voor Kortrijk."))
@click.option("--slug", help=_("De korte naam in opdrachten en adressen; anders wordt hij van de naam gemaakt."))
@click.option("--colour", default="#1f5f5b", show_default=True, help=_("De kleur van de gemeente."))
@on_nabij
def create(name: str, nis: str, slug: str | None, colour: str) -> None:
    """Met een nieuwe gemeente beginnen."""
    from nabij.access.roles import Permission
    from nabij.kernel.actor import Actor, acting
    from nabij.kernel.refusals import BadInput
    from nabij.territory import actions

    if not name.strip() or len(name) > 100:
        raise BadInput(_("Geef de naam van de gemeente, hoogstens 100 tekens."))
    slug = slug or _short(name)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 50:
        raise BadInput(_("De korte naam “{slug}” mag enkel a–z, 0–9 en streepjes hebben.").format(slug=slug))
    by = Actor.operator(uuid4(), frozenset({str(Permission.MANAGE)}))
    with acting(by):
        made = actions.found_municipality(by=by, nis=nis, name=name.strip(), slug=slug, colour=colour.lower())
    click.echo(_("{name} staat klaar. Laad nu de wijken: nabij territory load --municipality {slug} --wijken BESTAND")
               .format(name=made.name, slug=made.slug))  # fmt: skip


@municipality.command("list")
@on_nabij
def list_all() -> None:
    """Welke gemeenten er zijn."""
    from nabij.territory import queries

    towns = queries.municipalities()
    if not towns:
        click.echo(_("Er is nog geen gemeente. Begin met: nabij municipality create NAAM --nis NUMMER"))
    for town in towns:
        click.echo(f"{town.nis}  {town.slug:<24} {town.name}")


def _short(name: str) -> str:
    from nabij.kernel.names import fold

    return fold(name).replace(" ", "-")
