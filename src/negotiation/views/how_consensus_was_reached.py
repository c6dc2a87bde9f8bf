"""How consensus was reached: what was put to the room, who objected, how it was taken."""

from __future__ import annotations

import attrs

from negotiation.domain import events as ev
from negotiation.domain.entries import Entry
from negotiation.views.at_that_time import Timeline


@attrs.frozen
class Objected:
    """An objection to a question, and whether the party stood by it."""

    party: str
    ground: str
    entry: int
    withdrawn_by: int = 0
    """The entry that withdrew it; 0 while it stands."""


@attrs.frozen
class Question:
    """A decision that was put to the room, from the asking to its end."""

    decision: str
    question: str
    put_by: int
    """The entry that put it."""
    put_at: str
    until: str
    """The deadline of a silence; empty when it was asked in the meeting."""
    clauses: tuple[str, ...]
    objections: tuple[Objected, ...]
    how: str = ""
    """Empty while it waits; else "no objection", "silence", "not pursued" or "taken back"."""
    ended_by: int = 0
    """The entry that ended it."""
    act: str = ""
    """The act that took it, with what was decided."""


def how_consensus_was_reached(timeline: Timeline, at: int) -> tuple[Question, ...]:
    """Every question that was put up to entry ``at``, in the order of asking."""
    found: dict[str, Question] = {}
    for entry in timeline.entries[:at]:
        if not entry.clause:
            _take(found, entry)
    waiting = {one.id for one in timeline.negotiation(at).decisions}
    return tuple(_as_it_stands(one, waiting) for one in found.values())


def _take(found: dict[str, Question], entry: Entry) -> None:
    match entry.event:
        case ev.DecisionPut() as put:
            found[put.decision] = Question(
                put.decision,
                put.question,
                entry.number,
                entry.act.written.isoformat(),
                put.until.isoformat() if put.until is not None else "",
                put.clauses,
                (),
            )
        case ev.ObjectionMade(decision=decision, party=party, ground=ground):
            one = found[decision]
            objected = Objected(party, ground, entry.number)
            found[decision] = attrs.evolve(one, objections=(*one.objections, objected))
        case ev.ObjectionWithdrawn(decision=decision, party=party):
            one = found[decision]
            objections = tuple(
                attrs.evolve(said, withdrawn_by=entry.number)
                if said.party == party and not said.withdrawn_by
                else said
                for said in one.objections
            )
            found[decision] = attrs.evolve(one, objections=objections)
        case ev.DecisionTaken(decision=decision, how=how):
            found[decision] = attrs.evolve(
                found[decision], how=how.value, ended_by=entry.number, act=entry.act.id
            )
        case ev.DecisionDropped(decision=decision):
            found[decision] = attrs.evolve(
                found[decision], how="not pursued", ended_by=entry.number
            )
        case _:
            pass


def _as_it_stands(one: Question, waiting: set[str]) -> Question:
    """An undo may have put a question back, or taken it away."""
    if one.decision in waiting:
        return attrs.evolve(one, how="", ended_by=0, act="")
    return one if one.how else attrs.evolve(one, how="taken back")
