"""Hearing that somebody wrote: one connection that listens, and is asked without waiting.

Only that something was written is heard, never what: a message may be lost with its connection, so
whoever hears reads on from the last entry that he has. Nothing is missed, since listening begins
before the first reading and a connection that had to be made anew counts as a message.
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


class Listener:
    """Whether anything was written since this was last asked."""

    def __init__(self, connect: Callable[[], Connection], channel: str, address: Address) -> None:
        self._connect = connect
        self._channel = channel
        self._address = address
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._closed = False
        self._heard = 0
        """The highest position that anybody told of."""
        self._answered = 0
        self._fault: Exception | None = None
        self._again = 0.0

    def wrote(self, position: int) -> None:
        """Tells of an own append, whose message may still be on its way."""
        with self._lock:
            self._heard = max(self._heard, position)

    def changed(self) -> bool:
        """Whether anything was written; yes, the first time and after every break."""
        with self._lock:
            if self._closed:
                raise ConnectionPoolClosedError
            anew = self._listen() if self._connection is None else False
            if not anew:
                try:
                    self._drain()
                except psycopg.Error:
                    # What was said meanwhile is lost; listening comes first, then the reading.
                    self._let_go()
                    anew = self._listen()
            looked, self._answered = self._answered, self._heard
            return anew or looked != self._heard

    def _listen(self) -> bool:
        if self._fault is not None and time.monotonic() < self._again:
            raise self._fault
        connection = None
        try:
            connection = self._connect()
            connection.execute(SQL("LISTEN {}").format(Identifier(self._channel)))
        except Exception as fault:
            if connection is not None:
                connection.close()
            # Asked a hundred times in a second, a server that is down is not tried as often.
            self._fault, self._again = fault, time.monotonic() + _WAIT
            raise
        self._connection, self._fault = connection, None
        return True

    def _drain(self) -> None:
        assert self._connection is not None
        server = self._connection.pgconn
        server.consume_input()
        while (message := server.notifies()) is not None:
            if message.extra.isdigit():
                self._heard = max(self._heard, int(message.extra))

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Stops listening."""
        with self._lock:
            self._closed = True
            self._let_go()


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
