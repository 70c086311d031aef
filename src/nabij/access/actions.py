"""The verbs of access: functions, teams, bases. Each keeps the flat table right in the same transaction."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access import events, permissions, queries, reach
from nabij.access.models import Basis, Post, Reach, Team, TeamArea, User
from nabij.access.roles import FUNCTIONS, Ground
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow

NAME_LENGTH = 150


@transaction.atomic
def form_team(
    *,
    by: Actor,
    name: str,
    centre: UUID | None = None,
    neighbourhoods: list[UUID] | None = None,
    is_central: bool = False,
) -> Team:
    """Form a team for some wijken, or a central one without; raises `NotNow` when a wijk has a team already."""
    permissions.manage_municipality(by)
    with spoken():
        team = Team.objects.create(
            municipality_id=by.municipality_id, name=name, centre_id=centre, is_central=is_central
        )
        areas = [
            TeamArea(municipality_id=by.municipality_id, team=team, neighbourhood_id=n) for n in neighbourhoods or []
        ]
        TeamArea.objects.bulk_create(areas)
    trail.record(events.TEAM_FORMED, by=by, about=f"access.team:{team.id}", name=name)
    return team


@transaction.atomic
def enrol(
    *,
    by: Actor,
    name: str,
    email: str,
    password: str | None = None,
    phone: str = "",
    languages: list[str] | None = None,
    demo_function: str = "",
) -> User:
    """Give somebody an account in this municipality; raises `BadInput` without a name, `NotNow` for a taken address."""
    permissions.manage_municipality(by)
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LENGTH:
        raise BadInput(
            _("Geef de naam van de medewerker, hoogstens %(most)s tekens.") % {"most": NAME_LENGTH}, field="name"
        )
    user = User(
        municipality_id=by.municipality_id,
        name=name,
        email=email.strip().lower(),
        phone=phone,
        languages=languages or [],
        demo_function=demo_function,
    )
    user.set_password(password)
    with spoken():
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except Exception as error:
            if "access_user_email" in str(error):
                raise NotNow(_("Dit e-mailadres heeft al een account.")) from error
            raise
    trail.record(events.WORKER_APPOINTED, by=by, about=f"access.user:{user.id}", name=name)
    return user


@transaction.atomic
def appoint(
    *, by: Actor, worker: UUID, function: str, on: date, team: UUID | None = None, centre: UUID | None = None
) -> Post:
    """Give a worker a function from a day on, in a team or centre; raises `BadInput` for an unknown function."""
    permissions.manage_municipality(by)
    if function not in FUNCTIONS:
        raise BadInput(_("Deze functie bestaat niet."), field="function")
    same = Post.objects.filter(Q(team_id=team) if team else Q(team__isnull=True), worker_id=worker, function=function)
    if same.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on)).exists():
        raise NotNow(_("Deze medewerker heeft die functie al."))
    with spoken():
        post = Post.objects.create(
            municipality_id=by.municipality_id,
            worker_id=worker,
            function=function,
            team_id=team,
            centre_id=centre,
            valid_from=on,
        )
    reach.refresh_worker(worker)
    trail.record(events.WORKER_APPOINTED, by=by, about=f"access.user:{worker}", function=function, team=team)
    return post


@transaction.atomic
def end_post(*, by: Actor, post: UUID, on: date) -> None:
    """End a function on a day; what it opened closes then.

    Raises `NotNow` when it ended before, or when nobody would manage the municipality any more.
    """
    permissions.manage_municipality(by)
    found = Post.objects.filter(id=post).select_for_update().first()
    if not found or (found.valid_until and found.valid_until <= on):
        raise NotNow(_("Deze functie is al beëindigd."))
    others = Post.objects.filter(queries.valid(on), function=found.function, worker__is_active=True).exclude(id=post)
    if found.function == "administrator" and not others.exists():
        raise NotNow(_("Dit is de laatste beheerder. Geef eerst iemand anders deze functie."))
    with spoken():
        found.valid_until = on
        found.save(update_fields=["valid_until"])
    reach.refresh_worker(found.worker_id)
    trail.record(events.POST_ENDED, by=by, about=f"access.user:{found.worker_id}", function=found.function, on=on)


@transaction.atomic
def give_basis(
    *, by: Actor, household: UUID, ground: Ground, worker: UUID, on: date, now: datetime, until: date | None = None
) -> Basis:
    """Give a worker a ground to reach a household from a day on; raises `NotNow` where only one may have it."""
    basis = Basis(
        municipality_id=by.municipality_id,
        household_id=household,
        worker_id=worker,
        ground=ground,
        valid_from=on,
        valid_until=until,
        given_at=now,
        given_by=by.id,
    )
    with spoken():
        basis.save(force_insert=True)
    reach.refresh_households([household])
    trail.record(events.BASIS_GIVEN, by=by, household=household, about=f"access.user:{worker}", ground=ground, on=on)
    return basis


@transaction.atomic
def receive_today(*, by: Actor, household: UUID, on: date, now: datetime) -> None:
    """Give the front desk its ground for one day: the person stands there."""
    if queries.ground_of(by, household, on=on, writes=True):
        return
    give_basis(
        by=by,
        household=household,
        ground=Ground.FRONT_DESK,
        worker=by.id,
        on=on,
        until=date.fromordinal(on.toordinal() + 1),
        now=now,
    )


@transaction.atomic
def end_basis(*, by: Actor, household: UUID, ground: Ground, worker: UUID, on: date, now: datetime) -> None:
    """End a worker's ground on a day; raises `NotNow` when somebody ended it before."""
    held = Basis.objects.filter(household_id=household, ground=ground, worker_id=worker)
    basis = held.filter(queries.valid(on), ended_at__isnull=True).select_for_update().first()
    if basis:
        basis.valid_until, basis.ended_at, basis.ended_by = on, now, by.id
        basis.grace_until = _grace(basis)
        basis.save(update_fields=["valid_until", "ended_at", "ended_by", "grace_until"])
    else:
        raise NotNow(_("Intussen is dit al veranderd. Kijk opnieuw wie in zorg staat voor dit gezin."))
    trail.record(events.BASIS_ENDED, by=by, household=household, about=f"access.user:{worker}", ground=ground, on=on)
    reach.refresh_households([household])


