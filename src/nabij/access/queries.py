"""The public questions of this room: who acts, who is in charge, why may I see this."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject, Now
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Absence, Basis, Elsewhere, Post, Reach, Team, User
from nabij.access.roles import FUNCTIONS, GUIDES, Ground
from nabij.kernel.actor import Actor

GUIDES_NOT = _("Deze collega begeleidt op die dag geen gezinnen. Kies een maatschappelijk werker.")


@dataclass(frozen=True)
class Away:
    """The case manager is away until a day, or until further notice; who stands in, if anybody does."""

    until: date | None
    substitute: str
    phone: str


@dataclass
class InCharge:
    """Who is in charge of a household today; `lead` may be nobody, and that alarms. Who is there in need, is besides."""

    lead: User | None = None
    duo: User | None = None
    team: Team | None = None
    lead_since: date | None = None
    away: Away | None = None
    avoided: str = ""
    former: list[tuple[User, date, date]] = field(default_factory=list)
    in_need: list[Basis] = field(default_factory=list)


def valid(on: date) -> Q:
    """Return the condition that a period holds on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def actor_for(user: User, *, on: date) -> Actor:
    """Return the actor that a signed-in worker is today, with what the functions allow."""
    posts = Post.objects.filter(valid(on), worker=user, municipality_id=user.municipality_id).order_by(
        "valid_from", "id"
    )
    return _actor(user, list(posts.values_list("function", "team_id", "centre_id")))


def enter(user: User, *, on: date, reads_only: bool) -> Actor:
    """Tell PostgreSQL who acts in this transaction, close it to writing if it only reads, and return the actor."""
    with connection.cursor() as cursor:
        cursor.execute("select * from access_enter(%s, %s, %s, %s)", [user.id, user.municipality_id, reads_only, on])
        return _actor(user, cursor.fetchall())


def _actor(user: User, posts: list[tuple[str, UUID | None, UUID | None]]) -> Actor:
    permissions = {permission for slug, _team, _centre in posts for permission in FUNCTIONS[slug].permissions}
    return Actor(
        id=user.id,
        name=user.name,
        municipality_id=user.municipality_id,
        functions=frozenset(slug for slug, _team, _centre in posts),
        permissions=frozenset(str(permission) for permission in permissions),
        team_ids=tuple(dict.fromkeys(team for _slug, team, _centre in posts if team)),
        centre_id=next((centre for _slug, _team, centre in posts if centre), None),
    )


def reached(on: date) -> Q:
    """Return the condition that a ground of the flat table holds: the day is the caller's, the hour that of the clock."""
    day = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    return day & Q(depth__gt=0) & (Q(expires_at__isnull=True) | Q(expires_at__gt=Now()))


def ground_of(by: Actor, household: UUID, *, on: date, writes: bool = False) -> Ground | None:
    """Return the strongest ground on which `by` reaches a household on a day, or None; with `writes`, to change it."""
    rows = Reach.objects.filter(reached(on), worker_id=by.id, household_id=household)
    if writes:
        rows = rows.filter(writes=True)
    row = rows.order_by("-depth", "-writes", "ground").first()
    return Ground(row.ground) if row else None


def grounds_of(by: Actor, household: UUID, *, on: date) -> list[Ground]:
    """Return every ground on which `by` reaches a household on a day, the strongest first: why one may see this."""
    rows = Reach.objects.filter(reached(on), worker_id=by.id, household_id=household)
    rows = rows.order_by("-depth", "-writes", "ground")
    return list(dict.fromkeys(Ground(row.ground) for row in rows))


