"""`nabij manage …`: Django's own commands through the same door, but for those that belong to another one."""

import click

from nabij.config import processes, surroundings
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

ELSEWHERE = {
    # As app it would record a migration as done and make nothing.
    "migrate": _("Tabellen bijwerken gaat met: nabij migrate"),
    "runserver": _("Pagina's tonen gaat met: nabij serve, of nabij demo"),
    "flush": _("De demo opnieuw beginnen gaat met: nabij demo --fresh"),
    "test": _("De tests uitvoeren gaat met: make test"),
}


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Een beheeropdracht van Django uitvoeren (nabij manage help)."""
    if arguments and arguments[0] in ELSEWHERE:
        raise Refusal(ELSEWHERE[arguments[0]])
    with processes.ended_by_signals(), surroundings.prepared():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["nabij manage", *arguments])
