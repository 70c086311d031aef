"""Looking at Nabij from outside, as a browser does: TLS of today, by a certificate that browsers trust."""

import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from nabij.config.words import _
from nabij.kernel.refusals import Refusal

PATIENCE = 10
# Versions that no browser of today speaks: a server that still does can be made to.
OLD = (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
GOOD = ("GCM", "CHACHA20")


def faults(address: str) -> list[str]:
    """Return every sentence about what is wrong at this address; raises `Refusal` when it is no address with https."""
    parts = urlsplit(address if "//" in address else f"https://{address}")
    if parts.scheme != "https" or not parts.hostname:
        raise Refusal(_("Geef het adres zoals collega's het typen, met https: --address https://nabij.testegem.be"))
    try:
        return list(_faults(parts.hostname, parts.port or 443))
    except OSError as error:
        return [_("{host} is van hier niet te bereiken: {why}.").format(host=parts.hostname, why=error)]


def _faults(host: str, port: int) -> Iterator[str]:
    try:
        with _connected(host, port, ssl.create_default_context()) as link:
            name, _version, _bits = link.cipher() or ("", "", 0)
            if not any(good in name for good in GOOD):
                yield _("{host} kiest een zwakke versleuteling ({name}). Laat alleen die van vandaag toe.").format(
                    host=host, name=name
                )
    except ssl.SSLCertVerificationError as error:
        yield _("Browsers vertrouwen het certificaat van {host} niet: {why}.").format(
            host=host, why=error.verify_message
        )
    except ssl.SSLError as error:
        yield _("{host} spreekt geen TLS 1.2 of 1.3 zoals browsers van vandaag: {why}.").format(
            host=host, why=error.reason
        )
    if any(_speaks(host, port, version) for version in OLD):
        yield _("{host} spreekt nog TLS 1.0 of 1.1. Laat alleen TLS 1.2 en 1.3 toe.").format(host=host)


@contextmanager
def _connected(host: str, port: int, context: ssl.SSLContext) -> Iterator[ssl.SSLSocket]:
    with (
        socket.create_connection((host, port), PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as link,
    ):
        yield link


def _speaks(host: str, port: int, version: ssl.TLSVersion) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is sent: only which versions it speaks
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.minimum_version = context.maximum_version = version
    context.set_ciphers("ALL:@SECLEVEL=0")
    try:
        with _connected(host, port, context):
            return True
    except OSError:
        return False
