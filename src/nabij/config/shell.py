"""What the page shell shows of whoever signed in: where they may go, nothing else; no query beyond the request's own."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access.roles import FUNCTIONS, Permission


@dataclass(frozen=True)
class Item:
    """A place in the navigation."""

    label: str
    url: str
    icon: str
    active: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return `shell` for the templates: items, who, contact_url, municipality; empty for a stranger."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"shell": None, "municipality": getattr(request, "municipality", None)}
    items = [Item(label, url, icon, _here(request, url)) for label, url, icon, may in _places(actor) if may]
    functions = [str(FUNCTIONS[slug].name) for slug in FUNCTIONS if slug in actor.functions]
    return {
        "shell": {
            "items": items,
            "who": {"name": actor.name, "function": ", ".join(functions)},
            "contact_url": reverse("desk:front-desk") if actor.holds(Permission.RECEIVE) else "",
            "signin_url": reverse("signin:mine"),
            "street_url": reverse("oversight:street", args=[actor.id]),
            "search_url": reverse("desk:search") if actor.holds(Permission.RECEIVE) else "",
        },
        "municipality": request.user.municipality,  # type: ignore[union-attr]  # an actor is signed in
    }


def _places(actor: Any) -> list[tuple[str, str, str, bool]]:
    return [
        (_("Mijn dag"), reverse("desk:my-day"), "sun", True),
        (_("Onthaal"), reverse("desk:front-desk"), "door-enter", actor.holds(Permission.RECEIVE)),
        (_("Gezinnen"), reverse("desk:households"), "users", actor.holds(Permission.HAVE_HOUSEHOLDS)),
        (_("Team"), reverse("desk:team"), "layout-list", actor.holds(Permission.DIVIDE_WORK)),
        (_("Beheer"), reverse("desk:manage"), "settings", actor.holds(Permission.MANAGE)),
        (_("Wie keek"), reverse("oversight:unusual"), "eye", actor.holds(Permission.REVIEW_TRAIL)),
        (_("Gegevens"), reverse("privacy:overview"), "shield-lock", _guards_data(actor)),
    ]


def _guards_data(actor: Any) -> bool:
    return bool(actor.holds(Permission.REVIEW_TRAIL) or actor.holds(Permission.MANAGE))


def _here(request: HttpRequest, url: str) -> bool:
    return request.path == url if url == "/" else request.path.startswith(url)
