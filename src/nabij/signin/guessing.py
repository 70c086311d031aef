"""How long one waits after wrong tries: pure arithmetic, the same for every account, there or not."""

from dataclasses import dataclass

ALARM = 10
"""After so many wrong tries in a row at one account it is told."""


@dataclass(frozen=True)
class Patience:
    """So many wrong tries are free; then each doubles the wait in seconds, up to the longest; quiet hours forget all."""

    free: int
    first: int
    longest: int
    forgets: int

    def wait(self, failures: int) -> int:
        """Return how long is waited after so many wrong tries in a row."""
        over = failures - self.free
        return 0 if over < 0 else min(self.longest, self.first * 2 ** min(over, 20))


ACCOUNT = Patience(free=5, first=10, longest=15 * 60, forgets=24 * 3600)
# A whole centre stands behind one address: many are free, and the wait stays short. Browsers that signed in before, and
# workers who are in already, do not count here at all.
ADDRESS = Patience(free=60, first=2, longest=60, forgets=3600)
