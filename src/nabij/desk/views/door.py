"""What every page of a change begins and ends with: the household's door, and saving once."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nabij.access.pages import saved
from nabij.households import queries as homes
from nabij.kernel.constraints import TWICE
from nabij.kernel.forms import attempt
from nabij.kernel.refusals import NotOpen


def entered(request: HttpRequest, key: UUID, purpose: str) -> homes.OpenHousehold:
    """Open the file of a household, and leave the look; raises `NotOpen`."""
    home = homes.open_household(key, by=request.actor, on=request.today, purpose=purpose)
    if not home.in_file:
        raise NotOpen(homes.NOT_OPEN)
    return home


def keep(
    request: HttpRequest,
    form: Form,
    verb: Callable[..., Any],
    /,
    *,
    said: str,
    already: Callable[[], bool] = bool,
    **kwargs: Any,
) -> bool:
    """Run a verb through its form, and return whether what was asked stands there now.

    `already` tells, after a refusal, whether the very same was saved before: a form that was sent twice is no mistake.
    """
    attempt(form, partial(verb, **kwargs))
    twice = bool(form.errors) and already()
    if form.errors and not twice:
        _renew(form)
        return False
    saved(request, form)
    messages.success(request, _("Dit was al bewaard.") if twice else said)
    return True


def _renew(form: Form) -> None:
    # The key is taken by something else that was typed: what stands here now becomes a thing of its own when saved again.
    if "key" in form.fields and str(TWICE) in form.non_field_errors():
        form.data = form.data.copy()
        form.data["key"] = str(uuid4())
