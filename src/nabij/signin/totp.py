"""Codes of an app (TOTP, RFC 6238): six digits that change every thirty seconds. A code is good once."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

SECONDS = 30
LATE = 1
"""So many steps early or late are good: clocks differ, and typing takes time."""


def fresh() -> str:
    """Return a new secret of 160 bits, in the letters that apps read."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code(secret: str, step: int) -> str:
    """Return the code of one step of thirty seconds."""
    # Every app that workers have knows SHA-1 only; here it is a keyed hash, for which it is still good.
    return HOTP(base64.b32decode(secret), 6, SHA1()).generate(step).decode()  # noqa: S303


def step_of(now: datetime) -> int:
    """Return the step in which a moment falls."""
    return int(now.timestamp()) // SECONDS


def accept(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """Return the step of which this is the code, when that is about now and later than the last one used; else None."""
    digits = "".join(typed.split())
    found = None
    for step in range(step_of(now) - LATE, step_of(now) + LATE + 1):
        # Each is compared, so that it takes as long whichever it was.
        if hmac.compare_digest(code(secret, step).encode(), digits.encode()) and step > after:
            found = step
    return found


def address(secret: str, *, account: str) -> str:
    """Return the address that an app reads out of the QR code."""
    return f"otpauth://totp/{quote(f'Nabij:{account}')}?{urlencode({'secret': secret, 'issuer': 'Nabij'})}"


def drawn(address: str) -> str:
    """Return the QR code as an SVG image in a data address: no script, no picture from elsewhere."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def in_fours(secret: str) -> str:
    """Return a secret in groups of four, for who types it over."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
