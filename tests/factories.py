"""A small municipality with teams and workers, and households in it: made by the verbs alone, as the application.

here = town("Testegem")
key = household(here)
with acting(here.worker):
    open_household(key, by=here.worker, on=here.today, purpose="test")
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from types import SimpleNamespace
from uuid import UUID, uuid4

from django.utils import timezone

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.access.models import Team, User
from nabij.access.roles import Permission
from nabij.frontdesk.actions import Asked
from nabij.households.actions import NewAddress, NewHousehold, NewPerson
from nabij.journeys import first_visit
from nabij.kernel.actor import Actor, acting
from nabij.territory import actions as territory
from nabij.territory.models import Centre, Municipality, Neighbourhood

PASSWORD = "een lang wachtwoord"
POSTCODE = "9999"
_numbers = count(10_000)

# Name, function, and in which team: 0 is wijk A, 1 is wijk B, None is no team.
_STAFF = (
    ("desk", "Dora Onthaal", "front_desk", None),
    ("worker", "Wim Werker", "social_worker", 0),
    ("colleague", "Cleo Collega", "social_worker", 0),
    ("neighbour", "Nora Nabuur", "social_worker", 1),
    ("coordinator", "Karim Coördinator", "coordinator", 0),
    ("bridge_figure", "Bilal Brugfiguur", "bridge_figure", None),
    ("director", "Diane Directie", "director", None),
    ("administrator", "Arne Beheer", "administrator", None),
    ("privacy_officer", "Petra Privacy", "privacy_officer", None),
)


@dataclass
class Town:
    """A municipality with two wijken and three teams (wijk A, wijk B, the Sociaal Huis), and an actor per function."""

    municipality: Municipality
    operator: Actor
    wijken: list[Neighbourhood]
    centre: Centre
    teams: list[Team]
    today: date
    users: dict[str, User] = field(default_factory=dict)
    desk: Actor = field(init=False)
    worker: Actor = field(init=False)
    colleague: Actor = field(init=False)
    neighbour: Actor = field(init=False)
    coordinator: Actor = field(init=False)
    bridge_figure: Actor = field(init=False)
    director: Actor = field(init=False)
    administrator: Actor = field(init=False)
    privacy_officer: Actor = field(init=False)


def town(name: str = "Testegem", *, sign_in: bool = False) -> Town:
    """Return a new municipality; with `sign_in` its people have the password `PASSWORD` (slow to hash)."""
    today, number = timezone.localdate(), next(_numbers)
    by = Actor.operator(uuid4(), frozenset({Permission.MANAGE}))
    with acting(by):
        municipality = territory.found_municipality(by=by, nis=str(number), name=name, slug=f"{name.lower()}-{number}")
        wijken, centre = _places(by)
        teams = [
            access.form_team(by=by, name="Team A", centre=centre.id, neighbourhoods=[wijken[0].id]),
            access.form_team(by=by, name="Team B", neighbourhoods=[wijken[1].id]),
            access.form_team(by=by, name="Sociaal Huis", is_central=True),
        ]
        made = Town(municipality, by, wijken, centre, teams, today)
        for role, person, function, at in _STAFF:
            team = None if at is None else teams[at]
            user = enrol(made, person, function, team, email=f"{role}.{number}@example.org", sign_in=sign_in)
            made.users[role] = user
            setattr(made, role, who.actor_for(user, on=today))
    return made


def enrol(
    where: Town, name: str, function: str, team: Team | None = None, *, email: str = "", sign_in: bool = False
) -> User:
    """Give somebody an account and a function since ten days; `who.actor_for(user, on=…)` makes the actor."""
    email = email or f"{uuid4().hex}@example.org"
    by = where.operator
    with acting(by):
        user = access.enrol(by=by, name=name, email=email, password=PASSWORD if sign_in else None)
        access.appoint(
            by=by, worker=user.id, function=function, on=where.today - timedelta(days=10),
            team=team.id if team else None, centre=where.centre.id,
        )  # fmt: skip
    return user


def household(
    where: Town,
    *,
    people: tuple[NewPerson, ...] = (NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day"),),
    street: str = "Kerkstraat",
    number: str = "12",
    phones: tuple[str, ...] = (),
    by: Actor | None = None,
    asked: tuple[Asked, ...] = (),
    slot: first_visit.Slot | None = None,
    on: date | None = None,
    now: datetime | None = None,
) -> UUID:
    """Return the key of a household that walked in; Kerkstraat is in wijk A, Molenstraat in wijk B.

    In Grensstraat the odd numbers are of wijk A and the even ones of wijk B; any other street is of the Sociaal Huis.
    """
    by = by or where.desk
    new = NewHousehold(people, NewAddress(street, number, "", POSTCODE, where.municipality.name), phones=phones)
    visit = first_visit.Visit("walk_in", "", asked)
    with acting(by):
        received = first_visit.receive_unknown(
            by=by, new=new, visit=visit, slot=slot, on=on or where.today, now=now or timezone.now()
        )
    assert received.household_id
    return received.household_id


def _places(by: Actor) -> tuple[list[Neighbourhood], Centre]:
    wijken = [SimpleNamespace(code=code, name=f"Wijk {code}", geometry=_square(at)) for at, code in enumerate("AB")]
    loaded = territory.load_wijken(by=by, wijken=wijken)
    streets = [("Kerkstraat", "all", "A"), ("Molenstraat", "all", "B"), ("Grensstraat", "odd", "A")]
    territory.load_streets(
        by=by,
        streets=[
            SimpleNamespace(street=street, first=1, last=199, parity=parity, postcode=POSTCODE, wijk=wijk)
            for street, parity, wijk in [*streets, ("Grensstraat", "even", "B")]
        ],
    )
    week = [(day, time(9), time(17)) for day in range(7)]
    centre = territory.open_centre(by=by, name="Wijkcentrum A", address="Kerkstraat 1", hours=week)
    return loaded, centre


def _square(at: int) -> dict[str, object]:
    west, east = 3.2 + at / 50, 3.22 + at / 50
    ring = [[west, 50.8], [east, 50.8], [east, 50.82], [west, 50.82], [west, 50.8]]
    return {"type": "Polygon", "coordinates": [ring]}
