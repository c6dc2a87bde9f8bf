"""Who moved a clause and who gave it another label: what is done to it without a word of it.

The last of each tells how it stands now; the log of the clause has them all.
"""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.events import ClausePlaced, ClauseRelabelled
from negotiation.views.at_that_time import Timeline
from negotiation.views.hands import Hand, hand


class Done(enum.Enum):
    """What was done to a clause."""

    MOVED = "moved"
    RELABELLED = "relabelled"


@attrs.frozen
class Handled:
    """A clause, what was done to it last, and by whom."""

    clause: str
    done: Done
    hand: Hand


def who_moved_this(timeline: Timeline, at: int, clause: str | None = None) -> tuple[Handled, ...]:
    """Whoever moved or relabelled a clause up to entry ``at``, of all clauses or of one."""
    placed: set[str] = set()
    found: dict[tuple[str, Done], int] = {}
    for entry in timeline.entries[:at]:
        match entry.event:
            case ClausePlaced(clause=name):
                if name in placed:
                    found[name, Done.MOVED] = entry.number
                placed.add(name)
            case ClauseRelabelled() if entry.clause:
                found[entry.clause, Done.RELABELLED] = entry.number
    return tuple(
        Handled(name, done, hand(timeline, number))
        for (name, done), number in sorted(found.items(), key=lambda one: one[1])
        if clause in (None, name)
    )
