"""From the rows of a store to the entries of a negotiation, all of them or a sentence.

Nothing is skipped: a row that cannot be read, an entry without its act, or a number that is missing
stops the reading, since a record with a hole is a record with something silently deleted.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from negotiation.domain.entries import Act, Entry
from negotiation.ledger import codec
from negotiation.ledger.faults import RecordDamaged
from negotiation.ledger.names import ACT
from negotiation.ledger.store import Stretch


def entries_of(stretch: Stretch, negotiation: str, after: int) -> list[Entry]:
    """The entries after a number, which may lie within the first act of the stretch."""
    with without_collector():
        return list(each_of(stretch, negotiation, after))


def each_of(
    stretch: Stretch, negotiation: str, after: int, until: int | None = None
) -> Iterator[Entry]:
    """The same one by one, up to entry ``until`` where it is given."""
    # Looked up once: this loop is what opening a long record takes its time with.
    decode_act, decoder_of = codec.act_decoder(), codec.decoder_of
    clauses: dict[str, str] = {negotiation: ""}
    skipped = len(negotiation) + 1
    act: Act | None = None
    number = stretch.first - 1
    last = stretch.last if until is None else min(until, stretch.last)
    for stream, version, name, state in stretch.rows:
        try:
            if name == ACT:
                act = decode_act(state)
                continue
            stored = decoder_of(name)(state)
        except codec.UNREADABLE as cause:
            raise _unreadable(negotiation, stream, version, number, name, cause) from cause
        if stored.number != number + 1:
            raise _hole(negotiation, number + 1, f"entry {stored.number} stands in its place")
        number = stored.number
        if number <= after:
            continue
        if act is None or act.id != stored.act:
            raise _hole(negotiation, number, f"its act {stored.act} is not there")
        clause = clauses.get(stream)
        if clause is None:
            # One string for all entries of a clause.
            clause = clauses[stream] = stream[skipped:]
        yield Entry(number, clause, version, act, stored.event, stored.evidence, stored.visibility)
        if number == until:
            return
    if number < last:
        raise _hole(negotiation, number + 1, "the record ends before it")


def _unreadable(
    negotiation: str, stream: str, version: int, number: int, name: str, cause: Exception
) -> RecordDamaged:
    place = "The act" if name == ACT else "The entry"
    after = f"after entry {number}" if number else "at the beginning"
    why = codec.unreadable(name, cause)
    return RecordDamaged(
        f"{place} {after} of {negotiation} ({name}, stream {stream}, version {version}) cannot be "
        f"read: {why}. A newer version of this program may know it; otherwise go back to a copy."
    )


def _hole(negotiation: str, number: int, why: str) -> RecordDamaged:
    return RecordDamaged(
        f"Entry {number} of {negotiation} cannot be read: {why}. "
        "Rows were lost or put in from outside; go back to a copy of the store."
    )


@contextmanager
def without_collector() -> Iterator[None]:
    """Holds the cyclic collector: it would walk every entry again and again, and find nothing."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
