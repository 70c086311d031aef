"""`nabij serve`: the pages, by a production server."""

import sys

import click

from nabij.config import processes, surroundings
from nabij.config.words import _

WORKERS, THREADS = 2, 4  # a process a core; more threads only wait for one another (a tenth more work for each page)


def server_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command that starts the web server."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--blocking-threads": threads,
        "--workers-kill-timeout": 3,
        "--log-level": "error",
    }
    words = [str(word) for option in options.items() for word in option]
    return [sys.executable, "-m", "granian", *words, "nabij.config.wsgi:application"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=WORKERS, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True)
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """De pagina's tonen, met een server voor echt gebruik."""
    with processes.ended_by_signals():
        processes.check_port(port, host)
        with surroundings.prepared():
            children = processes.Children()
            try:
                children.start("server", server_command(host, port, workers, threads))
                click.echo(_("Nabij luistert op http://{host}:{port}/").format(host=host, port=port))
                children.watch()
            finally:
                children.stop()
