"""Whether a path holds a record, can begin one, or is something else; and faults as sentences.

Looks without writing: what is not ours is left exactly as it was.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from eventsourcing.persistence import ConnectionPoolClosedError, PersistenceError

from negotiation.ledger.address import address_of, at_server
from negotiation.ledger.faults import NoRecord, NotOurs, RecordDamaged, StoreBusy, StoreError
from negotiation.ledger.held_open import is_held_open, opening

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
"""The bytes of SQLite's own header."""
FORMAT_NAME = "negotiation-format"
FORMAT = 1
"""The version of the tables; the shape of each entry has its own, in its stored name."""


def store_at(store: str, *, create: bool) -> tuple[str, bool]:
    """The full path of a store, and whether the record is still to be begun in it."""
    path = Path(store).absolute()
    try:
        if path.is_dir():
            raise NotOurs(f"{store} is a directory; name a file in it for the record.")
        if path.exists() and not path.is_file():
            # Opening a pipe would wait for its writer, and a device is nobody's record.
            raise NotOurs(f"{store} is a pipe or a device; name a file for the record.")
        if path.exists() and not _begun(store, path):
            if not create:
                raise NoRecord(f"{store} is empty; `negotiation import FILE` begins a record.")
            return str(path), True
        if path.exists():
            return str(path), False
        if not create:
            raise NoRecord(f"There is no record at {store}; `negotiation import FILE` begins one.")
        if not path.parent.is_dir():
            raise StoreError(
                f"{store} cannot be made: there is no directory {path.parent}. Make it first."
            )
    except OSError as cause:
        raise _unusable(store, cause) from cause
    return str(path), True


def _begun(store: str, path: Path) -> bool:
    """Whether a record was begun in the file; raises when the file is anything else."""
    head = _head(path)
    if head == b"":
        return False
    if head is not None and not head.startswith(_MAGIC):
        raise NotOurs(
            f"{store} is not a record: it is no SQLite file. "
            "Name another file, or use `negotiation import` to read a document."
        )
    log = Path(f"{path}-wal")
    crashed = log.exists() and log.stat().st_size > 0
    if head is not None and not crashed and path.stat().st_size % _page_size(head):
        # SQLite itself would read the missing end of the last page as zeros.
        raise _damaged(store, "its last page is not whole")
    # With a log left over, closing would write it into the file, which may not be ours. Without
    # one, SQLite needs to write to take away the log that it makes itself.
    mode = "ro" if crashed else "rw"
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=30)
        ) as connection:
            found = connection.execute("SELECT name, type FROM sqlite_master").fetchall()
            tables = {name for name, kind in found if kind == "table"}
            if not found:
                # A crash between making the file and making the tables.
                return False
            formats = []
            if {"format", "stored_events", "commits"} <= tables:
                formats = connection.execute(
                    "SELECT version FROM format WHERE name=?", (FORMAT_NAME,)
                ).fetchall()
                _refuse_what_runs(store, connection, found)
    except sqlite3.OperationalError as cause:
        raise _unusable(store, cause) from cause
    except sqlite3.DatabaseError as cause:
        raise _damaged(store, cause) from cause
    if not formats:
        raise NotOurs(
            f"{store} is an SQLite file of something else, not a record; name another file."
        )
    version = formats[0][0]
    if not isinstance(version, int):
        raise _damaged(store, "the version of its format is no number")
    if version > FORMAT:
        raise NotOurs(
            f"{store} was written by a newer version of this program (format {version}, this one "
            f"reads up to {FORMAT}); install the newer version to open it."
        )
    return True


def _head(path: Path) -> bytes | None:
    """The header of a file; None where this process must not read it, since it has it open."""
    with opening:
        if is_held_open(path):
            return None
        with path.open("rb") as file:
            return file.read(_HEADER)


def _refuse_what_runs(
    store: str, connection: sqlite3.Connection, found: list[tuple[str, str]]
) -> None:
    """What a database does by itself when it is read or written has no place in a record."""
    runs = sorted(str(name) for name, kind in found if kind in ("view", "trigger"))
    for table in ("format", "stored_events", "commits"):
        columns = connection.execute(
            "SELECT name FROM pragma_table_xinfo(?) WHERE hidden", (table,)
        )
        runs += [f"{table}.{name}" for (name,) in columns]
    if runs:
        raise NotOurs(
            f"{store} holds what acts by itself when it is read or written ({runs[0][:40]}); no "
            "record does, so it was not opened."
        )


def _page_size(head: bytes) -> int:
    # Two bytes of the header; 64 KiB, which does not fit in them, is written as 1.
    size = int.from_bytes(head[16:18], "big")
    return 65536 if size == 1 else max(size, 1)


@contextmanager
def said(store: str) -> Iterator[None]:
    """Turns the faults of the library and the database below into sentences about this store."""
    if at_server(store):
        from negotiation.ledger.server import said_of

        with said_of(address_of(store)):
            yield
        return
    try:
        yield
    except ConnectionPoolClosedError as cause:
        raise StoreError(f"{store} was closed; open it again.") from cause
    except (PersistenceError, sqlite3.Error, OSError) as cause:
        at_fault = cause.args[0] if cause.args and isinstance(cause.args[0], Exception) else cause
        if isinstance(at_fault, sqlite3.DatabaseError) and not isinstance(
            at_fault, sqlite3.OperationalError | sqlite3.ProgrammingError
        ):
            raise _damaged(store, at_fault) from cause
        raise _unusable(store, at_fault) from cause


def _damaged(store: str, cause: object) -> RecordDamaged:
    return RecordDamaged(
        f"{store} is damaged or cut off ({cause}). Go back to a copy; the command "
        "`sqlite3 STORE .recover` may save what is left."
    )


def _unusable(store: str, cause: Exception) -> StoreError:
    reason = str(cause)
    if "locked" in reason or "Timed out" in reason:
        return StoreBusy(
            f"{store} is being written by somebody else and did not come free; try again."
        )
    if isinstance(cause, PermissionError) or "readonly" in reason or "unable to open" in reason:
        return StoreError(
            f"{store} is closed to you: you may not read or write it, or not in its directory. "
            "Ask for the permission, or copy the file to a place of your own."
        )
    if isinstance(cause, OSError) and cause.errno:
        reason = os.strerror(cause.errno)
    return StoreError(f"{store} cannot be used ({reason}); check the disk, then try again.")
