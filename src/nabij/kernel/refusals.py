"""A refusal is a sentence: the check that forbids, the reason under the greyed button and the 403 page are one string."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec

P = ParamSpec("P")


class Refusal(Exception):
    """Something cannot be done, said in a sentence that the person at the screen can act on."""

    status = 400

    def __init__(self, sentence: Any, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class BadInput(Refusal):
    """What was typed cannot be right; `field` names the box to look at."""

    status = 422


class NotNow(Refusal):
    """The state does not allow it: somebody was faster, or something must happen first."""

    status = 409


class Denied(Refusal):
    """This person may not do it."""

    status = 403


class NotOpen(Refusal):
    """A file that is hidden and a file that does not exist: the same sentence, the same status."""

    status = 404


class Check(Generic[P]):
    """A check with three voices: call it to enforce, `.ok()` for code, `.why()` for the sentence under a greyed button."""

    def __init__(self, check: Callable[P, None]) -> None:
        self._check = check
        update_wrapper(self, check)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self._check(*args, **kwargs)

    def why(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """Return the sentence that forbids, or the empty string."""
        try:
            self._check(*args, **kwargs)
        except Refusal as refusal:
            return str(refusal)
        return ""

    def ok(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Return whether nothing forbids it."""
        return not self.why(*args, **kwargs)


def check(function: Callable[P, None]) -> Check[P]:
    """Turn a function that raises a `Refusal` into a check with three voices."""
    return Check(function)
