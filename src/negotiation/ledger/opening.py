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
from negotiation.ledger.held_open import is_held_open, looking

_MAGIC = b"SQLite format 3\0"
_LOG = b"\x37\x7f\x06"
_KINDS = {1, 2}
"""What SQLite's header says of how a file is written: with a journal, or with a log."""
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
    # The power went while the file was made: SQLite takes back what there is of it.
    unmade = _holds(f"{path}-journal")
    if head == b"" or (head is not None and unmade and not head.strip(b"\0")):
        return False
    crashed = _holds(f"{path}-wal")
    if head is not None and not head.startswith(_MAGIC) and not _log_tells(path):
        raise NotOurs(
            f"{store} is not a record: it is no SQLite file. "
            "Name another file, or use `negotiation import` to read a document."
        )
    settled = head is not None and not crashed and not unmade
    if head is not None and settled and path.stat().st_size % _page_size(head):
        # SQLite itself would read the missing end of the last page as zeros.
        raise _damaged(store, "its last page is not whole")
    if head is not None and settled and not set(head[18:20]) <= _KINDS:
        # SQLite itself would read it, and call every act a want of permission.
        raise _damaged(store, "its first page asks for another SQLite")
    # With a log left over, closing would write it into the file, which may not be ours. Without
    # one, SQLite needs to write to take away the log that it makes itself; and what was going on
    # when the power went, while the file was made, it must take back before it can read.
    mode = "ro" if crashed and not unmade else "rw"
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=30)
        ) as connection:
            found = connection.execute("SELECT name, type FROM sqlite_master").fetchall()
            tables = {name for name, kind in found if kind == "table"}
            if not found:
                (pages,) = connection.execute("PRAGMA page_count").fetchone()
                if pages > 1:
                    raise _damaged(store, "its pages are those of no table")
                # A crash between making the file and making the tables.
                return False
            if not {"format", "stored_events", "commits"} <= tables:
                raise NotOurs(
                    f"{store} is an SQLite file of something else, not a record; name another file."
                )
            formats = connection.execute(
                "SELECT version FROM format WHERE name=?", (FORMAT_NAME,)
            ).fetchall()
            _refuse_what_runs(store, connection, found)
    except sqlite3.OperationalError as cause:
        raise _unusable(store, cause) from cause
    except (sqlite3.DatabaseError, UnicodeDecodeError) as cause:
        raise _damaged(store, cause) from cause
    version = formats[0][0] if formats else None
    if not isinstance(version, int) or version < 1:
        raise _damaged(store, "it does not say which version wrote it")
    if version > FORMAT:
        raise NotOurs(
            f"{store} was written by a newer version of this program (format {version}, this one "
            f"reads up to {FORMAT}); install the newer version to open it."
        )
    return True


def _head(path: Path) -> bytes | None:
    """The header of a file; None where this process must not read it, since it has it open."""
    with looking:
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


def _holds(path: str) -> bool:
    """Whether there is a file with anything in it."""
    return os.path.exists(path) and os.path.getsize(path) > 0


def _log_tells(path: Path) -> bool:
    """Whether SQLite's log stands beside a file whose first page was lost while it was emptied."""
    try:
        with Path(f"{path}-wal").open("rb") as log:
            return log.read(len(_LOG)) == _LOG
    except OSError:
        return False


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
    except UnicodeDecodeError as cause:
        # What SQLite says of a damaged file may hold bytes of it.
        raise _damaged(store, "its own words are no text") from cause
    except (PersistenceError, sqlite3.Error, OSError) as cause:
        at_fault = cause.args[0] if cause.args and isinstance(cause.args[0], Exception) else cause
        if isinstance(at_fault, sqlite3.DatabaseError) and not isinstance(
            at_fault, sqlite3.OperationalError | sqlite3.ProgrammingError
        ):
            raise _damaged(store, at_fault) from cause
        raise _unusable(store, at_fault) from cause


def checked(path: Path) -> tuple[int, str]:
    """How many pages a file has, and what SQLite finds wrong with them; empty where nothing is."""
    pages = 1
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as file:
            (pages,) = file.execute("PRAGMA page_count").fetchone()
            (found,) = file.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as cause:
        return pages, str(cause)
    fault = "" if found == "ok" else str(found).removeprefix("*** in database main ***")
    return pages, " ".join(fault.split())


def _damaged(store: str, cause: object) -> RecordDamaged:
    return RecordDamaged(
        f"{store} is damaged or cut off ({cause}). Go back to a copy; the command "
        "`sqlite3 STORE .recover` may save what is left."
    )


def _unusable(store: str, cause: Exception) -> StoreError:
    reason = str(cause)
    if "Could not decode" in reason:
        return _damaged(store, "its own words are no text")
    if "unsupported file format" in reason:
        return _damaged(store, reason)
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
