"""Who is away, and who stands in: as long as it lasts, for every household of which the one who is away is case manager."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import events, permissions, queries, reach
from nabij.access.models import Absence
from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow, NotOpen

NO_ABSENCE = _("Deze afwezigheid is er niet, of ze is niet van jouw team.")


@transaction.atomic
def note_absence(
    *, by: Actor, worker: UUID, substitute: UUID | None, on: date, until: date | None, now: datetime
) -> Absence:
    """Note that a worker is away from a day on, up to and without `until` (None: until further notice).

    Raises `Denied` for another team's worker, `BadInput` for a substitute who cannot, `NotNow` when days overlap.
    """
    permissions.note_absence(by, worker, queries.is_team_mate(worker, by=by, on=on))
    if until is not None and until <= on:
        raise BadInput(_("De laatste dag komt voor de eerste. Kijk de data na."), field="until")
    _can_stand_in(substitute, by=by, on=on, until=until)
    absence = Absence(
        municipality_id=by.municipality_id, worker_id=worker, substitute_id=substitute, valid_from=on, valid_until=until,
        noted_at=now, noted_by=by.id,
    )  # fmt: skip
    with spoken():
        absence.save(force_insert=True)
    _derive(absence)
    trail.record(events.ABSENCE_NOTED, by=by, about=f"access.user:{worker}", on=on, until=until, substitute=substitute)
    return absence


@transaction.atomic
def change_substitute(*, by: Actor, absence: UUID, substitute: UUID | None, on: date) -> None:
    """Let somebody else stand in from a day on; whoever did so far no longer reaches the households.

    Raises `NotOpen` for an absence that is not there or of another team, `BadInput` for a substitute who cannot.
    """
    found = _held(absence, by, on)
    former = found.substitute_id
    _can_stand_in(substitute, by=by, on=on, until=found.valid_until)
    if substitute == former:
        return
    with spoken():
        if found.valid_from < on:
            _split(found, substitute, on)
        else:
            found.substitute_id = substitute
            found.save(update_fields=["substitute"])
    for one in (former, substitute):
        if one:
            reach.refresh_worker(one)
    trail.record(events.SUBSTITUTE_CHOSEN, by=by, about=f"access.user:{found.worker_id}", on=on, substitute=substitute)


@transaction.atomic
def end_absence(*, by: Actor, absence: UUID, on: date) -> None:
    """Note that a worker is back from a day on; with it ends what the substitute reached. Raises `NotOpen`, `NotNow`."""
    found = _held(absence, by, on)
    if found.valid_until is not None and found.valid_until <= on:
        raise NotNow(_("Deze afwezigheid is al voorbij."))
    found.valid_until = max(on, found.valid_from)
    with spoken():
        found.save(update_fields=["valid_until"])
    trail.record(events.ABSENCE_ENDED, by=by, about=f"access.user:{found.worker_id}", on=on)
    _derive(found)


def _held(absence: UUID, by: Actor, on: date) -> Absence:
    found = Absence.objects.select_for_update().filter(id=absence).first()
    if found is None or not permissions.note_absence.ok(
        by, found.worker_id, queries.is_team_mate(found.worker_id, by=by, on=on)
    ):
        raise NotOpen(NO_ABSENCE)
    return found


def _split(absence: Absence, substitute: UUID | None, on: date) -> None:
    # Who stood in until today stays in the history.
    rest = Absence(
        municipality_id=absence.municipality_id, worker_id=absence.worker_id, substitute_id=substitute, valid_from=on,
        valid_until=absence.valid_until, noted_at=absence.noted_at, noted_by=absence.noted_by,
    )  # fmt: skip
    absence.valid_until = on
    absence.save(update_fields=["valid_until"])
    rest.save(force_insert=True)


def _can_stand_in(substitute: UUID | None, *, by: Actor, on: date, until: date | None) -> None:
    if substitute is None:
        return
    if not queries.guides(substitute, by=by, on=on):
        raise BadInput(queries.GUIDES_NOT, field="substitute")
    also = queries.absences(by=by, workers=[substitute], on=on)
    if any(until is None or one.valid_from < until for one in also):
        raise BadInput(_("Deze collega is dan zelf afwezig. Kies iemand anders."), field="substitute")


def _derive(absence: Absence) -> None:
    if absence.substitute_id:
        reach.refresh_worker(absence.substitute_id)
