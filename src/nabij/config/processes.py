"""Signals and children: whatever way somebody stops us, everything that we started stops too."""

import contextlib
import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from nabij.config.words import _
from nabij.kernel.refusals import Refusal

PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, a service that stops, a terminal that closes


class Stopped(BaseException):
    """Somebody asked us to stop."""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let INT, TERM and HUP end the block as an exception, once; what follows is cleaning up, and is not disturbed."""

    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        if not stopping:
            stopping = True
            raise Stopped

    # INT is set too: a shell starts a background job with INT ignored, and Python then has no Ctrl-C.
    before = {each: signal.signal(each, stop) for each in ENDING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class Children:
    """Processes that live as long as we do."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child; it ends when we end, even by kill -9 (on Linux)."""
        # In a group of its own: a Ctrl-C in the terminal reaches us alone, and we stop the children in order.
        self._running[name] = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=_die_with_parent
        )

    def ended(self) -> tuple[str, int] | None:
        """Return the first child that ended by itself, and its exit code."""
        codes = ((name, child.poll()) for name, child in self._running.items())
        return next(((name, code) for name, code in codes if code is not None), None)

    def wait_until_answers(self, port: int, patience: float = 60) -> None:
        """Wait until somebody listens on the port; raises `Refusal` when a child ends first."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if end := self.ended():
                raise Refusal(
                    _("{name} stopte meteen (code {code}). Lees erboven waarom.").format(name=end[0], code=end[1])
                )
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.05)
        raise Refusal(_("De server antwoordt niet op poort {port}.").format(port=port))

    def watch(self) -> None:
        """Wait for ever; raises `Refusal` when a child ends."""
        while not (end := self.ended()):
            time.sleep(0.3)
        raise Refusal(_("{name} stopte onverwacht (code {code}).").format(name=end[0], code=end[1]))

    def stop(self, patience: float = 6) -> None:
        """Ask all to stop, and end those who do not listen."""
        for child in self._running.values():
            child.terminate()
        deadline = time.monotonic() + patience
        for child in self._running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def run_child(command: Sequence[str]) -> int:
    """Run a command to its end, hand TERM on to it, and return its exit code (128 + signal); raises `Refusal`."""
    # Ctrl-C reaches the child by itself, and what it means is the child's to say (psql, a shell).
    interrupt = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        child = subprocess.Popen(command)
        terminate = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        try:
            code = child.wait()
        finally:
            signal.signal(signal.SIGTERM, terminate)
    except OSError as error:
        raise Refusal(_("{command} kan niet starten: {why}.").format(command=command[0], why=error.strerror)) from None
    finally:
        signal.signal(signal.SIGINT, interrupt)
    return code if code >= 0 else 128 - code


def check_port(port: int, host: str = "127.0.0.1") -> None:
    """Raise `Refusal` when the port is in use, or may not be used."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Refusal(
                _("Poort {port} mag alleen een beheerder gebruiken. Kies er een boven 1024.").format(port=port)
            ) from None
        except OSError:
            raise Refusal(
                _(
                    "Poort {port} is al in gebruik. Stop wat daar draait, of kies een andere: "
                    "met PORT={other} ervoor, of --port {other} erachter."
                ).format(port=port, other=port + 1 if port < 65535 else 8000)
            ) from None


def _die_with_parent() -> None:
    for each in ENDING:
        signal.signal(each, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