def _grace(basis: Basis) -> date | None:
    # Who guided a household for at least a day may read along for as long as the municipality finds good: mostly not.
    if basis.ground not in (Ground.LEAD, Ground.DUO) or basis.valid_until == basis.valid_from:
        return None
    days = basis.municipality.grace_days
    return basis.valid_until + timedelta(days=days) if days and basis.valid_until else None


@transaction.atomic
def assign_team(*, by: Actor, household: UUID, team: UUID, on: date, now: datetime) -> None:
    """Assign a household to a team from a day on, and end what it had; no change when it is that team already."""
    current = (
        Basis.objects.filter(queries.valid(on), household_id=household, ground=Ground.TEAM).select_for_update().first()
    )
    if current and current.team_id == team:
        return
    if current:
        current.valid_until, current.ended_at, current.ended_by = on, now, by.id
        current.save(update_fields=["valid_until", "ended_at", "ended_by"])
    with spoken():
        Basis.objects.create(
            municipality_id=by.municipality_id,
            household_id=household,
            team_id=team,
            ground=Ground.TEAM,
            valid_from=on,
            given_at=now,
            given_by=by.id,
        )
    trail.record(events.TEAM_ASSIGNED, by=by, household=household, about=f"access.team:{team}", on=on)
    reach.refresh_households([household])


@transaction.atomic
def give_bases(*, by: Actor, bases: list[Basis]) -> None:
    """Give many bases at once, as a bulk verb does, with an event each that names the worker or the team."""
    with spoken():
        Basis.objects.bulk_create(bases, batch_size=2000)
    reach.refresh_households(list({basis.household_id for basis in bases}))
    trail.record_many(
        events.BASIS_GIVEN,
        by=by,
        rows=[(b.household_id, _holder(b), {"ground": b.ground}) for b in bases],
    )


def _holder(basis: Basis) -> str:
    return f"access.team:{basis.team_id}" if basis.team_id else f"access.user:{basis.worker_id}"


def basis(*, by: Actor, household: UUID, ground: Ground, on: date, now: datetime, **who: UUID | date | None) -> Basis:
    """Return a basis that is not saved yet, for `give_bases`; `who` is worker_id or team_id, and valid_until."""
    return Basis(
        id=uuid4(),
        municipality_id=by.municipality_id,
        household_id=household,
        ground=ground,
        valid_from=on,
        given_at=now,
        given_by=by.id,
        **who,
    )


@transaction.atomic
def receive_many_today(*, by: Actor, households: list[UUID], on: date, now: datetime) -> None:
    """Give the front desk its ground for one day on many households at once, where it has none yet."""
    reached = Reach.objects.filter(queries.reached(on), worker_id=by.id, household_id__in=households, writes=True)
    known = set(reached.values_list("household_id", flat=True))
    until = date.fromordinal(on.toordinal() + 1)
    bases = [
        basis(by=by, household=h, ground=Ground.FRONT_DESK, on=on, now=now, worker_id=by.id, valid_until=until)
        for h in dict.fromkeys(households)
        if h not in known
    ]
    if bases:
        give_bases(by=by, bases=bases)


@transaction.atomic
def end_receiving(*, by: Actor, on: date, now: datetime) -> None:
    """End every ground that the front desk has today: who was received has left."""
    _end_own(by, Ground.FRONT_DESK, on, now)


@transaction.atomic
def end_transfer(*, by: Actor, on: date, now: datetime) -> None:
    """End the ground on which files were brought over: from here on they are the team's."""
    _end_own(by, Ground.TRANSFER, on, now)


def _end_own(by: Actor, ground: Ground, on: date, now: datetime) -> None:
    bases = Basis.objects.filter(queries.valid(on), worker_id=by.id, ground=ground, ended_at__isnull=True)
    households = list(bases.values_list("household_id", flat=True))
    if not households:
        return
    bases.update(valid_until=on, ended_at=now, ended_by=by.id)
    trail.record_many(
        events.BASIS_ENDED, by=by, rows=[(h, f"access.user:{by.id}", {"ground": ground}) for h in households]
    )
    reach.refresh_households(households)
