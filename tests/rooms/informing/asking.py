"""What the tests of this room do again and again: tell somebody, ask somebody."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from tests.factories import Town, household

from nabij.households.actions import NewPerson
from nabij.households.queries import members_of
from nabij.informing import actions
from nabij.informing.actions import Answer
from nabij.informing.models import Consent
from nabij.informing.queries import Telling
from nabij.informing.texts import STANDARD_VERSION
from nabij.kernel.actor import Actor, acting

FAMILY = (
    NewPerson("Ayşe", "Yıldız", date(1990, 3, 4), "day", role="adult"),
    NewPerson("Bram", "Yıldız", date(1988, 1, 2), "day", role="adult"),
    NewPerson("Cem", "Yıldız", date(2012, 5, 6), "day", role="child"),
    NewPerson("Elif", "Yıldız", date(2019, 5, 6), "day", role="child"),
)


def family(here: Town, **more: Any) -> tuple[UUID, dict[str, UUID]]:
    """Return the key of a household with two adults and two children, and theirs by given name."""
    key = household(here, people=FAMILY, **more)
    with acting(here.worker):
        members = members_of([key], by=here.worker, on=here.today)[key]
    return key, {member.person.given_name: member.person.id for member in members}


def telling(
    purpose: str = "help", language: str = "nl", version: str = STANDARD_VERSION, how: str = "paper"
) -> Telling:
    return Telling(purpose, language, version, how)


def tell(here: Town, key: UUID, *people: UUID, by: Actor | None = None, on: date | None = None, **what: str) -> int:
    by = by or here.worker
    with acting(by):
        return actions.tell(
            by=by, household=key, people=people, telling=telling(**what), on=on or here.today, today=here.today,
            now=timezone.now(),
        )  # fmt: skip


def ask(
    here: Town, key: UUID, person: UUID, *, by: Actor | None = None, on: date | None = None, purpose: str = "referral",
    outcome: str = "given", recipient: str = "CAW Zuid", days: int | None = 90, **more: Any,
) -> Consent:  # fmt: skip
    by, on = by or here.worker, on or here.today
    ends = on + timedelta(days=days) if days is not None else None
    if "said_by_other" not in more:
        more.setdefault("said_by", person)
    with acting(by):
        return actions.record_answer(
            by=by, household=key, person=person, telling=telling(purpose), answer=Answer(outcome, recipient, ends, **more),
            on=on, today=here.today, now=timezone.now(),
        )  # fmt: skip


def withdraw(here: Town, key: UUID, consent: Consent, *, by: Actor | None = None, on: date | None = None, **more: Any):
    by = by or here.worker
    more = {"said_by": consent.person_id, "what_next": "Ik bel het CAW vandaag.", **more}
    with acting(by):
        return actions.withdraw(
            by=by, household=key, consent=consent.id, on=on or here.today, today=here.today, now=timezone.now(), **more
        )
