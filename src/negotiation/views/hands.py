"""Who made an entry, on whose behalf and when, and whose proposal words belong to.

What several views say of an act, in one shape.
"""

from __future__ import annotations

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Bound
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Proposal
from negotiation.views.at_that_time import Timeline


@attrs.frozen
class Hand:
    """An entry, seen from the person who made it."""

    entry: int
    act: str
    event: str
    """What it was, as the vocabulary of the record calls it."""
    by: str
    capacity: Capacity
    behalf: str
    meeting: str
    happened: str
    """When it happened, as ISO 8601."""
    bound: Bound
    """How exactly that is known."""
    written: str
    """When it was recorded, as ISO 8601."""


@attrs.frozen
class Credit:
    """A proposal and those whose it is."""

    proposal: str
    kind: str
    symbol: str
    sponsors: tuple[str, ...]


def hand(timeline: Timeline, entry: int) -> Hand:
    """Who made an entry."""
    made = timeline.entries[entry - 1]
    act = made.act
    return Hand(
        entry,
        act.id,
        type(made.event).__name__,
        act.by,
        act.capacity,
        act.behalf,
        act.meeting,
        act.happened.at.isoformat(),
        act.happened.bound,
        act.written.isoformat(),
    )


def credit(proposal: Proposal) -> Credit:
    """Whose a proposal is."""
    return Credit(proposal.id, proposal.kind, proposal.symbol, proposal.sponsors)


def credited(clause: Clause, source: str) -> Credit | None:
    """Whose words with this source on a clause are; ``None`` where they are nobody's proposal."""
    found = clause.proposal(source) if source else None
    if found is None:
        return Credit(source, "", "", ()) if source else None
    return credit(found)
