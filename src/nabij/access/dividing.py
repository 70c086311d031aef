"""Questions of whoever divides the work: which teams, who works in them, who has how many, and which household has nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from nabij.access.models import Basis, Post, Team, TeamArea, User
from nabij.access.queries import valid
from nabij.access.roles import FUNCTIONS, GUIDES, Ground
from nabij.kernel.actor import Actor


@dataclass
class Load:
    """Of how many households a worker is case manager and duo; `elsewhere` are those of another team."""

    worker: User
    in_team: bool = True
    lead: int = 0
    duo: int = 0
    elsewhere: int = 0


@dataclass
class Staff:
    """A team, or who belongs to none: the wijken it serves, and its workers with their posts."""

    team: Team | None
    wijken: list[str] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


def coordinated_teams(*, by: Actor, on: date) -> list[Team]:
    """Return the teams that `by` coordinates on a day, by name."""
    posts = Post.objects.filter(valid(on), worker_id=by.id, function="coordinator").values("team_id")
    return list(Team.objects.filter(id__in=posts).order_by("is_central", "name", "id"))


def loads(team: UUID, *, by: Actor, on: date) -> list[Load]:
    """Return who guides households of a team: its workers by name, then others who still have some of its households."""
    found = {worker.id: Load(worker) for worker in _guides(team, on)}
    here = Basis.objects.filter(valid(on), team_id=team, ground=Ground.TEAM, household_id=OuterRef("household_id"))
    bases = Basis.objects.filter(valid(on), ground__in=[Ground.LEAD, Ground.DUO]).annotate(here=Exists(here))
    rows = list(
        bases.filter(Q(worker_id__in=list(found)) | Q(here=True))
        .values("worker_id", "ground", "here")
        .annotate(n=Count("id"))
    )
    others = {row["worker_id"] for row in rows} - set(found)
    if others:
        found |= {w.id: Load(w, in_team=False) for w in User.objects.filter(id__in=others).order_by("name", "id")}
    for row in rows:
        load = found[row["worker_id"]]
        setattr(load, row["ground"], getattr(load, row["ground"]) + row["n"])
        load.elsewhere += 0 if row["here"] else row["n"]
    return list(found.values())


def numbers_led(workers: Iterable[UUID], *, by: Actor, on: date) -> dict[UUID, int]:
    """Return of how many households each of these workers is case manager on a day."""
    rows = Basis.objects.filter(valid(on), ground=Ground.LEAD, worker_id__in=list(workers))
    return dict(rows.values_list("worker_id").annotate(n=Count("id")))


def guides_by_team(*, by: Actor, on: date) -> list[tuple[Team, list[User]]]:
    """Return who may guide households on a day, team by team, both by name."""
    posts = Post.objects.filter(valid(on), function__in=GUIDES, worker__is_active=True, team__isnull=False)
    rows = posts.select_related("worker", "team").order_by("team__is_central", "team__name", "worker__name", "id")
    found: dict[UUID | None, tuple[Any, dict[UUID, User]]] = {}
    for post in rows:
        found.setdefault(post.team_id, (post.team, {}))[1][post.worker_id] = post.worker
    return [(team, list(workers.values())) for team, workers in found.values()]


def without_lead(team: UUID, *, by: Actor, on: date) -> QuerySet[Basis]:
    """Return the team's bases of households that have no case manager, each with `last_led`: when it last had one."""
    lead = Basis.objects.filter(ground=Ground.LEAD, household_id=OuterRef("household_id"))
    # A handover that was undone left an empty period: who waited since August still does.
    ended = lead.filter(valid_until__lte=on).exclude(valid_until=F("valid_from"))
    last = ended.order_by().values("household_id").annotate(m=Max("valid_until")).values("m")
    rows = Basis.objects.filter(valid(on), team_id=team, ground=Ground.TEAM)
    return rows.filter(~Exists(lead.filter(valid(on)))).annotate(last_led=Subquery(last))


def held_in_team(worker: UUID, team: UUID, *, by: Actor, on: date) -> dict[UUID, str]:
    """Return, by household of a team, whether a worker is its case manager ("lead") or duo ("duo") on a day."""
    here = Basis.objects.filter(valid(on), team_id=team, ground=Ground.TEAM).values("household_id")
    rows = Basis.objects.filter(
        valid(on), worker_id=worker, ground__in=[Ground.LEAD, Ground.DUO], household_id__in=here
    ).values_list("household_id", "ground")
    return dict(rows)


def planned_lead(household: UUID, *, by: Actor, on: date) -> Basis | None:
    """Return the basis of who becomes case manager after a day; None when nothing is planned."""
    rows = Basis.objects.filter(household_id=household, ground=Ground.LEAD, valid_from__gt=on)
    later = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
    # What was planned and undone has an empty period.
    return next((b for b in later.select_related("worker") if b.valid_until != b.valid_from), None)


def staff(*, by: Actor, on: date) -> tuple[list[Staff], list[User]]:
    """Return every team with wijken and posts on a day, a last one of posts without a team, and who has no function."""
    teams: dict[UUID | None, Staff] = {
        t.id: Staff(t) for t in Team.objects.select_related("centre").order_by("is_central", "name", "id")
    }
    for team_id, wijk in TeamArea.objects.order_by("neighbourhood__name").values_list("team_id", "neighbourhood__name"):
        teams[team_id].wijken.append(wijk)
    rest, posted = Staff(None), set()
    posts = Post.objects.filter(valid(on), worker__is_active=True).select_related("worker", "centre")
    for post in sorted(posts, key=_by_function):
        teams.get(post.team_id, rest).posts.append(post)
        posted.add(post.worker_id)
    idle = User.objects.filter(municipality_id=by.municipality_id, is_active=True).exclude(id__in=posted)
    return [*teams.values(), rest], list(idle.order_by("name", "id"))


def post(key: UUID, *, by: Actor) -> Post | None:
    """Return one post of a worker of the municipality."""
    return Post.objects.filter(id=key).select_related("worker", "team").first()


def _guides(team: UUID, on: date) -> list[User]:
    posts = Post.objects.filter(valid(on), team_id=team, function__in=GUIDES).values("worker_id")
    return list(User.objects.filter(id__in=posts, is_active=True).order_by("name", "id"))


def _by_function(row: Post) -> Any:
    return list(FUNCTIONS).index(row.function), row.worker.name, str(row.id)
