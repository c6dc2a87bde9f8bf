"""Clause by clause and delegation by delegation: who proposes, holds, supports or opposes what.

A group speaks for its members: what it says stands in its own column and, marked as the group's,
in the column of each member that also spoke for itself. Who said nothing has no column.
"""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Kind, Proposal
from negotiation.text.passage import Run, Standing
from negotiation.views.at_that_time import Timeline
from negotiation.views.on_the_page import print_clause
from negotiation.views.paths import Names
from negotiation.views.read_aloud import read_aloud
from negotiation.views.readings import Reading
from negotiation.views.signs import spans
from negotiation.views.what_may_be_seen import PUBLIC, Viewer, positions_on


class Word(enum.Enum):
    """What a delegation does."""

    PROPOSES = "proposes"
    SUPPORTS = "supports"
    HOLDS = "holds the bracket on"
    SAYS = "says"
    OWNS = "brings back"


@attrs.frozen
class Said:
    """One thing that a delegation says of a clause."""

    word: Word
    what: str
    """A proposal by its kind and symbol, the words in a bracket, or a stance."""
    puts_in: str = ""
    strikes: str = ""
    state: str = ""
    """What became of the proposal."""
    why: str = ""
    through: str = ""
    """The code of the group that said it; empty for its own word."""


@attrs.frozen
class Cell:
    """All that one delegation says of a clause."""

    party: str
    said: tuple[Said, ...]


@attrs.frozen
class ClauseRow:
    """One clause, as it reads, with what each delegation says of it."""

    clause: str
    path: str
    words: str
    """As it stands, label first, with its brackets and with undecided strikes."""
    state: str
    """The level at which it is agreed, or how much is open."""
    cells: tuple[Cell, ...]

    def of(self, party: str) -> tuple[Said, ...]:
        """What one delegation says."""
        return next((one.said for one in self.cells if one.party == party), ())


@attrs.frozen
class Columns:
    """The whole sheet: the delegations that have a column, and one row a clause."""

    at: int
    symbol: str
    parties: tuple[str, ...]
    rows: tuple[ClauseRow, ...]


def side_by_side(timeline: Timeline, at: int, *, viewer: Viewer = PUBLIC) -> Columns:
    """What every delegation says of every clause after entry ``at``."""
    moment = timeline.moment(at)
    whole = moment.negotiation
    called = timeline.memory(Names).paths(moment)
    clauses = [
        one
        for one in moment.clauses
        if one.margin.tabled and one.kind is not Kind.HEADER and (one.stands or one.proposals)
    ]
    taking_part = frozenset(party.code for party in whole.parties)
    own = {one.id: _said(timeline, one, viewer, taking_part) for one in clauses}
    spoke = {code for said in own.values() for code in said}
    known = [party.code for party in whole.parties if party.code in spoke]
    parties = (*known, *sorted(spoke - set(known)))
    through = {
        code: [one.code for one in whole.parties if code in one.members and one.code in spoke]
        for code in parties
    }
    printed = spans(moment)
    rows = tuple(
        ClauseRow(
            one.id,
            called[one.id],
            print_clause(one, Reading.OPEN, printed).line,
            _state(one),
            _cells(own[one.id], parties, through),
        )
        for one in clauses
        if one.stands or own[one.id]
    )
    return Columns(at, whole.symbol, parties, rows)


def _cells(
    said: dict[str, list[Said]], parties: tuple[str, ...], through: dict[str, list[str]]
) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for code in parties:
        group = [
            attrs.evolve(one, through=other)
            for other in through[code]
            for one in said.get(other, ())
        ]
        words = tuple(dict.fromkeys((*said.get(code, ()), *group)))
        if words:
            found.append(Cell(code, words))
    return tuple(found)


def _state(clause: Clause) -> str:
    agreed = clause.agreement
    if agreed is not None:
        on = "; ".join(one.words for one in agreed.conditions)
        return f"agreed: {agreed.level}" + (f", on condition: {on}" if on else "")
    if clause.margin.parked is not None:
        return "parked"
    undecided = sum(one.state == "on the table" for one in clause.proposals)
    if clause.brackets or undecided:
        return "open"
    return "" if clause.stands else "not in the text"


def _said(
    timeline: Timeline, clause: Clause, viewer: Viewer, taking_part: frozenset[str]
) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}

    def says(codes: tuple[str, ...], one: Said) -> None:
        for code in codes:
            found.setdefault(code, []).append(one)

    for proposal in clause.proposals:
        puts_in, strikes = _words(clause, proposal)
        what = _named(proposal)
        says(proposal.sponsors, Said(Word.PROPOSES, what, puts_in, strikes, proposal.state))
        says(proposal.supporters, Said(Word.SUPPORTS, what, state=proposal.state))
    length = len(clause.passage.words)
    for bracket in clause.brackets:
        stretch = bracket.reach.within(length)
        words = read_aloud(clause, *stretch) or clause.passage.standing_between(*stretch)
        held = Said(Word.HOLDS, words, why=bracket.reason)
        says(bracket.holders, held)
        if bracket.parked in taking_part:
            says((bracket.parked,), Said(Word.OWNS, words, why=bracket.until))
    for position in positions_on(clause, viewer, timeline):
        on = clause.proposal(position.on)
        about = f" {_named(on)}" if on is not None else ""
        stance = f"{position.stance.value}{about}"
        says((position.party,), Said(Word.SAYS, stance, why=position.condition))
    return found


def _named(proposal: Proposal) -> str:
    return f"{proposal.kind} {proposal.symbol}".strip()


def _words(clause: Clause, proposal: Proposal) -> tuple[str, str]:
    """The words that a proposal puts in and those that it strikes, former wordings left out."""
    puts_in, strikes = [""], [""]
    for run in clause.passage.runs:
        for stretches, belongs in (
            (puts_in, _puts_in(run, proposal)),
            (strikes, any(one.source == proposal.id for one in run.struck_by)),
        ):
            if belongs:
                stretches[-1] += run.words
            elif stretches[-1]:
                stretches.append("")
    return _apart(puts_in), _apart(strikes)


def _apart(stretches: list[str]) -> str:
    return " … ".join(words for one in stretches if (words := one.strip()))


def _puts_in(run: Run, proposal: Proposal) -> bool:
    mark = run.inserted_by
    if mark is None or mark.source != proposal.id:
        return False
    return proposal.state != "on the table" or mark.standing is Standing.PENDING
