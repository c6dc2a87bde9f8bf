"""Hearing that somebody wrote: one connection that listens, and is asked without waiting.

Only that something was written is heard, and to which negotiation, never what: a message may be
lost with its connection, so whoever hears reads on from the last entry that he has. Nothing is
missed, since listening begins before the first reading and a connection that had to be made anew
counts as a message. All records of a process that are in one store hear by the same connection.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg
from eventsourcing import postgres
from eventsourcing.persistence import ConnectionPoolClosedError
from psycopg.sql import SQL, Identifier

from negotiation.ledger.address import Address
from negotiation.ledger.connections import Connection

_WAIT = 1.0
"""Seconds between two tries to listen again."""


def channel_of(address: Address) -> str:
    """The name under which the server tells of commits to the records in a schema."""
    return f"{address.schema}.commits"


def message_of(position: int, negotiation: str) -> str:
    """What is told of a commit: its last row, and whose record it is."""
    return f"{position} {negotiation}"


class Hearing:
    """What a process hears of one store, for all its records there."""

    def __init__(self, connect: Callable[[], Connection], channel: str) -> None:
        self.connect = connect
        self.listeners = 0
        self._channel = channel
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._heard: dict[str, int] = {}
        """By negotiation the highest position that anybody told of."""
        self._last = 0
        self._begun = 0
        """How often listening began."""
        self._fault: Exception | None = None
        self._again = 0.0

    def wrote(self, negotiation: str, position: int) -> None:
        """Tells of an own append, whose message may still be on its way."""
        with self._lock:
            self._hear(negotiation, position)

    def stands(self, negotiation: str) -> tuple[int, int]:
        """How often listening began, and the last position told of, in any record without a name.

        It differs from what was answered before exactly when there may be something to read.
        """
        with self._lock:
            if self._connection is None:
                self._listen()
            else:
                try:
                    self._drain()
                except psycopg.Error:
                    # What was said meanwhile is lost; listening comes first, then the reading.
                    self._let_go()
                    self._listen()
            return self._begun, self._heard.get(negotiation, 0) if negotiation else self._last

    def _hear(self, negotiation: str, position: int) -> None:
        self._heard[negotiation] = max(self._heard.get(negotiation, 0), position)
        self._last = max(self._last, position)

    def _listen(self) -> None:
        if self._fault is not None and time.monotonic() < self._again:
            raise self._fault
        connection = None
        try:
            connection = self.connect()
            connection.execute(SQL("LISTEN {}").format(Identifier(self._channel)))
        except Exception as fault:
            if connection is not None:
                connection.close()
            # Asked a hundred times in a second, a server that is down is not tried as often.
            self._fault, self._again = fault, time.monotonic() + _WAIT
            raise
        self._connection, self._fault = connection, None
        self._begun += 1

    def _drain(self) -> None:
        assert self._connection is not None
        server = self._connection.pgconn
        server.consume_input()
        while (message := server.notifies()) is not None:
            position, _, negotiation = message.extra.decode(errors="replace").partition(" ")
            if position.isdecimal():
                self._hear(negotiation, int(position))

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Stops listening."""
        with self._lock:
            self._let_go()


_joining = threading.Lock()
_hearings: dict[Address, Hearing] = {}


class Listener:
    """One record's part in what its process hears: whether anything is new to it."""

    def __init__(self, connect: Callable[[], Connection], address: Address) -> None:
        self._address = address
        self._answered: dict[str, tuple[int, int]] = {}
        self._closed = False
        with _joining:
            if address not in _hearings:
                _hearings[address] = Hearing(connect, channel_of(address))
            self.hearing = _hearings[address]
            self.hearing.listeners += 1

    def wrote(self, negotiation: str, position: int) -> None:
        """Tells of an own append, whose message may still be on its way."""
        self.hearing.wrote(negotiation, position)

    def changed(self, negotiation: str = "") -> bool:
        """Whether anything was written; yes, the first time and after every break."""
        if self._closed:
            raise ConnectionPoolClosedError
        stands = self.hearing.stands(negotiation)
        answered = self._answered.get(negotiation)
        self._answered[negotiation] = stands
        return answered != stands

    def close(self) -> None:
        """Stops listening, the last one of the process for all."""
        with _joining:
            if self._closed:
                return
            self._closed = True
            self.hearing.listeners -= 1
            if self.hearing.listeners:
                return
            _hearings.pop(self._address, None)
        self.hearing.close()


class WokenSubscription(postgres.PostgresSubscription):
    """The library's subscription, woken once when it begins to listen.

    The library's reads first and listens then: what is committed in between stays unseen until
    the next commit, which may be tomorrow.
    """

    def _listen(self) -> None:
        try:
            with self._recorder.datastore.get_connection() as connection:
                connection.execute(SQL("LISTEN {}").format(Identifier(self._recorder.channel_name)))
                try:
                    self._has_been_notified.set()
                    while not self._has_been_stopped and not self._thread_error:
                        for _ in connection.notifies(timeout=0.1, stop_after=1):
                            self._has_been_notified.set()
                finally:
                    # The connection is given back, and the next one to have it does not listen.
                    with suppress(psycopg.Error):
                        connection.execute("UNLISTEN *")
        except BaseException as fault:
            if self._thread_error is None:
                self._thread_error = fault
            self.stop()
