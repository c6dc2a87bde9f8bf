"""What is read in one piece and kept in two: the beginning elsewhere, the rest in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import eq
from typing import TYPE_CHECKING, overload

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry

if TYPE_CHECKING:
    from negotiation.views.at_that_time import Beginning


class Entries(Sequence[Entry]):
    """Entries that need not lie in memory; equal to any row of the same entries."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # as that of a list


class JoinedEntries(Entries):
    """The entries of a beginning, and those behind it, which may still grow."""

    def __init__(self, first: Sequence[Entry], then: Sequence[Entry]) -> None:
        """Both are taken as they are, not copied."""
        self._first, self._then = first, then
        self._border = len(first)

    def __len__(self) -> int:
        return self._border + len(self._then)

    def __iter__(self) -> Iterator[Entry]:
        return chain(self._first, self._then)

    def __reversed__(self) -> Iterator[Entry]:
        return chain(reversed(self._then), reversed(self._first))

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, slice):
            return self._part(*at.indices(len(self)))
        place = at if at >= 0 else len(self) + at
        if place >= self._border:
            return self._then[place - self._border]
        if place < 0:
            raise IndexError(at)
        return self._first[place]

    def _part(self, start: int, stop: int, step: int) -> Sequence[Entry]:
        border = self._border
        if step != 1:
            return [self[place] for place in range(start, stop, step)]
        if start >= border:
            return self._then[start - border : max(stop - border, 0)]
        first = self._first[start : min(stop, border)]
        return first if stop <= border else JoinedEntries(first, self._then[: stop - border])


class JoinedClauses(Mapping[str, Clause]):
    """The clauses as they stand: those changed behind a beginning, and the others in it."""

    def __init__(self, beginning: Beginning, changed: Mapping[str, Clause]) -> None:
        """The clauses of a beginning, each asked for when it is wanted, and what became of some."""
        self._beginning, self._changed = beginning, changed

    def __getitem__(self, clause: str) -> Clause:
        found = self._changed.get(clause)
        if found is None:
            found = self._beginning.clause(clause, self._beginning.head)
        if found is None:
            raise KeyError(clause)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._beginning.clauses(), *self._changed)))

    def __len__(self) -> int:
        return sum(1 for _ in self)
