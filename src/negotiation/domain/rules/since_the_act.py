"""A clause after an act and now: what was changed since, and what stands on the act for that.

What it was before the act, and how that is put back, is in `undo_of_a_clause`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import ActReversed, Event
from negotiation.domain.refusals import StoodOn
from negotiation.domain.room import Room
from negotiation.domain.rules.named import called
from negotiation.domain.rules.undo_of_the_whole import in_words


@attrs.frozen
class SinceTheAct:
    """A clause as the act left it, and as it is now."""

    act: str
    clause: str
    numbers: tuple[int, ...]
    """The entries of the act on this clause."""
    after: Clause
    now: Clause
    room: Room

    @property
    def events(self) -> list[Event]:
        """What the act did to this clause."""
        return [self.room.past.entries[number - 1].event for number in self.numbers]

    def nobody_else(self, get: Callable[[Clause], Any]) -> None:
        """Refuse when what ``get`` looks at was changed after the act."""
        if get(self.now) == get(self.after):
            return
        for entry in self.room.past.entries[self.numbers[-1] :]:
            if entry.clause != self.clause:
                continue
            state = self.room.past.clause(self.clause, entry.number)
            if state is not None and get(state) != get(self.after):
                raise self.stood_on(entry.number)
        raise self.stood_on(self.room.head)

    def stood_on(self, number: int) -> StoodOn:
        """The refusal that names the entry which stands on the act."""
        entry = self.room.past.entries[number - 1]
        what = in_words(entry.event)
        on = self.room.clauses[entry.clause] if entry.clause else self.now
        again = isinstance(self.events[0], ActReversed)
        return StoodOn(self.act, called(on), number, what, again)

    def later(self) -> list[Entry]:
        """The entries since the act that have an effect: what was undone since has none."""
        undone: set[int] = set()
        later: list[Entry] = []
        last = self.numbers[-1]
        for entry in reversed(self.room.past.entries[last:]):
            if entry.number in undone:
                continue
            if isinstance(entry.event, ActReversed):
                undone.update(entry.event.entries)
                if min(entry.event.entries, default=0) > last:
                    continue
            later.append(entry)
        return later[::-1]
