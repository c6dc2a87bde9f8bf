"""Which acts undo others, and which of those undoings still holds."""

from __future__ import annotations

from negotiation.domain.events import ActReversed
from negotiation.views.at_that_time import Timeline


def reversals(timeline: Timeline) -> dict[str, str]:
    """Every act that reverses another one, with the act that it reverses, oldest first."""
    return {
        entry.act.id: entry.event.act
        for entry in timeline.entries
        if isinstance(entry.event, ActReversed)
    }


def last_undoing(timeline: Timeline) -> str:
    """The latest undoing that still holds, empty for none; a redo undoes one, and is none."""
    found = reversals(timeline)
    reversed_acts = set(found.values())
    for act in reversed(found):
        depth, target = 1, found[act]
        while target in found:
            depth, target = depth + 1, found[target]
        if depth % 2 and act not in reversed_acts:
            return act
    return ""
