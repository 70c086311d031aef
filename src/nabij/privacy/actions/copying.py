"""Giving somebody a copy of what stands there about that person."""

from datetime import date
from uuid import UUID

from django.db import transaction

from nabij.audit import trail
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.privacy import events, permissions


@transaction.atomic
def give_copy(*, by: Actor, household: UUID, person: UUID, form: str, left_out: int, today: date) -> None:
    """Note that a copy was made for somebody of this household; raises `NotOpen`, or `Denied` below the whole file."""
    permissions.export(by, touch_household(household, by=by, on=today))
    trail.record(
        events.EXPORTED, by=by, household=household, about=f"households.person:{person}", form=form, left_out=left_out
    )
