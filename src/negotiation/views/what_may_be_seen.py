"""What somebody may read of a record: entries, and the remarks and positions beside the text.

An entry is for everybody, for the room, for the chair, or for the delegation on whose behalf it was
made; a remark and a position are as open as the entry that made them. The words of the text itself
are nobody's secret and are not asked about here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import ActReversed
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Visibility
from negotiation.domain.terms import HandedIn, Position, Remark
from negotiation.views.at_that_time import Timeline

Noted = TypeVar("Noted", Remark, Position, HandedIn)


@attrs.frozen
class Viewer:
    """Somebody who reads the record: which kinds of entries are for them, and whose own."""

    reads: frozenset[Visibility]
    party: str = ""
    """The delegation that reads; what is on its behalf is its own."""


PUBLIC = Viewer(frozenset({Visibility.PUBLIC}))
"""Anybody, in the room or outside."""
GROUP = Viewer(frozenset({Visibility.PUBLIC, Visibility.GROUP}))
"""Whoever sits in the room."""
CHAIR = Viewer(
    frozenset({Visibility.PUBLIC, Visibility.GROUP, Visibility.CHAIR, Visibility.BETWEEN})
)
"""The chair and the secretariat; not what a delegation notes for itself."""
DESK = Viewer(frozenset(Visibility))
"""The machine that the record is kept on: it hides nothing from who holds it."""


def delegation(party: str) -> Viewer:
    """A delegation in the room: what the room sees, and its own notes."""
    return Viewer(GROUP.reads, party)


def viewer_named(said: str, timeline: Timeline) -> Viewer | None:
    """The viewer that ``public``, ``group``, ``chair`` or a party's code or name means.

    A party is one that takes part, or on whose behalf anything was ever done.
    """
    named = {"public": PUBLIC, "group": GROUP, "chair": CHAIR}.get(said.strip().casefold())
    if named is not None:
        return named
    whole = timeline.negotiation(timeline.head)
    party = whole.party(said.strip())
    known = party in whole.parties or any(one.act.behalf == party.code for one in timeline.entries)
    return delegation(party.code) if known and party.code else None


def may_see(entry: Entry, viewer: Viewer, negotiation: Negotiation) -> bool:
    """Whether an entry is for this viewer; what an undoing takes back `as_seen` looks at."""
    if entry.visibility in viewer.reads:
        return True
    if entry.visibility not in (Visibility.DELEGATION, Visibility.BETWEEN):
        return False
    return _is_own(entry.act.behalf, viewer.party, negotiation)


def _is_own(behalf: str, party: str, negotiation: Negotiation) -> bool:
    """Whether what was done for a party, or for a group, is this party's own."""
    if not behalf or not party:
        return False
    made, reads = negotiation.party(behalf), negotiation.party(party)
    return made.code == reads.code or bool({reads.code, reads.name} & {*made.members})


def as_seen(entry: Entry, viewer: Viewer, timeline: Timeline) -> Entry | None:
    """An entry as this viewer may read it; ``None`` when it is not for them.

    Taking back what somebody may not see is not for them either. What an undoing puts back keeps
    only those remarks and positions that are theirs to read.
    """
    if not may_see(entry, viewer, timeline.negotiation(timeline.head)):
        return None
    event = entry.event
    if not isinstance(event, ActReversed):
        return entry
    undone = [timeline.entries[number - 1] for number in event.entries]
    if undone and all(as_seen(one, viewer, timeline) is None for one in undone):
        return None
    back = event.restored
    restored = attrs.evolve(
        back,
        remarks=None if back.remarks is None else _seen(back.remarks, viewer, timeline),
        positions=None if back.positions is None else _seen(back.positions, viewer, timeline),
        handed_in=None if back.handed_in is None else _seen(back.handed_in, viewer, timeline),
    )
    return attrs.evolve(entry, event=attrs.evolve(event, restored=restored))


def remarks_on(clause: Clause, viewer: Viewer, timeline: Timeline) -> tuple[Remark, ...]:
    """The remarks beside a clause that a viewer may read."""
    return _seen(clause.margin.remarks, viewer, timeline)


def positions_on(clause: Clause, viewer: Viewer, timeline: Timeline) -> tuple[Position, ...]:
    """The positions on a clause, its open points and proposals that a viewer may read."""
    return _seen(clause.margin.positions, viewer, timeline)


def positions_counted(timeline: Timeline, at: int, viewer: Viewer) -> Counter[str]:
    """How many positions on each open point and proposal a viewer may read, by its id."""
    clauses = timeline.moment(at).clauses
    return Counter(
        one.on for clause in clauses for one in positions_on(clause, viewer, timeline) if one.on
    )


def _seen(noted: Iterable[Noted], viewer: Viewer, timeline: Timeline) -> tuple[Noted, ...]:
    whole = timeline.negotiation(timeline.head)
    return tuple(one for one in noted if may_see(timeline.entries[one.entry - 1], viewer, whole))
