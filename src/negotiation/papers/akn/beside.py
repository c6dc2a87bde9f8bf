"""What stands beside the words of a clause and of the text, in the order in which files keep it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from negotiation.domain.clause import Clause, Margin
from negotiation.domain.negotiation import Issued, Negotiation, Received
from negotiation.domain.order import Order
from negotiation.domain.people import Party
from negotiation.domain.terms import (
    Agreement,
    Alternative,
    Bracket,
    Kind,
    Package,
    Placed,
    Printed,
    Proposal,
)
from negotiation.text.passage import Passage


@attrs.frozen
class BesideClause:
    """All that is known of a clause but its kind, label and words, which stand in the text."""

    href: str
    base_label: str | None = None
    brackets: tuple[Bracket, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    agreement: Agreement | None = None
    printed: tuple[Printed, ...] = ()
    margin: Margin = attrs.Factory(Margin)


@attrs.frozen
class BesideText:
    """All that is known of a negotiation but its clauses, which stand in the text."""

    id: str
    at: int
    """The entry after which the text stands so."""
    when: str = ""
    symbol: str = ""
    body: str = ""
    conventions: str = "itu"
    title: str = ""
    meeting: str = ""
    parties: tuple[Party, ...] = ()
    documents: tuple[Received, ...] = ()
    packages: tuple[Package, ...] = ()
    issued: tuple[Issued, ...] = ()


def beside_clause(clause: Clause, href: str) -> BesideClause:
    """What stands beside the words of a clause."""
    return BesideClause(
        href,
        clause.base_label,
        clause.brackets,
        clause.alternatives,
        clause.proposals,
        clause.agreement,
        clause.printed,
        clause.margin,
    )


def clause_of(id: str, kind: Kind, label: str, passage: Passage, beside: BesideClause) -> Clause:
    """The clause of these words with what stands beside them."""
    return Clause(
        id,
        kind,
        label,
        beside.base_label,
        passage,
        beside.brackets,
        beside.alternatives,
        beside.proposals,
        beside.agreement,
        beside.margin,
        beside.printed,
    )


def beside_text(whole: Negotiation, at: int, when: str) -> BesideText:
    """What stands beside the clauses of a text."""
    return BesideText(
        whole.id,
        at,
        when,
        whole.symbol,
        whole.body,
        whole.conventions,
        whole.title,
        whole.meeting,
        whole.parties,
        whole.documents,
        whole.packages,
        whole.issued,
    )


def negotiation_of(beside: BesideText, order: Iterable[Placed]) -> Negotiation:
    """The negotiation of a text whose clauses stand in this order."""
    return Negotiation(
        beside.id,
        beside.symbol,
        beside.body,
        beside.conventions,
        beside.title,
        beside.parties,
        Order(order),
        beside.documents,
        beside.meeting,
        beside.packages,
        issued=beside.issued,
    )
