"""The command `nabij`: every way to start, run and mend it. Each group of commands is a file in `commands`."""

import importlib
import os
import sys

import click
import psycopg

from nabij.config.commands import COMMANDS
from nabij.config.processes import Stopped
from nabij.config.words import _
from nabij.kernel.refusals import Refusal

NO_TABLE = "42P01"


class Nabij(click.Group):
    """Finds a command by name in the list, and says in a sentence what went wrong."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"nabij.config.commands.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Stopped:
            return ctx.exit(0)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except Exception as error:
            if os.environ.get("NABIJ_DEBUG") == "1" or not (sentence := explained(error)):
                raise
            raise click.ClickException(sentence) from error


def explained(error: BaseException) -> str:
    """Return a sentence for what the database or the settings refuse, or nothing when it is a mistake of ours."""
    cause = error.__cause__ if isinstance(error.__cause__, psycopg.Error) else error
    if isinstance(cause, psycopg.Error) and cause.sqlstate == NO_TABLE:
        return _("De tabellen zijn er nog niet. Maak ze eerst: nabij migrate")
    if isinstance(cause, psycopg.OperationalError):
        return _("De database antwoordt niet: {why}").format(why=str(cause).strip())
    if type(error).__name__ == "ImproperlyConfigured":
        return str(error)
    return ""


@click.group(cls=Nabij, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Nabij: het werksysteem van een gemeente die haar sociaal werk naar de buurt brengt."""


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a Latin-1 terminal must not stop a demo
    cli(prog_name="nabij")


if __name__ == "__main__":
    main()
