"""Connections to a PostgreSQL server: made when they are needed, given back, and counted.

The driver's own pool connects in the background and lets whoever waits find out nothing but that
time is up; here a server that is down, or a wrong password, is the answer to the one who asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeAlias

import psycopg
from eventsourcing import postgres
from eventsourcing.persistence import ConnectionPoolClosedError
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from negotiation.ledger.address import Address
from negotiation.ledger.faults import StoreBusy, StoreError

Connection: TypeAlias = psycopg.Connection[DictRow]

_DEFAULTS = {
    "connect_timeout": 10,
    "fallback_application_name": "negotiation",
    # A network that went silent is noticed within a minute, not within the system's two hours.
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
}
MOST = 8
"""Connections of one process to one store at once, without the one that listens."""
_PATIENCE = 30.0
"""Seconds that a thread waits for another thread's connection."""


def connect(address: Address) -> Connection:
    """A new connection, in autocommit; the driver's error where there is none."""
    try:
        wanted = _DEFAULTS | conninfo_to_dict(address.conninfo)
    except psycopg.ProgrammingError:
        # What the driver says quotes the address, password and all.
        raise StoreError(
            f"{address.named} cannot be read as an address; write "
            "postgresql://USER@HOST:PORT/DATABASE, with signs like @ in a name as %40."
        ) from None
    wanted["client_encoding"] = "UTF8"
    options: Any = wanted
    return psycopg.connect(**options, autocommit=True, row_factory=dict_row)


class Connections:
    """The connections of one store, each used by one thread at a time."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        named: str,
        most: int = MOST,
        patience: float = _PATIENCE,
    ) -> None:
        self._connect = connect
        self._named = named
        self._most = most
        self._patience = patience
        self._turns = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._free: list[Connection] = []
        self.closed = False

    def open(self, *_: object) -> None:
        """Nothing: the event store's library opens the driver's pool before each use."""

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection for the time of one question or one append."""
        if not self._turns.acquire(timeout=self._patience):
            raise StoreBusy(
                f"All {self._most} connections of this program to {self._named} are in use and "
                "none came free; try again."
            )
        try:
            one = self._taken()
            try:
                yield one
            finally:
                self._given_back(one)
        finally:
            self._turns.release()

    def _taken(self) -> Connection:
        with self._lock:
            if self.closed:
                raise ConnectionPoolClosedError
            if self._free:
                return self._free.pop()
        return self._connect()

    def _given_back(self, one: Connection) -> None:
        with self._lock:
            lost = one.closed
            if not lost and not self.closed and one.info.transaction_status is _IDLE:
                self._free.append(one)
                return
            ended = [one]
            if lost:
                # Whatever took this one away, a restart most likely, took the others, too.
                ended += self._free
                self._free = []
        for each in ended:
            _end(each)

    def close(self) -> None:
        """Closes what is free now, and the others when they are given back."""
        with self._lock:
            self.closed = True
            ended, self._free = self._free, []
        for each in ended:
            _end(each)


_joining = threading.Lock()
_shared: dict[Address, tuple[Connections, int]] = {}
"""The connections of this process to each store, and how many records work with them."""


def join(address: Address) -> Connections:
    """The connections to a store, for one more record; each that joined must leave once."""
    with _joining:
        connections, users = _shared.get(address, (None, 0))
        if connections is None:
            connections = Connections(lambda: connect(address), address.named)
        _shared[address] = connections, users + 1
    return connections


def leave(address: Address, connections: Connections) -> None:
    """Let go of the connections; they end with the last one who does."""
    with _joining:
        held, users = _shared.get(address, (None, 0))
        if held is connections and users > 1:
            _shared[address] = connections, users - 1
            return
        if held is connections:
            del _shared[address]
    connections.close()


_IDLE = TransactionStatus.IDLE


def _end(connection: Connection) -> None:
    with suppress(psycopg.Error):
        connection.close()


class Datastore(postgres.PostgresDatastore):
    """What the library's recorder works with, on connections of ours and without its types."""

    def __init__(self, address: Address) -> None:
        # Not the library's: it wants host, user and password apart, and begins with its own pool.
        self.address = address
        self.schema = address.schema
        self.originator_id_type = "text"
        self.lock_timeout = 0
        self.enable_db_functions = False
        self.single_row_tracking = True
        self.pool_open_timeout = None
        self.db_type_names = set()
        self.psycopg_type_adapters = {}
        self.psycopg_python_types = {}
        self.connections = join(address)
        self.pool = self.connections  # type: ignore[assignment]  # as much of a pool as is used
        self._left = False

    @contextmanager
    def get_connection(self) -> Iterator[Connection]:
        """A connection; none any more when this store was closed, though others go on."""
        if self._left:
            raise ConnectionPoolClosedError
        with super().get_connection() as connection:
            yield connection

    def close(self) -> None:
        """Leaves the connections to those records of the process that go on."""
        # Also called where making it failed halfway.
        if not getattr(self, "_left", True):
            self._left = True
            leave(self.address, self.connections)

    def register_type_adapters(self) -> None:
        """Nothing: we send plain arrays, which need no type in the database."""
