"""What every page of a household begins with: its door."""

from uuid import UUID

from nabij.access.requests import ActedRequest
from nabij.households.queries import NOT_OPEN, OpenHousehold, open_household
from nabij.kernel.refusals import NotOpen


def entered(request: ActedRequest, key: UUID, purpose: str) -> OpenHousehold:
    """Open the file of a household, and leave the look; raises `NotOpen`, also where only the name is open."""
    home = open_household(key, by=request.actor, on=request.today, purpose=purpose)
    if not home.in_file:
        raise NotOpen(NOT_OPEN)
    return home
