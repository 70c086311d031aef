"""No test talks to the outside: a connection, or a name to look up, that leaves this machine is refused.

An audit hook sees every socket of this process, however it was made. PostgreSQL's own library and child processes open
theirs out of its sight.
"""

import ipaddress
import sys
from typing import Any

TO_AN_ADDRESS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
OF_A_NAME = {"socket.getaddrinfo", "socket.gethostbyname"}


class LeftTheMachine(RuntimeError):
    """A test tried to reach something that is not this machine."""


def refuse() -> None:
    """Refuse it from here on; a hook cannot be taken away again."""
    sys.addaudithook(_hear)


def _hear(event: str, said: tuple[Any, ...]) -> None:
    if event in TO_AN_ADDRESS:
        # The socket comes first. An address that is no tuple is a socket in a file, or the one it was connected to.
        host = said[1][0] if isinstance(said[1], tuple) else None
    elif event in OF_A_NAME:
        host = said[0]
    else:
        return
    if not is_here(host):
        raise LeftTheMachine(f"Tests talk to nobody outside this machine, and this one tried {host!r} ({event}).")


def is_here(host: str | bytes | None) -> bool:
    """Return whether a name or a number is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
