"""From the command to a page: the small city from nothing, and the second start, in a folder of its own."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time


def measure() -> dict[str, float]:
    """Return the seconds to the first page of a new small city, and of its second start."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        return {"small city and first page s": _start(room), "second start s": _start(room)}


def _start(room: str) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "NABIJ_"))}
    command = [sys.executable, "-m", "nabij.config.cli", "demo", "--no-open", "--port", str(port)]
    start = time.monotonic()
    served = subprocess.Popen(command, env={**clean, "NABIJ_VAR": room}, stdout=subprocess.DEVNULL)
    try:
        while time.monotonic() - start < 300:
            try:
                link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
                link.request("GET", "/aanmelden/")
                if link.getresponse().status == 200:
                    return time.monotonic() - start
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the demo does not answer")
    finally:
        served.terminate()
        served.wait(30)
