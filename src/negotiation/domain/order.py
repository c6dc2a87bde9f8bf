"""The clauses in the order of the text: a sequence that goes on without being copied.

Leaves out who places a clause, and what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

from negotiation.domain.terms import Placed


class Order(Sequence[Placed]):
    """The clauses in their order; it never changes.

    A long text is tabled clause by clause, and the order after each of them is kept. One that only
    goes on from another therefore shares its rows: this one is the first ``size`` of them.
    """

    __slots__ = ("_ever", "_rows", "_size")

    def __init__(self, placed: Iterable[Placed] = ()) -> None:
        """These clauses, in this order."""
        self._rows = list(placed)
        self._size = len(self._rows)
        # Every clause that any order of this text has: what is not among them is not in this one.
        self._ever = {one.clause for one in self._rows}

    def with_placed(self, placed: Placed, after: str) -> Order:
        """The order with a clause behind another one, the first without ``after``."""
        new = placed.clause not in self._ever
        # Texts are tabled from top to bottom: the usual place is behind the last one.
        if new and self and self[-1].clause == after:
            # Where somebody else went on from here, this branch has rows of its own.
            shared = len(self._rows) == self._size
            rows = self._rows if shared else self._rows[: self._size]
            rows.append(placed)
        else:
            rows = self._rows[: self._size]
            if not new:
                rows = [one for one in rows if one.clause != placed.clause]
            rows.insert(_behind(rows, after), placed)
        self._ever.add(placed.clause)
        on = Order()
        on._rows, on._size, on._ever = rows, len(rows), self._ever
        return on

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Placed]:
        return islice(self._rows, self._size)

    @overload
    def __getitem__(self, at: int) -> Placed: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Placed, ...]: ...

    def __getitem__(self, at: int | slice) -> Placed | tuple[Placed, ...]:
        if isinstance(at, slice):
            return tuple(self._rows[: self._size])[at]
        return self._rows[range(self._size)[at]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Order):
            return NotImplemented
        return self is other or tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Order({list(self)!r})"


def _behind(rows: Sequence[Placed], after: str) -> int:
    """The place behind a clause; the end where it is not there, the beginning behind nothing."""
    if not after:
        return 0
    for at, one in enumerate(rows, start=1):
        if one.clause == after:
            return at
    return len(rows)
