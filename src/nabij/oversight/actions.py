"""The public verbs."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import queries as who
from nabij.audit import trail
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow
from nabij.oversight import events, permissions, policies
from nabij.oversight.models import FollowUp, HomeStreet
from nabij.oversight.rules import Finding


@transaction.atomic
def follow_up(
    *, by: Actor, finding: Finding | None, outcome: str, words: str, now: datetime, key: UUID | None = None
) -> None:
    """Note what came of something unusual, as a row of its own.

    Raises `Denied` to who is no privacy officer or looked himself, `NotNow` when no rule finds it, `BadInput` without words.
    """
    permissions.review_trail(by)
    policies.found(finding)
    assert finding  # noqa: S101
    policies.somebody_else(by, finding.key.worker)
    words = words.strip()
    if outcome != FollowUp.Outcome.ASKED and not words:
        raise BadInput(_("Schrijf op wat de medewerker zei, of wat er niet in orde is."), field="words")
    row = FollowUp(
        municipality_id=by.municipality_id,
        worker_id=finding.key.worker,
        rule=finding.key.rule,
        day=finding.key.day,
        reference=finding.key.reference,
        outcome=outcome,
        words=words,
        noted_at=now,
        noted_by=by.id,
    )
    row.id = key or row.id
    with spoken():
        row.save(force_insert=True)
    trail.record(events.FOLLOWED_UP, by=by, about=str(finding.key), outcome=outcome, words=words)


@transaction.atomic
def give_list(*, by: Actor, household: UUID, language: str, since: date, today: date) -> None:
    """Note that the household was given the list of who looked, by anybody to whom its file is open; raises `NotOpen`."""
    touch_household(household, by=by, on=today)
    trail.record(events.LIST_GIVEN, by=by, household=household, language=language, since=since)


@transaction.atomic
def note_street(*, by: Actor, worker: UUID, street: str, postcode: str, now: datetime) -> None:
    """Note in which street somebody lives, or (left empty) that it is not known any more.

    Raises `Denied` for somebody else's, `NotNow` for who does not work here, `BadInput` for a street without a postcode.
    """
    permissions.note_street(by, worker)
    if who.worker(worker, by=by) is None:
        raise NotNow(_("Deze medewerker is hier niet gekend."))
    street, postcode = street.strip(), postcode.strip()
    if bool(street) != bool(postcode):
        raise BadInput(_("Vul straat en postcode allebei in, of laat ze allebei leeg."), field="postcode")
    HomeStreet.objects.filter(worker_id=worker).delete()
    if street:
        with spoken():
            HomeStreet.objects.create(
                municipality_id=by.municipality_id,
                worker_id=worker,
                street=street,
                postcode=postcode,
                noted_at=now,
                noted_by=by.id,
            )
    trail.record(events.STREET_NOTED, by=by, about=f"access.user:{worker}", known=bool(street))
