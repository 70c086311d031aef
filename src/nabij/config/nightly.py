"""What the worker does once a night: it looks the whole trail after, and leaves what it found for the privacy officer."""

import logging
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


def is_due(last: datetime | None, local: datetime) -> bool:
    """Return whether this night's check is still to be done; a night in which no worker ran is made up for by day."""
    begun = datetime.combine(local.date(), NIGHT, local.tzinfo)
    if local < begun:
        begun -= timedelta(days=1)
    return last is None or last < begun
