"""What the worker does once a night: it looks the whole trail after, announces and lets go what is over its term, and makes a
backup where there is a folder for it."""

import logging
import os
from datetime import datetime, time, timedelta

log = logging.getLogger("nabij.trail")
NIGHT = time(2)  # later than who works late, sooner than who begins early


def check_trail(now: datetime | None = None) -> bool:
    """Check the trail if nobody did since the night began, keep the outcome, and return whether it was checked now."""
    from django.utils import timezone

    from nabij.audit import checking
    from nabij.config import witness

    now = now or timezone.now()
    if not is_due(checking.latest(), timezone.localtime(now)):
        return False
    report = checking.check(witness.kept())
    checking.keep(report, now=now)
    if report.wrong:
        log.error("the trail is not whole: %s", "; ".join(report.wrong[: checking.KEPT]))
    return True


def back_up(now: datetime | None = None) -> bool:
    """Make this night's backup if a folder is named and nobody did yet, take away the oldest, and return whether it was made."""
    from django.utils import timezone

    from nabij.audit import heads
    from nabij.config.backups import keeping, marks

    if not os.environ.get(keeping.FOLDER):
        return False
    now = now or timezone.now()
    last = marks.latest(heads.database())
    if not is_due(last.at if last else None, timezone.localtime(now)):
        return False
    keeping.make(keeping.folder() / keeping.name(now), now=now)
    keeping.tidy(now)
    return True


def keep_terms(now: datetime | None = None) -> int:
    """Announce and let go, in each municipality where nobody did this night; return in how many it was done now."""
    from importlib import import_module

    from django.conf import settings
    from django.utils import timezone

    from nabij.config import operating
    from nabij.kernel.actor import acting
    from nabij.privacy import actions, queries
    from nabij.territory.queries import municipalities

    now = now or timezone.now()
    local = timezone.localtime(now)
    if local.time() < NIGHT:
        return 0
    done = 0
    for town in municipalities():
        by = operating.operator(town)
        with acting(by):
            if queries.last_run(by=by) == local.date():
                continue
            gone = actions.carry_out(by=by, now=now, today=local.date())
            done += 1
        log.info("retention in %s: %s", town.slug, dict(gone))
    if done:
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return done


def is_due(last: datetime | None, local: datetime) -> bool:
    """Return whether this night's work is still to be done; a night in which no worker ran is made up for by day."""
    begun = datetime.combine(local.date(), NIGHT, local.tzinfo)
    if local < begun:
        begun -= timedelta(days=1)
    return last is None or last < begun


def tidy(now: datetime | None = None) -> int:
    """Mark every access in an emergency that is over as ended, in each municipality, and return how many there were."""
    from django.utils import timezone

    from nabij.access import actions
    from nabij.config.operating import operator
    from nabij.kernel.actor import acting
    from nabij.territory import queries as territory

    now, many = now or timezone.now(), 0
    for town in territory.municipalities():
        by = operator(town)
        with acting(by):
            many += actions.tidy_emergencies(by=by, now=now)
    return many
