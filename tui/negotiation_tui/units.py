"""What a step through the record is: an entry, an act, a meeting, a version; where steps stop.

The stops of a record are worked out once for each of its lengths, so that a step is a bisection.
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from negotiation.domain.entries import Entry
from negotiation.domain.events import DocumentReceived, MeetingClosed, MeetingOpened
from negotiation.views.at_that_time import Timeline


class Unit(enum.Enum):
    """What one step is."""

    ENTRY = "entry"
    ACT = "act"
    MEETING = "meeting"
    VERSION = "version"


_EVENTS: dict[Unit, tuple[type, ...]] = {
    Unit.MEETING: (MeetingOpened, MeetingClosed),
    Unit.VERSION: (DocumentReceived,),
}

_KNOWN: WeakKeyDictionary[Timeline, dict[Unit, tuple[int, Sequence[int]]]] = WeakKeyDictionary()


def stops(timeline: Timeline, unit: Unit) -> Sequence[int]:
    """The entries after which the text stands between two steps: rising, the last one the head."""
    if unit is Unit.ENTRY:
        return range(1, timeline.head + 1)
    known = _KNOWN.setdefault(timeline, {})
    if unit not in known or known[unit][0] != timeline.head:
        known[unit] = (timeline.head, _stops(timeline.entries, unit))
    return known[unit][1]


def stop(timeline: Timeline, at: int, by: int, unit: Unit) -> int:
    """The entry at which the text stood ``by`` steps on, or back; the first or last one at most."""
    places = stops(timeline, unit)
    if not places:
        return 0
    if by > 0:
        index = bisect_right(places, at) + by - 1
        return max(places[min(index, len(places) - 1)], at)
    index = bisect_left(places, at) + by
    return min(places[max(index, 0)], at)


def nearest(timeline: Timeline, entry: int, unit: Unit) -> int:
    """The stop that is closest to an entry, the earlier of two; 0 in an empty record."""
    places = stops(timeline, unit)
    index = bisect_left(places, entry)
    around = places[max(index - 1, 0) : index + 1]
    return min(around, key=lambda one: abs(one - entry), default=0)


def _stops(entries: Sequence[Entry], unit: Unit) -> tuple[int, ...]:
    """The first act, the last one, and those in between that end a step."""
    ends: list[int] = []
    events = _EVENTS.get(unit, ())
    marked = True
    for place, entry in enumerate(entries):
        marked = marked or isinstance(entry.event, events)
        last = place + 1 == len(entries)
        if last or entries[place + 1].act.id != entry.act.id:
            if marked or last:
                ends.append(entry.number)
            marked = unit is Unit.ACT
    return tuple(ends)
