"""`nabij privacy …`: the register of processing, and what is over its term: looked at, or carried out."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _
from nabij.kernel.tables.writing import harmless

if TYPE_CHECKING:
    from nabij.privacy.queries import Candidate

TOWN = click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))


@click.group()
def privacy() -> None:
    """Gegevens van bewoners: wat er bewaard wordt, en wat over zijn termijn is."""


@privacy.command()
@TOWN
@click.option("--form", "form", type=click.Choice(["csv", "json"]), default="csv", help=_("Als rekenblad of als JSON."))
@on_nabij
def register(municipality: str, form: str) -> None:
    """Het register van verwerkingen tonen (art. 30 AVG)."""
    from nabij.config import operating
    from nabij.privacy import actions, queries
    from nabij.privacy.register import COLUMNS, as_data, as_rows
    from nabij.privacy.register import register as all_processing

    with operating.operating(municipality) as by:
        lines = all_processing(queries.terms(by=by))
        actions.take_register(by=by, form=form)
    if form == "json":
        click.echo(json.dumps(as_data(lines), ensure_ascii=False, indent=2))
        return
    writer = csv.writer(sys.stdout, delimiter=";")
    writer.writerow([str(column) for column in COLUMNS])
    writer.writerows([harmless(cell) for cell in row] for row in as_rows(lines))


@privacy.command()
@TOWN
@click.option(
    "--carry-out", is_flag=True, help=_("Kondig aan, en wis wat lang genoeg aangekondigd is en niet bewaard wordt.")
)
@on_nabij
def retention(municipality: str, carry_out: bool) -> None:
    """Tonen welke dossiers over hun termijn zijn; enkel met --carry-out verandert er iets."""
    from django.utils import timezone

    from nabij.config import operating
    from nabij.privacy import actions, queries
    from nabij.privacy.terms import NOTICE

    now = timezone.now()
    today = timezone.localdate(now)
    with operating.operating(municipality) as by:
        found = queries.candidates(by=by, today=today, until=today + NOTICE)
        _tell(found, today)
        gone = actions.carry_out(by=by, now=now, today=today) if carry_out else None
    if gone is None:
        click.echo(_("Er is enkel gekeken, en niets gewist. Uitvoeren: dezelfde opdracht met --carry-out"))
    else:
        _tell_gone(gone)


def _tell(found: "Sequence[Candidate]", today: object) -> None:
    from nabij.privacy.terms import RULES

    many = Counter(one.category for one in found)
    for category, count in sorted(many.items()):
        click.echo(_("{name}: {many}").format(name=RULES[category].name, many=count))
        for one in (one for one in found if one.category == category):
            why = f" {one.why_not}" if one.why_not else ""
            goes = one.goes_on or _("nog niet aangekondigd")
            click.echo(f"  {one.name}  {_('over zijn termijn op')} {one.due_on}  {_('gaat op')} {goes}{why}")
    if not found:
        click.echo(_("Geen dossier is over zijn termijn, of binnen 90 dagen."))


def _tell_gone(gone: Counter[str]) -> None:
    from nabij.kernel.privacy import Category
    from nabij.privacy.terms import RULES

    names = {category.value: RULES[category].name for category in Category}
    for slug, many in sorted(gone.items()):
        if many:
            click.echo(_("gewist: {name}: {many}").format(name=names.get(slug, slug), many=many))
    if not any(gone.values()):
        click.echo(_("Er was niets te wissen."))
