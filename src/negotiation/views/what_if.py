"""What would be: acts that people ask for in one breath, and how a tried text differs.

"Accept everything Brazil asked" and "lift all brackets held only by X" become commands here; they
are tried on a copy of the record, and this compares the copy with what stands.
"""

from __future__ import annotations

import attrs

from negotiation.domain import commands as do
from negotiation.domain.clause import Clause
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.what_changed import ClauseChange, what_changed
from negotiation.views.what_is_open import OpenPoint, what_is_open

_OPEN = "on the table"


@attrs.frozen
class WhatIf:
    """What a trial would change."""

    changes: tuple[ClauseChange, ...]
    settled: tuple[OpenPoint, ...]
    """Points that would not be open any more."""
    open: tuple[OpenPoint, ...]
    """What would still be open."""
    new: tuple[OpenPoint, ...]
    """Points that would be open and are not now."""


def what_if(tried: Timeline, began: int) -> WhatIf:
    """How the copy differs from entry ``began``, where it left the record."""
    before = what_is_open(tried, began)
    then = what_is_open(tried, tried.head)
    known, left = {one.id for one in before}, {one.id for one in then}
    return WhatIf(
        what_changed(tried, began, tried.head),
        tuple(one for one in before if one.id not in left),
        then,
        tuple(one for one in then if one.id not in known),
    )


def accepting_all_of(moment: Moment, party: str) -> tuple[do.Command, ...]:
    """The decisions that give a party everything that it still asks for.

    Its wording is chosen wherever it stands among others; its other proposals are retained.
    """
    found: list[do.Command] = []
    chosen: set[str] = set()
    for clause in moment.clauses:
        for one in clause.alternatives:
            if one.point not in chosen and _asks(clause, one.proposal, one.sponsors, party):
                chosen.add(one.point)
                found.append(do.ResolveOpenPoint(one.point, (do.Choose(one.order),)))
    for clause in moment.clauses:
        listed = {one.proposal for one in clause.alternatives}
        for proposal in clause.proposals:
            if (
                proposal.state == _OPEN
                and party in proposal.sponsors
                and proposal.id not in listed
                and proposal.kind != "NOC"
            ):
                found.append(do.RetainProposal(proposal.id))
    return tuple(found)


def _asks(clause: Clause, proposal: str, sponsors: tuple[str, ...], party: str) -> bool:
    if party in sponsors:
        return True
    found = clause.proposal(proposal) if proposal else None
    return found is not None and party in found.sponsors


def lifting_all_held_only_by(moment: Moment, party: str) -> tuple[do.Command, ...]:
    """The lifting of every bracket that nobody else insists on and that has no rival wordings."""
    rivals = {one.point for clause in moment.clauses for one in clause.alternatives}
    return tuple(
        do.LiftBracket(bracket.point)
        for clause in moment.clauses
        for bracket in clause.brackets
        if bracket.begins and bracket.holders == (party,) and bracket.point not in rivals
    )
