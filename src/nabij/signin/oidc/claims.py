"""What a directory says of somebody, read by the rules of the municipality: whose, from where, with which functions. Pure.

ACM/IDM gives a code of the organisation in `vo_orgcode` and roles that name organisations, as `role:code, code`. Entra ID gives
the tenant in `tid`, roles in `roles`, and keys of groups in `groups`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nabij.access.roles import FUNCTIONS
from nabij.signin.oidc.refusing import refuse

Claims = dict[str, Any]
NEEDS_A_TEAM = frozenset({"social_worker", "coordinator"})


@dataclass(frozen=True, order=True)
class Given:
    """A function in a team, or in none: what a rule gives, and what somebody has."""

    function: str
    team: UUID | None = None


@dataclass(frozen=True)
class Rule:
    """One value of one claim, and what it gives."""

    claim: str
    value: str
    gives: Given


def values(claims: Claims, name: str) -> list[str]:
    """Return what a claim says as a list of texts: one text is a list of one, what is no text is left out."""
    said = claims.get(name)
    many = said if isinstance(said, list) else [said]
    return [one.strip() for one in many if isinstance(one, str) and one.strip()]


def key_of(claims: Claims, name: str) -> str:
    """Return the lasting key of somebody; raises `NotLetIn` when the directory does not give it."""
    found = values(claims, name)
    if len(found) != 1:
        raise refuse("malformed")
    return found[0]


def address_of(claims: Claims, name: str) -> str:
    """Return the e-mail address that the directory vouches for, or nothing."""
    if not name or claims.get("email_verified", True) is not True:
        return ""
    found = values(claims, name)
    return found[0].lower() if len(found) == 1 and "@" in found[0] else ""


def functions(claims: Claims, rules: Iterable[Rule], *, organisation_claim: str, organisation: str) -> set[Given]:
    """Return the functions that the rules give here, for this organisation alone.

    Raises `NotLetIn` for who is of another organisation, and for who is of several when a role does not say of which.
    """
    organisations = {_plain(one) for text in values(claims, organisation_claim) for one in text.split(",")}
    ours = _plain(organisation)
    if not ours or ours not in organisations:
        raise refuse("elsewhere")
    given, vague = set(), False
    for rule in rules:
        for said in values(claims, rule.claim):
            fits, named = _fits(said, rule.value, ours)
            if fits and (named or len(organisations) == 1):
                given.add(rule.gives)
            vague = vague or (fits and not named and len(organisations) > 1)
    if vague:
        raise refuse("two_towns")
    return given


def proved(claims: Claims, name: str, enough: Iterable[str]) -> bool:
    """Return whether the directory says that a second factor was shown."""
    return bool(name) and not set(values(claims, name)).isdisjoint(enough)


def known(given: Iterable[Given], teams: Iterable[UUID]) -> set[Given]:
    """Return what is given; raises `NotLetIn` for a function or a team that is not there."""
    all_teams, found = set(teams), set(given)
    for one in found:
        if one.function not in FUNCTIONS:
            raise refuse("unknown_function")
        if (one.team is None and one.function in NEEDS_A_TEAM) or (one.team and one.team not in all_teams):
            raise refuse("unknown_team")
    return found


def _fits(said: str, value: str, ours: str) -> tuple[bool, bool]:
    """Return whether a value is that of a rule for our organisation, and whether it names the organisation."""
    if said == value:
        return True, False
    role, colon, codes = said.rpartition(":")
    fits = bool(colon) and role == value and ours in {_plain(code) for code in codes.split(",")}
    return fits, fits


def _plain(code: str) -> str:
    # An enterprise number is written with points, and sometimes with BE before it.
    bare = code.strip().replace(".", "").replace(" ", "").lower() if "://" not in code else code.strip()
    return bare[2:] if bare.startswith("be") and bare[2:].isdigit() else bare
