"""The people of the house: a written cast that the sign-in page shows, and others until every team has its workers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from nabij.demo.dice import dice
from nabij.demo.names import family_name, mailbox, origin_weights, origins
from nabij.demo.stock import stock
from nabij.demo.territory import Territory

FUNCTIONS = (
    "front_desk", "social_worker", "coordinator", "bridge_figure", "knowledge_cell", "director", "administrator",
    "privacy_officer",
)  # fmt: skip
SIZES = ("small", "city")
CENTRAL = "sociaal-huis"
YOUTH = "youth"  # a post in the plan of the city; as a function it is that of a bridge figure
MORNING, AFTERNOON, EVENING = (time(8, 30), time(12)), (time(13), time(16, 30)), (time(16), time(21))
_WORKDAYS = range(5)
WEEKS: dict[str, tuple[tuple[int, tuple[time, time]], ...]] = {
    "full": tuple((day, part) for day in _WORKDAYS for part in (MORNING, AFTERNOON)),
    "wed_off": tuple((day, part) for day in (0, 1, 3, 4) for part in (MORNING, AFTERNOON)),
    "fri_off": tuple((day, part) for day in (0, 1, 2, 3) for part in (MORNING, AFTERNOON)),
    "mornings": tuple((day, MORNING) for day in _WORKDAYS),
    "evenings": tuple((day, part) for day in (1, 2, 3, 4) for part in (AFTERNOON, EVENING)),
}


@dataclass(frozen=True, slots=True)
class WorkHours:
    """A part of a weekday (0 is Monday) on which somebody works, and the centre where."""

    weekday: int
    begins: time
    ends: time
    centre: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the house. `duo` is the key of the partner; `shown` means: listed on the demo's sign-in
    page; `youth` that this bridge figure is the youth worker of the street."""

    key: str
    given: str
    family: str
    email: str
    functions: tuple[str, ...]
    team: str
    centre: str
    languages: tuple[str, ...]
    week: tuple[WorkHours, ...]
    duo: str = ""
    shown: bool = False
    youth: bool = False

    @property
    def name(self) -> str:
        """The name as colleagues say it."""
        return f"{self.given} {self.family}"


def workers(town: Territory, size: str = "small", seed: int = 1) -> list[Worker]:
    """Return the people of a town. The cast is the same in every size; `city` makes Lindegem 110 people.

    ValueError when the size does not exist.
    """
    if size not in SIZES:
        raise ValueError(size)
    cast = [_cast_member(town, entry) for entry in stock("workers")[town.key]]
    wanted = _city_posts(town) if size == "city" and town.key == "lindegem" else _small_posts(town)
    return cast + list(_others(town, cast, wanted, seed))


def _cast_member(town: Territory, entry: dict[str, Any]) -> Worker:
    return Worker(
        entry["key"], entry["given"], entry["family"], _email(town, entry["given"], entry["family"]),
        tuple(entry["functions"]), f"team-{entry['team']}", entry["team"], tuple(entry["languages"]),
        _week(entry["week"], entry["team"]), entry.get("duo", ""), shown=True, youth=entry.get("youth", False),
    )  # fmt: skip


def _email(town: Territory, given: str, family: str) -> str:
    return f"{mailbox(given, family)}@{town.domain}"


def _week(pattern: str, centre: str) -> tuple[WorkHours, ...]:
    return tuple(WorkHours(day, begins, ends, centre) for day, (begins, ends) in WEEKS[pattern])


Post = tuple[str, str]  # function, centre


def _small_posts(town: Territory) -> list[Post]:
    """A duo for every team, that of the Sociaal Huis last, so that each household finds somebody."""
    homes = sorted(town.centres, key=lambda centre: not centre.serves)
    return [("social_worker", centre.key) for centre in homes for _ in range(2)]


def _city_posts(town: Territory) -> list[Post]:
    """One hundred and ten posts over twelve teams and the Sociaal Huis, and the privacy officer."""
    local = [centre.key for centre in town.centres if centre.serves]
    spread = dict.fromkeys(("coordinator", "front_desk", "bridge_figure"), local[2::3])
    posts = [("social_worker", centre) for centre in local for _ in range(7)]
    posts += [(function, centre) for function, centres in spread.items() for centre in centres]
    posts += [(YOUTH, "spoel"), (YOUTH, "perron"), ("front_desk", CENTRAL)]
    central = {"social_worker": 5, "knowledge_cell": 3, "director": 1, "administrator": 1, "privacy_officer": 1}
    return posts + [(function, CENTRAL) for function, count in central.items() for _ in range(count)]


def _others(town: Territory, cast: list[Worker], wanted: list[Post], seed: int) -> Iterable[Worker]:
    """Make who is still missing; two social workers of a team who follow each other are a duo."""
    filled = [(YOUTH if worker.youth else job, worker.centre) for worker in cast for job in worker.functions]
    missing = []
    for post in wanted:
        if post in filled:
            filled.remove(post)
        else:
            missing.append(post)
    taken = {worker.email for worker in cast}
    return _duos([_other(town, post, nth, seed, taken) for nth, post in enumerate(missing)])


def _other(town: Territory, post: Post, nth: int, seed: int, taken: set[str]) -> Worker:
    function, centre = post
    # A generator per post: a town that gets one more worker keeps the others as they were.
    rng = dice("worker", town.key, seed, *post, nth)
    while True:
        origin = origins()["dutch" if rng.random() < 0.55 else origin_weights().pick(rng)]
        given, family = rng.choice(origin.given), family_name(rng, origin)
        email = _email(town, given, family)
        if email not in taken:
            taken.add(email)
            break
    languages = tuple(dict.fromkeys(("nl", *origin.languages[:1], rng.choice(("fr", "en")))))
    pattern = "evenings" if function == YOUTH else rng.choice(("full", "full", "full", "wed_off", "fri_off"))
    key = f"{town.key}-{function}-{nth:03d}"
    functions = ("bridge_figure" if function == YOUTH else function,)
    return Worker(
        key, given, family, email, functions, f"team-{centre}", centre, languages, _week(pattern, centre),
        youth=function == YOUTH,
    )  # fmt: skip


def _duos(made: list[Worker]) -> list[Worker]:
    waiting: dict[str, Worker] = {}
    partner: dict[str, str] = {}
    for worker in made:
        if worker.functions != ("social_worker",):
            continue
        first = waiting.pop(worker.team, None)
        if first is None:
            waiting[worker.team] = worker
        else:
            partner[first.key], partner[worker.key] = worker.key, first.key
    return [replace(worker, duo=partner.get(worker.key, "")) for worker in made]
