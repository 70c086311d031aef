"""Counting wrong tries, in PostgreSQL and for all processes at once, outside the transaction of the request.

A try is counted before the password is looked at, and taken back when it was right: who tries a hundred at the same moment
is counted a hundred times. Known accounts and unknown ones are counted alike. A browser that signed in before carries a mark
(a signed cookie) and is counted by itself, so that nobody locks a colleague, or a whole centre, out from elsewhere.
"""

import ipaddress
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from nabij.signin.guessing import ACCOUNT, ADDRESS, ALARM, Patience

COOKIE = "nabij-bekend" if settings.DEMO else "__Host-nabij-bekend"
_SALT = "nabij.signin"
_YEAR = 365 * 86400


@dataclass(frozen=True)
class Try:
    """One try: the marks that it counts on, each with its patience, and whose account it is."""

    account: str
    counted: tuple[tuple[str, Patience], ...]


def of_password(request: HttpRequest, email: str) -> Try:
    """Return what a password for this address counts on: a known browser alone, else the account and the address."""
    account = _mark("account", email.strip().lower())
    if nonce := _known(request, account):
        return Try(account, ((_mark("browser", nonce), ACCOUNT),))
    return Try(account, ((account, ACCOUNT), (_mark("address", address_of(request)), ADDRESS)))


def of_worker(kind: str, worker: Any, email: str) -> Try:
    """Return what a code or an own password counts on, of a worker who showed a password before."""
    return Try(_mark("account", email), ((_mark(kind, str(worker)), ACCOUNT),))


def knock(tried: Try, *, now: datetime) -> int:
    """Count this try, and return 0; or, without counting, in how many seconds one may try again."""
    waits = []
    with _apart() as cursor:
        for count in (False, True):  # nothing is counted where one of the marks has to wait
            for mark, patience in tried.counted:
                limits = [patience.free, patience.first, patience.longest, patience.forgets, ALARM]
                cursor.execute(
                    "select signin_knock(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                    [mark, "" if patience is ADDRESS else tried.account, now, *limits, count],
                )
                waits += [int(row[0]) for row in cursor]
            if any(waits):
                break
    return max(waits)


def right(tried: Try) -> None:
    """Take back what was counted: it was right. An account begins anew, an address has one less."""
    with _apart() as cursor:
        for mark, patience in tried.counted:
            cursor.execute("select signin_right(%s, %s)", [mark, patience is ADDRESS])


def knows_now(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Leave the mark of a browser in which somebody signed in with this address."""
    account = _mark("account", email.strip().lower())
    kept = _marks(request)
    if any(of == account for of, _nonce in kept):
        return
    marks = [(account, secrets.token_hex(8)), *kept][:12]  # a browser at a front desk has many
    response.set_cookie(
        COOKIE, signing.dumps(marks, salt=_SALT), max_age=_YEAR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from; behind our own proxy what that says; of IPv6 the network of one house."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:  # a proxy of ours, which adds the address that it sees at the end
        said = request.META.get("HTTP_X_FORWARDED_FOR", said).rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return ""
    return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def account_mark(email: str) -> str:
    """Return under what an account is counted: a keyed hash of its address."""
    return _mark("account", email)


def _mark(kind: str, what: str) -> str:
    return salted_hmac(f"{_SALT}.{kind}", what, algorithm="sha256").hexdigest()


def _known(request: HttpRequest, account: str) -> str:
    return next((nonce for of, nonce in _marks(request) if of == account), "")


def _marks(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_YEAR)
        return [(str(account), str(nonce)) for account, nonce in found]
    except (signing.BadSignature, ValueError, TypeError):
        return []


@contextmanager
def _apart() -> Iterator[psycopg.Cursor[Any]]:
    # A connection of its own, as long as it takes: what is counted stays counted whatever becomes of the request.
    of = connection.settings_dict
    parts = {
        "dbname": of["NAME"],
        "user": of["USER"],
        "password": of["PASSWORD"],
        "host": of["HOST"],
        "port": of["PORT"],
    }
    given = of["OPTIONS"] | {key: value for key, value in parts.items() if value}
    with psycopg.connect(autocommit=True, **given) as link, link.cursor() as cursor:
        yield cursor
