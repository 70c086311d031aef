"""Fixtures for every room."""

import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.db.models import QuerySet
from playwright.sync_api import Browser, sync_playwright

from nabij.config import surroundings
from tests import plugin, undefined


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; all connections close before it goes, or those of the mirror and the trail would hold it.

    A test with real commits ends in a flush, which the trail's trigger refuses: here, and only here, it is off.
    """
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
        for table in ("audit_trailevent", "audit_trailcontent", "audit_trailseal"):
            cursor.execute(f"alter table {table} disable trigger never_all")
    yield
    if trail := sys.modules.get("nabij.audit.trail"):
        trail.close()
    surroundings.close_connections()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive; asking for it without the marker `browser` is a mistake that this says."""
    path = plugin.chromium()
    assert path, plugin.NO_BROWSER
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """The system's Chromium; closed with its module, for beside a running Playwright Django refuses the database."""
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield running
        running.close()


@pytest.fixture(scope="session", autouse=True)
def shuffled() -> Iterator[None]:
    """A list without an order comes back in any order, so that nobody leans on the one that PostgreSQL happens to give."""
    fetch = QuerySet._fetch_all

    def fetch_and_shuffle(rows: QuerySet) -> None:
        fresh = rows._result_cache is None
        fetch(rows)
        if fresh and not rows.ordered:
            random.shuffle(rows._result_cache)

    QuerySet._fetch_all = fetch_and_shuffle
    yield
    QuerySet._fetch_all = fetch


@pytest.fixture(autouse=True)
def nothing_undefined() -> Iterator[undefined.Listener]:
    """A test fails when a template that it drew names what is not there."""
    with undefined.listening() as listener:
        yield listener
        assert not listener.heard, "Templates name what is not there:\n" + "\n".join(sorted(set(listener.heard)))
