"""The commands of `nabij`: `commands/<name>.py` holds a click command or group of that name. A new one is a line here.

A command that works with the data wears `on_nabij`, under its options: then there is a database, there are keys, and
Django is set up.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

COMMANDS = (
    "demo",
    "serve",
    "worker",
    "migrate",
    "municipality",
    "territory",
    "user",
    "cases",
    "audit",
    "privacy",
    "check",
    "keys",
    "backup",
    "restore",
    "run",
    "manage",
)


def on_nabij(command: Callable[P, T]) -> Callable[P, T]:
    """Run a command where everything is ready, and clean up after it, also after Ctrl-C."""

    @functools.wraps(command)
    def ready(*args: P.args, **kwargs: P.kwargs) -> T:
        import django

        from nabij.config import processes, surroundings

        with processes.ended_by_signals(), surroundings.prepared():
            django.setup()
            return command(*args, **kwargs)

    return ready
