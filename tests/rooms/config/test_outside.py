"""`nabij check --address`: what a browser would find at the address of Nabij, on real servers of this test."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.house.test_security import SOURCE

from nabij.config import outside
from nabij.kernel.refusals import Refusal

NOW = datetime.now(UTC)


def certificate(folder: Path, *, name: str = "localhost", ends: datetime = NOW + timedelta(days=9)) -> Path:
    """Write a certificate that signs itself, with its key, and return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=9))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName(names[: 2 if name == "localhost" else 1]), critical=False)
        .sign(key, SHA256())
    )
    file = folder / f"{name}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


@contextmanager
def serving(
    file: Path, *, least: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2, most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
    ciphers: str = "",
) -> Iterator[str]:  # fmt: skip
    """Serve TLS at an address of this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.minimum_version, context.maximum_version = least, most
    if ciphers:
        context.set_ciphers(ciphers)
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                plain, _who = listening.accept()
            except OSError:
                return
            try:
                context.wrap_socket(plain, server_side=True).close()
            except OSError:
                plain.close()

    threading.Thread(target=answer, daemon=True).start()
    try:
        yield f"https://localhost:{listening.getsockname()[1]}/"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def trusted(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


def test_a_good_server_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted(monkeypatch, file := certificate(tmp_path))
    with serving(file) as address:
        assert outside.faults(address) == []
        assert outside.faults(address.removeprefix("https://")) == []


def test_a_certificate_that_no_browser_trusts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path)
    with serving(file) as address:
        assert "vertrouwen het certificaat van localhost niet" in "".join(outside.faults(address))
    trusted(monkeypatch, file := certificate(tmp_path, ends=NOW - timedelta(days=1)))
    with serving(file) as address:
        assert "vertrouwen het certificaat van localhost niet" in "".join(outside.faults(address))
    trusted(monkeypatch, file := certificate(tmp_path, name="elders.example"))
    with serving(file) as address:
        assert "vertrouwen het certificaat van localhost niet" in "".join(outside.faults(address))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tls_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted(monkeypatch, file := certificate(tmp_path))
    with serving(file, least=ssl.TLSVersion.TLSv1_1, ciphers="ALL:@SECLEVEL=0") as address:
        assert outside.faults(address) == ["localhost spreekt nog TLS 1.0 of 1.1. Laat alleen TLS 1.2 en 1.3 toe."]
    old = {"least": ssl.TLSVersion.TLSv1_1, "most": ssl.TLSVersion.TLSv1_1}
    with serving(file, ciphers="ALL:@SECLEVEL=0", **old) as address:
        assert any("spreekt geen TLS 1.2 of 1.3" in line for line in outside.faults(address))


def test_weak_ciphers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted(monkeypatch, file := certificate(tmp_path))
    weak = "ECDHE-ECDSA-AES256-SHA384"
    with serving(file, most=ssl.TLSVersion.TLSv1_2, ciphers=weak) as address:
        (said,) = outside.faults(address)
    assert "kiest een zwakke versleuteling (ECDHE-ECDSA-AES256-SHA384)" in said


@pytest.mark.parametrize("address", ["http://localhost/", "https://", "ftp://localhost", "https:///x"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(Refusal, match="Geef het adres"):
        outside.faults(address)


def test_a_server_that_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        unused_port = taken.getsockname()[1]
    assert "niet te bereiken" in "".join(outside.faults(f"https://localhost:{unused_port}/"))


def test_certificates_are_checked_wherever_something_is_asked() -> None:
    words = (
        "verify=False",
        "CERT_NONE",
        "check_hostname",
        "_create_unverified_context",
        "sslmode=require",
        "sslmode=prefer",
    )
    found = {
        (str(file.relative_to(SOURCE)), word)
        for file in SOURCE.rglob("*.py")
        for word in words
        if word in file.read_text()
    }
    assert found == {("config/outside.py", "CERT_NONE"), ("config/outside.py", "check_hostname")}  # sends nothing
