"""Where one message ends and the next begins is decided in one way: the server with which Nabij runs, over a bare socket."""

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nabij.config.commands.serve import server_command

ECHO = """
def application(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"[{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {body!r}]".encode()]
"""
NEXT = "GET /binnengesmokkeld HTTP/1.1\r\nHost: nabij\r\nConnection: close\r\n\r\n"
# Two lengths for one message, or one that is written so that two servers may read it differently.
DOUBTFUL = {
    "two lengths": "Content-Length: 6\r\nContent-Length: 60\r\n\r\n",
    "an unknown coding": "Content-Length: 6\r\nTransfer-Encoding: xchunked\r\n\r\n",
    "a space before the colon": "Content-Length: 6\r\nTransfer-Encoding : chunked\r\n\r\n",
    "not chunked last": "Content-Length: 6\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
    "a length with a sign": "Content-Length: +6\r\n\r\n",
    "a folded line": "Transfer-Encoding:\r\n chunked\r\nContent-Length: 6\r\n\r\n",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder: Path = tmp_path_factory.mktemp("echo")
    (folder / "echo_app.py").write_text(ECHO)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = int(taken.getsockname()[1])
    command = [*server_command("127.0.0.1", free, 1, 2)[:-1], "echo_app:application"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as running:
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", free), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield free
        finally:
            running.terminate()


def answers(port: int, sent: str) -> str:
    with socket.create_connection(("127.0.0.1", port), 10) as link:
        link.sendall(sent.encode())
        link.settimeout(3)
        heard = b""
        try:
            while part := link.recv(65536):
                heard += part
        except OSError:
            pass
        return heard.decode()


def test_the_server_reads_what_is_plain(port: int) -> None:
    heard = answers(port, "POST /een HTTP/1.1\r\nHost: nabij\r\nContent-Length: 3\r\n\r\nabc" + NEXT)
    assert "[POST /een b'abc']" in heard and "[GET /binnengesmokkeld b'']" in heard


def test_pieces_count_and_not_the_length_beside_them(port: int) -> None:
    """With both, the pieces decide (RFC 9112): the length never takes a part of the next message along."""
    for head in ("Content-Length: 6\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 6"):
        heard = answers(port, f"POST /een HTTP/1.1\r\nHost: nabij\r\n{head}\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + NEXT)
        assert "[POST /een b'abc']" in heard or heard.startswith("HTTP/1.1 400"), heard
        assert "b'3" not in heard and "ET /binnen" not in heard.replace("GET /binnen", "")


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_message_of_two_minds_is_refused(port: int, what: str) -> None:
    heard = answers(port, f"POST /een HTTP/1.1\r\nHost: nabij\r\n{DOUBTFUL[what]}0\r\n\r\nX" + NEXT)
    assert heard.startswith("HTTP/1.1 400"), heard
    assert "[" not in heard, "no part of it reached the application"
