"""Several people at the same moment: for tests of what happens when two do one thing at once."""

import threading
from collections.abc import Callable

from django.db import connections

from nabij.audit import trail


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run these at the same moment, each on a connection of its own; return what came of each."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(at: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=20)
            results[at] = call()
        except Exception as error:  # what came of it is what the test looks at
            results[at] = error
        finally:
            connections.close_all()
            trail.close()

    threads = [threading.Thread(target=run, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results  # type: ignore[return-value]
