"""The command `nabij`, as somebody types it: in a process of its own, with a folder of its own."""

import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nabij.config import embedded, processes, roles
from nabij.config.commands import COMMANDS, worker
from nabij.config.commands.serve import server_command
from nabij.kernel.refusals import Refusal

NABIJ = [sys.executable, "-m", "nabij.config.cli"]


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment of a newcomer: nothing is set but the folder."""
    ours = {*roles.VARIABLES.values(), roles.ADMIN, "NABIJ_DEMO", "PORT"}
    yield {k: v for k, v in os.environ.items() if k not in ours and not k.endswith("_KEY")} | {
        "NABIJ_VAR": str(tmp_path)
    }
    if (tmp_path / "postgres" / "data").exists():
        assert not embedded.Server(tmp_path / "postgres").answers(), "no server outlives the command that started it"


def nabij(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*NABIJ, *words], env=env, capture_output=True, text=True, timeout=60, check=False)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_without_a_database(
    name: str, surroundings: dict[str, str], tmp_path: Path
) -> None:
    done = nabij(name, "--help", env=surroundings)
    assert done.returncode == 0, done.stderr
    assert f"nabij {name}" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_run_hands_on_addresses_keys_and_the_exit_code(surroundings: dict[str, str]) -> None:
    script = (
        "import os, psycopg, sys\n"
        "for role in ('', 'OWNER_', 'TRAIL_', 'BACKUP_'):\n"
        "    print(psycopg.connect(os.environ[f'DATABASE_{role}URL']).execute('select current_user').fetchone()[0])\n"
        "print(len(os.environ['NABIJ_TRAIL_KEY']))\n"
        "sys.exit(7)\n"
    )
    done = nabij("run", "--", sys.executable, "-c", script, env=surroundings)
    assert (done.returncode, done.stdout.split()) == (
        7,
        ["nabij_app", "nabij_owner", "nabij_trail", "nabij_backup", "64"],
    )


def test_run_of_what_does_not_exist(surroundings: dict[str, str]) -> None:
    assert "geen-programma kan niet starten" in one_sentence(nabij("run", "geen-programma", env=surroundings))


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT, signal.SIGTERM]])
def test_run_stops_its_child_and_the_server_on_a_signal(surroundings: dict[str, str], signals: list[int]) -> None:
    script = "import time; print('here', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [*NABIJ, "run", "--", sys.executable, "-c", script],
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    for number in signals:
        os.killpg(process.pid, number)
    assert process.wait(20) in (1, 128 + signal.SIGTERM, 128 + signal.SIGINT)


@pytest.mark.parametrize("words", [("migrate",), ("runserver",), ("flush",)])
def test_manage_sends_to_the_right_door_and_starts_nothing(
    words: tuple[str, ...], surroundings: dict[str, str], tmp_path: Path
) -> None:
    assert "nabij " in one_sentence(nabij("manage", *words, env=surroundings))
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_said_before_anything_starts(surroundings: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for words in (["demo", "--port", str(port)], ["serve", "--port", str(port)]):
            assert f"Poort {port} is al in gebruik" in one_sentence(nabij(*words, env=surroundings))
        done = nabij("demo", env=surroundings | {"PORT": str(port)})
        assert f"Poort {port} is al in gebruik" in one_sentence(done)
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_was_just_given_back_is_free() -> None:
    with socket.socket() as before:
        before.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        before.bind(("127.0.0.1", 0))
        before.listen()
        port = before.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        accepted, _ = before.accept()
        accepted.close()  # the server's side closes first, so the port lingers
        client.close()
    processes.check_port(port)


def test_half_a_set_of_addresses_names_what_is_missing(surroundings: dict[str, str]) -> None:
    done = nabij("migrate", env=surroundings | {"DATABASE_URL": "postgresql://app@localhost/nabij"})
    assert "DATABASE_OWNER_URL" in one_sentence(done)


def test_fresh_never_wipes_a_server_that_is_not_our_own(surroundings: dict[str, str]) -> None:
    elsewhere = {v: f"postgresql://{r}@127.0.0.1:1/nabij" for r, v in roles.VARIABLES.items()}
    assert "--fresh" in one_sentence(nabij("demo", "--fresh", "--port", str(free_port()), env=surroundings | elsewhere))


def test_a_folder_that_cannot_be_made(surroundings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    env = surroundings | {"NABIJ_VAR": str(tmp_path / "file" / "var")}
    assert "Zet NABIJ_VAR" in one_sentence(nabij("run", "true", env=env))


def test_a_child_that_ends_ends_the_rest() -> None:
    children = processes.Children()
    children.start("blijver", ["sleep", "60"])
    children.start("ziekte", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(Refusal, match=r"ziekte stopte onverwacht \(code 3\)"):
        children.watch()
    children.stop()
    assert {name: child.poll() is not None for name, child in children._running.items()} == {
        "blijver": True,
        "ziekte": True,
    }


def test_a_child_that_does_not_listen_is_ended(tmp_path: Path) -> None:
    children = processes.Children()
    script = tmp_path / "deaf.py"
    script.write_text(
        "import pathlib, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(tmp_path / 'deaf')!r}).touch()\ntime.sleep(60)\n"
    )
    children.start("doof", [sys.executable, str(script)])
    while not (tmp_path / "deaf").exists():
        time.sleep(0.02)
    children.stop(patience=0.5)
    assert children._running["doof"].returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_a_child_does_not_outlive_a_killed_parent() -> None:
    script = (
        "import sys, time\nfrom nabij.config.processes import Children\n"
        "c = Children(); c.start('slaper', ['sleep', '60'])\n"
        "print(c._running['slaper'].pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(100):
        stat = Path(f"/proc/{child}/stat")
        if not stat.exists() or stat.read_text().split(")")[1].split()[0] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("the child still runs")


def test_the_server_command_is_one_that_granian_takes() -> None:
    words = [word for word in server_command("127.0.0.1", 8000, 2, 8) if word.startswith("--")]
    known = subprocess.run(
        [sys.executable, "-m", "granian", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert [word for word in words if word not in known] == []


@pytest.mark.django_db
def test_a_job_that_fails_does_not_end_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    assert worker.work(worker.Job("nabij.kernel.refusals:not_there", 1)) is False
    assert "not_there failed" in caplog.text


def test_every_job_of_the_worker_exists() -> None:
    for job in worker.JOBS:
        module, name = job.function.split(":")
        assert callable(getattr(importlib.import_module(module), name))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
