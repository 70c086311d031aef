"""Helped elsewhere: a household asks, without a reason, that its own neighbourhood team does not know it."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access import events, queries, reach
from nabij.access.actions.bases import give_to_team, record_ended
from nabij.access.models import Basis, Elsewhere, Post
from nabij.access.roles import GUIDES
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow


@transaction.atomic
def hide_from(*, by: Actor, household: UUID, avoided: UUID, helping: UUID, on: date, now: datetime) -> Elsewhere:
    """Give a household to another team and hide it from its own: whoever works there loses every ground, `by` as well.

    So it is the last thing that a journey does. Raises `NotNow` when it is helped elsewhere already, or when nobody of
    the helping team works outside the team and the centre that it avoids.
    """
    if queries.elsewhere_of(household, by=by, on=on):
        raise NotNow(_("Dit gezin wordt al elders geholpen."))
    theirs = queries.workers_at(avoided, by=by, on=on)
    others = Post.objects.filter(queries.valid(on), team_id=helping, function__in=GUIDES, worker__is_active=True)
    if not others.exclude(worker_id__in=theirs).exists():
        raise BadInput(
            _("In dit team werkt niemand buiten het team en het centrum van de eigen wijk. Kies een ander team."),
            field="helping",
        )
    _end_all(by, household, theirs, on, now)
    give_to_team(by=by, household=household, team=helping, on=on, now=now)
    made = Elsewhere(
        municipality_id=by.municipality_id, household_id=household, avoided_team_id=avoided, helping_team_id=helping,
        valid_from=on, noted_at=now, noted_by=by.id,
    )  # fmt: skip
    trail.record(events.HELPED_ELSEWHERE, by=by, household=household, about=f"access.team:{helping}", on=on)
    with spoken():
        made.save(force_insert=True)
    _forget_drafts(household)
    reach.refresh_households([household])
    return made


@transaction.atomic
def avoid_instead(*, by: Actor, household: UUID, avoided: UUID, on: date, now: datetime) -> None:
    """Hide a household that moved from the team of its new neighbourhood, and no longer from that of the old one."""
    current = queries.elsewhere_of(household, by=by, on=on)
    if current is None or avoided in (current.avoided_team_id, current.helping_team_id):
        return
    helping = current.helping_team_id
    _end(by, current, on, now)
    trail.record(events.AVOIDS_ANOTHER, by=by, household=household, about=f"access.team:{avoided}", on=on)
    hide_from(by=by, household=household, avoided=avoided, helping=helping, on=on, now=now)


@transaction.atomic
def unhide(*, by: Actor, household: UUID, team: UUID, on: date, now: datetime) -> None:
    """Give a household that asks for it back to the team of its neighbourhood; raises `NotNow` when it is not away."""
    current = queries.elsewhere_of(household, by=by, on=on)
    if current is None:
        raise NotNow(_("Dit gezin wordt niet elders geholpen."))
    _end(by, current, on, now)
    trail.record(events.BACK_FROM_ELSEWHERE, by=by, household=household, about=f"access.team:{team}", on=on)
    give_to_team(by=by, household=household, team=team, on=on, now=now)
    reach.refresh_households([household])


def _end(by: Actor, current: Elsewhere, on: date, now: datetime) -> None:
    current.valid_until, current.ended_at, current.ended_by = on, now, by.id
    current.save(update_fields=["valid_until", "ended_at", "ended_by"])


def _end_all(by: Actor, household: UUID, workers: list[UUID], on: date, now: datetime) -> None:
    # Without grace, and what is planned as well: when the household comes back, nobody has it by surprise.
    held = Basis.objects.filter(household_id=household, worker_id__in=workers)
    held.filter(grace_until__isnull=False).update(grace_until=None)
    open_ones = held.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
    closing = list(open_ones)
    ended = {"ended_at": now, "ended_by": by.id}
    open_ones.filter(valid_from__gt=on).update(valid_until=F("valid_from"), **ended)
    open_ones.filter(valid_from__lte=on).update(valid_until=on, **ended)
    record_ended(closing, by=by)


def _forget_drafts(household: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select access_forget_drafts(%s)", [household])
