"""A template that names what is not there fails the test that drew it; Django itself writes nothing and says nothing.

A bare `{% if name %}` stays a question that may be asked of anything: Django answers it without telling.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.template import engines
from django.template.base import FilterExpression, Node, VariableDoesNotExist
from django.template.defaulttags import ForNode
from django_cotton.templatetags import UnprocessableDynamicAttr
from django_cotton.templatetags._component import PreparedValue


class Listener:
    """Stands in Django's `string_if_invalid`, and remembers the place of every name that was not found."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __contains__(self, words: str) -> bool:
        # What Django asks before it fills in the name.
        return words == "%s"

    def __mod__(self, name: object) -> str:
        self.note(name)
        return ""

    def __str__(self) -> str:
        return ""

    def note(self, name: object) -> None:
        """Remember a name, with the template and the line that Django is busy with."""
        self.heard.append(f"{_place()}: {name}")


def _place() -> str:
    """Return the template and line of the innermost tag that is being drawn."""
    frame = inspect.currentframe()
    while frame:
        node = frame.f_locals.get("self")
        file = getattr(getattr(node, "origin", None), "template_name", None) if isinstance(node, Node) else None
        if file:  # the value of an attribute is a template of its own, without a file
            return f"{file}:{getattr(node.token, 'lineno', '?')}"
        frame = frame.f_back
    return "?"


@contextmanager
def listening() -> Iterator[Listener]:
    """Listen to every template that is drawn, in this thread and in others."""
    listener, engine = Listener(), engines["django"].engine
    with (
        mock.patch.object(engine, "string_if_invalid", listener),
        mock.patch.object(PreparedValue, "resolve", _hear_attributes(listener)),
        mock.patch.object(ForNode, "render", _hear_loops(listener)),
    ):
        yield listener


def _hear_attributes(listener: Listener) -> Any:
    """A dynamic attribute of a component (`:rows="name"`) that is not there falls back on its default."""
    resolve = PreparedValue.resolve

    def hear(value: PreparedValue, context: Any) -> Any:
        try:
            return resolve(value, context)
        except UnprocessableDynamicAttr:
            listener.note(value.raw)
            raise

    return hear


def _hear_loops(listener: Listener) -> Any:
    """A loop over what is not there turns zero times."""
    render = ForNode.render

    def hear(loop: ForNode, context: Any) -> Any:
        asked = loop.sequence
        if isinstance(asked, FilterExpression) and asked.is_var:
            try:
                asked.var.resolve(context)
            except VariableDoesNotExist:
                listener.note(asked.var)
        return render(loop, context)

    return hear
