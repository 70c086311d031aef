"""`nabij demo`: from nothing to a city that works, with one command."""

import sys
import webbrowser

import click

from nabij.config import lindegem, migrating, processes, surroundings
from nabij.config.commands.serve import THREADS, WORKERS, server_command
from nabij.config.words import _


@click.command()
@click.option(
    "--size", type=click.Choice(lindegem.SIZES), default="small", show_default=True, help=_("Hoe groot Lindegem wordt.")
)
@click.option("--fresh", is_flag=True, help=_("Wis wat er in de demo staat, en begin opnieuw."))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True)
@click.option("--open/--no-open", "browse", default=True, help=_("Open de browser, als er een scherm is."))
def demo(size: str, fresh: bool, port: int, browse: bool) -> None:
    """Lindegem, de demostad: maken wat ontbreekt, en de pagina's tonen tot Ctrl-C."""
    with processes.ended_by_signals():
        processes.check_port(port)
        click.echo(_("De database starten …"))
        with surroundings.prepared(demo=True) as around:
            _prepare(around, size, fresh)
            _serve(port, browse)


def _prepare(around: surroundings.Surroundings, size: str, fresh: bool) -> None:
    if fresh or (around.embedded and lindegem.unfinished(around)):
        lindegem.start_over(around)
    migrating.migrate(around.addresses, click.echo)
    lindegem.ensure(around, size, click.echo, _progress)
    surroundings.close_connections()


def _progress(what: str, done: int = 0, total: int = 0) -> None:
    end = "\n" if not sys.stdout.isatty() or (total and done >= total) else "\r"
    if sys.stdout.isatty() or not total or done >= total:
        click.echo(f"  {what}" + (f" {done}/{total}" if total else ""), nl=False)
        click.echo(end, nl=False)


def _serve(port: int, browse: bool) -> None:
    children = processes.Children()
    try:
        children.start(_("De server"), server_command("127.0.0.1", port, WORKERS, THREADS))
        children.start(_("De werker"), [sys.executable, "-m", "nabij.config.cli", "worker"])
        children.wait_until_answers(port)
        address = f"http://127.0.0.1:{port}/"
        click.echo(_("Nabij staat klaar: {address}   (stoppen: Ctrl-C)").format(address=address))
        if browse and sys.stdout.isatty():
            webbrowser.open(address)
        children.watch()
    finally:
        children.stop()
