"""What the ledger asks of any kind of store, beyond what the event store's library defines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeAlias

import attrs

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

Row: TypeAlias = tuple[str, int, str, bytes]
"""Stream, version, stored name and state."""


@attrs.frozen
class Stretch:
    """The rows of whole acts, and the numbers that their entries must have."""

    first: int
    """The number of the first entry, by the commit index."""
    last: int
    """The number of the last one; less than ``first`` where there is nothing."""
    rows: Iterator[Row]


PlacedRow: TypeAlias = tuple[int, str, int, str, bytes]
"""Its place in the store, and a row."""


@attrs.frozen
class Laid:
    """Everything that lies in a store of one negotiation, whatever its commit index says."""

    rows: Iterator[PlacedRow]
    """In order of their places."""
    commits: tuple[tuple[int, int, int], ...]
    """The commit index: last entry, time and place before, in order of the entries."""


class Store(Protocol):
    """A recorder of the library that also keeps the commit index."""

    def negotiations(self) -> tuple[str, ...]:
        """The negotiations, in order of opening."""

    def head(self, negotiation: str) -> int:
        """The number of the last entry; 0 where there is none."""

    def position_at(self, negotiation: str, written: int) -> int:
        """The last entry written not later than a time."""

    def stretch(self, negotiation: str, after: int) -> AbstractContextManager[Stretch]:
        """Every act that holds an entry after this one, in order.

        In a context, since a file is read while the rows are asked for.
        """

    def select_events(
        self, originator_id: str, *, gt: int | None = None, lte: int | None = None
    ) -> Sequence[StoredEvent]:
        """The rows of one stream, by version; the library's own."""

    def laid(self, negotiation: str) -> AbstractContextManager[Laid]:
        """All rows and the commit index as they lie there, for whoever doubts them."""

    def changed(self, negotiation: str = "") -> bool:
        """Whether anything was written since this was last asked; yes, the first time.

        With a negotiation, to its record; a store that cannot tell says yes for any.
        """
