"""A store in one SQLite file: the library's recorder with our check and commit index inside.

A persistence module of the event store: it must show exactly one factory class, so the library's
own is reached through its module. Connections stand in `file_connections`, and what a file must be
to be opened at all in `opening`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from eventsourcing import sqlite
from eventsourcing.persistence import (
    ApplicationRecorder,
    ConnectionPoolClosedError,
    DataError,
    StoredEvent,
)
from eventsourcing.utils import Environment, EnvType

from negotiation.ledger.appending import Append, check, never_backwards
from negotiation.ledger.file_connections import Connections, Writing
from negotiation.ledger.opening import FORMAT, FORMAT_NAME
from negotiation.ledger.store import Laid, PlacedRow, Stretch, Torn

# The row id is declared, else VACUUM may renumber what the commit index points to.
_TABLES = (
    "CREATE TABLE IF NOT EXISTS stored_events ("
    "rowid INTEGER PRIMARY KEY, "
    "originator_id TEXT NOT NULL, "
    "originator_version INTEGER NOT NULL, "
    "topic TEXT NOT NULL, "
    "state BLOB NOT NULL, "
    "UNIQUE (originator_id, originator_version))",
    "CREATE TABLE IF NOT EXISTS commits ("
    "negotiation TEXT NOT NULL, "
    "last_number INTEGER NOT NULL, "
    "written_at INTEGER NOT NULL, "
    "position INTEGER NOT NULL, "
    "PRIMARY KEY (negotiation, last_number)) "
    "WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS format (name TEXT PRIMARY KEY, version INTEGER NOT NULL)",
    f"INSERT OR IGNORE INTO format VALUES ('{FORMAT_NAME}', {FORMAT})",
)
_INSERT_EVENT = (
    "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
)
_LAST_COMMIT = (
    "SELECT last_number, written_at FROM commits "
    "WHERE negotiation=? ORDER BY last_number DESC LIMIT 1"
)
_COMMIT_BEFORE = (
    "SELECT last_number FROM commits "
    "WHERE negotiation=? AND last_number<=? ORDER BY last_number DESC LIMIT 1"
)
_POSITION_AFTER = (
    "SELECT position FROM commits "
    "WHERE negotiation=? AND last_number>? ORDER BY last_number LIMIT 1"
)
_COMMIT_AT = (
    "SELECT last_number FROM commits "
    "WHERE negotiation=? AND written_at<=? ORDER BY last_number DESC LIMIT 1"
)
# From one negotiation to the next by the key: a long record has a million commits to walk over.
_NEGOTIATIONS = (
    "WITH RECURSIVE held(id) AS ("
    "SELECT MIN(negotiation) FROM commits UNION ALL "
    "SELECT (SELECT MIN(negotiation) FROM commits WHERE negotiation>held.id) "
    "FROM held WHERE id IS NOT NULL) "
    "SELECT id FROM held WHERE id IS NOT NULL ORDER BY "
    "(SELECT position FROM commits WHERE negotiation=held.id ORDER BY last_number LIMIT 1)"
)
# With the stream of the last act, which is of chance: a copy that was put back may have grown to
# the same number by other entries, were it at the same time.
_END = (
    "SELECT last_number, written_at, position, (SELECT originator_id FROM stored_events "
    "WHERE rowid>position ORDER BY rowid LIMIT 1) FROM commits "
    "WHERE negotiation=? ORDER BY last_number DESC LIMIT 1"
)
_VERSION = "SELECT MAX(originator_version) FROM stored_events WHERE originator_id=?"
# The plus keeps SQLite on the row ids: through the index of streams the rows would need sorting.
_ROWS = (
    "SELECT originator_id, originator_version, topic, state FROM stored_events "
    "WHERE rowid>? AND (+originator_id=? OR (+originator_id>? AND +originator_id<?)) "
    "ORDER BY rowid"
)
# By the same way as above: what an index says of a stream need not be what its row says.
_LAID = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE +originator_id=? OR (+originator_id>? AND +originator_id<?) ORDER BY rowid"
)
_COMMITS = (
    "SELECT last_number, written_at, position FROM commits WHERE negotiation=? ORDER BY last_number"
)


class SQLiteRecorder(sqlite.SQLiteApplicationRecorder):
    """The library's recorder on a file, with our check and commit index in its transaction."""

    def __init__(self, datastore: sqlite.SQLiteDatastore) -> None:
        super().__init__(datastore)
        self._follower: sqlite3.Connection | None = None
        self._follower_lock = threading.Lock()
        self._looked: dict[str, tuple[int, object]] = {}
        """By negotiation: the version of the file when it was looked at, and its end then."""

    def construct_create_table_statements(self) -> list[str]:
        """The tables of a record, and the row that says whose they are."""
        return list(_TABLES)

    @contextmanager
    def _writing(self) -> Iterator[sqlite.SQLiteCursor]:
        with (
            self.datastore.get_connection(commit=True) as connection,
            Writing(connection, commit=True) as cursor,
            cursor,
        ):
            yield cursor

    def create_table(self) -> None:
        """Makes the tables where they are missing, all or none."""
        with self._writing() as cursor:
            self._create_table(cursor)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Writes the events in one transaction, on disk when it returns."""
        with self._writing() as cursor:
            return self._insert_events(cursor, stored_events, **kwargs)

    def _insert_events(
        self,
        c: sqlite.SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        append: Append | None = None,
        **_: Any,
    ) -> Sequence[int] | None:
        head, latest = 0, 0
        if append is not None:
            c.execute(_LAST_COMMIT, (append.negotiation,))
            head, latest = _numbers(c.fetchone() or (0, 0))
            check(append, head, lambda stream: _version_of(c, stream))
        position = self._max_notification_id(c) or 0
        c.executemany(
            _INSERT_EVENT,
            [
                (str(row.originator_id), row.originator_version, row.topic, row.state)
                for row in stored_events
            ],
        )
        if append is not None:
            at = position
            commits: list[tuple[str, int, int, int]] = []
            for committed, written in never_backwards(latest, append.acts):
                commits.append((append.negotiation, committed.last, written, at))
                at += committed.rows
            c.executemany("INSERT INTO commits VALUES (?,?,?,?)", commits)
        return list(range(position + 1, position + 1 + len(stored_events)))

    def negotiations(self) -> tuple[str, ...]:
        """The negotiations, in order of opening."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(_NEGOTIATIONS)
            found = tuple(row[0] for row in cursor.fetchall())
        if not all(isinstance(one, str) and "/" not in one for one in found):
            # In a damaged file pages of another table may stand in the place of the index.
            raise DataError(sqlite3.DataError("the name of a negotiation is none"))
        return found

    def head(self, negotiation: str) -> int:
        """The number of the last entry; 0 where there is none."""
        with self.datastore.transaction(commit=False) as cursor:
            return _first(cursor.sqlite_cursor.execute(_LAST_COMMIT, (negotiation,)))

    def position_at(self, negotiation: str, written: int) -> int:
        """The last entry written not later than a time."""
        with self.datastore.transaction(commit=False) as cursor:
            return _first(cursor.sqlite_cursor.execute(_COMMIT_AT, (negotiation, written)))

    @contextmanager
    def stretch(self, negotiation: str, after: int) -> Iterator[Stretch]:
        """Every act that holds an entry after this one, in order."""
        with self.datastore.transaction(commit=False) as cursor:
            rows = cursor.sqlite_cursor
            # Plain tuples: the library's row class costs a third of the reading.
            rows.row_factory = None
            last = _first(rows.execute(_LAST_COMMIT, (negotiation,)))
            before = _first(rows.execute(_COMMIT_BEFORE, (negotiation, after)))
            position = _first(rows.execute(_POSITION_AFTER, (negotiation, before)))
            # "0" is the character after the slash: together the two bound all streams of ours.
            rows.execute(_ROWS, (position, negotiation, f"{negotiation}/", f"{negotiation}0"))
            yield Stretch(before + 1, last, rows if before < last else iter(()))

    @contextmanager
    def laid(self, negotiation: str) -> Iterator[Laid]:
        """All rows and the commit index as they lie there."""
        with self.datastore.transaction(commit=False) as cursor:
            rows = cursor.sqlite_cursor
            rows.row_factory = None
            # Bytes that are no text must not keep anybody from seeing where they stand.
            connection = rows.connection
            as_text, connection.text_factory = connection.text_factory, _any_text
            try:
                yield self._laid(rows, negotiation)
            finally:
                connection.text_factory = as_text

    def _laid(self, rows: sqlite3.Cursor, negotiation: str) -> Laid:
        found = rows.execute(_COMMITS, (negotiation,)).fetchall()
        # What is no number can be none of theirs.
        commits = tuple(
            (last, written, position)
            if isinstance(last, int) and isinstance(written, int) and isinstance(position, int)
            else (-1, -1, -1)
            for last, written, position in found
        )
        return Laid(_as_far_as_they_go(rows, negotiation), commits)

    def role(self) -> str:
        """None: nobody logs in to a file."""
        return ""

    def changed(self, negotiation: str = "") -> bool:
        """Whether anything was written since this was last asked; yes, the first time.

        Asked of a connection of its own, which sees the writes of this process and of others. That
        something was written into the file is cheap to see; only then the end of the one record is
        looked at, which is cheaper than reading on in vain whenever another room writes.
        """
        with self._follower_lock:
            if self.datastore.pool.closed:
                raise ConnectionPoolClosedError
            if self._follower is None:
                # Whoever looks comes back soon: it never waits for a lock, and never holds one.
                self._follower = sqlite3.connect(
                    self.datastore.pool.db_name, timeout=0, check_same_thread=False
                )
            try:
                version: int = self._follower.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.OperationalError:
                # Somebody closes the file just now, and whoever reads on waits for that; or this
                # desk does, and whoever reads on is told so.
                return True
            looked = self._looked.get(negotiation)
            if looked is not None and looked[0] == version:
                return False
            try:
                end = self._follower.execute(_END, (negotiation,)).fetchall() if negotiation else 0
            except sqlite3.Error:
                # Whoever reads on will be told what it is.
                return True
            self._looked[negotiation] = version, end
            return not negotiation or looked is None or looked[1] != end

    def close(self) -> None:
        """Lets go of the file."""
        self.datastore.close()
        with self._follower_lock:
            if self._follower is not None:
                self._follower.close()
                self._follower = None


