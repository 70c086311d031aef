"""A named constraint that PostgreSQL refuses becomes the Dutch sentence that stands beside it in the model."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import NotNow

TWICE = _("Dit is al bewaard. Kijk eerst wat er staat voor je het opnieuw invult.")


@cache
def sentences() -> dict[str, Any]:
    """Return the sentence of every named constraint of our models."""
    return {
        constraint.name: constraint.violation_error_message
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message
    }


@cache
def _primary_keys() -> set[str]:
    return {f"{model._meta.db_table}_pkey" for model in apps.get_models()}


@contextmanager
def spoken() -> Iterator[None]:
    """Turn a violated constraint inside into a `NotNow` with its sentence; what was done inside is undone.

    A key that is there already says `TWICE`: a form that is sent twice brings the same key twice.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        sentence = TWICE if name in _primary_keys() else sentences().get(name)
        if not sentence:
            raise
        raise NotNow(sentence) from error
