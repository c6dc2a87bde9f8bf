"""What was put to the room, who objected, and how consensus was reached or was not."""

from __future__ import annotations

import attrs

from negotiation.domain import events as ev
from negotiation.domain.terms import HowTaken
from negotiation.views.at_that_time import Timeline
from negotiation.views.hands import Hand, hand


@attrs.frozen
class Objected:
    """A party's no, and whether it stood."""

    party: str
    ground: str
    hand: Hand
    withdrawn: Hand | None = None
    """Where the party said that it does not insist."""


@attrs.frozen
class Question:
    """A decision that was put to the room, and its course up to a moment."""

    id: str
    question: str
    clauses: tuple[str, ...]
    put: Hand
    until: str
    """The end of the silence, as ISO 8601; empty where it was asked in the meeting."""
    objections: tuple[Objected, ...] = ()
    taken: Hand | None = None
    how: HowTaken | None = None
    dropped: Hand | None = None
    ground: str = ""
    """Why it was not pursued."""
    last: int = 0
    """The last entry of its course."""

    @property
    def pending(self) -> bool:
        """Whether it is before the room."""
        return self.taken is None and self.dropped is None


def questions(timeline: Timeline, at: int, since: int = 0) -> tuple[Question, ...]:
    """The decisions put to the room up to entry ``at``, of which something happened after since.

    What was undone is told of by its undoing, and is not told of here.
    """
    found: dict[str, Question] = {}
    for entry in timeline.entries[:at]:
        event, number = entry.event, entry.number
        if isinstance(event, ev.ActReversed) and event.restored.decisions is not None:
            _put_back(timeline, found, number, {one.id for one in event.restored.decisions})
        if isinstance(event, ev.DecisionPut):
            until = event.until.isoformat() if event.until is not None else ""
            put = hand(timeline, number)
            asked = Question(event.decision, event.question, event.clauses, put, until, last=number)
            found[event.decision] = asked
            continue
        if not isinstance(
            event, ev.ObjectionMade | ev.ObjectionWithdrawn | ev.DecisionTaken | ev.DecisionDropped
        ):
            continue
        held = found.get(event.decision)
        if held is not None:
            found[event.decision] = attrs.evolve(
                _on(held, event, hand(timeline, number)), last=number
            )
    return tuple(one for one in found.values() if one.last > since)


_Course = ev.ObjectionMade | ev.ObjectionWithdrawn | ev.DecisionTaken | ev.DecisionDropped


def _on(held: Question, event: _Course, by: Hand) -> Question:
    match event:
        case ev.ObjectionMade(party=party, ground=ground):
            return attrs.evolve(held, objections=(*held.objections, Objected(party, ground, by)))
        case ev.ObjectionWithdrawn(party=party):
            objections = tuple(
                attrs.evolve(one, withdrawn=by)
                if one.party == party and one.withdrawn is None
                else one
                for one in held.objections
            )
            return attrs.evolve(held, objections=objections)
        case ev.DecisionTaken(how=how):
            return attrs.evolve(held, taken=by, how=how)
        case ev.DecisionDropped(ground=ground):
            return attrs.evolve(held, dropped=by, ground=ground)


def _put_back(
    timeline: Timeline, found: dict[str, Question], number: int, waiting: set[str]
) -> None:
    """After an undo, exactly those wait that it puts back."""
    before = {one.id for one in timeline.negotiation(number - 1).decisions}
    for decision in before - waiting:
        found.pop(decision, None)
    for one in timeline.negotiation(number).decisions:
        held = found.get(one.id)
        if held is not None:
            standing = {objection.entry for objection in one.objections}
            found[one.id] = attrs.evolve(
                held,
                taken=None,
                how=None,
                dropped=None,
                ground="",
                objections=tuple(
                    attrs.evolve(each, withdrawn=None) if each.hand.entry in standing else each
                    for each in held.objections
                    if each.hand.entry in standing or each.withdrawn is not None
                ),
                last=number,
            )
