"""A store in memory, for tests and for looking at a page without keeping it.

A persistence module of the event store: it must show exactly one factory class, so the library's
own is reached through its module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from eventsourcing import popo
from eventsourcing.persistence import ApplicationRecorder, StoredEvent

from negotiation.ledger.appending import Append, check, never_backwards
from negotiation.ledger.store import Laid, Stretch


class MemoryRecorder(popo.POPOApplicationRecorder):
    """The library's recorder in memory, with our check before and our commit index after."""

    def __init__(self) -> None:
        super().__init__()
        self._commits: dict[str, list[tuple[int, int, int]]] = {}
        """By negotiation: last entry of each act, its time, and the position before it."""
        self._looked = -1

    def _assert_uniqueness(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        append: Append | None = kwargs.get("append")
        if append is not None:
            check(append, self.head(append.negotiation), self._version_of)
        super()._assert_uniqueness(stored_events, **kwargs)

    def _update_table(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        position = len(self._stored_events)
        written = super()._update_table(stored_events, **kwargs)
        append: Append | None = kwargs.get("append")
        if append is not None:
            commits = self._commits.setdefault(append.negotiation, [])
            latest = commits[-1][1] if commits else 0
            for committed, at in never_backwards(latest, append.acts):
                commits.append((committed.last, at, position))
                position += committed.rows
        return written

    def _version_of(self, stream: str) -> int:
        index = self._stored_events_index.get(stream)
        return next(reversed(index), 0) if index else 0

    def negotiations(self) -> tuple[str, ...]:
        """The negotiations, in order of opening."""
        with self._database_lock:
            return tuple(self._commits)

    def head(self, negotiation: str) -> int:
        """The number of the last entry; 0 where there is none."""
        with self._database_lock:
            commits = self._commits.get(negotiation)
            return commits[-1][0] if commits else 0

    def position_at(self, negotiation: str, written: int) -> int:
        """The last entry written not later than a time."""
        with self._database_lock:
            for last, at, _ in reversed(self._commits.get(negotiation, [])):
                if at <= written:
                    return last
        return 0

    @contextmanager
    def stretch(self, negotiation: str, after: int) -> Iterator[Stretch]:
        """Every act that holds an entry after this one, in order."""
        with self._database_lock:
            first, position = 1, len(self._stored_events)
            commits = self._commits.get(negotiation, [])
            for last, _, at in commits:
                if last > after:
                    position = at
                    break
                first = last + 1
            last = commits[-1][0] if commits else 0
            found = self._stored_events[position:]
        own = f"{negotiation}/"
        rows = (
            (str(row.originator_id), row.originator_version, row.topic, row.state)
            for row in found
            if row.originator_id == negotiation or str(row.originator_id).startswith(own)
        )
        yield Stretch(first, last, rows)

    @contextmanager
    def laid(self, negotiation: str) -> Iterator[Laid]:
        """All rows and the commit index as they lie there."""
        with self._database_lock:
            found = list(enumerate(self._stored_events, start=1))
            commits = tuple(self._commits.get(negotiation, []))
        own = f"{negotiation}/"
        rows = (
            (place, str(row.originator_id), row.originator_version, row.topic, row.state)
            for place, row in found
            if row.originator_id == negotiation or str(row.originator_id).startswith(own)
        )
        yield Laid(rows, commits)

    def changed(self, negotiation: str = "") -> bool:
        """Whether anything was written since this was last asked; yes, the first time."""
        with self._database_lock:
            looked, self._looked = self._looked, len(self._stored_events)
            return looked != self._looked


class MemoryFactory(popo.POPOFactory):
    """Makes the recorder above."""

    def application_recorder(self) -> ApplicationRecorder:
        """The one recorder of a record in memory."""
        return MemoryRecorder()
