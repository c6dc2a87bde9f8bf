"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, once a session.

It runs from the programs that Debian's package `postgresql` installs. Where they are missing, or
the driver is, whoever asks for it is skipped with the reason.
"""

from __future__ import annotations

import getpass
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

OWNER = "owner"
_PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
_PATIENCE = 60
_NUMBERS = itertools.count(1)


class Server:
    """A server that can be stopped, killed and started again."""

    def __init__(self, programs: Path, folder: Path, **settings: str) -> None:
        self.programs = programs
        self.folder = folder
        self._settings = settings
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            name = _unprivileged()
            account = pwd.getpwnam(name)
            os.chown(folder, account.pw_uid, account.pw_gid)
            self._as = {"user": name, "group": account.pw_gid, "extra_groups": []}
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, program: str, *arguments: str, said: str = "") -> str:
        """Runs one of the server's programs; what it prints."""
        ran = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            input=said,
            capture_output=True,
            encoding="utf-8",
            check=False,
            **self._as,
        )
        if ran.returncode:
            raise RuntimeError(f"{program}: {ran.stdout}{ran.stderr}")
        return str(ran.stdout)

    def make(self) -> None:
        """A new cluster, in which the owner needs no password on the socket and others do."""
        data = str(self.folder / "data")
        self.run(
            "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"
        )
        rules = f"local all {OWNER} trust\nlocal all all scram-sha-256\n"
        (self.folder / "data" / "pg_hba.conf").write_text(rules)

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "max_connections": "60",
            "shared_buffers": "32MB",
            "fsync": "on",
            "synchronous_commit": "on",
            **self._settings,
        }
        log = (self.folder / "log").open("ab")
        until = time.monotonic() + _PATIENCE
        while True:
            self._process = subprocess.Popen(
                [
                    self.programs / "postgres",
                    "-D",
                    self.folder / "data",
                    *(word for key, value in settings.items() for word in ("-c", f"{key}={value}")),
                ],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **self._as,
            )
            while self._process.poll() is None and not self._ready():
                time.sleep(0.02)
            if self._process.poll() is None:
                break
            # After a kill, what the dead one shared is let go of by its last child.
            if time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])
            time.sleep(0.1)
        log.close()

    def _ready(self) -> bool:
        ran = subprocess.run(
            [self.programs / "pg_isready", "-q", "-h", self.folder, "-d", "postgres"],
            check=False,
        )
        return ran.returncode == 0

    def running(self) -> bool:
        """Whether it was started and neither stopped nor killed since."""
        return self._process is not None

    def stop(self) -> None:
        """Ends it at once, with all that belongs to it."""
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """Kills all of it in the middle of whatever it does, as a power cut would."""
        assert self._process is not None
        # The first process would restart the others: it is held still until they are gone.
        self._process.send_signal(signal.SIGSTOP)
        for child in _children(self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self._end(signal.SIGKILL)

    def _end(self, sign: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(sign)
            self._process.wait(_PATIENCE)
            self._process = None

    def url(self, schema: str = "", *, user: str = OWNER, database: str = "postgres") -> str:
        """The address of a store on it."""
        address = f"postgresql://{user}@/{database}?host={self.folder}"
        return f"{address}&schema={schema}" if schema else address

    def new_address(self) -> str:
        """The address of a store that nobody used, without tables."""
        return self.url(f"s{os.getpid()}_{next(_NUMBERS)}")

    def new_store(self) -> str:
        """The address of a store that nobody used, its tables made."""
        from negotiation.ledger.migrating import migrate

        store = self.new_address()
        migrate(store)
        return store

    def execute(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Runs a statement as the owner, behind the ledger's back; answers its rows."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            answer = connection.execute(statement.encode(), parameters or None)
            return answer.fetchall() if answer.description else []


def _children(parent: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # After the name in parentheses, which may hold anything: state, then parent.
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def _unprivileged() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return getpass.getuser()


def programs() -> Path | None:
    """The folder of the newest server's programs that is installed here."""
    found = [
        initdb.parent
        for place in _PLACES
        for initdb in Path(place).glob("*/bin/initdb")
        if (initdb.parent / "postgres").exists()
    ]
    if not found and (here := shutil.which("initdb")) is not None:
        found = [Path(here).resolve().parent]
    # By version: 9 is older than 15.
    return max(found, key=lambda place: (len(place.parts[-2]), place.parts[-2]), default=None)


@pytest.fixture(scope="session")
def postgres():
    """A server of this session."""
    pytest.importorskip(
        "psycopg", reason="The driver of PostgreSQL is not installed (extra [postgres])."
    )
    place = programs()
    if place is None:
        pytest.skip("There is no PostgreSQL server here (on Debian: apt install postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = Server(place, folder)
    try:
        try:
            server.make()
            server.start()
        except (OSError, RuntimeError) as fault:
            pytest.skip(f"PostgreSQL does not start here: {' '.join(str(fault).split())[:300]}")
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_store(postgres):
    """The address of a store of its own on that server, its tables made."""
    return postgres.new_store()
