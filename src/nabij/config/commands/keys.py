"""`nabij keys …`: new keys, which key sealed what, and sealing everything again with the newest one."""

import os
from collections.abc import Iterable, Mapping

import click

from nabij.config import keys as made
from nabij.config.commands import on_nabij
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

NOTES = "NABIJ_NOTES_KEY"
CALLED = {
    "casework_note": _("notities"),
    "access_draft": _("concepten"),
    "signin_factor": _("tweede stappen"),
    "oidc_directory": _("geheimen van een aanmelddienst"),
    "oidc_visit": _("sessies van een aanmelddienst"),
}


@click.group()
def keys() -> None:
    """De sleutels van wat verzegeld is: nieuwe maken, nakijken, en alles opnieuw verzegelen."""


@keys.command()
@click.argument("names", nargs=-1, type=click.Choice(made.NAMES))
def new(names: tuple[str, ...]) -> None:
    """Nieuwe sleutels tonen, om te bewaren: alle drie, of alleen die met deze NAAM. Er verandert niets."""
    for name, key in made.fresh().items():
        if not names or name in names:
            click.echo(f"{name}={key}")


@keys.command()
@on_nabij
def check() -> None:
    """Tellen hoeveel teksten elke sleutel verzegelt, zonder er een te openen."""
    from nabij.config import resealing

    names, counts = _names(), resealing.count()
    for number, name in enumerate(names):
        many = {place.table: counted[number] for place, counted in counts.items()}
        click.echo(_("Sleutel {number} ({name}): {many}.").format(number=number + 1, name=name, many=_said(many)))
        if number and not any(many.values()):
            click.echo(
                _(
                    "  Ze verzegelt hier niets meer. Haal ze na een dag uit NABIJ_NOTES_KEY, en bewaar ze elders zolang er "
                    "back-ups van voordien zijn."
                )
            )
        elif number:
            click.echo(_("  Nog niet weghalen. Doe eerst: nabij keys rotate"))
    _told_if_closed(closed={place.table: counted[None] for place, counted in counts.items()})


@keys.command()
@on_nabij
def rotate() -> None:
    """Alles wat een oudere sleutel verzegelde, opnieuw verzegelen met de nieuwste. Nog eens doen kan geen kwaad."""
    from nabij.config import resealing

    names = _names()
    done = {place.table: many for place, many in resealing.reseal().items()}
    if any(done.values()):
        click.echo(_("Opnieuw verzegeld met sleutel {name}: {many}.").format(name=names[0], many=_said(done)))
    else:
        click.echo(_("Alles was al verzegeld met de nieuwste sleutel ({name}).").format(name=names[0]))
    if len(names) == 1:
        click.echo(
            _(
                "Er is maar één sleutel. Wil je een andere? Maak er een met nabij keys new NABIJ_NOTES_KEY, zet ze vooraan met "
                "een komma ertussen, en start Nabij opnieuw."
            )
        )
    _told_if_closed(closed={place.table: counted[None] for place, counted in resealing.count().items()})


def _names() -> list[str]:
    """Return by what each key is recognised, newest first, without showing it; raises `Refusal`."""
    from nabij.config.backups import making

    if not made.are_good_for_notes(os.environ[NOTES]):
        raise Refusal(
            _(
                "NABIJ_NOTES_KEY is geen goede sleutel. Zet er sleutels van nabij keys new in, de nieuwste eerst, elk één keer, "
                "met een komma ertussen. Er is niets veranderd."
            )
        )
    return [name[:8] for name in making.fingerprints(os.environ)[NOTES]]


def _told_if_closed(closed: Mapping[str, int]) -> None:
    if not any(closed.values()):
        return
    click.echo(
        _(
            "Met geen sleutel van hier gaan open: {many}. Ze blijven bewaard. Zet de kopie van hun sleutel achteraan in "
            "NABIJ_NOTES_KEY, en doe dan nabij keys rotate."
        ).format(many=_said(closed)),
        err=True,
    )
    raise SystemExit(1)


def _said(many: Mapping[str, int]) -> str:
    return ", ".join(_each(many.items())) or _("niets")


def _each(many: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{n} {CALLED.get(table, table)}" for table, n in many if n]
