"""The proposals of a moment without a decision that are open points of their own.

One whose words are a wording of a bracket is told with that, in `open_brackets`.
"""

from __future__ import annotations

from functools import partial

from negotiation.domain.clause import Clause
from negotiation.domain.terms import BracketKind, Proposal
from negotiation.views.moment_read import MomentRead
from negotiation.views.open_point import PROPOSAL, OpenPoint, Unnumbered, Wording


def open_proposals(text: MomentRead) -> list[Unnumbered]:
    """The proposals of the moment that are on the table, without those in a group of wordings."""
    of_groups = {one.proposal for rows in text.rivals.values() for _, one, _ in rows}
    found: list[Unnumbered] = []
    for clause in text.clauses:
        if not clause.proposals:
            continue
        for proposal, (low, high), put_in, struck in text.of(clause).proposals:
            if proposal.id in of_groups:
                continue
            rank = (text.place[clause.id], low, 0, -high, proposal.entry, proposal.id)
            around = _holding(clause, low, high)
            made = partial(_proposal, text, clause, proposal, put_in, struck, around)
            found.append((rank, made))
    return found


def _holding(clause: Clause, low: int, high: int) -> str:
    """The smallest bracket of the clause around a stretch."""
    length = len(clause.passage.words)
    holding = [
        (end - start, -bracket.since, bracket.point)
        for bracket in clause.brackets
        if bracket.kind is not BracketKind.WHOLE_TEXT
        for start, end in [bracket.reach.within(length)]
        if start <= low and high <= end
    ]
    return min(holding)[2] if holding else ""


def _proposal(
    text: MomentRead,
    clause: Clause,
    proposal: Proposal,
    put_in: str,
    struck: str,
    around: str,
    number: int,
) -> OpenPoint:
    path = text.called[clause.id]
    wording = Wording(
        1,
        put_in,
        clause.id,
        path,
        clause.label,
        proposal.id,
        proposal.kind,
        proposal.symbol,
        proposal.sponsors,
        proposal.supporters,
        proposal.state,
    )
    return OpenPoint(
        number,
        proposal.id,
        PROPOSAL,
        (clause.id,),
        path,
        text.where(clause, (clause,)),
        put_in,
        struck,
        (wording,),
        (),
        proposal.sponsors,
        "",
        "",
        proposal.entry,
        text.when(proposal.entry),
        text.age(proposal.entry),
        "",
        "",
        sum(position.on == proposal.id for position in clause.margin.positions),
        around,
    )
