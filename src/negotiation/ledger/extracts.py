"""Extracts of a record, never the whole: some entries, the events of one clause, one seal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from negotiation.domain.entries import Entry
from negotiation.domain.events import Event
from negotiation.ledger import codec
from negotiation.ledger.appending import stream_of
from negotiation.ledger.faults import RecordDamaged
from negotiation.ledger.opening import said
from negotiation.ledger.reading import each_of, without_collector
from negotiation.ledger.seals import end_of_chain, parted
from negotiation.ledger.store import Row, Store, Stretch


@attrs.frozen
class Extracts:
    """One negotiation of a store, asked for extracts of its record."""

    store: Store
    where: str
    """What the store is called."""
    negotiation: str

    @property
    def head(self) -> int:
        """The number of the last entry; 0 where there is none."""
        with said(self.where):
            return self.store.head(self.negotiation)

    def around(self, first: int, last: int) -> list[Entry]:
        """The entries from the act of entry ``first`` on, up to entry ``last``."""
        with (
            said(self.where),
            self.store.stretch(self.negotiation, first - 1) as stretch,
            without_collector(),
        ):
            return list(each_of(stretch, self.negotiation, 0, last))

    @contextmanager
    def sealed(self, after: int = 0) -> Iterator[Iterator[tuple[Entry, str]]]:
        """The entries behind a number, each with the seal that it carries; empty where none.

        One after the other, so that nobody holds them all.
        """
        with said(self.where), self.store.stretch(self.negotiation, after) as stretch:
            yield _with_seals(stretch, self.negotiation, after)

    def events(self, clause: str, after: int, until: int) -> list[tuple[int, Event]]:
        """What happened to a clause by its versions ``after`` to ``until``, with the numbers.

        Without a clause, what happened to the negotiation itself.
        """
        stream = stream_of(self.negotiation, clause)
        with said(self.where):
            rows = self.store.select_events(stream, gt=after, lte=until)
        found = []
        for row in rows:
            try:
                stored = codec.decoder_of(row.topic)(row.state)
            except codec.UNREADABLE as cause:
                raise RecordDamaged(
                    f"An entry of {self.negotiation} ({row.topic}) cannot be read: "
                    f"{codec.unreadable(row.topic, cause)}. A newer version of this program may "
                    "know it; otherwise go back to a copy."
                ) from cause
            found.append((stored.number, stored.event))
        return found

    def carried(self, number: int) -> str:
        """The seal that an entry carries; empty where it carries none, or is not there."""
        if number < 1:
            return ""
        with said(self.where), self.store.stretch(self.negotiation, number - 1) as stretch:
            return end_of_chain(stretch.rows, stretch.first, number, None) or ""


def _with_seals(stretch: Stretch, negotiation: str, after: int) -> Iterator[tuple[Entry, str]]:
    state = b""

    def passing() -> Iterator[Row]:
        nonlocal state
        for row in stretch.rows:
            state = row[3]
            yield row

    watched = Stretch(stretch.first, stretch.last, passing())
    for entry in each_of(watched, negotiation, after):
        # The row that passed last is that of the entry in hand.
        yield entry, parted(state)[1]
