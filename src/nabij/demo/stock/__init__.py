"""The stock of names, streets and sentences, as YAML beside this file."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# The C loader is ten times faster; where libyaml is missing the other reads the same.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def stock(name: str) -> Any:
    """Return the content of one YAML file of the stock; callers don't change it."""
    return yaml.load(files(__package__).joinpath(f"{name}.yaml").read_text("utf-8"), Loader=LOADER)  # noqa: S506


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a text that are separated by commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
