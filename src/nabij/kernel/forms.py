"""A page asks a verb through its form: a refusal becomes a sentence beside the right box, and what was typed stays."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.db import transaction
from django.utils.crypto import salted_hmac

from nabij.kernel.refusals import Refusal

T = TypeVar("T")


class OnceForm(forms.Form):
    """A form that, sent twice, makes one thing: the key of what is made follows from its own key, and from who sends it.

    Follows, and is not the same: or whoever sends a key could tell by the answer whether anything has it, also out of sight.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    sent_by: UUID  # `access.pages.drafted` says who

    def clean_key(self) -> UUID | None:
        """Return the key of what this form makes; None for a form that carries no key."""
        sent = self.cleaned_data["key"]
        return made_key(self.sent_by, sent) if sent else None


def made_key(sent_by: UUID, sent: UUID) -> UUID:
    """Return the key of what this worker makes with a form that carries this key; nobody can choose it."""
    return UUID(bytes=salted_hmac("nabij.once", f"{sent_by}:{sent}", algorithm="sha256").digest()[:16], version=4)


def attempt(form: forms.Form, verb: Callable[..., T], /, **kwargs: Any) -> T | None:
    """Return what the verb returns; on a refusal undo it, put its sentence on the form, and return None."""
    try:
        with transaction.atomic():
            return verb(**kwargs)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
