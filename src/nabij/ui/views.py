"""The colour of a municipality as a stylesheet, and the gallery of components."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from nabij.ui.colours import tokens
from nabij.ui.gallery import states

HOUSE = "#1f5f5b"
_COLOUR = re.compile(r"[0-9a-f]{6}")


def stylesheet(colour: str) -> HttpResponse:
    """Return the custom properties of one colour as CSS, light and dark."""
    made = tokens(colour)
    light = "".join(f"--n-{name}:{value};" for name, value in made.items() if not name.startswith("dark-"))
    dark = "".join(f"--n-{name[5:]}:{value};" for name, value in made.items() if name.startswith("dark-"))
    css = f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return HttpResponse(css, content_type="text/css")


@require_safe
@cache_control(public=True, max_age=86_400)
def municipality_css(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the colour named in the address; without one, or with one that is no colour, that of the house.

    The page that links here knows the colour, so that a stylesheet needs no question to the database.
    """
    asked = request.GET.get("kleur", "").lower()
    return stylesheet(f"#{asked}" if _COLOUR.fullmatch(asked) else HOUSE)


# A style says nothing of a person: the sign-in page wears the colour too.
municipality_css.open_to_strangers = True  # type: ignore[attr-defined]  # a function has no declared attributes


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states, with its arguments; in the demo only."""
    return render(request, "ui/gallery.html", states())
