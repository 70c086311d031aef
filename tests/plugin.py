"""What all tests stand on: a PostgreSQL before Django reads its settings, keys, and a browser or a line that says how.

Given DATABASE_URL (and its siblings), that server is used. Else each run takes a server of its own out of a few slots
under `var/tests`, so that two runs side by side do not meet, and a run that was killed leaves nothing that grows.
"""

import contextlib
import fcntl
import os
import shutil
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from nabij.config import embedded, keys, roles, surroundings
from tests import outside

# Data of tests may be lost: nothing waits for the disk.
HASTY = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")
SLOTS = 12
NO_BROWSER = "Er is hier geen Chromium: installeer het pakket chromium, of zet NABIJ_CHROMIUM naar het programma."
_running = contextlib.ExitStack()


def chromium() -> str | None:
    """Return the path of the system's Chromium, or nothing."""
    names = (os.environ.get("NABIJ_CHROMIUM"), "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


# pytest-django reads the settings in this hook; a wrapper comes before it.
@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Start the server in the process that leads; workers of xdist inherit the addresses. Nobody leaves the machine."""
    outside.refuse()
    for name, key in keys.fresh().items():
        os.environ.setdefault(name, key)
    os.environ.setdefault("NABIJ_DEMO", "1")
    if not os.environ.get("DATABASE_URL"):
        _start_server()
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close every connection, and stop the server when it is ours."""
    surroundings.close_connections()
    _running.close()


def _start_server() -> None:
    # pytest knows Ctrl-C; a TERM would leave the server behind.
    signal.signal(signal.SIGTERM, _interrupt)
    folder = _running.enter_context(_free_slot())
    server = _running.enter_context(embedded.running(folder, HASTY))
    addresses = surroundings.addresses_on(server)
    roles.bootstrap(addresses, server.url())
    addresses.export()
    _running.callback(lambda: [os.environ.pop(variable, None) for variable in roles.VARIABLES.values()])


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _free_slot() -> Iterator[Path]:
    # Not in the temporary folder: a server that a killed run left behind is found again, and stopped, by the next run.
    for number in range(1, SLOTS + 1):
        folder = embedded.project_folder() / "tests" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "run.lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield folder / "postgres"
            return
    raise pytest.UsageError(f"{SLOTS} runs of the tests are busy already in {embedded.project_folder() / 'tests'}.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep serial tests on one worker, and skip browser tests where there is no browser (on CI: refuse)."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            # Without the owner no test database is made, and the mirror of it would be the real one.
            marker.kwargs["databases"] = sorted({"owner", *marker.kwargs.get("databases", ["default"])})
        if item.get_closest_marker("serial"):
            item.add_marker(pytest.mark.xdist_group("serial"))
    in_browser = [item for item in items if item.get_closest_marker("browser") or item.get_closest_marker("story")]
    if not in_browser or chromium():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(NO_BROWSER)
    for item in in_browser:
        item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once how to get a browser, when tests waited for one."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_BROWSER in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_BROWSER)
