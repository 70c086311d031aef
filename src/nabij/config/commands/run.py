"""`nabij run -- COMMAND`: any program, with the database running and its addresses in the environment."""

import sys

import click

from nabij.config import processes, surroundings


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def run(command: tuple[str, ...]) -> None:
    """Een programma uitvoeren terwijl de database draait, met de adressen en sleutels in de omgeving."""
    with processes.ended_by_signals(), surroundings.prepared():
        code = processes.run_child(command)
    sys.exit(code)
