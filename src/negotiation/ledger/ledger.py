"""The record of many negotiations in one store: append and read, nothing else.

What an entry means is the domain's, how a file is judged is in `opening`; here the event store's
library is put together, and its faults become sentences.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from eventsourcing.application import Application
from eventsourcing.utils import Environment, EnvType

from negotiation.domain.entries import Entry
from negotiation.ledger import codec
from negotiation.ledger.appending import append_of, microseconds, stream_of
from negotiation.ledger.beside import Beside
from negotiation.ledger.faults import (
    ActKnown,
    NoRecord,
    NotOurs,
    RecordDamaged,
    RecordMoved,
    RecordReplaced,
    StoreBusy,
    StoreError,
)
from negotiation.ledger.mapper import Line
from negotiation.ledger.opening import said, store_at
from negotiation.ledger.reading import entries_of

if TYPE_CHECKING:
    from negotiation.ledger.store import Store

__all__ = [
    "ActKnown",
    "Ledger",
    "NoRecord",
    "NotOurs",
    "RecordDamaged",
    "RecordMoved",
    "RecordReplaced",
    "StoreBusy",
    "StoreError",
]

_LOCK_TIMEOUT = 30
"""Seconds to wait for another writer; the library's five are reached on a slow disk."""


class _Record(Application[str]):
    name = "negotiation"

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        # The library also reads the process's environment: a stray variable would change the store.
        return Environment(name, env)


class Ledger:
    """One store that holds the records of any number of negotiations."""

    def __init__(self, record: Application[str], where: str) -> None:
        self._record = record
        self._store = cast("Store", record.recorder)
        self._where = where
        self._named: str | None = None
        self._beside = Beside(None)
        self._file: tuple[Path, int, int] | None = None

    @classmethod
    def open(cls, store: str | None, *, create: bool = True) -> Ledger:
        """The ledger in a file, begun where there is none; ``None`` is one in memory.

        Raises a `StoreError` for what cannot be opened, and `NoRecord` where there is nothing and
        ``create`` is off.
        """
        env = {"MAPPER_TOPIC": "negotiation.ledger.mapper:LineMapper"}
        if store is None:
            env["PERSISTENCE_MODULE"] = "negotiation.ledger.in_memory"
            return cls(_Record(env), "the record in memory")
        path, new = store_at(store, create=create)
        env |= {
            "PERSISTENCE_MODULE": "negotiation.ledger.in_sqlite",
            "SQLITE_DBNAME": path,
            "SQLITE_LOCK_TIMEOUT": str(_LOCK_TIMEOUT),
            "ORIGINATOR_ID_TYPE": "text",
            "CREATE_TABLE": "yes" if new else "no",
        }
        with said(store):
            ledger = cls(_Record(env), store)
        ledger._named = store
        ledger._beside = Beside(path)
        ledger._file = _file(Path(path))
        return ledger

    def negotiations(self) -> tuple[str, ...]:
        """The ids of the negotiations in the store, in order of opening."""
        with said(self._where):
            return self._store.negotiations()

    def head(self, negotiation: str) -> int:
        """The number of the last entry; 0 where there is none."""
        with said(self._where):
            return self._store.head(negotiation)

    def position_at(self, negotiation: str, at: dt.datetime) -> int:
        """The last entry written not later than this time; 0 where there is none.

        Goes by the commit index, whose clock never runs backwards.
        """
        with said(self._where):
            return self._store.position_at(negotiation, microseconds(at))

    def entries(self, negotiation: str, after: int = 0) -> list[Entry]:
        """The entries with a higher number than ``after``, in order; `RecordDamaged` on a hole."""
        with said(self._where), self._store.stretch(negotiation, after) as stretch:
            return entries_of(stretch, negotiation, after)

    def append(self, negotiation: str, entries: Sequence[Entry]) -> None:
        """Writes the entries of one or several whole acts: all of them on disk, or none.

        Raises `RecordMoved` when they do not follow the last entry, `ActKnown` when one of the acts
        is on the record already, and `ValueError` when they do not follow one another.
        """
        if not entries:
            return
        append = append_of(negotiation, entries)
        lines: list[Line] = []
        rest = iter(entries)
        for committed in append.acts:
            lines.append(Line(committed.stream, 1, committed.act))
            for _ in range(committed.rows - 1):
                entry = next(rest)
                stream = stream_of(negotiation, entry.clause)
                lines.append(Line(stream, entry.version, codec.stored(entry)))
        with said(self._where):
            # Not `save`: it asks each line whether it is an aggregate, at a third of the price of
            # an append, and then takes snapshots, of which there are none here.
            self._record.events.put(lines, append=append)

    def changed(self) -> bool:
        """Whether anybody wrote since this was last asked, oneself included; yes, the first time.

        Cheap enough to ask a hundred times in a second.
        """
        with said(self._where):
            return self._store.changed()

    def kept(self, negotiation: str, name: str) -> dict[str, object]:
        """A note beside the record; empty when there is none."""
        return self._beside.kept(negotiation, name)

    def keep(self, negotiation: str, name: str, facts: Mapping[str, object]) -> None:
        """Write a note beside the record; it is no part of it."""
        self._beside.keep(negotiation, name, facts)

    def there(self) -> bool:
        """Whether the store still stands under its name: one taken away can be read for long."""
        return self._file is None or _file(self._file[0]) == self._file

    def again(self) -> Ledger:
        """The store that lies under the name now, opened anew; this one stays open.

        A store in memory is its own and cannot be replaced.
        """
        return self if self._named is None else Ledger.open(self._named, create=False)

    def looks(self) -> tuple[int, int]:
        """Time and size of the store's file; they change when its log is emptied into it.

        They also do when somebody writes over the file from outside, which `changed` cannot see.
        """
        if self._file is None:
            return 0, 0
        try:
            found = self._file[0].stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def fingerprint(self, negotiation: str, rows: int | None = None) -> tuple[int, str]:
        """How many rows a record has, and a hash over their bytes, in order.

        With ``rows`` over no more than so many from the beginning. Two stores with the same rows
        hold the same record, whatever kind they are.
        """
        digest, count = hashlib.sha256(), 0
        with said(self._where), self._store.stretch(negotiation, 0) as stretch:
            for stream, version, name, state in islice(stretch.rows, rows):
                for part in (stream, version, name, state):
                    # Whoever wrote into the file by other means may have left text for bytes.
                    plain = part if isinstance(part, bytes) else str(part).encode()
                    # With its length before it, no byte can pass from one part into the next.
                    digest.update(b"%d:%s" % (len(plain), plain))
                count += 1
        return count, digest.hexdigest()

    def close(self) -> None:
        """Lets go of the store."""
        self._record.close()


def _file(path: Path) -> tuple[Path, int, int]:
    """A file by its name and its number on the disk; 0 where there is none."""
    try:
        found = path.stat()
    except OSError:
        return path, 0, 0
    return path, found.st_dev, found.st_ino
