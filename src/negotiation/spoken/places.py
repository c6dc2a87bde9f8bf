"""The places in the text that quoted words could mean."""

from __future__ import annotations

import attrs

from negotiation.domain.room import Room
from negotiation.spoken.grammar import Quoted
from negotiation.text.search import occurrences

_AROUND = 24
_LISTED = 9


@attrs.frozen
class Place:
    """One occurrence of words, with a few of those around it."""

    clause: str
    occurrence: int
    before: str
    words: str
    after: str


def places(room: Room, clause: str, quoted: Quoted) -> tuple[Place, ...]:
    """Where these words stand: in the clause at hand, or else anywhere; nine at most.

    With an occurrence said, that one of the clause at hand.
    """
    here = _in_clause(room, clause, quoted.words)
    if quoted.occurrence:
        return here[quoted.occurrence - 1 : quoted.occurrence]
    if here:
        return here[:_LISTED]
    found: list[Place] = []
    for other in room.in_order():
        if other.id != clause and len(found) < _LISTED:
            found += _in_clause(room, other.id, quoted.words)
    return tuple(found[:_LISTED])


def _in_clause(room: Room, clause: str, words: str) -> tuple[Place, ...]:
    held = room.clauses.get(clause)
    if held is None or not held.margin.tabled:
        return ()
    passage = held.passage
    return tuple(
        Place(
            clause,
            number,
            passage.standing_between(max(one.start - _AROUND, 0), one.start),
            words,
            passage.standing_between(one.end, one.end + _AROUND),
        )
        for number, one in enumerate(occurrences(passage, words), start=1)
    )
