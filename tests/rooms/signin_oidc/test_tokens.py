"""Tokens that are forged, old, of somebody else or of nobody: each is refused for its own reason."""

import base64
import hmac
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from nabij.signin.oidc import tokens
from nabij.signin.oidc.refusing import REASONS, NotLetIn

ISSUER, CLIENT, NONCE = "https://login.example.org/tenant/v2.0", "nabij", "n-1"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
NEXT = RSAKey.generate_key(2048, {"kid": "two", "use": "sig", "alg": "RS256"})
NOW = int(time.time())
GOOD = {"iss": ISSUER, "aud": CLIENT, "sub": "s-1", "nonce": NONCE, "iat": NOW, "exp": NOW + 600, "name": "Anna"}
LEFT = {"iss": ISSUER, "aud": CLIENT, "sub": "s-1", "iat": NOW, "jti": "j-1", "events": {tokens.LOGOUT: {}}}


def signed(claims: dict[str, Any], key: Any = KEY, **header: Any) -> str:
    algorithm = header.pop("alg", "RS256")
    return jwt.encode({"alg": algorithm, "kid": key.kid, **header}, claims, key, algorithms=[algorithm])


def known(*keys: Any) -> tokens.Keys:
    published = tokens.key_set({"keys": [key.as_dict(private=False) for key in keys]})
    return lambda anew: published


def read(token: str, keys: tokens.Keys | None = None, **changed: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"issuer": ISSUER, "client": CLIENT, "nonce": NONCE, "now": NOW, **changed}
    return tokens.id_token(token, keys=keys or known(KEY), **said)


def why(token: str, keys: tokens.Keys | None = None, **changed: Any) -> str:
    with pytest.raises(NotLetIn) as refused:
        read(token, keys, **changed)
    assert str(refused.value).endswith(".")
    return refused.value.why


def unsigned(claims: dict[str, Any], algorithm: str) -> str:
    parts = [json.dumps({"alg": algorithm, "typ": "JWT"}), json.dumps(claims)]
    return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."


def test_a_good_one_is_read() -> None:
    assert read(signed(GOOD))["name"] == "Anna"
    assert read(signed({**GOOD, "aud": [CLIENT]}))["sub"] == "s-1"
    assert read(signed(GOOD, x5t="thumb", typ="JWT"))["sub"] == "s-1"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"exp": NOW - 121}, "expired"),
        ({"iat": NOW + 121}, "clock"),
        ({"nbf": NOW + 121}, "clock"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another client"}, "audience"),
        ({"aud": [CLIENT, "another client"]}, "audience"),
        ({"azp": "another client"}, "audience"),
        ({"iss": "https://login.example.org/another/v2.0"}, "issuer"),
        ({"sub": None}, "malformed"),
        ({"sub": ""}, "malformed"),
        ({"sub": ["s-1"]}, "malformed"),
        ({"exp": None}, "malformed"),
        ({"iat": None}, "malformed"),
        ({"exp": "tomorrow"}, "malformed"),
    ],
)
def test_a_claim_that_is_wrong(changed: dict[str, Any], reason: str) -> None:
    claims = {key: value for key, value in {**GOOD, **changed}.items() if value is not None}
    assert why(signed(claims)) == reason
    assert reason in REASONS


def test_a_token_of_another_kind() -> None:
    assert why(signed(GOOD, typ="logout+jwt")) == "malformed"
    assert why(signed(GOOD, typ="at+jwt")) == "malformed"
    assert tokens.logout_token(signed(LEFT, typ="logout+jwt"), keys=known(KEY), issuer=ISSUER, client=CLIENT, now=NOW)


def test_clocks_may_differ_a_little() -> None:
    assert read(signed({**GOOD, "exp": NOW - 100}))
    assert read(signed({**GOOD, "iat": NOW + 100, "nbf": NOW + 100}))


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", ""])
def test_without_a_signature(algorithm: str) -> None:
    assert why(unsigned(GOOD, algorithm)) == "algorithm"


def test_signed_with_the_public_key_as_a_secret() -> None:
    head, body, _ = unsigned(GOOD, "HS256").split(".")
    made = hmac.new(KEY.as_pem(private=False), f"{head}.{body}".encode(), "sha256").digest()
    forged = f"{head}.{body}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"
    assert why(forged) == "algorithm"


def test_signed_by_somebody_else_under_the_same_name() -> None:
    assert why(signed(GOOD, OTHER)) == "signature"


def test_changed_after_it_was_signed() -> None:
    head, _, signature = signed(GOOD).split(".")
    body = base64.urlsafe_b64encode(json.dumps({**GOOD, "sub": "director"}).encode()).rstrip(b"=").decode()
    assert why(f"{head}.{body}.{signature}") == "signature"


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "....", "é", signed(GOOD)[:-20], "e30.e30.e30"])
def test_what_is_no_token(text: str) -> None:
    assert why(text) in ("malformed", "signature", "algorithm")


def test_a_new_key_is_fetched_once() -> None:
    asked: list[bool] = []

    def keys(anew: bool) -> KeySet:
        asked.append(anew)
        return known(KEY, NEXT)(anew) if anew else known(KEY)(anew)

    assert read(signed(GOOD, NEXT), keys)["sub"] == "s-1"
    assert asked == [False, True]
    assert why(signed(GOOD, NEXT), known(KEY)) == "signature"


def test_keys_that_cannot_be_used_are_left_out() -> None:
    shared = OctKey.generate_key(256, {"kid": "shared"}).as_dict(private=True)
    published = {
        "keys": [shared, {"kty": "RSA"}, "x", {**KEY.as_dict(private=False), "use": "enc"}, KEY.as_dict(private=False)]
    }
    assert [key.kid for key in tokens.key_set(published).keys] == ["one"]
    assert tokens.key_set([]).keys == []


def left(**changed: Any) -> dict[str, Any]:
    claims = {key: value for key, value in {**LEFT, **changed}.items() if value is not None}
    return tokens.logout_token(signed(claims), keys=known(KEY), issuer=ISSUER, client=CLIENT, now=NOW)


def test_a_logout_token_is_read() -> None:
    assert left()["sub"] == "s-1"
    assert left(sub=None, sid="x")["sid"] == "x"
    assert left(iat=NOW - 400)["sub"] == "s-1"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"nonce": NONCE}, "malformed"),  # an ID token, sent as a logout token
        ({"events": None}, "malformed"),
        ({"events": {"another": {}}}, "malformed"),
        ({"events": "x"}, "malformed"),
        ({"events": 7}, "malformed"),
        ({"jti": None}, "malformed"),
        ({"sub": None}, "malformed"),
        ({"iat": NOW - 421}, "expired"),
        ({"iat": None}, "malformed"),
        ({"exp": NOW - 121}, "expired"),
        ({"aud": "another"}, "audience"),
        ({"iss": "https://another.example.org"}, "issuer"),
    ],
)
def test_a_logout_token_that_is_wrong(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotLetIn) as refused:
        left(**changed)
    assert refused.value.why == reason
