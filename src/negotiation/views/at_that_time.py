"""The text at any moment.

The record is folded once. For every clause the positions at which it changed are kept beside the
states that it then had, so that a moment is found by bisection and never by replay; states share
everything that did not change. The whole text comes from key frames: lists of clause lines, kept
every few entries and built when somebody asks, patched by the few entries in between.

Where somebody holds the beginning of a long record folded already (`Beginning`), only what follows
is folded here, and the beginning is asked for what is older.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Protocol, TypeVar

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.domain.room import Room
from negotiation.views.joined import JoinedClauses, JoinedEntries

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


class Beginning(Protocol):
    """A record folded up to one entry, and kept elsewhere; a `Timeline` is one, too."""

    @property
    def id(self) -> str:
        """The negotiation."""

    @property
    def head(self) -> int:
        """The number of its last entry."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Its entries, in order."""

    def clauses(self) -> Sequence[str]:
        """The ids of all clauses that were ever tabled, in the order in which they were."""

    def clause(self, clause: str, at: int) -> Clause | None:
        """A clause after entry ``at``; ``None`` when it was not tabled yet."""

    def line(self, clause: str, at: int) -> str:
        """A clause as a line of the live text after entry ``at``; empty when it has none."""

    def changes_of(self, clause: str) -> tuple[int, ...]:
        """The numbers of all entries on a clause."""

    def acts_counted(self) -> Sequence[int]:
        """For every entry, how many acts were made up to it, as far as somebody counted them."""

    def negotiation(self, at: int) -> Negotiation:
        """The negotiation after entry ``at``."""

    def lines(self, at: int) -> tuple[list[str], list[str]]:
        """The clauses of the text after entry ``at``, and the line of each."""


@attrs.frozen
class _Frame:
    slots: dict[str, int]
    lines: list[str]


