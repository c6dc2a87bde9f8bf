"""What the rules may look at: the negotiation and all its clauses, folded, read-only.

The past comes in through the small door `Past`, which the views' timeline walks through; only an
undo asks it anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.negotiation import Negotiation


class Past(Protocol):
    """The record so far, as far as an undo needs it."""

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries, in order; entry N stands at index N - 1."""

    def clause(self, clause: str, at: int) -> Clause | None:
        """A clause after entry ``at``; ``None`` when it was not tabled yet."""

    def negotiation(self, at: int) -> Negotiation:
        """The negotiation after entry ``at``."""


@attrs.frozen
class Room:
    """The text as it stands after the last entry."""

    negotiation: Negotiation
    clauses: Mapping[str, Clause]
    past: Past
    head: int = 0

    def in_order(self) -> list[Clause]:
        """The clauses that are tabled, in the order of the text."""
        return [self.clauses[placed.clause] for placed in self.negotiation.order]

    def sharing(self, point: str) -> list[Clause]:
        """The clauses that an open point touches, in the order of the text."""
        return [
            clause
            for clause in self.in_order()
            if any(one.point == point for one in clause.brackets)
            or any(one.point == point for one in clause.alternatives)
        ]

    def proposing(self, proposal: str) -> Clause | None:
        """The clause that a proposal is made on."""
        return next(
            (clause for clause in self.in_order() if clause.proposal(proposal) is not None), None
        )
