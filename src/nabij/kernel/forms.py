"""A page asks a verb through its form: a refusal becomes a sentence beside the right box, and what was typed stays."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from django import forms
from django.db import transaction

from nabij.kernel.refusals import Refusal

T = TypeVar("T")


class OnceForm(forms.Form):
    """A form that, sent twice, makes one thing: its key becomes the key of what is made."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


def attempt(form: forms.Form, verb: Callable[..., T], /, **kwargs: Any) -> T | None:
    """Return what the verb returns; on a refusal undo it, put its sentence on the form, and return None."""
    try:
        with transaction.atomic():
            return verb(**kwargs)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
