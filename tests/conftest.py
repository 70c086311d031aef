"""Fixtures for every room."""

import pytest

from tests import plugin


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive; asking for it without the marker `browser` is a mistake that this says."""
    path = plugin.chromium()
    assert path, plugin.NO_BROWSER
    return path
