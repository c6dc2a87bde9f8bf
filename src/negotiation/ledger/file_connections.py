"""Connections to a store in one SQLite file: how they write, wait for the disk, and are closed."""

from __future__ import annotations

import sqlite3
import time

from eventsourcing import sqlite
from eventsourcing.persistence import ConnectionPoolClosedError, InterfaceError, OperationalError

_LARGEST_ROW = 128_000_000
"""Bytes: the largest received file as base64, and room for what stands around it."""


class Writing(sqlite.SQLiteTransaction):
    """A transaction that holds the write lock from the start.

    The library begins with a mere read: what is then read before writing may be out of date, and
    SQLite refuses such a write at once, without waiting for its turn.
    """

    def __enter__(self) -> sqlite.SQLiteCursor:
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as cause:
            raise OperationalError(cause) from cause
        return cursor


class Connections(sqlite.SQLiteConnectionPool):
    """Connections that keep what they prepared, and that wait for the disk.

    The library's hold one prepared statement at a time, which doubles the work of an append, and
    leave it to how SQLite was built whether a commit reaches the disk.
    """

    _ending = False

    def _create_connection(self) -> sqlite.SQLiteConnection:
        try:
            connection = sqlite3.connect(
                self.db_name,
                timeout=self.lock_timeout or 0,
                isolation_level=None,
                check_same_thread=False,
            )
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_ROW)
        except sqlite3.Error as cause:
            raise InterfaceError(cause) from cause
        connection.row_factory = sqlite3.Row
        return sqlite.SQLiteConnection(connection, max_age=self.max_age)

    def _get_connection(self, timeout: float = 0.0) -> sqlite.SQLiteConnection:
        with self._put_condition:
            if self._ending:
                raise ConnectionPoolClosedError
            return super()._get_connection(timeout)

    def close(self) -> None:
        """Closes the connections, each when the transaction on it has ended.

        The library's closes them at once, and a connection that is closed under the hands of
        another thread takes the whole process with it.
        """
        with self._put_condition:
            self._ending = True
            until = time.monotonic() + self.pool_timeout
            while self._in_use and time.monotonic() < until:
                # In slices, since a connection that comes back wakes only one of those who wait.
                self._put_condition.wait(0.05)
            # Whoever holds one still loses it in his own thread.
            self._in_use.clear()
            super().close()
