"""What a request carries once the middleware has seen it."""

from datetime import date

from django.http import HttpRequest

from nabij.kernel.actor import Actor
from nabij.kernel.refusals import Refusal


class ActedRequest(HttpRequest):
    """A request with who acts (None for a stranger), today, and a refusal that is told after the rollback."""

    actor: Actor
    today: date
    refusal: Refusal | None
    too_fast: bool  # more pages in an hour than a person opens
