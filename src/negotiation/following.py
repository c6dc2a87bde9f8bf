"""Following a record that others write: what is new, whether it is live, and when to look again.

One follower serves the command `follow`, the chair's screen and the room's. It stands where its
record stands, so that nothing comes twice and nothing is left out: an act is handed on whole or not
yet. It never waits and never sleeps; whoever asks does, for as long as the answer advises.
"""

from __future__ import annotations

import attrs

from negotiation.domain.entries import Entry
from negotiation.ledger.faults import NotAdmitted
from negotiation.ledger.ledger import NoRecord, RecordReplaced, StoreError
from negotiation.record import Record

GONE = "The store was moved or deleted; put it back under its name, and it is live again."
SOONEST, LATEST = 0.005, 0.02
"""Seconds between two looks at a live record: right after something came, and when all is quiet."""
CUT_SOONEST, CUT_LATEST = 0.05, 2.0
"""The same while it cannot be read: each time twice as long, up to the bound."""


@attrs.frozen
class Looked:
    """What one look at the record found."""

    fresh: tuple[Entry, ...] = ()
    """The entries that came since the look before, whole acts, in order."""
    back_to: int | None = None
    """Where what was followed ceases to be on the record, since an earlier copy was put back: what
    was handed on behind this entry is void, and ``fresh`` comes in its place."""
    told: str = ""
    """A sentence when the record ceased to be live, is live again, or was replaced."""
    wait: float = SOONEST
    """Seconds to let pass before the next look."""


class Follower:
    """Follows one record from where it stands; what the record's own desk does is not handed on."""

    def __init__(self, record: Record) -> None:
        """A follower of this record, which it reads on, and opens again when it went away."""
        self.record = record
        self.cut = ""
        """Why the record is not live, in a sentence; empty while it is."""
        self.shut_out = False
        """Whether that is because whoever follows is not let in any more."""
        self._looks = record.looks()
        self._behind = True
        self._moved = False
        self._back_to: int | None = None
        self._wait = SOONEST

    def look(self) -> Looked:
        """What is new since the last look; a fault of the store is an answer and not raised."""
        try:
            fresh = self._read()
        except StoreError as fault:
            self.shut_out = isinstance(fault, NotAdmitted)
            return self._cut_off(str(fault))
        self.shut_out = False
        return self._live(fresh)

    def _read(self) -> tuple[Entry, ...]:
        record = self.record
        if not record.there() or record.looks() != self._looks:
            self._open_again()
        # Noted before reading: when that fails, what was announced is still to be read.
        self._behind = record.changed() or self._behind
        if not self._behind:
            return ()
        try:
            fresh = record.catch_up()
        except RecordReplaced:
            # Through the database, as a copy is put back: the file is the same.
            self._open_again()
            fresh = record.catch_up()
        self._behind = False
        return fresh

    def _open_again(self) -> None:
        record, head, looks = self.record, self.record.timeline.head, self.record.looks()
        moved = not record.there()
        try:
            kept = record.open_again()
        except NoRecord:
            if looks == (0, 0):
                raise StoreError(GONE) from None
            raise
        self._looks = looks
        # Kept until it was told: the reading that comes next may fail.
        self._moved = moved or self._moved
        if kept < head:
            self._back_to = kept

    def _cut_off(self, why: str) -> Looked:
        first = not self.cut
        self._wait = CUT_SOONEST if first else min(self._wait * 2, CUT_LATEST)
        self.cut = why
        return Looked(told=why if first else "", wait=self._wait)

    def _live(self, fresh: tuple[Entry, ...]) -> Looked:
        was_cut, moved, back_to = bool(self.cut), self._moved, self._back_to
        self.cut, self._moved, self._back_to = "", False, None
        self._wait = SOONEST if fresh or was_cut else min(self._wait * 1.1, LATEST)
        told = "The record is live again." if was_cut else ""
        if moved:
            told = "Another file took the place of the store; it holds the same record, live."
        if back_to is not None:
            told = (
                f"An earlier copy was put back: what came behind entry {back_to} is not on the "
                "record any more."
            )
        return Looked(fresh, back_to, told, self._wait)
