"""The clauses of a moment as the rows of an outline: how deep they stand, and what counts."""

from __future__ import annotations

import re

from negotiation.domain.clause import Clause
from negotiation.domain.ladder import is_adopted
from negotiation.domain.outline import Count, Row
from negotiation.domain.terms import BracketKind, Kind
from negotiation.views.at_that_time import Moment

_EATEN = re.compile(r"^\W{0,8}(\d{1,3})\.\W")
"""The number of a paragraph that an option stands in: ``6. **Option 1**``."""


def rows_of(moment: Moment) -> tuple[list[Clause], list[Row]]:
    """The clauses of the text, and for each of them its row."""
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    tabled = [clause for clause in moment.clauses if clause.margin.tabled]
    open_groups = _open_groups(tabled)
    return tabled, [_row(clause, levels.get(clause.id, 0), open_groups) for clause in tabled]


def eaten_number(clause: Clause) -> int:
    """The number of the paragraph that an option stands in the place of; 0 where there is none."""
    found = _EATEN.match(clause.margin.lead) if clause.kind is Kind.OPTION else None
    return int(found[1]) if found else 0


def count_of(clause: Clause) -> Count:
    """Whether a clause takes part in the count: only what stands and is decided does."""
    passage = clause.passage
    if not passage.runs:
        # A heading or an option may have no words of its own.
        return Count.DROPPED if clause.margin.label_struck else Count.COUNTED
    if passage.decided.strip():
        return Count.COUNTED
    return Count.UNDECIDED if passage.live.strip() else Count.DROPPED


def _open_groups(clauses: list[Clause]) -> frozenset[str]:
    kinds = (BracketKind.ALTERNATIVES, BracketKind.OPTION, BracketKind.OUTER)
    return frozenset(
        bracket.point for clause in clauses for bracket in clause.brackets if bracket.kind in kinds
    )


def _row(clause: Clause, level: int, open_groups: frozenset[str]) -> Row:
    heading = clause.kind is Kind.HEADING
    rivals = tuple(
        (one.point, one.order)
        for one in clause.alternatives
        if one.point in open_groups and not one.reach.within(len(clause.passage.words))[0]
    )
    return Row(
        clause.kind,
        level,
        clause.label,
        count_of(clause),
        clause.passage.live if heading else "",
        rivals,
        eaten_number(clause),
    )


def words_fixed(moment: Moment, clause: Clause, *, editing: bool = True) -> str:
    """Why no word of a clause may change now; empty where words may.

    References follow new numbers even in adopted words; ``editing`` asks for any other change.
    """
    package = moment.negotiation.package(clause.margin.package)
    if package is not None and package.state == "taken":
        return f"its words are fixed by the package {package.name}"
    if editing and clause.agreement is not None and is_adopted(clause.agreement.level):
        return "its words are adopted"
    return ""
