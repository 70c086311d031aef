"""Not there, or not for you? Whether the time of an answer tells them apart, by a rank test over real answers."""

import http.client
import random
import time
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from benchmarks.city import Someone, operator_of, over_the_wall, people
from benchmarks.pages import serving, session_of
from benchmarks.rank import rank_test
from nabij.access.models import Reach
from nabij.frontdesk.models import Contact
from nabij.households.actions import NewAddress, NewHousehold, NewPerson
from nabij.households.models import Address, Household, Person
from nabij.journeys import helped_elsewhere
from nabij.journeys.first_visit import Visit
from nabij.kernel.actor import acting

TIMES = 400
# Two names like nobody's, of one length, without a sound in common with each other or with anybody of the city.
HIDDEN, NOBODY = "Xqvxqvxq", "Qjzqjzqj"
FIRST = "Wvwvwv"


def measure() -> dict[str, float]:
    """Return, for each pair of answers, by how many standard deviations their ranks differ; the last one must differ."""
    one = people("social_worker", 1)[0]
    _hide_somebody(one)
    hidden = _hidden_from(one)
    dice = random.Random(5)
    pairs: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
        "hidden file σ": (lambda: f"/gezin/{dice.choice(hidden)}/", lambda: f"/gezin/{uuid4()}/"),
        "hidden plan σ": (lambda: f"/gezin/{dice.choice(hidden)}/plan/", lambda: f"/gezin/{uuid4()}/plan/"),
        "hidden name σ": (lambda: _search(HIDDEN), lambda: _search(NOBODY)),
        "hidden double σ": (lambda: _look_up(HIDDEN), lambda: _look_up(NOBODY)),
        "σ that an open file shows": (lambda: f"/gezin/{one.household}/", lambda: f"/gezin/{uuid4()}/"),
    }
    with serving() as port:
        return {name: abs(_compare(port, one, *pair)) for name, pair in pairs.items()}


def _compare(port: int, one: Someone, there: Callable[[], str], nowhere: Callable[[], str]) -> float:
    """Ask both in a random order, from one browser, so that whatever else the machine does falls on both alike."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    cookie = {"Cookie": f"nabij={session_of(one.user)}"}
    connection.close()
    turns = [True, False] * TIMES
    random.Random(11).shuffle(turns)
    times: dict[bool, list[float]] = {True: [], False: []}
    for turn in [True, False] * 20 + turns:  # the first forty fill caches and connections
        address = there() if turn else nowhere()
        start = time.perf_counter()
        link.request("GET", address, headers=cookie)
        link.getresponse().read()
        times[turn].append(time.perf_counter() - start)
    link.close()
    return rank_test(times[True][20:], times[False][20:])


def _hidden_from(one: Someone) -> list[UUID]:
    """Return households of the city that this worker reaches on no ground."""
    town = one.actor.municipality_id
    with acting(one.actor):
        reached = set(Reach.objects.values_list("household_id", flat=True))
    with over_the_wall():
        keys = Household.objects.using("owner").filter(municipality_id=town).order_by("id").values_list("id", flat=True)
        return [key for key in keys if key not in reached]


def _hide_somebody(one: Someone) -> None:
    """Let somebody from the worker's own street ask to be helped elsewhere, once; the name is that of nobody else."""
    desk, now, today = operator_of("lindegem", "front_desk"), timezone.now(), timezone.localdate()
    with acting(one.actor):
        home = Address.objects.filter(household_id=one.household, neighbourhood__isnull=False).order_by("id")[0]
    with over_the_wall():
        if Person.objects.using("owner").filter(family_name=HIDDEN).exists():
            return
    street = NewAddress(home.street, home.number, "", home.postcode, home.place, home.neighbourhood_id)
    new = NewHousehold(people=(NewPerson(FIRST, HIDDEN),), address=street)
    with acting(desk):
        helped_elsewhere.receive_unknown(by=desk, new=new, visit=Visit(Contact.Channel.WALK_IN), on=today, now=now)


def _search(name: str) -> str:
    return "/zoek/?" + urlencode({"q": name})


def _look_up(name: str) -> str:
    return "/onthaal/gekend/?" + urlencode({"given_name": FIRST, "family_name": name})
