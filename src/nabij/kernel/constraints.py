"""A named constraint that PostgreSQL refuses becomes the Dutch sentence that stands beside it in the model."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils.translation import gettext_lazy as _

from nabij.kernel.refusals import NotNow, NotOpen

WALLED = _("Dit is niet voor jou open, of je mag het alleen lezen. De dossierhouder kan je helpen.")
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

    A row that row-level security refuses becomes a `NotOpen`.
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
    except ProgrammingError as error:
        # The second wall refused the new row. By the function that says so: its words may be in any language.
        if getattr(getattr(error.__cause__, "diag", None), "source_function", "") != "ExecWithCheckOptions":
            raise
        raise NotOpen(WALLED) from error
