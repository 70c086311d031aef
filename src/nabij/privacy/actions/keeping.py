"""How long things stay: setting a term, announcing, holding back, and carrying out."""

import json
from collections import Counter
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nabij.audit import trail
from nabij.kernel.actor import Actor
from nabij.kernel.constraints import spoken
from nabij.kernel.privacy import Category
from nabij.kernel.refusals import BadInput, NotNow, Refusal
from nabij.privacy import erasing, events, permissions, policies, queries
from nabij.privacy.models import Hold, Term
from nabij.privacy.terms import NOTICE, RULES, Clock, InForce, Length


@transaction.atomic
def set_term(
    *, by: Actor, category: Category, length: Length, clock: Clock, legal_ground: str, now: datetime, today: date
) -> None:
    """Decide how long this municipality keeps one category.

    Raises `Denied`, and `BadInput` for a term that cannot be, that has no ground, or by which open files would go.
    """
    permissions.set_term(by)
    rule, legal_ground = RULES[category], legal_ground.strip()
    policies.length_is_allowed(rule, length)
    policies.clock_is_allowed(rule, clock)
    if not legal_ground:
        raise BadInput(_("Schrijf op waarom: welke wet, welke selectieregel, welke beslissing."), field="legal_ground")
    before = queries.terms(by=by)
    if category in (Category.FILE, Category.VISIT):
        after = {**before, category: InForce(rule, length, clock)}
        policies.erases_nothing_open(queries.open_files_reached(after, by=by, today=today))
    with spoken():
        Term.objects.create(
            municipality_id=by.municipality_id,
            category=category,
            amount=length.amount,
            unit=length.unit,
            clock=clock,
            legal_ground=legal_ground,
            set_at=now,
            set_by=by.id,
        )
    was = before[category].length
    trail.record(
        events.TERM_SET, by=by, about=category, before=was.label if was else "", after=length.label, clock=clock
    )


@transaction.atomic
def announce(*, by: Actor, now: datetime, today: date) -> int:
    """Write down which files go when their term is over, long enough before; returns how many are new."""
    permissions.run_retention(by)
    rules = queries.rules_for_sql(queries.terms(by=by))
    with connection.cursor() as cursor:
        cursor.execute("select privacy_announce(%s, %s, %s, %s)", [rules, today, NOTICE.days, now])
        many = int(cursor.fetchone()[0])
    if many:
        trail.record(events.ANNOUNCED, by=by, many=many)
    return many


@transaction.atomic
def carry_out(*, by: Actor, now: datetime, today: date) -> Counter[str]:
    """Let go what is over its term: files that were announced and are not held, and what belongs to no file.

    Returns how many of each category went. A file that turns out to be needed stays, and stops nothing else.
    """
    permissions.run_retention(by)
    new = announce(by=by, now=now, today=today)
    gone: Counter[str] = Counter()
    for one in queries.candidates(by=by, today=today):
        if one.goes(today):
            try:
                gone[erasing.erase(one.household_id, by=by, today=today)] += 1
            except Refusal:
                gone["stayed"] += 1
            else:
                trail.record(events.ERASED, by=by, household=one.household_id, about=one.reference, ground="term")
    other = _sweep(by, today)
    gone.update(other)
    files = gone[Category.FILE.value] + gone[Category.VISIT.value]
    with connection.cursor() as cursor:
        cursor.execute("select privacy_run(%s, %s, %s, %s, %s)", [today, new, files, json.dumps(other), now])
    trail.record(events.RAN, by=by, announced=new, gone=dict(gone))
    return gone


@transaction.atomic
def hold(*, by: Actor, announcement: UUID, reason: str, until: date, now: datetime, today: date) -> None:
    """Keep a file that was announced, for a reason, until a day.

    Raises `Denied` to who is no privacy officer, `NotOpen`, `BadInput` without a reason or a day to come.
    """
    permissions.guard_privacy(by)
    row = queries.announced(announcement, by=by)
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Schrijf op waarom dit dossier nog even blijft."), field="reason")
    policies.hold_in_order(until, today)
    with spoken():
        Hold.objects.create(
            municipality_id=by.municipality_id,
            household_id=row.household_id,
            reason=reason,
            valid_from=today,
            valid_until=until,
            held_at=now,
            held_by=by.id,
        )
    trail.record(events.HELD, by=by, household=row.household_id, reason=reason, until=until)


@transaction.atomic
def release(*, by: Actor, announcement: UUID, today: date) -> None:
    """Keep a file no longer than its term; it goes when it was announced. Raises `Denied`, `NotOpen`, `NotNow`."""
    permissions.guard_privacy(by)
    row = queries.announced(announcement, by=by)
    rows = Hold.objects.filter(Q(valid_until__gt=today), household_id=row.household_id, valid_from__lte=today)
    with spoken():
        many = rows.update(valid_until=today)
    if not many:
        raise NotNow(_("Dit dossier wordt niet langer bewaard dan zijn termijn."))
    trail.record(events.RELEASED, by=by, household=row.household_id)


@transaction.atomic
def take_register(*, by: Actor, form: str) -> None:
    """Note that somebody took the register of processing along, in this form; raises `Denied`."""
    permissions.read_register(by)
    trail.record(events.REGISTER_TAKEN, by=by, form=form)


def _sweep(by: Actor, today: date) -> dict[str, int]:
    terms = queries.terms(by=by)
    days = [_over(terms[one], today) for one in (Category.NAMELESS, Category.TRAIL, Category.DRAFT, Category.FOLLOW_UP)]
    with connection.cursor() as cursor:
        cursor.execute("select privacy_sweep(%s, %s, %s, %s, %s)", [*days, today])
        found = cursor.fetchone()[0]
    done: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    return {name: int(many) for name, many in done.items()}


def _over(term: InForce, today: date) -> datetime | None:
    """Return before which moment something began that is over its term today."""
    if term.length is None:
        return None
    return timezone.make_aware(datetime.combine(term.length.before(today), time()))
