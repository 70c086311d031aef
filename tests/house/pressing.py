"""What a page would send when somebody filled it in: read from the forms that are on it, as a browser reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

Payload = dict[str, list[str]]
# What a person types in a box that is empty, by the name of the box.
TYPED = {
    "family_name": "Dupont", "given_name": "Alix", "street": "Kerkstraat", "number": "7", "email": "nieuw@example.org",
    "name": "Nele Nieuw", "domain": "housing", "phone": "0499 12 34 56", "value": "0499 12 34 57", "kind": "phone",
    "birth_date": "03/04/2001", "at": "14:30", "minutes": "30", "function": "front_desk", "status": "kept",
}  # fmt: skip
DATES = ("on", "due_on", "review_on")


@dataclass
class Sent:
    """One form: where it goes, and what it would send."""

    action: str
    fields: Payload = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    boxes: set[str] = field(default_factory=set)

    def filled(self, today: Any) -> Payload:
        """Return what is sent when every empty box is filled in, and the first button pressed that does more than look."""
        soon = (today + timedelta(days=1)).isoformat()
        typed = TYPED | dict.fromkeys(DATES, soon)
        sent = {name: list(values) for name, values in self.fields.items()}
        for name in self.empty:
            sent[name] = [typed.get(name, "in eigen woorden")]
        for name, value in [button for button in self.buttons if button[0] != "look"][:1]:
            sent.setdefault(name, [value])
        return sent


class Forms(HTMLParser):
    """Finds the forms of a page that are sent by POST."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.here, self.found = page, list[Sent]()
        self._form: Sent | None = None
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "form" and told.get("method", "").lower() == "post":
            self._form = Sent(told.get("action") or self.here)
            self.found.append(self._form)
        elif self._form is None or "disabled" in told:
            return
        if tag in ("input", "select", "textarea") and name:
            self._form.boxes.add(name)
        if tag == "input" and name:
            self._input(told.get("type", "text"), name, value, checked="checked" in told, required="required" in told)
        elif tag == "button" and name:
            self._form.buttons.append((name, value))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((value, "selected" in told))
        elif tag == "textarea":
            self._area = name

    def _input(self, kind: str, name: str, value: str, *, checked: bool, required: bool) -> None:
        assert self._form
        if kind in ("checkbox", "submit"):
            if checked:
                self._form.fields.setdefault(name, []).append(value or "on")
        elif kind == "radio":
            if checked or name not in self._form.fields:
                self._form.fields[name] = [value]
        elif value:
            self._form.fields[name] = [value]
        elif required or name in TYPED or name in DATES:
            self._form.empty.add(name)

    def handle_data(self, data: str) -> None:
        if self._area and self._form and data.strip():
            self._form.fields[self._area] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._form and self._area:
            if self._area not in self._form.fields:
                self._form.empty.add(self._area)
            self._area = ""
        elif tag == "select" and self._form and self._select:
            chosen = [value for value, selected in self._options if selected and value]
            chosen = chosen or [value for value, _selected in self._options if value][:1]
            self._form.fields[self._select] = chosen
            self._select = ""


def forms_of(answer: HttpResponse, address: str) -> list[Sent]:
    """Return the forms of a page."""
    parser = Forms(address.partition("?")[0])
    parser.feed(answer.content.decode(errors="replace"))
    return parser.found


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside, so that the next request meets the same town."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # a request's context ends with its transaction; a test has one for all
            cursor.execute("select set_config('nabij.actor', '', true), set_config('nabij.municipality', '', true)")
        yield
        transaction.set_rollback(True)


def asked(client: Client, method: str, address: str, payload: Payload | None = None) -> HttpResponse:
    """Return the answer to one request, with nothing left of it in the database."""
    with undone():
        return client.post(address, payload or {}) if method == "post" else client.get(address)


def signed_in(user: Any) -> Client:
    """Return a client that is signed in as somebody."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="nabij.access.backends.EmailBackend")
    return client
