"""Nobody leaves this machine while tests run."""

import socket
import urllib.request

import pytest
from tests.outside import LeftTheMachine

# Addresses kept for documentation: nobody answers there, whatever goes wrong here.
NOWHERE = [(socket.AF_INET, ("192.0.2.1", 9)), (socket.AF_INET6, ("2001:db8::1", 9, 0, 0))]


@pytest.mark.parametrize(("family", "address"), NOWHERE, ids=["IPv4", "IPv6"])
@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_a_connection_to_the_outside_is_refused(family: int, address: tuple[object, ...], way: str) -> None:
    with socket.socket(family) as link, pytest.raises(LeftTheMachine):
        link.settimeout(0.1)
        getattr(link, way)(address)


def test_a_single_datagram_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link, pytest.raises(LeftTheMachine):
        link.sendto(b"", ("192.0.2.1", 9))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(LeftTheMachine):
        socket.getaddrinfo("nabij.invalid", 443)
    with pytest.raises(LeftTheMachine):
        urllib.request.urlopen("http://nabij.invalid/", timeout=0.1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=2) as link,
    ):
        assert link.getpeername()[0] == "127.0.0.1"


def test_a_socket_in_a_file_is_reached(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("s") / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as link:
        server.bind(path)
        server.listen()
        link.connect(path)
        assert link.getpeername() == path
