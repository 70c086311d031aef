"""What a session remembers while somebody is away to sign in elsewhere: state, nonce and verifier, each good once.

Several windows may be away at the same moment, so the newest few are kept; the address to come back to is kept here, and never
travels through the directory.
"""

import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import constant_time_compare, salted_hmac

from nabij.signin.oidc.fetching import Published
from nabij.signin.oidc.refusing import refuse

_KEY = "oidc.asked"
MANY = 5
LASTS = 15 * 60


@dataclass(frozen=True)
class Asked:
    """One question to a directory: where to go afterwards, and whether it is only to show again who one is."""

    directory: str
    nonce: str
    verifier: str
    to: str
    at: float
    again: bool = False


def ask(
    session: Any, of: Published, *, directory: str, client: str, scope: str, back: str, to: str, again: bool = False
) -> str:
    """Remember a question, and return the address to send the browser to."""
    state = secrets.token_urlsafe(32)
    asked = Asked(directory, secrets.token_urlsafe(32), secrets.token_urlsafe(48), to, time.time(), again)
    newest = sorted(session.get(_KEY, {}).items(), key=lambda each: each[1]["at"])[-(MANY - 1) :]
    session[_KEY] = {**dict(newest), state: asdict(asked)}
    anew = {"prompt": "login", "max_age": 0} if again else {}
    return str(
        prepare_grant_uri(
            of.authorization, client, "code", redirect_uri=back, scope=scope, state=state, nonce=asked.nonce,
            code_challenge=create_s256_code_challenge(asked.verifier), code_challenge_method="S256", **anew,
        )
    )  # fmt: skip


def answered(session: Any, *, state: str, directory: str) -> Asked:
    """Return the question that this answers, and forget it; raises `NotLetIn` when there is none, or it waited too long."""
    waiting = dict(session.get(_KEY, {}))
    kept = waiting.pop(state, None)
    if kept is None or kept["directory"] != directory:
        raise refuse("state")
    session[_KEY] = waiting
    asked = Asked(**kept)
    if not 0 <= time.time() - asked.at <= LASTS:
        raise refuse("late")
    return asked


def button(request: HttpRequest) -> str:
    """Return what the link behind a button of ours carries: it follows from a cookie that only this browser has.

    A link, and no form: the policy of our pages lets no form end at another host, and some browsers mean redirects too.
    """
    get_token(request)  # makes that cookie, where there is none yet
    return button_of(str(request.META["CSRF_COOKIE"]))


def button_of(secret: str) -> str:
    """Return the same for the secret in the cookie."""
    return salted_hmac("nabij.oidc.button", secret, algorithm="sha256").hexdigest()


def pressed(request: HttpRequest) -> bool:
    """Return whether somebody came along a button of ours, shown in this browser."""
    secret = request.META.get("CSRF_COOKIE", "")
    return bool(secret) and constant_time_compare(request.GET.get("knop", ""), button_of(str(secret)))