def _as_far_as_they_go(rows: sqlite3.Cursor, negotiation: str) -> Iterator[PlacedRow]:
    try:
        yield from rows.execute(_LAID, (negotiation, f"{negotiation}/", f"{negotiation}0"))
    except sqlite3.DatabaseError as cause:
        raise Torn(str(cause)) from cause


def _numbers(row: Sequence[object]) -> tuple[int, ...]:
    """A row of the commit index; in a damaged file anything may stand in it."""
    numbers = tuple(value for value in row if isinstance(value, int))
    if len(numbers) < len(row):
        raise DataError(sqlite3.DataError("a number of its index is none"))
    return numbers


def _any_text(text: bytes) -> str:
    return text.decode(errors="surrogateescape")


def _version_of(cursor: sqlite.SQLiteCursor, stream: str) -> int:
    cursor.execute(_VERSION, (stream,))
    version: int | None = cursor.fetchone()[0]
    return version or 0


def _first(answer: sqlite3.Cursor) -> int:
    """The first value of the first row; 0 where there is none."""
    row = answer.fetchone()
    if not row:
        return 0
    if not isinstance(row[0], int):
        # Any column of SQLite holds anything, once somebody else wrote into it.
        raise DataError(sqlite3.DataError("a number of its index is none"))
    return row[0]


class SQLiteRecordFactory(sqlite.SQLiteFactory):
    """Makes the recorder above."""

    application_recorder_class: type[sqlite.SQLiteApplicationRecorder] = SQLiteRecorder
    _recorder: ApplicationRecorder | None = None

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        stock = self.datastore.pool
        waiting = stock.lock_timeout or 0
        self.datastore.pool = Connections(
            db_name=stock.db_name,
            lock_timeout=waiting,
            # A thread waits for the one that waits for another process.
            pool_timeout=waiting + 5,
        )
        stock.close()

    def application_recorder(self) -> ApplicationRecorder:
        """The one recorder of a record in a file."""
        self._recorder = super().application_recorder()
        return self._recorder

    def close(self) -> None:
        """Closes every connection to the file."""
        if isinstance(self._recorder, SQLiteRecorder):
            self._recorder.close()
        super().close()
