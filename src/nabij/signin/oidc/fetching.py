"""Talking to a directory: what it publishes, its keys, and a code or a refresh token for tokens.

Only addresses on the host that the administrator wrote down are asked, over TLS, without following where they send: so nobody
makes Nabij fetch something inside the municipality. In the demo a directory on this machine itself may go without TLS.
"""

import ipaddress
import json
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.utils.translation import gettext as _
from joserfc.jwk import KeySet

from nabij.kernel.refusals import BadInput
from nabij.signin.oidc import tokens
from nabij.signin.oidc.refusing import NotLetIn, refuse

PATIENCE = 5
LARGEST = 1_000_000
LASTS = 3600
ASKED_ANEW = 60
"""What is published is kept for an hour; for a key that is not there it is asked anew, at most once a minute."""


@dataclass(frozen=True)
class Published:
    """The addresses of a directory."""

    issuer: str
    authorization: str
    token: str
    keys: str
    end_session: str
    posts_secret: bool


_kept: dict[str, tuple[float, Any]] = {}
_asked_anew: dict[str, float] = {}
_lock = Lock()


def check_issuer(address: str) -> None:
    """Raise `BadInput` for an issuer that Nabij may not ask."""
    if "{" in address or urlsplit(address).path.rstrip("/").endswith(("/common/v2.0", "/organizations/v2.0")):
        raise BadInput(
            _("Gebruik het adres van je eigen gemeente (de eigen tenant), niet dat voor iedereen."), field="issuer"
        )
    if not may_ask(address, address) or urlsplit(address).query or urlsplit(address).fragment:
        raise BadInput(
            _("Geef een adres dat met https:// begint, zoals de aanmelddienst het noemt (issuer)."), field="issuer"
        )


def may_ask(address: str, issuer: str) -> bool:
    """Return whether an address is one of the issuer's own: its host, over TLS, by name and without a password in it."""
    try:
        parts, own = urlsplit(address), urlsplit(issuer)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or (host, port) != (own.hostname, own.port) or parts.scheme != own.scheme:
        return False
    if parts.scheme == "http":
        return bool(settings.DEMO) and host in ("127.0.0.1", "localhost")
    return parts.scheme == "https" and "." in host and not _is_number(host)


def published(issuer: str) -> Published:
    """Return the addresses that a directory publishes; raises `NotLetIn` when it is down or publishes nonsense."""
    return _remembered(f"published {issuer}", lambda: _published(issuer))  # type: ignore[no-any-return]


def keys(of: Published) -> tokens.Keys:
    """Return how to get the keys of a directory."""

    def fetch(anew: bool) -> KeySet:
        name = f"keys {of.keys}"
        now = time.monotonic()
        if anew and now - _asked_anew.get(name, -LASTS) > ASKED_ANEW:
            _asked_anew[name] = now
            _kept.pop(name, None)
        return _remembered(name, lambda: tokens.key_set(_json(of.keys, of.issuer)))  # type: ignore[no-any-return]

    return fetch


def for_code(of: Published, *, client: str, secret: str, code: str, verifier: str, back: str) -> dict[str, Any]:
    """Return the tokens for a code; raises `NotLetIn` when the directory refuses it (used before, too late) or is down."""
    session = _session(of, client, secret, back)
    return _asked(
        of, lambda: session.fetch_token(of.token, grant_type="authorization_code", code=code, code_verifier=verifier)
    )


def refreshed(of: Published, *, client: str, secret: str, refresh: str) -> dict[str, Any]:
    """Return new tokens for a refresh token; raises `NotLetIn`, "refused_there" when the directory says no."""
    session = _session(of, client, secret, "")
    return _asked(of, lambda: session.refresh_token(of.token, refresh_token=refresh))


def forget() -> None:
    """Forget what was published."""
    with _lock:
        _kept.clear()
        _asked_anew.clear()


def _session(of: Published, client: str, secret: str, back: str) -> OAuth2Session:
    how = "client_secret_post" if of.posts_secret else "client_secret_basic"
    session = OAuth2Session(
        client, secret, token_endpoint_auth_method=how, redirect_uri=back or None, default_timeout=PATIENCE
    )
    session.max_redirects = 0
    return session


def _asked(of: Published, ask: Any) -> dict[str, Any]:
    if not may_ask(of.token, of.issuer):
        raise refuse("malformed")
    try:
        return dict(ask())
    except OAuthError as error:
        raise refuse("refused_there") from error
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise refuse("down") from error


def _published(issuer: str) -> Published:
    said = _json(f"{issuer.rstrip('/')}/.well-known/openid-configuration", issuer)
    try:
        methods = said.get("token_endpoint_auth_methods_supported") or []
        found = Published(
            issuer=said["issuer"],
            authorization=said["authorization_endpoint"],
            token=said["token_endpoint"],
            keys=said["jwks_uri"],
            end_session=said.get("end_session_endpoint") or "",
            posts_secret="client_secret_post" in methods and "client_secret_basic" not in methods,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise refuse("malformed") from error
    if found.issuer != issuer:
        raise refuse("issuer")
    if not all(may_ask(address, issuer) for address in (found.authorization, found.token, found.keys)):
        raise refuse("malformed")
    return found


def _json(address: str, issuer: str) -> Any:
    if not may_ask(address, issuer):
        raise refuse("malformed")
    try:
        with requests.get(address, timeout=PATIENCE, allow_redirects=False, stream=True) as answer:
            if answer.status_code != 200:
                raise refuse("down")
            text = answer.raw.read(LARGEST + 1, decode_content=True)
    except requests.RequestException as error:
        raise refuse("down") from error
    if len(text) > LARGEST:
        raise refuse("malformed")
    try:
        return json.loads(text)
    except ValueError as error:
        raise refuse("malformed") from error


def _remembered(name: str, find: Any) -> Any:
    kept = _kept.get(name)
    if kept and time.monotonic() - kept[0] < LASTS:
        return kept[1]
    try:
        found = find()
    except NotLetIn as refusal:
        if kept and refusal.why == "down":  # what it published an hour ago is better than nobody at work
            return kept[1]
        raise
    with _lock:
        _kept[name] = (time.monotonic(), found)
    return found


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
