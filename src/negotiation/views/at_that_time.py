"""The text at any moment.

The record is folded once. For every clause the positions at which it changed are kept beside the
states that it then had, so that a moment is found by bisection and never by replay; states share
everything that did not change. The whole text comes from key frames: lists of clause lines, kept
every few entries and built when somebody asks, patched by the few entries in between.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import TypeVar

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.domain.room import Room

T = TypeVar("T")

_FRAME = 32
"""Entries between two key frames."""
_MANY = 500


@attrs.frozen
class Moment:
    """The text after one entry: the negotiation, and its clauses in order."""

    at: int
    negotiation: Negotiation
    clauses: tuple[Clause, ...]

    def clause(self, clause: str) -> Clause | None:
        """The clause of this id, when it is in the text."""
        return next((one for one in self.clauses if one.id == clause), None)


@attrs.frozen
class _Frame:
    slots: dict[str, int]
    lines: list[str]


class Timeline:
    """The folded record of one negotiation. It only ever grows."""

    def __init__(self, negotiation: str, entries: Iterable[Entry] = ()) -> None:
        """An empty record, or the fold of these entries."""
        self.id = negotiation
        self.entries: list[Entry] = []
        self._positions: dict[str, list[int]] = {}
        self._states: dict[str, list[Clause]] = {}
        self._current: dict[str, Clause] = {}
        self._after: list[Clause | None] = []
        # For every entry the state it made, and its place among the states of its clause.
        self._ranks: list[int] = []
        self._whole_at: list[int] = [0]
        self._whole: list[Negotiation] = [Negotiation(negotiation)]
        self._reordered: list[int] = []
        self._frames: dict[int, _Frame] = {}
        self._memory: dict[type, object] = {}
        self.extend(entries)

    @property
    def head(self) -> int:
        """The number of the last entry; 0 for an empty record."""
        return len(self.entries)

    def extend(self, entries: Iterable[Entry]) -> None:
        """Fold further entries, which must follow the last one without a gap."""
        rows = list(entries)
        with _without_collector() if len(rows) > _MANY else _as_is():
            for entry in rows:
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        number = entry.number
        if number != len(self.entries) + 1:
            raise ValueError(f"Entry {number} does not follow entry {len(self.entries)}.")
        if clause := entry.clause:
            before = self._current.get(clause)
            state = evolve(before, number, clause, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
            if before is None:
                self._states[clause], self._positions[clause] = [], []
            states = self._states[clause]
            self._ranks.append(len(states))
            states.append(state)
            self._positions[clause].append(number)
            self._current[clause] = state
            self._after.append(state)
        else:
            whole = self._whole[-1]
            after = evolve_negotiation(whole, number, entry.event)  # type: ignore[arg-type]  # as above
            self._ranks.append(0)
            self._after.append(None)
            self._whole_at.append(number)
            self._whole.append(after)
            if after.order is not whole.order:
                self._reordered.append(number)
        self.entries.append(entry)

    def branch(self) -> Timeline:
        """The same record so far, which can go on otherwise; this one never hears of it."""
        other = Timeline(self.id)
        other.entries = self.entries.copy()
        other._positions = {clause: row.copy() for clause, row in self._positions.items()}
        other._states = {clause: row.copy() for clause, row in self._states.items()}
        other._current = self._current.copy()
        other._after = self._after.copy()
        other._ranks = self._ranks.copy()
        other._whole_at, other._whole = self._whole_at.copy(), self._whole.copy()
        other._reordered = self._reordered.copy()
        return other

    def clause(self, clause: str, at: int) -> Clause | None:
        """A clause after entry ``at``; ``None`` when it was not tabled yet."""
        positions = self._positions.get(clause)
        if positions is None:
            return None
        index = bisect_right(positions, at)
        return self._states[clause][index - 1] if index else None

    def changed(self, entry: int) -> Clause | None:
        """The clause that an entry is on, as it stood after it; ``None`` for the whole text."""
        return self._after[entry - 1]

    def unchanged(self, entry: int) -> Clause | None:
        """The clause that an entry is on, as it stood before the entry."""
        rank = self._ranks[entry - 1]
        return self._states[self.entries[entry - 1].clause][rank - 1] if rank else None

    def negotiation(self, at: int) -> Negotiation:
        """The negotiation after entry ``at``."""
        return self._whole[bisect_right(self._whole_at, at) - 1]

    def changes_of(self, clause: str) -> tuple[int, ...]:
        """The numbers of all entries on a clause."""
        return tuple(self._positions.get(clause, ()))

    def moment(self, at: int | None = None) -> Moment:
        """The text after entry ``at``; now when it is not given."""
        position = self.head if at is None else at
        whole = self.negotiation(position)
        found = (self.clause(placed.clause, position) for placed in whole.order)
        return Moment(position, whole, tuple(clause for clause in found if clause is not None))

    def memory(self, kind: type[T]) -> T:
        """What a view of this record keeps from one question to the next; it may be lost."""
        held = self._memory.get(kind)
        if not isinstance(held, kind):
            held = self._memory[kind] = kind()
        return held

    def room(self) -> Room:
        """The text as it stands, for the rules."""
        return Room(self._whole[-1], MappingProxyType(self._current), self, self.head)

    def text(self, at: int) -> str:
        """The live text after entry ``at``, one line a clause."""
        frame, base = self._frame(at)
        if base == at:
            return "".join(frame.lines)
        lines = frame.lines.copy()
        slots = frame.slots
        for state in self._after[base:at]:
            if state is not None and state.id in slots:
                lines[slots[state.id]] = state.line
        return "".join(lines)

    def _frame(self, at: int) -> tuple[_Frame, int]:
        """The nearest frame not later than ``at`` with the same order of clauses, and its entry."""
        base = at - at % _FRAME
        index = bisect_right(self._reordered, at)
        if index and self._reordered[index - 1] > base:
            base = self._reordered[index - 1]
        frame = self._frames.get(base)
        if frame is None:
            clauses = self.moment(base).clauses
            frame = _Frame(
                {clause.id: slot for slot, clause in enumerate(clauses)},
                [clause.line for clause in clauses],
            )
            self._frames[base] = frame
        return frame, base


class Steps:
    """The whole text in hand, one entry on or back at a time."""

    def __init__(self, timeline: Timeline, at: int) -> None:
        """The text after entry ``at``."""
        self._timeline = timeline
        self.at = at
        self._take(at)

    def _take(self, at: int) -> None:
        clauses = self._timeline.moment(at).clauses
        self._order = self._timeline.negotiation(at).order
        self._slots = {clause.id: slot for slot, clause in enumerate(clauses)}
        self.lines = [clause.line for clause in clauses]

    def on(self) -> Entry | None:
        """Go one entry on; answers the entry, or ``None`` at the end."""
        if self.at >= self._timeline.head:
            return None
        self.at += 1
        entry = self._timeline.entries[self.at - 1]
        slot = self._slots.get(entry.clause)
        if slot is not None:
            state = self._timeline.changed(self.at)
            self.lines[slot] = state.line if state is not None else ""
        else:
            self._reorder(entry)
        return entry

    def back(self) -> Entry | None:
        """Go one entry back; answers the entry taken back, or ``None`` at the beginning."""
        if self.at <= 0:
            return None
        entry = self._timeline.entries[self.at - 1]
        slot = self._slots.get(entry.clause)
        if slot is not None:
            state = self._timeline.unchanged(self.at)
            self.lines[slot] = state.line if state is not None else ""
        self.at -= 1
        if slot is None:
            self._reorder(entry)
        return entry

    def _reorder(self, entry: Entry) -> None:
        if not entry.clause and self._timeline.negotiation(self.at).order is not self._order:
            self._take(self.at)

    @property
    def text(self) -> str:
        """The live text in hand."""
        return "".join(self.lines)


@contextmanager
def _without_collector() -> Iterator[None]:
    """No collection of cycles while many small objects are made: there are none to find."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _as_is() -> Iterator[None]:
    yield
