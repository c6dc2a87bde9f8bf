"""Where the rooms' records lie: one file for all, a file for each, or a schema on a server.

The server is a private one from the programs installed here, started for the run and taken away
after it, unless an address was given.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from benchmarks.floors import RECORD
from benchmarks.timing import clock
from negotiation.ledger.address import at_server
from negotiation.ledger.migrating import migrate

FILE, FILES, SERVER = "sqlite", "sqlite-per-room", "postgresql"


class NotHere(Exception):
    """The store that was asked for cannot be had on this machine."""


@attrs.frozen
class Place:
    """A kind of store, made ready: where each room goes, and what beside it belongs to it."""

    name: str
    stores: tuple[str, ...]
    """By room."""
    bare: Callable[[], float]
    """Commits 300 bytes beside the rooms, durably, without this engine; microseconds."""
    server: int = 0
    """The server's first process, where it is ours."""
    connections: Callable[[], int] = lambda: 0
    """How many the server has now."""


@contextmanager
def place_of(kind: str, rooms: int, folder: Path) -> Iterator[Place]:
    """The stores of so many rooms, in the folder or on a server."""
    if kind in (FILE, FILES):
        names = ["all"] * rooms if kind == FILE else [f"room-{room:03}" for room in range(rooms)]
        bare = sqlite3.connect(
            folder / "bare.sqlite", isolation_level=None, check_same_thread=False
        )
        try:
            stores = tuple(str(folder / f"{name}.db") for name in names)
            yield Place(kind, stores, _bare_file(bare))
        finally:
            bare.close()
    elif kind == SERVER:
        with _private_server() as (address, first):
            yield from _at(address, rooms, first)
    elif at_server(kind):
        yield from _at(kind, rooms, 0)
    else:
        raise NotHere(f"{kind} is no kind of store; say {FILE}, {FILES}, {SERVER} or an address.")


def _bare_file(bare: sqlite3.Connection) -> Callable[[], float]:
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE record (row BLOB)")

    def commit() -> float:
        began = clock()
        bare.execute("INSERT INTO record VALUES (?)", (RECORD,))
        return (clock() - began) / 1_000

    return commit


def _at(address: str, rooms: int, first: int) -> Iterator[Place]:
    import psycopg

    migrate(address)
    plain = address.partition("?schema=")[0].partition("&schema=")[0]
    with psycopg.connect(plain, autocommit=True) as bare:
        bare.execute("CREATE TABLE IF NOT EXISTS public.bare_commits (row bytea)")

        def commit() -> float:
            began = clock()
            bare.execute("INSERT INTO public.bare_commits VALUES (%s)", (RECORD,))
            return (clock() - began) / 1_000

        def connections() -> int:
            row = bare.execute("SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL")
            return int((row.fetchone() or (0,))[0])

        try:
            yield Place(SERVER, (address,) * rooms, commit, first, connections)
        finally:
            bare.execute("DROP TABLE public.bare_commits")


@contextmanager
def _private_server() -> Iterator[tuple[str, int]]:
    try:
        from tests.postgres import Server, programs
    except ImportError as cause:
        raise NotHere(f"The server of the tests cannot be started: {cause}.") from cause
    found = programs()
    if found is None:
        raise NotHere("There is no PostgreSQL server here (on Debian: apt install postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # Room for two connections of every follower, and the memory of a small machine.
    server = Server(found, folder, max_connections="600", shared_buffers="128MB")
    try:
        server.make()
        server.start()
        first = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        yield f"{server.url()}&schema=conference", first
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
