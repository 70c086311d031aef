"""What the worker does for signing in: it tells, in the trail, at which accounts somebody guessed often, and forgets what is over.

Pages only count, and as long for an account that is not there; who it is, is looked up here, when nobody waits for it.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from nabij.config.operating import operator
from nabij.kernel.actor import acting
from nabij.signin import limits
from nabij.signin.actions import tell_locked
from nabij.signin.actions.accounts import accounts
from nabij.territory import queries as territory


def tell(now: datetime | None = None) -> int:
    """Leave an event at each account where somebody guessed often since the last time, and return how many."""
    told = 0
    for town in territory.municipalities():
        by = operator(town)
        with acting(by):
            marks = {limits.account_mark(user.email): user for user in accounts(by=by)}
            told += tell_locked(by=by, marks=marks, now=now or timezone.now())
    return told


def forget(now: datetime | None = None) -> None:
    """Take away what is over: old counts, invitations of a month ago, sessions that ended."""
    with connection.cursor() as cursor:
        cursor.execute("select signin_forget(%s)", [now or timezone.now()])
