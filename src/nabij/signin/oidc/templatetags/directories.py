"""Buttons to the directories, for the sign-in page; and to show again who one is along the one that opened this session."""

from typing import Any

from django import template

from nabij.signin.oidc import asking, following, queries

register = template.Library()


@register.inclusion_tag("oidc/_doors.html", takes_context=True)
def directory_doors(context: Any, to: str) -> dict[str, Any]:
    """Show a button for every directory that is open."""
    return {"doors": queries.doors(), "next": to, "button": asking.button(context["request"])}


@register.inclusion_tag("oidc/_again.html", takes_context=True)
def directory_again(context: Any, to: str) -> dict[str, Any]:
    """Show a button to sign in again where this session was signed in; nothing where that was with a password."""
    request = context["request"]
    key = following.of(request.session)
    door = queries.opened_by(key, by=request.actor) if key else None
    return {"door": door, "next": to, "button": asking.button(request)}
