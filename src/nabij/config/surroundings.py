"""What every command needs before it works: keys, a database that runs, and the addresses of its roles."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nabij.config import embedded, keys, roles

SIBLINGS = {role: f"nabij_{role}" for role in roles.VARIABLES}
DATABASE = "nabij"


@dataclass(frozen=True)
class Surroundings:
    """What was prepared: the addresses, and the administrator's address where the server is our own."""

    addresses: roles.Addresses
    admin: str | None

    @property
    def embedded(self) -> bool:
        return self.admin is not None


def addresses_on(server: embedded.Server, database: str = DATABASE) -> roles.Addresses:
    """Return the addresses of the four roles on a server of our own."""
    return roles.Addresses(**{role: server.url(user, database) for role, user in SIBLINGS.items()})


@contextmanager
def prepared(*, demo: bool = False) -> Iterator[Surroundings]:
    """Set the environment while the block lasts; without DATABASE_URL our own server runs as long; raises `Refusal`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")
    if demo:
        os.environ["NABIJ_DEMO"] = "1"
    own = not os.environ.get("DATABASE_URL")
    if own or demo:
        embedded.make_folder(embedded.project_folder())
        keys.export(embedded.project_folder() / "keys.json")
    if not own:
        yield Surroundings(roles.Addresses.from_environment(), None)
        return
    with embedded.running() as server:
        addresses = addresses_on(server)
        roles.bootstrap(addresses, server.url())
        addresses.export()
        try:
            yield Surroundings(addresses, server.url())
        finally:
            close_connections()


def close_connections() -> None:
    """Close what Django holds open here, so that the server can stop."""
    if "django.db" in sys.modules:
        sys.modules["django.db"].connections.close_all()
