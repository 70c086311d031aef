"""Who acts when a directory says so: no person, and no basis on any household; the trail names it."""

from uuid import UUID

from nabij.access.roles import Permission
from nabij.kernel.actor import Actor

DIRECTORY = UUID(int=2)
NAME = "De aanmelddienst"


def of_directory(municipality: UUID) -> Actor:
    """Return the actor that gives and ends functions in a municipality as its directory says."""
    return Actor(DIRECTORY, NAME, municipality, permissions=frozenset({str(Permission.MANAGE)}))
