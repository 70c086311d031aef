"""A town outside the demo: the second step is compulsory, and passwords are quick to check."""

from typing import Any

import pytest
from tests.factories import Town, town
from tests.rooms.signin.hands import Visitor, with_password


@pytest.fixture
def real(settings: Any) -> None:
    """As outside the demo."""
    settings.NABIJ_SECOND_FACTOR = True
    settings.DEMO = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def here(db: None, real: None) -> Town:
    return town()


@pytest.fixture
def wim(here: Town) -> Visitor:
    """A social worker with a password and nothing else."""
    return Visitor(with_password(here, "worker"))


@pytest.fixture
def arne(here: Town) -> Visitor:
    """The administrator, signed in with an app."""
    visitor = Visitor(with_password(here, "administrator"))
    visitor.sets_up()
    return visitor
