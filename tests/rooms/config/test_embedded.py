"""The server of our own: two holders, killed holders, stale numbers, long paths, Ctrl-C in every way."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.plugin import HASTY

from nabij.config import embedded
from nabij.kernel.refusals import Refusal

HOLDER = """
import sys, time
from pathlib import Path
from nabij.config import embedded, processes
with processes.ended_by_signals(), embedded.running(Path(sys.argv[1]), sys.argv[2:]) as server:
    print(server.url(), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "pg"
    if (tmp_path / "pg").exists():  # whatever the test did, no server outlives it
        with embedded.running(tmp_path / "pg", HASTY):
            pass


def holder(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(folder), *HASTY]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("postgresql://")
    return process


def answers(folder: Path) -> bool:
    return embedded.Server(folder).answers()


def postgres_pid(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_data_survive_a_second_start(folder: Path) -> None:
    with embedded.running(folder, HASTY) as server, psycopg.connect(server.url()) as connection:
        connection.execute("create table kept (n int); insert into kept values (7)")
    assert not answers(folder)
    with embedded.running(folder, HASTY) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("select n from kept").fetchone() == (7,)


def test_it_listens_on_no_network_and_the_socket_is_for_its_owner(folder: Path) -> None:
    with embedded.running(folder, HASTY) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        socket = server.socket_folder / ".s.PGSQL.5432"
        assert socket.stat().st_mode & 0o077 == 0
        assert server.socket_folder.stat().st_mode & 0o077 == 0


def test_letters_with_accents_have_capitals(folder: Path) -> None:
    with embedded.running(folder, HASTY) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("select upper('éçđş'), lower('ÉÇ')").fetchone() == ("ÉÇĐŞ", "éç")


def test_the_last_of_two_holders_stops_it(folder: Path) -> None:
    first, second = holder(folder), holder(folder)
    first.terminate()
    assert first.wait(20) != -signal.SIGTERM, "it ended by its own exception, so it cleaned up"
    assert answers(folder)
    second.send_signal(signal.SIGINT)
    second.wait(20)
    assert not answers(folder)


def test_a_holder_killed_outright_leaves_a_server_that_the_next_one_uses_and_stops(folder: Path) -> None:
    killed = holder(folder)
    pid = postgres_pid(folder)
    killed.kill()
    killed.wait(20)
    assert answers(folder)
    with embedded.running(folder, HASTY):
        assert postgres_pid(folder) == pid
    assert not answers(folder)
    assert gone(pid)


def test_a_holder_killed_outright_does_not_keep_another_from_stopping(folder: Path) -> None:
    killed = holder(folder)
    with embedded.running(folder, HASTY):
        killed.kill()
        killed.wait(20)
    assert not answers(folder)


def test_a_server_killed_outright_starts_again_with_its_data(folder: Path) -> None:
    with embedded.running(folder, HASTY) as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("create table kept (n int)")
            connection.execute("checkpoint")
        os.kill(postgres_pid(folder), signal.SIGKILL)
        time.sleep(0.2)
    with embedded.running(folder, HASTY) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_a_stale_number_that_another_program_has_now_is_not_in_the_way(folder: Path) -> None:
    with embedded.running(folder, HASTY):
        lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
    other = subprocess.Popen(["sleep", "30"])
    try:
        stale = folder / "data" / "postmaster.pid"
        stale.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        with embedded.running(folder, HASTY) as server:
            assert server.answers()
        assert other.poll() is None, "the other program is left alone"
    finally:
        other.kill()
        other.wait()


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    long = tmp_path / ("gemeente" * 14) / "pg"
    with embedded.running(long, HASTY) as server:
        assert len(str(server.data)) > 110
        assert len(str(server.socket_folder)) < embedded.LONGEST_SOCKET_FOLDER
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    assert not server.socket_folder.exists()


def test_a_path_with_a_space_and_a_quote(tmp_path: Path) -> None:
    with embedded.running(tmp_path / "l'été 1", HASTY) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_making_cut_short_is_made_again(folder: Path) -> None:
    (folder / "data.new" / "base").mkdir(parents=True)
    with embedded.running(folder, HASTY) as server:
        assert server.answers()
    assert not (folder / "data.new").exists()


def test_data_of_another_version_are_refused_in_a_sentence(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "PG_VERSION").write_text("12\n")
    with pytest.raises(Refusal, match="PostgreSQL 12"):
        embedded.Server(folder).start()
    (folder / "data" / "PG_VERSION").unlink()
    (folder / "data").rmdir()


def test_a_machine_without_postgresql_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NABIJ_PG_BIN", str(tmp_path))
    with pytest.raises(Refusal, match="Installeer het pakket postgresql"):
        embedded.find_programs()


def test_a_forked_child_does_not_stop_the_server_of_its_parent(folder: Path) -> None:
    server = embedded.Server(folder, HASTY)
    server.start()
    try:
        server._holder = os.getpid() + 1  # as a child sees it
        server.stop()
        assert server.answers()
    finally:
        server._holder = os.getpid()
        server.stop()
    assert not server.answers()


@pytest.mark.skipif(os.geteuid() != 0, reason="only as root does somebody else run PostgreSQL")
def test_a_program_below_a_folder_closed_to_others_is_found(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = shutil.copy(shutil.which("true") or "/bin/true", closed / "program")
    looked = subprocess.run([*embedded._as_somebody(), "/usr/bin/test", "-x", str(program)], check=False)
    assert looked.returncode == 0