def clock() -> datetime:
    """Return what time it is by the clock of the database, which is the one that the wall reads."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cast(datetime, cursor.fetchone()[0])


def in_charge(households: Iterable[UUID], *, by: Actor, on: date) -> dict[UUID, InCharge]:
    """Return who is in charge of each household on a day."""
    found: dict[UUID, InCharge] = defaultdict(InCharge)
    grounds = [Ground.LEAD, Ground.DUO, Ground.TEAM, Ground.EMERGENCY]
    bases = Basis.objects.filter(valid(on), household_id__in=list(households), ground__in=grounds)
    bases = bases.annotate(away=Subquery(_away(on)), avoided=Subquery(_avoided(on)))
    bases = bases.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=Now()))
    for basis in bases.select_related("worker", "team").order_by("valid_from", "id"):
        charge = found[basis.household_id]
        charge.avoided = basis.avoided or ""
        if basis.ground == Ground.EMERGENCY:
            charge.in_need.append(basis)
            continue
        setattr(charge, basis.ground, basis.worker or basis.team)
        if basis.ground == Ground.LEAD:
            charge.lead_since = basis.valid_from
            charge.away = _read_away(basis.away)
    return found


def _avoided(on: date) -> QuerySet[Elsewhere, Any]:
    now = Elsewhere.objects.filter(valid(on), household_id=OuterRef("household_id"))
    return now.values("avoided_team__name")[:1]


def _away(on: date) -> QuerySet[Absence, Any]:
    now = Absence.objects.filter(valid(on), worker_id=OuterRef("worker_id"))
    told = JSONObject(until="valid_until", substitute="substitute__name", phone="substitute__phone")
    return now.values(told=told)[:1]


def _read_away(told: dict[str, str | None] | None) -> Away | None:
    if told is None:
        return None
    until = told["until"]
    return Away(date.fromisoformat(until) if until else None, told["substitute"] or "", told["phone"] or "")


def absence(key: UUID, *, by: Actor) -> Absence | None:
    """Return one absence of a colleague of the municipality."""
    return Absence.objects.filter(id=key).select_related("worker", "substitute").first()


def absences(*, by: Actor, workers: Iterable[UUID], on: date) -> list[Absence]:
    """Return the absences of these workers that are not over on a day, earliest first."""
    rows = Absence.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), worker_id__in=list(workers))
    rows = rows.exclude(valid_until=F("valid_from"))  # what was noted by mistake, and taken back
    return list(rows.select_related("worker", "substitute").order_by("valid_from", "worker__name", "id"))


def households_stood_in(worker: UUID, *, by: Actor, on: date) -> dict[UUID, str]:
    """Return, by household in which a worker stands in on a day, the name of the case manager who is away."""
    away = Absence.objects.filter(valid(on), substitute_id=worker)
    leads = Basis.objects.filter(valid(on), ground=Ground.LEAD, worker_id__in=away.values("worker_id"))
    return dict(leads.values_list("household_id", "worker__name"))


def leads_of(household: UUID, *, by: Actor) -> list[Basis]:
    """Return every period of a case manager of a household, latest first: who it was stays in the history."""
    bases = Basis.objects.filter(household_id=household, ground__in=[Ground.LEAD, Ground.DUO])
    return list(bases.select_related("worker").order_by("-valid_from", "ground", "id"))


def households_led_by(worker: UUID, *, by: Actor, on: date) -> set[UUID]:
    """Return the households of which a worker is case manager on a day."""
    return set(
        Basis.objects.filter(valid(on), worker_id=worker, ground=Ground.LEAD).values_list("household_id", flat=True)
    )


def teams(*, by: Actor) -> list[Team]:
    """Return the teams of the municipality by name."""
    return list(Team.objects.select_related("centre").order_by("is_central", "name", "id"))


def elsewhere_of(household: UUID, *, by: Actor, on: date) -> Elsewhere | None:
    """Return which team helps a household that is helped elsewhere on a day, and which one it avoids; None when it is not."""
    rows = Elsewhere.objects.filter(valid(on), household_id=household)
    return rows.select_related("avoided_team", "helping_team__centre").first()


def is_avoided(worker: UUID, household: UUID, *, by: Actor, on: date) -> bool:
    """Return whether a household is helped elsewhere because of the team or the centre in which a worker has a post."""
    found = Elsewhere.objects.filter(valid(on), household_id=household).first()
    return found is not None and worker in workers_at(found.avoided_team_id, by=by, on=on)


def workers_at(team: UUID, *, by: Actor, on: date) -> list[UUID]:
    """Return everybody who has a post in a team, or in its centre, on a day: for whom what it avoids does not exist."""
    centre = Team.objects.filter(id=team).values("centre_id")
    posts = Post.objects.filter(valid(on)).filter(Q(team_id=team) | Q(centre_id__in=centre))
    return list(posts.values_list("worker_id", flat=True).distinct())


def central_team(*, by: Actor) -> Team | None:
    """Return the team of the Sociaal Huis."""
    return Team.objects.filter(is_central=True).select_related("centre").order_by("name").first()


def team_for(neighbourhood: UUID | None, *, by: Actor) -> Team | None:
    """Return the team of a wijk; without a wijk, or with a wijk that no team serves, the central team."""
    if neighbourhood:
        if team := Team.objects.filter(areas__neighbourhood_id=neighbourhood).select_related("centre").first():
            return team
    return central_team(by=by)


def team_of_centre(centre: UUID | None, *, by: Actor) -> Team | None:
    """Return the team that works from a centre."""
    return Team.objects.filter(centre_id=centre).order_by("is_central", "name").first() if centre else None


def case_workers(*, by: Actor, team: UUID | None = None, on: date) -> list[User]:
    """Return who may be a case manager on a day, in one team or in all, by name."""
    return list(case_workers_query(by=by, team=team, on=on))


def case_workers_query(*, by: Actor, team: UUID | None = None, on: date) -> QuerySet[User]:
    """Return the same as a query, for a form to choose from."""
    posts = Post.objects.filter(valid(on), function__in=GUIDES)
    if team:
        posts = posts.filter(team_id=team)
    workers = posts.values("worker_id")
    return User.objects.filter(is_active=True, municipality_id=by.municipality_id, id__in=workers).order_by(
        "name", "id"
    )


def guides(worker: UUID, *, by: Actor, on: date) -> bool:
    """Return whether a colleague may be a case manager on a day; whoever raises for it says `GUIDES_NOT`."""
    return case_workers_query(by=by, on=on).filter(id=worker).exists()


def is_team_mate(worker: UUID, *, by: Actor, on: date) -> bool:
    """Return whether a worker has a post on a day in a team of `by`."""
    return Post.objects.filter(valid(on), worker_id=worker, team_id__in=by.team_ids).exists()


def team_mates(*, by: Actor, on: date) -> list[User]:
    """Return who guides households on a day in a team of `by`, by name."""
    posts = Post.objects.filter(valid(on), team_id__in=by.team_ids, function__in=GUIDES)
    return list(User.objects.filter(is_active=True, id__in=posts.values("worker_id")).order_by("name", "id"))


def experts(*, by: Actor, on: date) -> list[User]:
    """Return who gives colleagues advice on a day, by name."""
    posts = Post.objects.filter(valid(on), function__in=Ground.ADVISER.functions).values("worker_id")
    return list(User.objects.filter(is_active=True, id__in=posts).order_by("name", "id"))


def social_workers(*, by: Actor, team: UUID, on: date) -> list[User]:
    """Return the social workers of a team on a day, by name: whom the desk books."""
    posts = Post.objects.filter(valid(on), function="social_worker", team_id=team).values("worker_id")
    return list(User.objects.filter(is_active=True, id__in=posts).order_by("name", "id"))


def households_of_duo(worker: UUID, *, by: Actor, on: date) -> set[UUID]:
    """Return the households of which a worker is duo on a day."""
    return set(
        Basis.objects.filter(valid(on), worker_id=worker, ground=Ground.DUO).values_list("household_id", flat=True)
    )


def worker(key: UUID, *, by: Actor) -> User | None:
    """Return one colleague of the municipality."""
    return User.objects.filter(id=key).first()


def names_of(keys: Iterable[UUID], *, by: Actor) -> dict[UUID, str]:
    """Return the names of colleagues by key."""
    return dict(User.objects.filter(id__in=set(keys)).values_list("id", "name"))


def privacy_officers(*, by: Actor, on: date) -> list[User]:
    """Return whom a household can ask about its data: the privacy officers of a day, by name."""
    posts = Post.objects.filter(valid(on), function="privacy_officer").values("worker_id")
    rows = User.objects.filter(municipality_id=by.municipality_id, is_active=True, id__in=posts)
    return list(rows.order_by("name", "id"))


def demo_people() -> list[User]:
    """Return whom the sign-in page of the demo offers; read before there is a context."""
    return list(
        User.objects.filter(is_active=True)
        .exclude(demo_function="")
        .select_related("municipality")
        .order_by("municipality__name", "name")
    )
