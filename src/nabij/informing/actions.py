"""The public verbs: tell, record an answer, take back, write a text. Rows are added; only the end of a consent is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.households.queries import hold, members_of, touch_household
from nabij.informing import events, permissions, policies, queries
from nabij.informing.models import Consent, Text, Told, Withdrawal
from nabij.informing.queries import Telling
from nabij.kernel.actor import Actor
from nabij.kernel.checks import fits
from nabij.kernel.constraints import sentences, spoken
from nabij.kernel.names import fold
from nabij.kernel.refusals import BadInput, NotNow


@dataclass(frozen=True)
class Answer:
    """What somebody answered, for which recipient, until when, and who said it where that is somebody else."""

    outcome: str
    recipient: str
    ends_on: date | None = None
    with_health: bool = False
    said_by: UUID | None = None
    said_by_other: str = ""


@transaction.atomic
def tell(
    *, by: Actor, household: UUID, people: Sequence[UUID], telling: Telling, on: date, today: date, now: datetime
) -> int:
    """Note that people of a household were told something; returns how many it was new for.

    Who was told the same that day stands there already. Raises `Denied`, `NotOpen`, `BadInput` for nobody, a stranger, a
    day to come or a way of telling that does not exist; `NotNow` when it was noted for all of them before.
    """
    permissions.tell(by)
    touch_household(household, by=by, on=today, depth=1)
    policies.is_told_so(telling.purpose, telling.language, telling.how)
    policies.day_has_come(on, today, field="on")
    members = members_of([household], by=by, on=today)[household]
    if not people:
        raise BadInput(_("Duid aan wie de uitleg kreeg."), field="people")
    for person in people:
        policies.lives_here(person, members)
    shown = queries.text_as_shown(telling.purpose, telling.language, telling.version, by=by)
    same = Told.objects.filter(household_id=household, purpose=telling.purpose, version=shown.version, told_on=on)
    before = set(same.values_list("person_id", flat=True))
    new = [person for person in dict.fromkeys(people) if person not in before]
    if not new:
        raise NotNow(sentences()["told_once_a_day"])
    rows = [
        Told(
            municipality_id=by.municipality_id, household_id=household, person_id=person, purpose=telling.purpose,
            language=telling.language, version=shown.version, words=shown.words, how=telling.how, told_on=on,
            noted_at=now, noted_by=by.id,
        )
        for person in new
    ]  # fmt: skip
    with spoken():
        Told.objects.bulk_create(rows)
    said = {"purpose": telling.purpose, "language": telling.language, "version": shown.version, "how": telling.how}
    trail.record_many(
        events.TOLD,
        by=by,
        rows=[(household, f"informing.told:{row.id}", {**said, "person": row.person_id}) for row in rows],
    )
    return len(rows)


@transaction.atomic
def record_answer(
    *, by: Actor, household: UUID, person: UUID, telling: Telling, answer: Answer, on: date, today: date, now: datetime,
    key: UUID | None = None,
) -> Consent:  # fmt: skip
    """Record what somebody answered when asked for consent: yes until a day, or no. Both are kept, with the text as shown.

    Raises `Denied`, `NotOpen`, `BadInput` for a purpose that needs no consent, a recipient or an end that is missing, or
    somebody who may not answer for this person; `NotNow` when a consent for the same already counts.
    """
    permissions.record_consent(by)
    touch_household(household, by=by, on=today)
    policies.asks_consent(telling.purpose)
    policies.is_told_so(telling.purpose, telling.language, telling.how)
    policies.day_has_come(on, today, field="on")
    members = members_of([household], by=by, on=today)[household]
    policies.lives_here(person, members)
    other = answer.said_by_other.strip()
    fits(other, 120, field="said_by_other")
    policies.may_answer(person, answer.said_by, other, members)
    shown = queries.text_as_shown(telling.purpose, telling.language, telling.version, by=by)
    is_yes = answer.outcome == Consent.Outcome.GIVEN
    made = Consent(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=household, person_id=person,
        purpose=telling.purpose, language=telling.language, version=shown.version, words=shown.words, how=telling.how,
        outcome=answer.outcome, recipient=answer.recipient.strip(), recipient_key=fold(answer.recipient)[:120],
        with_health=answer.with_health and is_yes, said_by_id=answer.said_by, said_by_other=other, answered_on=on,
        ends_on=answer.ends_on if is_yes else None, noted_at=now, noted_by=by.id,
    )  # fmt: skip
    policies.consent_is_sound(made)
    hold([household], by=by)
    if not is_yes:
        _nothing_counts(made, by, on)
    with spoken():
        made.save(force_insert=True)
    trail.record(
        events.CONSENT_GIVEN if is_yes else events.CONSENT_REFUSED, by=by, household=household,
        about=f"informing.consent:{made.id}", person=person, purpose=telling.purpose, recipient=made.recipient,
        until=made.ends_on, version=shown.version,
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw(
    *, by: Actor, household: UUID, consent: UUID, on: date, today: date, now: datetime, what_next: str,
    said_by: UUID | None = None, said_by_other: str = "", key: UUID | None = None,
) -> Withdrawal:  # fmt: skip
    """Record that a consent was taken back: from that day it no longer counts. Nobody is asked why.

    Raises `Denied`, `NotOpen`, `BadInput` without what happens next or for a day before the consent; `NotNow` when it does
    not count any more.
    """
    permissions.record_consent(by)
    touch_household(household, by=by, on=today)
    hold([household], by=by)
    found = queries.consent(consent, household=household, by=by)
    policies.still_counts(found, today)
    policies.day_has_come(on, today, field="on")
    if on < found.answered_on:
        raise BadInput(sentences()["consent_stops_after_it_began"], field="on")
    what_next, other = what_next.strip(), said_by_other.strip()
    fits(what_next, 300, field="what_next")
    fits(other, 120, field="said_by_other")
    if not what_next:
        raise BadInput(sentences()["withdrawal_says_what_next"], field="what_next")
    members = members_of([household], by=by, on=today)[household]
    if bool(said_by) == bool(other):
        raise BadInput(sentences()["withdrawal_is_said_by_one"], field="said_by")
    if said_by and said_by != found.person_id:
        policies.lives_here(found.person_id, members)
        policies.may_answer(found.person_id, said_by, "", members)
    made = Withdrawal(
        id=key or uuid4(), municipality_id=by.municipality_id, household_id=household, consent=found, withdrawn_on=on,
        said_by_id=said_by, said_by_other=other, what_next=what_next, noted_at=now, noted_by=by.id,
    )  # fmt: skip
    with spoken():
        made.save(force_insert=True)
        Consent.objects.filter(id=consent).update(stopped_on=on)
    trail.record(
        events.CONSENT_WITHDRAWN, by=by, household=household, about=f"informing.consent:{consent}",
        person=found.person_id, purpose=found.purpose, recipient=found.recipient, on=on,
    )  # fmt: skip
    return made


@transaction.atomic
def write_text(
    *, by: Actor, purpose: str, language: str, words: str, valid_from: date, today: date, now: datetime, seen: int,
    key: UUID | None = None,
) -> Text:  # fmt: skip
    """Write a new version of a text; the ones before stay, also with whom they were shown to.

    `seen` is the number of the version that the writer had before her. Raises `Denied`, `BadInput`, `NotNow` when a colleague
    wrote a version meanwhile.
    """
    permissions.manage_municipality(by)
    policies.is_told_so(purpose, language, "paper")
    words = words.replace("\r\n", "\n").strip()
    policies.text_is_sound(words, valid_from, today)
    rows = Text.objects.filter(municipality_id=by.municipality_id, purpose=purpose, language=language)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    if last != seen:
        raise NotNow(sentences()["one_text_a_number"])
    made = Text(
        id=key or uuid4(), municipality_id=by.municipality_id, purpose=purpose, language=language, number=last + 1,
        words=words, valid_from=valid_from, written_at=now, written_by=by.id,
    )  # fmt: skip
    with spoken():
        made.save(force_insert=True)
    trail.record(
        events.TEXT_WRITTEN, by=by, about=f"informing.text:{made.id}", purpose=purpose, language=language,
        number=made.number,
    )  # fmt: skip
    return made


def _nothing_counts(refused: Consent, by: Actor, on: date) -> None:
    # A no beside a yes that still counts would leave both standing: then the yes is taken back instead.
    counts = queries.allowed(refused.household_id, refused.person_id, refused.purpose, refused.recipient, by=by, on=on)
    if counts:
        raise NotNow(sentences()["one_open_consent"])
