"""The whole trail, looked after: everything that can show tampering in one answer, and the answer kept.

It is read and kept as the owner. What the application may do, it cannot do to its own report.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import connections

from nabij.audit import chain, heads, queries

KEPT = 50  # sentences of one report; a trail that was written anew gives one, not a million


@dataclass(frozen=True)
class Report:
    """What a check found: how many seals, which events wait too long for theirs, and what is wrong, in Dutch."""

    seals: int
    waiting: int
    wrong: list[str] = field(default_factory=list)
    own: list[heads.Head] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def check(kept: Iterable[heads.Head]) -> Report:
    """Compare the whole trail with its seals, its contents with their digests, and the heads that were kept with both."""
    every = list(kept)
    with heads.hashed_joins():
        links, changed, loose = queries.sealed_chain(), heads.changed_contents(), heads.loose()
        waiting = heads.waiting()
    own = [head for head in every if head.database == heads.database()]
    return Report(
        seals=len(links),
        waiting=waiting,
        wrong=[*chain.faults(links, loose), *heads.missing(links, own), *changed],
        own=own,
        elsewhere=heads.missing(links, [head for head in every if head not in own]),
    )


def keep(report: Report, *, now: datetime, alias: str = "owner") -> None:
    """Write down what a check found, for whoever looks after the trail."""
    wrong = json.dumps(report.wrong[:KEPT], ensure_ascii=False)
    with connections[alias].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        try:
            cursor.execute(
                "insert into audit_trailcheck (id, at, seals, waiting, faults, wrong) values (%s, %s, %s, %s, %s, %s)",
                [uuid4(), now, report.seals, report.waiting, len(report.wrong), wrong],
            )
        finally:
            cursor.execute("select set_config('nabij.maintenance', '', false)")


def latest(alias: str = "owner") -> datetime | None:
    """Return when the trail was last checked and the outcome kept, read as the owner."""
    with connections[alias].cursor() as cursor:
        cursor.execute("select set_config('nabij.maintenance', 'on', false)")
        try:
            cursor.execute("select max(at) from audit_trailcheck")
            found: datetime | None = cursor.fetchone()[0]
            return found
        finally:
            cursor.execute("select set_config('nabij.maintenance', '', false)")
