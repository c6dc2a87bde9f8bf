"""What is named: the places that quoted words could mean, words just changed, parties."""

from __future__ import annotations

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.commands import WordsAt
from negotiation.domain.room import Room
from negotiation.spoken.grammar import Quoted
from negotiation.text.passage import Passage, marks_of
from negotiation.text.search import occurrences
from negotiation.views.at_that_time import Moment

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

    With an occurrence said, the one of that number.
    """
    wanted = quoted.occurrence or _LISTED
    found = [*_in_clause(room, clause, quoted.words)]
    if not found:
        for other in room.in_order():
            if other.id != clause and len(found) < wanted:
                found += _in_clause(room, other.id, quoted.words)
    if quoted.occurrence:
        return tuple(found[wanted - 1 : wanted])
    return tuple(found[:wanted])


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


def changed_by(passage: Passage, proposal: str) -> WordsAt | None:
    """The words that a proposal put in, or else strikes, by the occurrence that is its own.

    ``None`` where no quotation tells them from their like, such as struck words that also stand.
    """
    own = [
        (at, run)
        for at, run in passage.pieces()
        if run.words.strip() and any(mark.source == proposal for mark in marks_of(run))
    ]
    put_in = [
        (at, run)
        for at, run in own
        if run.inserted_by is not None and run.inserted_by.source == proposal
    ]
    for at, run in put_in or own:
        words = run.words.strip()
        for number, found in enumerate(occurrences(passage, words), start=1):
            if found.start < at + len(run.words) and at < found.end:
                return WordsAt(words, number)
    return None


def known(moment: Moment) -> dict[str, str]:
    """The code of every party that takes part or is on the record, by code and name, folded."""
    codes = {code: code for clause in moment.clauses for code in _on(clause)}
    joined = moment.negotiation.parties
    names = {party.name: party.code for party in joined if party.name}
    codes.update((party.code, party.code) for party in joined)
    # A code is never hidden by the name of another party.
    return {name.casefold(): code for name, code in (*names.items(), *codes.items())}


def _on(clause: Clause) -> set[str]:
    """Whoever proposed, supported, holds or said something on a clause."""
    found = {one.party for one in clause.margin.positions}
    for proposal in clause.proposals:
        found.update(proposal.sponsors, proposal.supporters)
    for bracket in clause.brackets:
        found.update(bracket.holders)
    for alternative in clause.alternatives:
        found.update(alternative.sponsors)
    return found
