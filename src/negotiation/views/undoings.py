"""Which acts undo others, and which of those undoings still holds."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from negotiation.domain.entries import Entry
from negotiation.domain.events import ActReversed, PackageBroken
from negotiation.views.at_that_time import Timeline


def reversals(timeline: Timeline) -> dict[str, str]:
    """Every act that undoes another one, with the act that it undoes, oldest first.

    The breaking of a package puts back what taking it settled, and is an act by itself.
    """
    breaks = {entry.act.id for entry in timeline.entries if isinstance(entry.event, PackageBroken)}
    return {
        entry.act.id: entry.event.act
        for entry in timeline.entries
        if isinstance(entry.event, ActReversed) and entry.act.id not in breaks
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


@attrs.frozen
class Undone:
    """What was done and undone within a stretch of the record."""

    acts: tuple[str, ...]
    """The acts that do not hold at its end."""
    hidden: frozenset[str]
    """Those, and the undoings and redoings of acts of this stretch."""


def undone_within(entries: Iterable[Entry]) -> Undone:
    """The acts of these entries that others of them undid."""
    purely: dict[str, str | None] = {}
    for entry in entries:
        target = entry.event.act if isinstance(entry.event, ActReversed) else None
        # An act that also does other things, such as the breaking of a package, is no undoing.
        purely[entry.act.id] = target if purely.get(entry.act.id, target) == target else None
    undoing: dict[str, list[str]] = {}
    for act, target in purely.items():
        if target is not None and target in purely:
            undoing.setdefault(target, []).append(act)
    holds: dict[str, bool] = {}
    for act in reversed(purely):
        # Later acts come first: whether an undoing holds is known before what it undoes is asked.
        holds[act] = not any(holds[one] for one in undoing.get(act, ()))
    answers = {one for found in undoing.values() for one in found}
    gone = tuple(act for act in purely if not holds[act] and act not in answers)
    return Undone(gone, frozenset((*gone, *answers)))
