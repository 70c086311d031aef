"""Is this person known? While typing, in the whole city, as a front desk worker behind the second wall."""

import random
import time

from django.utils import timezone

from benchmarks.city import people, percentile
from nabij.desk.looking_up import people_like
from nabij.households.models import Person
from nabij.kernel.actor import acting


def measure() -> dict[str, float]:
    """Return p50 and p95 of 300 look-ups of damaged names, in milliseconds, and how many people there are."""
    dice = random.Random(7)
    someone = people("social_worker", 1)[0]
    with acting(someone.actor):
        known = list(Person.objects.order_by("id").values_list("given_name", "family_name", "birth_date")[:300])
        times = []
        for given, family, born in known:
            typed = {
                "given_name": given[: dice.randint(min(2, len(given)), len(given))],
                "family_name": _slip(dice, family),
            }
            typed["birth_date"] = f"{born.day}/{born.month}/{born.year}" if born and dice.random() < 0.8 else ""
            start = time.perf_counter()
            people_like(by=someone.actor, typed=typed, today=timezone.localdate())
            times.append((time.perf_counter() - start) * 1000)
    return {"look-up p50 ms": percentile(times, 0.5), "look-up p95 ms": percentile(times, 0.95)}


def _slip(dice: random.Random, name: str) -> str:
    if len(name) < 4:
        return name
    at = dice.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
