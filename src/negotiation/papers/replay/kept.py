"""Values written once and called by their place, and rows of them told by what changed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

Splice = list[int | list[int]]
"""Where a row changes, how many places go there, and what comes; empty where nothing does."""


class Kept(Generic[T]):
    """Every value once, in the order in which they came."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.values: list[T] = []
        self._places: dict[T, int] = {}

    def place(self, value: T) -> int:
        """The place of a value, which is kept from now on."""
        found = self._places.setdefault(value, len(self.values))
        if found == len(self.values):
            self.values.append(value)
        return found


def splice(before: Sequence[int], after: Sequence[int]) -> Splice:
    """What makes one row of the other, as one stretch replaced."""
    if before == after:
        return []
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return [head, len(before) - tail - head, list(after[head : len(after) - tail])]
