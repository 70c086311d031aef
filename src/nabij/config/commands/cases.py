"""`nabij cases import`: files of an older system come over, after a dry run that says by line what it finds."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nabij.config.commands import on_nabij
from nabij.config.words import _, ngettext
from nabij.kernel.tables.writing import harmless

if TYPE_CHECKING:
    from nabij.journeys.import_cases import Report


@click.group()
def cases() -> None:
    """Dossiers uit een ouder systeem."""


@cases.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--municipality", required=True, help=_("De korte naam van de gemeente."))
@click.option("--by", "email", help=_("Het e-mailadres van de beheerder van de gemeente die overbrengt."))
@click.option("--commit", is_flag=True, help=_("Breng echt over; anders wordt enkel gekeken."))
@click.option("--report", "report_file", type=click.Path(path_type=Path), help=_("Bewaar alle opmerkingen als CSV."))
@on_nabij
def bring(file: Path, municipality: str, email: str | None, commit: bool, report_file: Path | None) -> None:
    """Een CSV- of Excel-bestand nakijken en, met --commit, overbrengen: alles, of niets (docs/overbrenging.md)."""
    from django.utils import timezone

    from nabij.config import operating
    from nabij.journeys import import_cases
    from nabij.kernel.actor import acting

    by = operating.administrator(operating.municipality(municipality), email)
    now = timezone.now()
    today = timezone.localdate(now)
    with acting(by), operating.told_by_line():
        report = import_cases.check(file, by=by, today=today)
        _tell(report, report_file)
        if report.errors:
            raise SystemExit(1)
        if commit:
            with click.progressbar(length=len(report.ready), label=_("Overbrengen")) as bar:
                done = import_cases.bring_in(report, by=by, on=today, now=now, progress=bar.update)
    if commit:
        click.echo(ngettext("{many} dossier overgebracht.", "{many} dossiers overgebracht.", done).format(many=done))
    else:
        click.echo(_("Er is enkel gekeken, en niets bewaard. Overbrengen: dezelfde opdracht met --commit"))


def _tell(report: "Report", report_file: Path | None) -> None:
    from nabij.config import operating

    if report.errors:
        click.echo(_("{many} fouten:").format(many=len(report.errors)), err=True)
        operating.say_lines(report.errors)
    if report.warnings:
        click.echo(_("{many} opmerkingen:").format(many=len(report.warnings)), err=True)
        operating.say_lines(report.warnings)
    if report.ignored:
        click.echo(_("Deze kolommen worden niet gelezen: {names}.").format(names=", ".join(report.ignored)), err=True)
    if report_file:
        _keep(report, report_file)
    counts = {
        "households": len(report.ready),
        "people": report.people,
        "cases": sum(1 for ready in report.ready if ready.since),
        "mend": report.to_mend,
        "lead": report.without_lead,
    }
    click.echo(
        _(
            "{households} gezinnen met {people} personen, {cases} met een dossier, {lead} daarvan zonder "
            "dossierhouder; {mend} adressen om na te kijken."
        ).format(**counts)
    )
    if report.errors:
        click.echo(_("Zolang er fouten zijn, wordt er niets overgebracht."), err=True)


def _keep(report: "Report", report_file: Path) -> None:
    from nabij.kernel.refusals import BadInput

    try:
        with report_file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerow([_("soort"), _("regel"), _("kolom"), _("wat")])
            for kind, lines in ((_("fout"), report.errors), (_("opmerking"), report.warnings)):
                rows = ([kind, line.line, harmless(line.column), harmless(line.sentence)] for line in lines)
                writer.writerows(rows)
    except OSError as error:
        raise BadInput(
            _("{file} kan niet geschreven worden: {why}.").format(file=report_file, why=error.strerror)
        ) from None
