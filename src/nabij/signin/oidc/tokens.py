"""Is this token true? Signature by a key of the directory, then issuer, audience, moment and nonce; pure but for `keys`.

Authlib checks the claims of an ID token; joserfc the signature, with algorithms of ours: `none`, and secrets that are shared, are
no algorithms. What is wrong is a `NotLetIn` with its reason.
"""

import time
from collections.abc import Callable
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import errors, jwt
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from nabij.signin.oidc.refusing import refuse

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SKEW = 120
"""Clocks may differ by so many seconds."""
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_LASTS = 300
"""A word that somebody left is good for so many seconds: who sends an old one again ends nothing."""

Keys = Callable[[bool], KeySet]
"""Returns the keys of the directory; with True anew, for a key that is not there."""
Claims = dict[str, Any]


def key_set(published: Any) -> KeySet:
    """Return the public keys to sign with out of what a directory publishes; what cannot be used is left out."""
    keys = []
    for one in published.get("keys", []) if isinstance(published, dict) else []:
        try:
            if one.get("use", "sig") == "sig" and one.get("kty") in ("RSA", "EC", "OKP"):
                keys += KeySet.import_key_set({"keys": [one]}).keys
        except (errors.JoseError, ValueError, TypeError, AttributeError, KeyError):
            continue
    return KeySet(keys)


def id_token(
    token: str, *, keys: Keys, issuer: str, client: str, nonce: str, access: str = "", now: float | None = None
) -> Claims:
    """Return what an ID token says; raises `NotLetIn` for one that is not ours, not now, not signed or was seen before."""
    header, said = _signed(token, keys, kinds=("", "jwt"))
    params = {"nonce": nonce, "client_id": client, "access_token": access}
    options: Any = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client},
        "sub": {"essential": True},
    }
    claims = CodeIDToken(said, header, options, params)
    moment = int(time.time() if now is None else now)
    _validate(claims, moment)
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise refuse("malformed")
    return dict(claims)


def logout_token(token: str, *, keys: Keys, issuer: str, client: str, now: float | None = None) -> Claims:
    """Return what a logout token says (`sub`, `sid` or both); raises `NotLetIn` for one that is not ours, or not of now."""
    header, said = _signed(token, keys, kinds=("", "jwt", "logout+jwt"))
    moment = int(time.time() if now is None else now)
    # This kind of token needs no end: five minutes after it was made it is too old.
    claims = CodeIDToken(
        {"sub": "", "exp": moment + 1, **said},
        header,
        {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client}},
        {"client_id": client},
    )
    _validate(claims, moment)
    events = said.get("events")
    if "nonce" in said or not isinstance(events, dict) or LOGOUT not in events or not said.get("jti"):
        raise refuse("malformed")
    if not (said.get("sub") or said.get("sid")):
        raise refuse("malformed")
    if moment - said["iat"] > LOGOUT_LASTS + SKEW:
        raise refuse("expired")
    return said


def _signed(token: str, keys: Keys, *, kinds: tuple[str, ...]) -> tuple[Any, Claims]:
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        try:
            found = jwt.decode(token, keys(False), registry=registry)
        except errors.InvalidKeyIdError:  # a new key: directories change theirs
            found = jwt.decode(token, keys(True), registry=registry)
    except (errors.UnsupportedAlgorithmError, errors.MissingAlgorithmError) as error:
        raise refuse("algorithm") from error
    except (errors.BadSignatureError, errors.InvalidKeyIdError, errors.KeyParameterError) as error:
        raise refuse("signature") from error
    except (errors.JoseError, ValueError, TypeError) as error:
        raise refuse("malformed") from error
    if not isinstance(found.claims, dict) or str(found.header.get("typ", "")).lower() not in kinds:
        raise refuse("malformed")
    return found.header, dict(found.claims)


_CLAIMS = {"iss": "issuer", "aud": "audience", "azp": "audience", "nonce": "nonce", "nbf": "clock", "iat": "clock"}


def _validate(claims: CodeIDToken, moment: int) -> None:
    try:
        claims.validate(now=moment, leeway=SKEW)
    except errors.ExpiredTokenError as error:
        raise refuse("expired") from error
    except errors.ClaimError as error:
        why = _CLAIMS.get(str(error.claim), "malformed")
        no_moment = why == "clock" and isinstance(error, errors.MissingClaimError)
        raise refuse("malformed" if no_moment else why) from error
    except (errors.JoseError, ValueError, TypeError) as error:
        raise refuse("malformed") from error
