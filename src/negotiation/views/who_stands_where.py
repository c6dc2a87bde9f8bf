"""Who says what of each open point. Silence is not support: those who said nothing are listed.

A party's own word comes before that of a group that speaks for it; its members may still differ.
"""

from __future__ import annotations

import attrs

from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Position, Stance
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.what_is_open import OpenPoint, Wording
from negotiation.views.what_may_be_seen import PUBLIC, Viewer, positions_on
from negotiation.views.what_remains import seen_points


@attrs.frozen
class Voice:
    """What one party says."""

    party: str
    stance: Stance
    on: str
    """The symbol or kind of the proposal that it speaks of; empty for the point itself."""
    condition: str
    entry: int
    """The entry that recorded it; 0 where it follows from the proposal itself."""


@attrs.frozen
class Standings:
    """An open point with everything that is on record about it."""

    point: OpenPoint
    holders: tuple[str, ...]
    voices: tuple[Voice, ...]
    silent: tuple[str, ...]
    """Parties on record that said nothing, neither themselves nor through a group."""

    def of(self, stance: Stance) -> tuple[Voice, ...]:
        """Those who take one stance."""
        return tuple(one for one in self.voices if one.stance is stance)


def who_stands_where(
    timeline: Timeline, at: int, *, viewer: Viewer = PUBLIC
) -> tuple[Standings, ...]:
    """The positions on every open point after entry ``at``, in the order of the text."""
    moment = timeline.moment(at)
    return tuple(
        _standings(timeline, moment, point, viewer)
        for point in seen_points(timeline, moment, viewer)
    )


def _standings(timeline: Timeline, moment: Moment, point: OpenPoint, viewer: Viewer) -> Standings:
    wordings = {one.proposal: one for one in point.alternatives if one.proposal}
    voices: list[Voice] = []
    for one in point.alternatives:
        name = _name(one)
        voices += [Voice(code, Stance.PROPOSES, name, "", 0) for code in one.sponsors]
        voices += [Voice(code, Stance.SUPPORTS, name, "", 0) for code in one.supporters]
    for position in _positions(timeline, moment, point, viewer):
        wording = wordings.get(position.on)
        if position.on not in (point.id, "") and wording is None:
            continue
        on = _name(wording) if wording is not None and position.on != point.id else ""
        if not position.on:
            on = "the clause"
        voices.append(
            Voice(position.party, position.stance, on, position.condition, position.entry)
        )
    unique = tuple(dict.fromkeys(voices))
    heard = {one.party for one in unique} | set(point.holders)
    return Standings(point, point.holders, unique, _silent(moment.negotiation, heard))


def _positions(
    timeline: Timeline, moment: Moment, point: OpenPoint, viewer: Viewer
) -> list[Position]:
    touched = {*point.clauses, *(one.clause for one in point.alternatives)}
    return [
        position
        for clause in moment.clauses
        if clause.id in touched
        for position in positions_on(clause, viewer, timeline)
    ]


def _name(wording: Wording) -> str:
    return wording.symbol or f"wording {wording.order}"


def _silent(whole: Negotiation, heard: set[str]) -> tuple[str, ...]:
    spoken_for = {
        member for party in whole.parties if party.code in heard for member in party.members
    }
    return tuple(
        party.code
        for party in whole.parties
        if party.code not in heard | spoken_for and heard.isdisjoint(party.members)
    )
