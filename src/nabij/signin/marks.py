"""What a session remembers of signing in: since when, when it was last used, and when somebody last showed who he is."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

_KEY = "signin"
RENEWED = 60
"""A session is noted as used at most once in so many seconds."""


@dataclass
class Mark:
    """Moments in seconds; `whole` when a second factor was shown, here or at the sign-in of the municipality."""

    began: float
    seen: float
    proved: float
    whole: bool

    def ended(self, now: float) -> bool:
        """Return whether it was too long: not used for a while, or open since yesterday. A clock set back ends nothing."""
        return (
            now - self.seen > settings.NABIJ_IDLE_MINUTES * 60 or now - self.began > settings.NABIJ_SESSION_HOURS * 3600
        )

    def fresh(self, now: float) -> bool:
        """Return whether the last proof is recent enough for what is sealed or leaves the house."""
        return 0 <= now - self.proved <= settings.NABIJ_PROOF_MINUTES * 60


def clock() -> float:
    """Return the moment in seconds."""
    return time.time()


def of(session: Any) -> Mark | None:
    """Return the mark of a session; None for one that nobody signed in to along our door."""
    kept = session.get(_KEY)
    return Mark(**kept) if kept else None


def put(session: Any, mark: Mark) -> None:
    """Keep the mark of a session."""
    session[_KEY] = asdict(mark)


def begin(session: Any, *, whole: bool) -> None:
    """Mark a session that begins now."""
    now = clock()
    put(session, Mark(began=now, seen=now, proved=now, whole=whole))


def prove(session: Any, *, whole: bool = False) -> None:
    """Note that somebody showed again, just now, who he is; or for the first time a second factor."""
    mark = of(session)
    now = clock()
    began = mark or Mark(began=now, seen=now, proved=now, whole=False)
    put(session, Mark(began=began.began, seen=now, proved=now, whole=began.whole or whole))
