"""The pages of every day: how many queries, and how long with sixteen workers at once on a real server."""

import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.city import Someone, people, percentile
from nabij.access.models import User

AT_ONCE = 16
# How sixteen people work: a page, a second to read it, the next page. That is sixteen pages a second: as if every one of the
# city's 110 workers opened one every seven seconds. Without a breath the machine is full, and says how many pages it can.
READING, NO_BREATH = 1.0, 0.0
PAGES = {
    "my_day": lambda one: "/",
    "household": lambda one: f"/gezin/{one.household}/",
    "plan": lambda one: f"/gezin/{one.household}/plan/",
    "search": lambda one: "/zoek/?q=van",
    "team": lambda one: "/team/",
}


class Queries:
    """How many queries each page asks, of the worker for whom it asks most."""

    @staticmethod
    def measure() -> dict[str, float]:
        """Return the highest number of queries of each page."""
        figures = {}
        for name, address in PAGES.items():
            some = _cast(name)[:6]
            figures[f"{name} queries"] = max(_queries(one, address(one)) for one in some)
        return figures


class Pages:
    """How long each page takes with sixteen at once, who read what they get, and who do not."""

    @staticmethod
    def measure() -> dict[str, float]:
        """Return p50 and p95 of each page in milliseconds, over the loopback, from a server with two processes."""
        figures = {}
        with serving() as port:
            for name in PAGES:
                # First without a breath: what a process reads once, such as its templates, is then no longer measured.
                start = time.perf_counter()
                full = _at_once(port, name, NO_BREATH, rounds=20)
                took = time.perf_counter() - start
                times = _at_once(port, name, READING, rounds=10)
                figures |= {f"{name} p50 ms": percentile(times, 0.5), f"{name} p95 ms": percentile(times, 0.95)}
                figures[f"{name} p95 ms, no breath"] = percentile(full, 0.95)
                figures[f"{name} pages a second"] = AT_ONCE * 22 / took
        return figures


@contextmanager
def serving() -> Iterator[int]:
    """Serve the city with two processes as long as this lasts; gives the port on the loopback."""
    port = _free_port()
    command = [sys.executable, "-m", "nabij.config.cli", "serve", "--port", str(port)]
    served = subprocess.Popen(command, env={**os.environ, "NABIJ_DEMO": "1"}, stdout=subprocess.DEVNULL)
    try:
        _until_it_answers(port)
        yield port
    finally:
        served.terminate()
        served.wait(30)


def session_of(user: User) -> str:
    """Return the key of a session in which a worker is signed in."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.id)
    store[BACKEND_SESSION_KEY] = "nabij.access.backends.EmailBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _cast(page: str) -> list[Someone]:
    return people("coordinator" if page == "team" else "social_worker", AT_ONCE)


def _queries(one: Someone, address: str) -> int:
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies["nabij"] = session_of(one.user)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(
        [q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    )


def _at_once(port: int, page: str, reading: float, rounds: int) -> list[float]:
    cast = _cast(page)
    cast = (cast * AT_ONCE)[:AT_ONCE]
    times: list[float] = []
    threads = [
        threading.Thread(target=_visit, args=(port, one, PAGES[page](one), reading, rounds, times)) for one in cast
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _visit(port: int, one: Someone, address: str, reading: float, rounds: int, times: list[float]) -> None:
    cookie = {"Cookie": f"nabij={session_of(one.user)}"}
    connection.close()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for turn in range(rounds + 2):
        time.sleep(reading * random.uniform(0.5, 1.5))  # nobody reads by the clock
        start = time.perf_counter()
        link.request("GET", address, headers=cookie)
        answer = link.getresponse()
        answer.read()
        assert answer.status == 200, (address, answer.status)
        if turn >= 2:  # the first ones fill caches and connections
            times.append((time.perf_counter() - start) * 1000)
    link.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _until_it_answers(port: int) -> None:
    for _ in range(100):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            link.request("GET", "/aanmelden/")
            assert link.getresponse().status == 200
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")
