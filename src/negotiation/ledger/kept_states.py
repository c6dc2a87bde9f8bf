"""States and lines as a checkpoint keeps them: plain values in MessagePack, which can run nothing.

A file that fits its own checksums was written by this very program (`folded_by`), so no shape is
ever brought up to date here: what does not fit is not read.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, get_type_hints

import attrs
import msgspec

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.order import Order
from negotiation.domain.terms import Placed
from negotiation.text.passage import Passage, Run

_LARGEST = 1 << 28
"""Bytes of one state, unpacked; a file that claims more was not written here."""
_encode = msgspec.msgpack.Encoder().encode


class Unkept(ValueError):
    """What was read is nothing that was written here."""


def packed_clause(state: Clause) -> bytes:
    """A clause as bytes."""
    return _clause.packed(state, passage=state.passage.runs)


def clause_of(kept: bytes) -> Clause:
    """The clause that was packed."""
    fields = _clause.fields(kept)
    fields[_PASSAGE] = Passage(fields[_PASSAGE])
    return Clause(*fields)


def packed_negotiation(state: Negotiation) -> bytes:
    """A negotiation as bytes, without what its documents hold: the record has that."""
    documents = [attrs.evolve(one, source=b"") for one in state.documents]
    return _negotiation.packed(state, order=tuple(state.order), documents=documents)


def negotiation_of(kept: bytes, order: Callable[[tuple[Placed, ...]], Order]) -> Negotiation:
    """The negotiation that was packed; its documents are empty."""
    fields = _negotiation.fields(kept)
    fields[_ORDER] = order(fields[_ORDER])
    return Negotiation(*fields)


def packed_lines(lines: Sequence[str]) -> bytes:
    """Lines that hardly differ from one to the next: the first whole, then what differs."""
    pairs = pairwise(lines)
    return _encode((lines[0], [_difference(one, other) for one, other in pairs]))


class Lines:
    """Lines that were packed, each put together when it is wanted."""

    __slots__ = ("_differences", "_lines")

    def __init__(self, kept: bytes) -> None:
        """What was packed."""
        first, self._differences = _lines(kept)
        self._lines = [first]

    def __getitem__(self, at: int) -> str:
        lines = self._lines
        if at >= len(lines):
            # A row of its own, since several threads may ask.
            lines = lines.copy()
            line = lines[-1]
            for start, end, words in self._differences[len(lines) - 1 : at]:
                line = line[:start] + words + line[len(line) - end :]
                lines.append(line)
            self._lines = lines
        return lines[at]

    def __len__(self) -> int:
        return 1 + len(self._differences)


_lines = msgspec.msgpack.Decoder(tuple[str, list[tuple[int, int, str]]]).decode


def _difference(one: str, other: str) -> tuple[int, int, str]:
    """How many letters are kept at the beginning and at the end, and what is new between them."""
    most = min(len(one), len(other))
    start = _same(most, lambda low, high: one[low:high] == other[low:high])
    length, other_length = len(one), len(other)
    end = _same(
        most - start,
        lambda low, high: (
            one[length - high : length - low] == other[other_length - high : other_length - low]
        ),
    )
    return start, end, other[start : other_length - end]


def _same(most: int, equal: Callable[[int, int], bool]) -> int:
    """How far two rows are equal, found by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if equal(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


# -- states as rows of their fields ---------------------------------------------------------------


class _Shape:
    """How one class of states is laid out: its fields in order, and what reads them."""

    def __init__(self, kind: type[attrs.AttrsInstance], **instead: object) -> None:
        """``instead`` has the rows that stand for classes of ours which MessagePack cannot know."""
        known: dict[str, Any] = get_type_hints(kind) | instead
        self.names = tuple(one.name for one in attrs.fields(kind))
        fields = [(name, known[name]) for name in self.names]
        row = msgspec.defstruct(f"Kept{kind.__name__}", fields, array_like=True, gc=False)
        self.decode = msgspec.msgpack.Decoder(row).decode

    def packed(self, state: object, **instead: object) -> bytes:
        """The fields of a state."""
        row = [instead[name] if name in instead else getattr(state, name) for name in self.names]
        return zlib.compress(_encode(row), 1)

    def fields(self, kept: bytes) -> list[Any]:
        """The fields that were packed."""
        unpacking = zlib.decompressobj()
        row = self.decode(unpacking.decompress(kept, _LARGEST))
        if not unpacking.eof:
            raise Unkept("more than a state")
        return [getattr(row, name) for name in self.names]


_clause = _Shape(Clause, passage=tuple[Run, ...])
_negotiation = _Shape(Negotiation, order=tuple[Placed, ...])
_PASSAGE = _clause.names.index("passage")
_ORDER = _negotiation.names.index("order")
