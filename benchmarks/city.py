"""The city that is measured: Lindegem with 6,000 households, built once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from nabij.access import queries as who
from nabij.access.models import Post, Reach, User
from nabij.kernel.actor import Actor, acting
from nabij.territory.models import Municipality


@dataclass(frozen=True)
class Someone:
    """A worker who is measured with, and a household that is his."""

    user: User
    actor: Actor
    household: UUID


def ensure() -> dict[str, float]:
    """Build the city when the database has none; returns the seconds that it took."""
    if Municipality.objects.exists():
        return {}
    from nabij.demo.build import build

    start = time.monotonic()
    build(size="city", progress=lambda what, done=0, total=0: None)
    took = time.monotonic() - start
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "vacuum analyze"
        )  # what PostgreSQL does by itself in the first minutes after so much was written
    return {"city s": took}


def people(function: str, many: int) -> list[Someone]:
    """Return workers of Lindegem with this function who have households, with one household each."""
    town = Municipality.objects.get(slug="lindegem")
    with acting(Actor.operator(town.id)), over_the_wall():
        keys = list(Post.objects.filter(function=function).order_by("worker__name").values_list("worker_id", flat=True))
        users = {user.id: user for user in User.objects.filter(id__in=keys)}
        found = []
        for key in keys:
            grounds = ["lead"] if function == "social_worker" else ["team"]
            reach = (
                Reach.objects.using("owner").filter(worker_id=key, ground__in=grounds).order_by("household_id").first()
            )
            if reach:
                found.append(
                    Someone(users[key], who.actor_for(users[key], on=timezone.localdate()), reach.household_id)
                )
        return found[:many]


@contextmanager
def over_the_wall() -> Iterator[None]:
    """Let queries with `using("owner")` read every row, as maintenance does: to choose what is measured."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', true)")
        yield


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def operator_of(slug: str, function: str) -> Actor:
    """Return the first worker of a town with this function."""
    town = Municipality.objects.get(slug=slug)
    with acting(Actor.operator(town.id)):
        post = Post.objects.filter(function=function).select_related("worker").order_by("worker__name").first()
        assert post is not None
        return who.actor_for(post.worker, on=timezone.localdate())
