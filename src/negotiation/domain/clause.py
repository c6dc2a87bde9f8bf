"""A clause as it stands. How events change it stands in `evolve`."""

from __future__ import annotations

from functools import cached_property

import attrs

from negotiation.domain.terms import (
    Agreement,
    Alternative,
    Anomaly,
    Bracket,
    Kind,
    Parked,
    Position,
    Printed,
    Proposal,
    Remark,
)
from negotiation.text.passage import Passage


@attrs.frozen
class Margin:
    """What is noted beside a clause, and changes seldom."""

    tabled: bool = True
    tabled_by: int = 0
    """The entry that tabled it."""
    deleted_by: int = 0
    """The entry that took it out of the text; 0 while it stands."""
    label_struck: bool = False
    lead: str = ""
    """What the received page prints before the words; ``{label}`` is the label's place."""
    last_agreed: Agreement | None = None
    parked: Parked | None = None
    positions: tuple[Position, ...] = ()
    remarks: tuple[Remark, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    package: str = ""
    """The package that the clause stands or falls with, while it is neither agreed nor broken."""
    drawn_from: tuple[str, ...] = ()
    """The clauses whose words went into it when it was split off or they were merged."""


@attrs.frozen
class Clause:
    """A place in the text. Its identity is minted once and is never the label."""

    id: str
    kind: Kind
    label: str
    base_label: str | None
    passage: Passage
    brackets: tuple[Bracket, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    agreement: Agreement | None = None
    margin: Margin = Margin()
    printed: tuple[Printed, ...] = ()
    """Where the received page printed words otherwise than they are read."""

    def proposal(self, proposal: str) -> Proposal | None:
        """The proposal of this id on the clause."""
        return next((one for one in self.proposals if one.id == proposal), None)

    def bracket(self, point: str) -> Bracket | None:
        """The clause's share of an open point."""
        return next((one for one in self.brackets if one.point == point), None)

    @property
    def stands(self) -> bool:
        """Whether it has words in the live text."""
        return self.margin.tabled and bool(self.passage.live)

    @cached_property
    def line(self) -> str:
        """The clause as one line of the live text, label first; empty when it has no words."""
        live = self.passage.live
        if not live or not self.margin.tabled:
            return ""
        return f"{self.label} {live}\n" if self.label else live + "\n"
