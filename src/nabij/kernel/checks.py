"""What a verb asks of what was typed, whatever the room: it fits its column, and it is one of the choices that exist."""

from typing import Any

from django.db.models import CheckConstraint, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from nabij.kernel.constraints import sentences
from nabij.kernel.refusals import BadInput, check


@check
def fits(text: str, most: int, *, field: str) -> None:
    """Raise `BadInput` for a text that is too long."""
    if len(text) > most:
        raise BadInput(_("Schrijf dit korter: in hoogstens %(most)s tekens.") % {"most": most}, field=field)


def one_of(choices: type[TextChoices], field: str, name: str, sentence: Any) -> CheckConstraint:
    """Return the constraint, for the table, that a field holds one of its choices."""
    condition = Q(**{f"{field}__in": choices.values})
    return CheckConstraint(name=name, condition=condition, violation_error_message=sentence)


def is_one_of(choices: type[TextChoices], value: str, constraint: str, *, field: str | None) -> None:
    """Raise `BadInput` for another value, in the words of the constraint: what PostgreSQL would say, beside the right box."""
    if value not in choices.values:
        raise BadInput(sentences()[constraint], field=field)
