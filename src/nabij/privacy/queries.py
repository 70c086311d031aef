"""The public questions: what terms hold, what is over them, what was held, asked and left behind."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Post, User
from nabij.access.queries import valid
from nabij.kernel.actor import Actor
from nabij.kernel.privacy import Category
from nabij.kernel.refusals import NotOpen
from nabij.privacy import disclosure
from nabij.privacy.models import Announced, DataRequest, Hold, RetentionRun, Term
from nabij.privacy.permissions import guard_privacy, read_register
from nabij.privacy.policies import WHY_NOT
from nabij.privacy.terms import NOTICE, RULES, Clock, InForce, Length, Unit


@dataclass(frozen=True)
class Candidate:
    """A file of which the term is over, or nearly: by a reference and an initial, and what keeps it here all the same."""

    household_id: UUID
    reference: str
    initial: str
    category: Category
    began: date | None
    due_on: date | None
    is_open: bool
    is_led: bool
    is_asked: bool
    held_until: date | None
    announced_id: UUID | None
    goes_on: date | None

    @property
    def name(self) -> str:
        """Return how the privacy officer and the case manager mean the same file."""
        return reference(self.household_id, self.initial)

    @property
    def why_not(self) -> Any:
        """Return what keeps it here, in a sentence; nothing when nothing does."""
        for slug, holds in (
            ("open", self.is_open),
            ("led", self.is_led),
            ("asked", self.is_asked),
            ("held", self.held_until),
        ):
            if holds:
                return WHY_NOT[slug]
        return ""

    def goes(self, today: date) -> bool:
        """Return whether it goes today: over its term, announced long enough, and nothing keeps it."""
        return bool(
            self.due_on and self.due_on <= today and self.goes_on and self.goes_on <= today and not self.why_not
        )


def terms(*, by: Actor) -> dict[Category, InForce]:
    """Return what holds here for each category: what the municipality decided last, else what goes without saying."""
    found = {category: InForce(rule, rule.length) for category, rule in RULES.items()}
    for row in Term.objects.filter(municipality_id=by.municipality_id).order_by("set_at", "id"):
        category = Category(row.category)
        found[category] = InForce(
            RULES[category], Length(row.amount, Unit(row.unit)), Clock(row.clock), row.set_at.date(), row.legal_ground
        )
    return found


def rules_for_sql(terms: dict[Category, InForce]) -> str:
    """Return the terms of files as the database reads them."""
    return json.dumps(
        {
            category.value: {"amount": held.length.amount, "unit": held.length.unit, "clock": held.clock}
            for category in (Category.FILE, Category.VISIT)
            if (held := terms[category]).length
        }
    )


def candidates(
    *,
    by: Actor,
    today: date,
    until: date | None = None,
    terms_now: dict[Category, InForce] | None = None,
    only: UUID | None = None,
) -> list[Candidate]:
    """Return the files that are announced, and with `until` those of which the term is over by then, soonest first; or `only`
    one.
    """
    rules = rules_for_sql(terms_now or terms(by=by))
    with connection.cursor() as cursor:
        cursor.execute("select * from privacy_candidates(%s, %s, %s, %s)", [rules, today, until, only])
        columns = [column.name for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return [Candidate(**{**row, "category": Category(row["category"])}) for row in rows]


def open_files_reached(wanted: dict[Category, InForce], *, by: Actor, today: date) -> int:
    """Return how many open files a set of terms would let go within the time of an announcement."""
    found = candidates(by=by, today=today, until=today + NOTICE, terms_now=wanted)
    return sum(1 for one in found if one.is_open and one.due_on and one.due_on <= today + NOTICE)


def announced(key: UUID, *, by: Actor) -> Announced:
    """Return one announcement, to the privacy officer; raises `NotOpen`."""
    guard_privacy(by)
    row = Announced.objects.filter(id=key, municipality_id=by.municipality_id).first()
    if row is None:
        raise NotOpen(_("Dit dossier is niet aangekondigd, of niet meer."))
    return row


def holds(*, by: Actor, on: date) -> dict[UUID, Hold]:
    """Return what is held on a day, by household."""
    rows = Hold.objects.filter(municipality_id=by.municipality_id, valid_from__lte=on, valid_until__gt=on)
    return {row.household_id: row for row in rows}


def runs(*, by: Actor, limit: int = 30) -> list[RetentionRun]:
    """Return what the latest nights did, newest first."""
    return list(RetentionRun.objects.filter(municipality_id=by.municipality_id).order_by("-on")[:limit])


def last_run(*, by: Actor) -> date | None:
    """Return the last night that retention ran."""
    with connection.cursor() as cursor:
        cursor.execute("select privacy_last_run()")
        found: date | None = cursor.fetchone()[0]
        return found


def left_behind(*, by: Actor) -> tuple[list[disclosure.Table], list[tuple[int, str, int | None]]]:
    """Return what stayed of the files that went: by year and wijk, and by year and domain; small numbers are hidden."""
    read_register(by)
    with connection.cursor() as cursor:
        cursor.execute("select * from privacy_left_behind()")
        rows = cursor.fetchall()
    places = [(year, wijk, many) for year, wijk, domain, many in rows if not domain]
    domains = [(year, domain, many) for year, wijk, domain, many in rows if domain]
    return disclosure.tables(places), [(year, domain, disclosure.shown(many)) for year, domain, many in domains]


def requests_of(household: UUID, *, by: Actor) -> list[DataRequest]:
    """Return the questions about data of one household, latest first."""
    rows = DataRequest.objects.filter(household_id=household).select_related("person")
    return list(rows.order_by("-asked_on", "-noted_at", "id"))


def open_requests(*, by: Actor) -> list[DataRequest]:
    """Return the questions that wait for an answer, the most urgent first."""
    rows = DataRequest.objects.filter(municipality_id=by.municipality_id, outcome="")
    return list(rows.order_by("due_on", "id"))


def request(key: UUID, *, by: Actor) -> DataRequest:
    """Return one question; raises `NotOpen`."""
    row = DataRequest.objects.filter(id=key, municipality_id=by.municipality_id).first()
    if row is None:
        raise NotOpen(_("Deze vraag is niet voor jou open, of ze bestaat niet meer."))
    return row


def initials(households: Iterable[UUID], *, by: Actor) -> dict[UUID, str]:
    """Return the first letter of each household, to the privacy officer."""
    with connection.cursor() as cursor:
        cursor.execute("select * from privacy_initials(%s)", [list(households)])
        return dict(cursor.fetchall())


def officers(*, by: Actor, on: date) -> list[User]:
    """Return whom a resident can ask: the privacy officers of today, by name."""
    posts = Post.objects.filter(valid(on), function="privacy_officer").values("worker_id")
    rows = User.objects.filter(municipality_id=by.municipality_id, is_active=True, id__in=posts)
    return list(rows.order_by("name", "id"))


def reference(household: UUID, initial: str) -> str:
    """Return how officer and case manager mean the same file: eight signs and an initial."""
    text = str(household)[:8].upper()
    return f"{text[:4]}-{text[4:]}" + (f" ({initial}.)" if initial else "")
