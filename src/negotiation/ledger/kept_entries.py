"""The entries of a long record, read from the store when somebody wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from negotiation.domain.entries import Entry
from negotiation.ledger.extracts import Extracts
from negotiation.views.joined import Entries

_CHUNK = 64
"""Entries that are read together when one of them is wanted."""
_AHEAD = 32
"""Chunks that are read together when somebody goes through all of them."""
_MOST = 4_096
"""Chunks in memory; beyond them, the oldest ones are let go."""


class _Chunks:
    """The entries by chunks, as far as they were read."""

    def __init__(self, extracts: Callable[[], Extracts], head: int) -> None:
        self._extracts, self._head = extracts, head
        self._held: dict[int, list[Entry]] = {}

    def chunk(self, number: int, ahead: int = 1) -> list[Entry]:
        """A chunk by its place; with ``ahead``, further ones are read with it."""
        found = self._held.get(number)
        if found is None:
            self._read(number, ahead)
            found = self._held[number]
        return found

    def _read(self, number: int, ahead: int) -> None:
        low = number * _CHUNK
        last = min(low + ahead * _CHUNK, self._head)
        # A large act is read from its beginning; what was read on the way is not read again.
        rows = self._extracts().around(low + 1, last)
        before = rows[0].number - 1 if rows else low
        for at in range(-(-before // _CHUNK), -(-last // _CHUNK)):
            self._held[at] = rows[at * _CHUNK - before : (at + 1) * _CHUNK - before]
        while len(self._held) > _MOST + ahead:
            oldest = next(iter(self._held))
            if oldest == number:
                break
            del self._held[oldest]


class KeptEntries(Entries):
    """Entries of a record, by place; a part of them is as lazy as the whole."""

    def __init__(self, chunks: _Chunks, start: int, stop: int) -> None:
        """The entries between two places."""
        self._chunks, self._start, self._stop = chunks, start, stop

    @classmethod
    def up_to(cls, head: int, extracts: Callable[[], Extracts]) -> KeptEntries:
        """Every entry up to one."""
        return cls(_Chunks(extracts, head), 0, head)

    def __len__(self) -> int:
        return self._stop - self._start

    def __iter__(self) -> Iterator[Entry]:
        at = self._start
        while at < self._stop:
            number, skipped = divmod(at, _CHUNK)
            left = -(-(self._stop - number * _CHUNK) // _CHUNK)
            chunk = self._chunks.chunk(number, min(left, _AHEAD))
            wanted = chunk[skipped : skipped + self._stop - at]
            yield from wanted
            at += len(wanted)

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step != 1:
                return [self[place] for place in range(start, stop, step)]
            start += self._start
            return KeptEntries(self._chunks, start, max(start, stop + self._start))
        place = self._start + at if at >= 0 else self._stop + at
        if not self._start <= place < self._stop:
            raise IndexError(at)
        return self._chunks.chunk(place // _CHUNK)[place % _CHUNK]
