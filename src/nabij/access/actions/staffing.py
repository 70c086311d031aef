"""Who works here: teams, accounts, functions."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access import events, permissions, queries, reach
from nabij.access.models import Post, Team, TeamArea, User
from nabij.access.roles import FUNCTIONS
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, Denied, NotNow

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
    """Give a worker a function from a day on, in a team or centre.

    Raises `Denied` to who gives it to himself, `BadInput` for a function, worker or team that this municipality has not,
    `NotNow` beside a function that stands apart from files.
    """
    permissions.manage_municipality(by)
    if worker == by.id:
        raise Denied(_("Je geeft jezelf geen functie. Vraag het een andere beheerder."))
    if function not in FUNCTIONS:
        raise BadInput(_("Deze functie bestaat niet."), field="function")
    if queries.worker(worker, by=by) is None:
        raise BadInput(
            _("Deze medewerker heeft geen account in deze gemeente. Wie in twee gemeenten werkt, heeft er in elk een.")
        )
    if team and not Team.objects.filter(id=team).exists():
        raise BadInput(_("Dit team bestaat niet."), field="team")
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
