"""The one place where a second proof of who you are is asked before data of people leave the house.

Every view by which data leave wears `before_leaving`. As long as there is no second factor it asks nothing more; the day that
signing in has one, its step-up goes here, and nowhere else.
"""

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V", bound=Callable[..., Any])


def before_leaving(view: V) -> V:
    """Return the view, behind whatever is asked before data leave."""
    return view
