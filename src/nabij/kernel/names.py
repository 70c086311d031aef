"""Names of streets and people in a form to compare: plain letters, one space, no case."""

import re

from anyascii import anyascii

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Return a name in plain lower-case letters and digits, words parted by one space."""
    return _NOT_LETTERS.sub(" ", anyascii(name).lower()).strip()
