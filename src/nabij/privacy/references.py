"""Every field that refers to a person or a household, and what becomes of it: in erasing, in a copy for that person, in
merging two files.

The fields are found in the models; what becomes of each is told here. A field that is not told stops erasing, and a house
test says so long before: add a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from nabij.households.models import Household, Person

PLAIN = {"household_id": "household", "person_id": "person"}
"""Plain references go by these names."""


class Erase(StrEnum):
    """What erasing does with a row that refers."""

    ROW = "row"  # it goes
    EMPTY = "empty"  # it stays, and refers to nobody
    KEEP = "keep"  # it stays as it is; `why` says so
    INSIDE = "inside"  # no reference of its own: it goes with its row


class Merge(StrEnum):
    """What merging two files does with a row that refers."""

    MOVES = "moves"  # to the file that stays
    DERIVED = "derived"  # made again
    STAYS = "stays"  # it tells what happened to the file that was


@dataclass(frozen=True)
class Known:
    """What becomes of one field; `copy` is the part of a person's copy that it stands in, else `why` says why not."""

    erase: Erase
    merge: Merge = Merge.MOVES
    copy: str = ""
    why: str = ""


_WHOLE = "the file as a whole, not this person"
_SAME = "stands in the copy by the goal that it is part of"
_LOOK = "the household's list of who looked is a document of its own"

KNOWN = {
    "audit.TrailEvent.household_id": Known(
        Erase.KEEP, Merge.STAYS, why="the chain covers it; it names nobody any more"
    ),
    "audit.TrailContent.content": Known(Erase.ROW, Merge.STAYS, why=_LOOK),
    "access.Basis.household_id": Known(Erase.ROW, why=_LOOK),
    "access.Elsewhere.household_id": Known(Erase.ROW, why="who helps is on every paper; that it is elsewhere, on none"),
    "access.Reach.household_id": Known(Erase.ROW, Merge.DERIVED, why="derived"),
    "households.Household.split_from": Known(Erase.EMPTY, copy="household"),
    "households.Double.household": Known(Erase.ROW, why="that a file was written twice says nothing of the people"),
    "households.Double.other": Known(Erase.ROW, why="that a file was written twice says nothing of the people"),
    "households.Membership.household": Known(Erase.ROW, copy="memberships"),
    "households.Membership.person": Known(Erase.ROW, copy="memberships"),
    "households.Address.household": Known(Erase.ROW, copy="addresses"),
    "households.ContactPoint.household": Known(Erase.ROW, copy="contact_points"),
    "households.ContactPoint.person": Known(Erase.ROW, copy="contact_points"),
    "households.Correction.household": Known(Erase.ROW, copy="corrections"),
    "households.Correction.person": Known(Erase.ROW, copy="corrections"),
    "households.Correction.before": Known(Erase.INSIDE, copy="corrections"),
    "households.Correction.after": Known(Erase.INSIDE, copy="corrections"),
    "casework.Case.household": Known(Erase.ROW, copy="cases"),
    "casework.Goal.household": Known(Erase.ROW, copy="goals"),
    "casework.GoalPerson.household": Known(Erase.ROW, copy="goals"),
    "casework.GoalPerson.person": Known(Erase.ROW, copy="goals"),
    "casework.Step.household": Known(Erase.ROW, why=_SAME),
    "casework.Step.person": Known(Erase.EMPTY, why=_SAME),
    "casework.Progress.household": Known(Erase.ROW, why=_SAME),
    "casework.SelfScore.household": Known(Erase.ROW, copy="scores"),
    "casework.PlanVersion.household": Known(Erase.ROW, copy="versions"),
    "casework.PlanVersion.content": Known(Erase.INSIDE, why="holds goals of everybody; the household has it on paper"),
    "casework.Note.household": Known(Erase.ROW, copy="notes"),
    "casework.Handover.household": Known(Erase.ROW, copy="handovers"),
    "frontdesk.Contact.household": Known(Erase.ROW, copy="contacts"),
    "frontdesk.HelpRequest.household": Known(Erase.ROW, copy="requests"),
    "frontdesk.Appointment.household": Known(Erase.ROW, copy="appointments"),
    "advice.Question.household": Known(Erase.ROW, copy="advice"),
    "informing.Told.household": Known(Erase.ROW, copy="told"),
    "informing.Told.person": Known(Erase.ROW, copy="told"),
    "informing.Consent.household": Known(Erase.ROW, copy="consents"),
    "informing.Consent.person": Known(Erase.ROW, copy="consents"),
    "informing.Consent.said_by": Known(Erase.ROW, copy="consents"),
    "informing.Withdrawal.household": Known(Erase.ROW, copy="consents"),
    "informing.Withdrawal.said_by": Known(Erase.ROW, copy="consents"),
    "oversight.Emergency.household_id": Known(Erase.ROW, why=_LOOK),
    "privacy.Announced.household_id": Known(Erase.ROW, Merge.DERIVED, why=_WHOLE),
    "privacy.Hold.household_id": Known(Erase.ROW, why=_WHOLE),
    "privacy.DataRequest.household": Known(Erase.ROW, copy="data_requests"),
    "privacy.DataRequest.person": Known(Erase.ROW, copy="data_requests"),
    "oversight.FollowUp.reference": Known(Erase.KEEP, Merge.STAYS, why="eight signs that point at nothing any more"),
}
# JSON and lists that can hold no resident.
OF_NOBODY = {
    "audit.TrailCheck.wrong",
    "territory.Neighbourhood.geometry",
    "privacy.RetentionRun.other",
}


def referring() -> Iterator[tuple[str, "models.Field[Any, Any]"]]:
    """Yield every field of our models that may refer to a person or a household, by its name."""
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("nabij."):
            continue
        for field in model._meta.get_fields():
            name = f"{model._meta.label}.{field.name}"
            if isinstance(field, models.Field) and (refers(field) or name in KNOWN) and name not in OF_NOBODY:
                yield name, field


def refers(field: "models.Field[Any, Any]") -> bool:
    """Return whether a field may refer: a key, a plain reference by its name, a list of keys, or JSON."""
    if isinstance(field, models.ForeignKey):
        return field.related_model in (Household, Person)
    if isinstance(field, ArrayField):
        return isinstance(field.base_field, models.UUIDField)
    return isinstance(field, models.JSONField) or field.attname in PLAIN


def plan() -> dict[str, dict[str, str]]:
    """Return, for `privacy_erase`, what is done with every column that refers: by household and by person."""
    told: dict[str, dict[str, str]] = {"household": {}, "person": {}}
    for name, field in referring():
        side = _side(field)
        if side and name in KNOWN:
            told[side][f"{field.model._meta.db_table}.{field.column}"] = KNOWN[name].erase.value
    return told


def _side(field: "models.Field[Any, Any]") -> str:
    if isinstance(field, models.ForeignKey):
        return "household" if field.related_model is Household else "person"
    return PLAIN.get(field.attname, "")
