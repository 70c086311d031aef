"""Words of the plan as the household says them: first names, and who sets a step."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from nabij.casework.models import Step
from nabij.households.models import Person

register = template.Library()


@register.filter
def first_names(people: Iterable[Person]) -> list[str]:
    """Return what people are called at home; the whole name of who has no first name."""
    return [person.given_name or str(person) for person in people]


@register.filter
def doer(step: Step) -> str:
    """Return who sets a step, by name."""
    if step.worker:
        return str(step.worker.name)
    if step.who == Step.Who.MEMBER:
        return first_names([step.person])[0] if step.person else _("iemand van het gezin")
    return step.partner
