"""What one append must satisfy before it is written, the same on every kind of store.

Plain values, one check and the rows in their order; how a store finds its head and writes is its
own affair.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from negotiation.domain.entries import Act, Entry
from negotiation.ledger import codec
from negotiation.ledger.faults import ActKnown, RecordMoved

if TYPE_CHECKING:
    from negotiation.ledger.store import Row

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class OutOfStep(ValueError):
    """The versions of a stream do not follow: misuse, or a store whose index is damaged."""

    def __init__(self, stream: str, known: int, version: int) -> None:
        self.stream = stream
        self.known = known
        """The version that the writer knew of."""
        super().__init__(f"The stream {stream} stands at version {version}, not {known}.")


def microseconds(at: dt.datetime) -> int:
    """A time as the commit index keeps it: microseconds since 1970, UTC."""
    if at.tzinfo is None:
        raise ValueError(f"The time {at} has no time zone.")
    return (at - _EPOCH) // _MICROSECOND


def stream_of(negotiation: str, clause: str) -> str:
    """The name of a stream: the negotiation's own, or that of one of its clauses."""
    return f"{negotiation}/{clause}" if clause else negotiation


def act_stream_of(negotiation: str, act: str) -> str:
    """The stream that holds an act and nothing else, so that it can be there only once."""
    return f"{negotiation}/act/{act}"


@attrs.frozen
class Committed:
    """One act in the commit index: how far the record went with it, and when."""

    act: Act
    stream: str
    last: int
    """The number of its last entry."""
    written: int
    rows: int
    """How many rows of the store it takes: its own and those of its entries."""


@attrs.frozen
class Append:
    """What is to be written in one piece."""

    negotiation: str
    first: int
    """The number of its first entry."""
    acts: tuple[Committed, ...]
    streams: tuple[tuple[str, int], ...]
    """Each stream that it touches, with the version that comes first."""


def append_of(negotiation: str, entries: Sequence[Entry]) -> Append:
    """The append of these entries; `ValueError` where they do not follow one another."""
    _check_name("negotiation", negotiation)
    versions: dict[str, int] = {}
    firsts: list[tuple[str, int]] = []
    acts: list[Committed] = []
    seen: set[str] = set()
    number = entries[0].number
    act = entries[0].act
    began = number
    for entry in entries:
        if entry.number != number:
            raise ValueError(f"Entry {entry.number} stands where entry {number} is due.")
        if entry.act is not act and entry.act != act:
            acts.append(_committed(negotiation, act, began, number, seen))
            act, began = entry.act, number
        version = versions.get(entry.clause)
        if version is None:
            if entry.clause:
                _check_name("clause", entry.clause)
            firsts.append((stream_of(negotiation, entry.clause), entry.version))
        elif entry.version != version + 1:
            raise ValueError(
                f"Entry {number} is version {entry.version} of its stream where "
                f"{version + 1} is due."
            )
        versions[entry.clause] = entry.version
        number += 1
    acts.append(_committed(negotiation, act, began, number, seen))
    return Append(negotiation, entries[0].number, tuple(acts), tuple(firsts))


def _committed(negotiation: str, act: Act, began: int, due: int, seen: set[str]) -> Committed:
    if not act.id:
        raise ValueError(f"The act of entry {began} has no id.")
    if act.id in seen:
        raise ValueError(f"The act {act.id} comes twice in one append.")
    seen.add(act.id)
    stream = act_stream_of(negotiation, act.id)
    return Committed(act, stream, due - 1, microseconds(act.written), due - began + 1)


def rows_of(append: Append, entries: Iterable[Entry]) -> Iterator[Row]:
    """The rows of an append, without seals: each act right before its entries."""
    rest = iter(entries)
    for committed in append.acts:
        yield (committed.stream, 1, *codec.encode(committed.act))
        for _ in range(committed.rows - 1):
            entry = next(rest)
            stream = stream_of(append.negotiation, entry.clause)
            yield (stream, entry.version, *codec.encode(codec.stored(entry)))


def _check_name(what: str, name: str) -> None:
    # The slash parts a stream name into its pieces.
    if not name or "/" in name:
        raise ValueError(f"“{name}” cannot be the id of a {what}: it is empty or holds a slash.")


def check(append: Append, head: int, version_of: Callable[[str], int]) -> None:
    """Whether the append goes onto a record that stands at ``head``; raises where it does not.

    The act comes first: when it is there already, the record has moved by this very append.
    """
    for committed in append.acts:
        if version_of(committed.stream):
            raise ActKnown(append.negotiation, committed.act.id)
    if append.first != head + 1:
        raise RecordMoved(append.negotiation, append.first - 1, head)
    for stream, first in append.streams:
        version = version_of(stream)
        if first != version + 1:
            raise OutOfStep(stream, first - 1, version)


def never_backwards(latest: int, acts: Iterable[Committed]) -> Iterable[tuple[Committed, int]]:
    """Each act with the time to index it under: a clock that was set back stands still instead."""
    for committed in acts:
        latest = max(latest, committed.written)
        yield committed, latest
