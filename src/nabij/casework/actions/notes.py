"""Notes: for the team, for lead and duo, or sealed for the author alone."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.casework import events, permissions, policies, queries
from nabij.casework.models import Note
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput
from nabij.kernel.secrets import seal


@transaction.atomic
def write_note(
    *,
    by: Actor,
    household: UUID,
    kind: str,
    text: str,
    about_on: date,
    now: datetime,
    today: date,
    key: UUID | None = None,
) -> UUID:
    """Write a note and return its key; a sealed one is encrypted, and only its author can read it.

    Raises `BadInput` for an empty text, a kind that does not exist or a day to come, `Denied` for a note of lead and duo
    by somebody else.
    """
    ground = touch_household(household, by=by, on=today)
    policies.kind_is_known(kind)
    if kind == Note.Kind.CASE:
        permissions.read_whole_file(by, ground)
    if not text.strip():
        raise BadInput(_("Schrijf eerst iets op."), field="text")
    if about_on > today:
        raise BadInput(_("Een notitie gaat over vandaag of over vroeger."), field="about_on")
    policies.day_is_of_our_time(about_on, field="about_on")
    sealed = kind == Note.Kind.SEALED
    note = Note(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=household, kind=kind,
        text="" if sealed else text.strip(), sealed_text=seal(text.strip()) if sealed else None,
        about_on=about_on, written_at=now, written_by=by.id,
    )  # fmt: skip
    with spoken():
        note.save(force_insert=True)
    trail.record(events.NOTE_WRITTEN, by=by, household=household, about=f"casework.note:{note.id}", kind=kind)
    return note.id


def open_sealed(*, by: Actor, note: UUID, household: UUID) -> str:
    """Return the text of one's own sealed note, and leave the look; raises `NotOpen` for anybody else."""
    text = queries.sealed_text(note, by=by)
    trail.look(events.SEALED_READ, by=by, household=household, ground="author", purpose="")
    return text
