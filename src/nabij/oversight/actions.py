"""The public verbs."""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.access import actions as access
from nabij.access import queries as who
from nabij.audit import trail
from nabij.households.queries import touch_household
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.refusals import BadInput, NotNow
from nabij.oversight import events, permissions, policies, queries
from nabij.oversight.models import Emergency, EmergencyWord, FollowUp, HomeStreet
from nabij.oversight.policies import Named
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


@transaction.atomic
def ask_emergency(
    *,
    by: Actor,
    whom: Named,
    reason: str,
    on: date,
    now: datetime,
    key: UUID | None = None,
    clock: datetime | None = None,
) -> Emergency:
    """Ask for 24 hours of access to the household of somebody who is named exactly; what was asked stays, opened or not.

    A household that is not there, one that is not for `by` and a wrong name come back alike: not opened. `clock` is given
    where a day that is past is written down. Raises `Denied`, `BadInput` without a reason or without enough to go by,
    `NotNow` when the file is open to `by` already or the clocks differ.
    """
    permissions.take_emergency(by)
    reason = reason.strip()
    policies.has_reason(reason)
    policies.names_somebody(whom)
    asked = Emergency(
        municipality_id=by.municipality_id, worker_id=by.id, reason=reason, initial=whom.initial, asked_at=now,
        asked_by=by.id,
    )  # fmt: skip
    if not policies.may_try.ok(*queries.tried(by=by, now=now), on):
        asked.state = Emergency.State.HELD_BACK
        return _asked(asked, by)
    # The same work for a home that is there and one that is not: a key of nobody's is given a basis too, and loses it.
    found = queries.named(whom, by=by)
    home = found or uuid4()
    policies.not_open_yet(who.ground_of(by, home, on=on))
    with suppress(_Nothing), transaction.atomic():
        basis = access.give_emergency(by=by, household=home, on=on, now=now, key=key or asked.id, clock=clock)
        # What the wall shows is what counts; of a day that is past it shows nothing any more.
        if not (queries.reached(home, by=by) if clock is None else found):
            raise _Nothing
        asked.id, asked.state, asked.basis, asked.household_id = basis.id, Emergency.State.OPENED, basis, home
    if asked.state != Emergency.State.OPENED:
        asked.state = Emergency.State.NOT_OPENED
    return _asked(asked, by)


@transaction.atomic
def give_back(*, by: Actor, emergency: UUID, now: datetime) -> None:
    """Give one's own access back before it ends by itself; raises `NotOpen`, and `NotNow` when it ended already."""
    found = queries.emergency(emergency, by=by)
    policies.is_own(found, by)
    if not (found.basis_id and access.end_emergency(by=by, basis=found.basis_id, now=now)):
        raise NotNow(_("Deze noodtoegang is al voorbij."))
    trail.record(
        events.EMERGENCY_GIVEN_BACK, by=by, household=found.household_id, about=f"oversight.emergency:{found.id}"
    )


@transaction.atomic
def remark(*, by: Actor, emergency: UUID, text: str, on: date, now: datetime) -> None:
    """Say, once, what who is in charge of the household thinks of an access.

    Raises `NotOpen`, `Denied` to who took it or is not in charge, `BadInput` without words, `NotNow` when there is one.
    """
    found = queries.emergency(emergency, by=by)
    permissions.remark(by, found, queries.is_told(found, by=by, on=on))
    _say(found, EmergencyWord.Kind.REMARK, text, by=by, now=now)
    trail.record(
        events.EMERGENCY_REMARKED, by=by, household=found.household_id, about=f"oversight.emergency:{found.id}"
    )


@transaction.atomic
def review_emergency(*, by: Actor, emergency: UUID, outcome: str, text: str, now: datetime) -> None:
    """Say whether an access was justified; refused, it ends at once where it still runs.

    Raises `Denied` to who is no privacy officer or took it himself, `NotOpen`, `BadInput` for another outcome or without
    words, `NotNow` when it was reviewed before.
    """
    permissions.review_trail(by)
    found = queries.emergency(emergency, by=by)
    permissions.review(by, found)
    if outcome not in (EmergencyWord.Kind.JUSTIFIED, EmergencyWord.Kind.REFUSED):
        raise BadInput(_("Duid aan of dit terecht was."), field="outcome")
    _say(found, outcome, text, by=by, now=now)
    if outcome == EmergencyWord.Kind.REFUSED and found.basis_id:
        access.end_emergency(by=by, basis=found.basis_id, now=now)
    trail.record(
        events.EMERGENCY_REVIEWED, by=by, household=found.household_id, about=f"oversight.emergency:{found.id}",
        outcome=outcome, words=text.strip(),
    )  # fmt: skip


class _Nothing(Exception):
    """Nothing opened: what was tried is undone."""


def _asked(asked: Emergency, by: Actor) -> Emergency:
    with spoken():
        asked.save(force_insert=True)
    kind = events.EMERGENCY_TAKEN if asked.state == Emergency.State.OPENED else events.EMERGENCY_NOT_OPENED
    trail.record(
        kind, by=by, household=asked.household_id, about=f"oversight.emergency:{asked.id}", ground="emergency",
        reason=asked.reason, state=asked.state,
    )  # fmt: skip
    return asked


def _say(emergency: Emergency, kind: str, text: str, *, by: Actor, now: datetime) -> None:
    text = text.strip()
    policies.has_words(text)
    with spoken():
        EmergencyWord.objects.create(
            municipality_id=by.municipality_id, emergency=emergency, kind=kind, text=text, said_at=now, said_by=by.id
        )