class Timeline:
    """The folded record of one negotiation. It only ever grows."""

    def __init__(
        self,
        negotiation: str,
        entries: Iterable[Entry] = (),
        *,
        beginning: Beginning | None = None,
    ) -> None:
        """An empty record, or the fold of these entries, behind a beginning that is folded."""
        self.id = negotiation
        self._beginning = beginning
        self._base = 0 if beginning is None else beginning.head
        self._rows: list[Entry] = []
        self.entries: Sequence[Entry] = self._rows
        """All entries, in order; entry N stands at index N - 1."""
        self._positions: dict[str, list[int]] = {}
        self._states: dict[str, list[Clause]] = {}
        self._current: dict[str, Clause] = {}
        self._after: list[Clause | None] = []
        # For every entry the state it made, and its place among the states of its clause.
        self._ranks: list[int] = []
        self._whole_at: list[int] = []
        self._whole: list[Negotiation] = []
        self._reordered: list[int] = []
        self._frames: dict[int, _Frame] = {}
        self._memory: dict[type, object] = {}
        if beginning is None:
            self._whole_at.append(0)
            self._whole.append(Negotiation(negotiation))
        else:
            self.entries = JoinedEntries(beginning.entries, self._rows)
        self.extend(entries)

    @property
    def head(self) -> int:
        """The number of the last entry; 0 for an empty record."""
        return self._base + len(self._rows)

    def extend(self, entries: Iterable[Entry]) -> None:
        """Fold further entries, which must follow the last one without a gap."""
        rows = list(entries)
        with _without_collector() if len(rows) > _MANY else _as_is():
            for entry in rows:
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        number = entry.number
        if number != self.head + 1:
            raise ValueError(f"Entry {number} does not follow entry {self.head}.")
        if clause := entry.clause:
            before = self._current.get(clause)
            if before is None and self._beginning is not None:
                before = self._beginning.clause(clause, self._base)
            state = evolve(before, number, clause, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
            states = self._states.get(clause)
            if states is None:
                states = self._states[clause] = []
                self._positions[clause] = []
            self._ranks.append(len(states))
            states.append(state)
            self._positions[clause].append(number)
            self._current[clause] = state
            self._after.append(state)
        else:
            whole = self.negotiation(number - 1)
            after = evolve_negotiation(whole, number, entry.event)  # type: ignore[arg-type]  # as above
            self._ranks.append(0)
            self._after.append(None)
            self._whole_at.append(number)
            self._whole.append(after)
            if after.order is not whole.order:
                self._reordered.append(number)
        self._rows.append(entry)

    def branch(self) -> Timeline:
        """The same record so far, which can go on otherwise; this one never hears of it."""
        other = Timeline(self.id, beginning=self._beginning)
        other._rows += self._rows
        other._positions = {clause: row.copy() for clause, row in self._positions.items()}
        other._states = {clause: row.copy() for clause, row in self._states.items()}
        other._current = self._current.copy()
        other._after = self._after.copy()
        other._ranks = self._ranks.copy()
        other._whole_at, other._whole = self._whole_at.copy(), self._whole.copy()
        other._reordered = self._reordered.copy()
        return other

    def clauses(self) -> Sequence[str]:
        """The ids of all clauses that were ever tabled, in the order in which they were."""
        if self._beginning is None:
            return tuple(self._states)
        return tuple(dict.fromkeys((*self._beginning.clauses(), *self._states)))

    def clause(self, clause: str, at: int) -> Clause | None:
        """A clause after entry ``at``; ``None`` when it was not tabled yet."""
        positions = self._positions.get(clause)
        if positions is not None:
            index = bisect_right(positions, at)
            if index:
                return self._states[clause][index - 1]
        if self._beginning is None:
            return None
        return self._beginning.clause(clause, min(at, self._base))

    def line(self, clause: str, at: int) -> str:
        """A clause as a line of the live text after entry ``at``; empty when it has none."""
        if self._beginning is not None:
            positions = self._positions.get(clause)
            if positions is None or at < positions[0]:
                return self._beginning.line(clause, min(at, self._base))
        state = self.clause(clause, at)
        return state.line if state is not None else ""

    def changed(self, entry: int) -> Clause | None:
        """The clause that an entry is on, as it stood after it; ``None`` for the whole text."""
        if entry <= self._base:
            clause = self.entries[entry - 1].clause
            return self.clause(clause, entry) if clause else None
        return self._after[entry - self._base - 1]

    def unchanged(self, entry: int) -> Clause | None:
        """The clause that an entry is on, as it stood before the entry."""
        clause = self.entries[entry - 1].clause
        if entry <= self._base or not clause:
            return self.clause(clause, entry - 1) if clause else None
        rank = self._ranks[entry - self._base - 1]
        if rank:
            return self._states[clause][rank - 1]
        return None if self._beginning is None else self._beginning.clause(clause, self._base)

    def negotiation(self, at: int) -> Negotiation:
        """The negotiation after entry ``at``."""
        index = bisect_right(self._whole_at, at)
        if not index and self._beginning is not None:
            return self._beginning.negotiation(min(at, self._base))
        return self._whole[index - 1]

    def changes_of(self, clause: str) -> tuple[int, ...]:
        """The numbers of all entries on a clause."""
        later = self._positions.get(clause, ())
        if self._beginning is None:
            return tuple(later)
        return (*self._beginning.changes_of(clause), *later)

    def acts_counted(self) -> Sequence[int]:
        """For every entry, how many acts were made up to it, as far as somebody counted them."""
        return () if self._beginning is None else self._beginning.acts_counted()

    def moment(self, at: int | None = None) -> Moment:
        """The text after entry ``at``; now when it is not given."""
        position = self.head if at is None else at
        whole = self.negotiation(position)
        # Out of a beginning, many states are put together at once.
        with _as_is() if self._beginning is None else _without_collector():
            found = [self.clause(placed.clause, position) for placed in whole.order]
        return Moment(position, whole, tuple([clause for clause in found if clause is not None]))

    def memory(self, kind: type[T]) -> T:
        """What a view of this record keeps from one question to the next; it may be lost."""
        held = self._memory.get(kind)
        if not isinstance(held, kind):
            held = self._memory[kind] = kind()
        return held

    def room(self) -> Room:
        """The text as it stands, for the rules."""
        clauses: Mapping[str, Clause] = self._current
        if self._beginning is not None:
            clauses = JoinedClauses(self._beginning, self._current)
        return Room(self.negotiation(self.head), MappingProxyType(clauses), self, self.head)

    def lines(self, at: int) -> tuple[list[str], list[str]]:
        """The clauses of the text after entry ``at``, and the line of each."""
        if self._beginning is not None and at <= self._base:
            return self._beginning.lines(at)
        frame, base = self._frame(at)
        return list(frame.slots), self._patched(frame, base, at)

    def text(self, at: int) -> str:
        """The live text after entry ``at``, one line a clause."""
        if self._beginning is not None and at <= self._base:
            return "".join(self._beginning.lines(at)[1])
        frame, base = self._frame(at)
        return "".join(frame.lines if base == at else self._patched(frame, base, at))

    def _patched(self, frame: _Frame, base: int, at: int) -> list[str]:
        """The lines of a frame at entry ``base``, brought on to entry ``at``."""
        lines, slots = frame.lines.copy(), frame.slots
        for state in self._after[base - self._base : at - self._base]:
            if state is not None and state.id in slots:
                lines[slots[state.id]] = state.line
        return lines

    def _frame(self, at: int) -> tuple[_Frame, int]:
        """The nearest frame not later than ``at`` with the same order of clauses, and its entry."""
        base = max(at - at % _FRAME, self._base)
        index = bisect_right(self._reordered, at)
        if index and self._reordered[index - 1] > base:
            base = self._reordered[index - 1]
        frame = self._frames.get(base)
        if frame is None:
            ids, lines = self._lines_at(base)
            slots = {clause: slot for slot, clause in enumerate(ids)}
            frame = self._frames[base] = _Frame(slots, lines)
        return frame, base

    def _lines_at(self, at: int) -> tuple[list[str], list[str]]:
        """The clauses of the text and their lines, not out of a frame."""
        if self._beginning is None:
            clauses = self.moment(at).clauses
            return [clause.id for clause in clauses], [clause.line for clause in clauses]
        if at <= self._base:
            return self._beginning.lines(at)
        # Only the lines of the beginning are asked for: its states would have to be put together.
        held = frozenset(self._beginning.clauses())
        order = [one.clause for one in self.negotiation(at).order]
        ids = [one for one in order if one in held or self._positions.get(one, [at + 1])[0] <= at]
        return ids, [self.line(one, at) for one in ids]


class Steps:
    """The whole text in hand, one entry on or back at a time."""

    def __init__(self, timeline: Timeline, at: int) -> None:
        """The text after entry ``at``."""
        self._timeline = timeline
        self.at = at
        self._take(at)

    def _take(self, at: int) -> None:
        ids, self.lines = self._timeline.lines(at)
        self._order = self._timeline.negotiation(at).order
        self._slots = {clause: slot for slot, clause in enumerate(ids)}

    def on(self) -> Entry | None:
        """Go one entry on; answers the entry, or ``None`` at the end."""
        if self.at >= self._timeline.head:
            return None
        self.at += 1
        entry = self._timeline.entries[self.at - 1]
        slot = self._slots.get(entry.clause)
        if slot is not None:
            self.lines[slot] = self._timeline.line(entry.clause, self.at)
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
            self.lines[slot] = self._timeline.line(entry.clause, self.at - 1)
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
