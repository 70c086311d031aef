"""Words for dates, amounts and lists as Belgians write them; icons and pictograms drawn in place."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from nabij.ui import drawings
from nabij.ui.calendar_words import Words, words_of

register = template.Library()
_CENT = Decimal("0.01")


@register.filter
def day(value: date | None, today: date | None = None) -> str:
    """Return a date as "di 24 nov."; with the year when it is not this one."""
    if not value:
        return ""
    value = _local(value)
    words = _words()
    text = f"{words.weekdays[value.weekday()]} {value.day} {words.months[value.month - 1]}"
    return text if value.year == (today or timezone.localdate()).year else f"{text} {value.year}"


@register.filter
def full(value: date | None) -> str:
    """Return a date as "24 november 2026", for births and for paper."""
    if not value:
        return ""
    value = _local(value)
    return f"{value.day} {_words().long_months[value.month - 1]} {value.year}"


@register.filter
def moment(value: datetime | None, today: date | None = None) -> str:
    """Return a moment as "di 24 nov., 14 u."."""
    return f"{day(value, today)}, {clock(value)}" if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Return the time of a moment as "14 u." or "14.30 u."."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    shape = _words().clock if local.minute else _words().full_hour
    return shape.format(hour=local.hour, minute=f"{local.minute:02d}")


@register.filter
def away(value: date | None, today: date) -> str:
    """Return how far a day is: "vandaag", "over 3 dagen", "gisteren"."""
    if not value:
        return ""
    days = (_local(value) - today).days
    words = _words()
    if days in words.near:
        return words.near[days]
    shape = words.ahead if days > 0 else words.ago
    return shape.format(days=abs(days))


@register.filter
def euro(value: Decimal | float | None) -> str:
    """Return an amount as "€ 1.367,34"; the sign and the amount stay on one line."""
    if value is None or value == "":
        return ""
    rounded = Decimal(str(value)).quantize(_CENT, ROUND_HALF_UP)
    thousands, point, shape = _words().money
    text = f"{rounded:,.2f}".replace(",", "\0").replace(".", point).replace("\0", thousands)
    return shape.format(amount=text)


@register.filter(name="enumerate")
def enumerate_names(values: Iterable[Any] | None) -> str:
    """Return names as "Ayşe, Tom en Noor"."""
    names = [str(value) for value in values or ()]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_words().conjunction} {names[-1]}"


register.filter("enumerate_names", enumerate_names)


@register.filter
def initials(name: str) -> str:
    """Return at most two initials of a name."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]])


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw an interface icon in place; it says nothing to who listens, so a word stands beside it."""
    return drawings.icon(str(name), classes)


@register.simple_tag
def pictogram(name: str, classes: str = "") -> SafeString:
    """Draw a pictogram in place, in the colour of the text."""
    return drawings.pictogram(str(name), classes)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw the box of a field in Bootstrap's classes; Django ties it to its help and its error."""
    attrs = field.field.widget.attrs
    attrs["class"] = f"{attrs.get('class', '')} {_bootstrap_class(field)}".strip()
    return field.as_widget()


def _bootstrap_class(field: BoundField) -> str:
    if field.widget_type in ("select", "selectmultiple", "nullbooleanselect"):
        return "form-select"
    return "form-check-input" if field.widget_type == "checkbox" else "form-control"


def _local(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _language() -> str:
    return (translation.get_language() or "nl")[:2]


def _words() -> Words:
    return words_of(_language())
