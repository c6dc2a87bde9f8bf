"""The label of a clause that is inserted while numbers are frozen: the next letter, or a bis."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.numbering import label_behind
from negotiation.domain.outline import rules_for
from negotiation.domain.terms import Kind


def inserted_label(whole: Negotiation, clauses: Mapping[str, Clause], clause: str) -> str:
    """What an insertion behind a clause is called by the custom of the body."""
    beside: list[str] = []
    found = False
    for placed in whole.order:
        one = clauses.get(placed.clause)
        if one is None:
            continue
        if one.kind is Kind.HEADING:
            if found:
                break
            beside = []
        found = found or one.id == clause
        if one.stands and one.label:
            beside.append(one.label)
    label = clauses[clause].label
    return label_behind(label, beside, bis=rules_for(whole.conventions).bis)
