"""How open a text is, in three numbers, each with its definition.

"The text has so many brackets" means nothing without one. Brackets inside struck words never count.
"""

from __future__ import annotations

from itertools import pairwise

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import BracketKind
from negotiation.text.passage import Run
from negotiation.views.at_that_time import Timeline
from negotiation.views.pieces import Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import spans
from negotiation.views.what_is_open import what_is_open


@attrs.frozen
class Numbers:
    """How open a text is, three ways."""

    open_points: int
    """What a chair has to settle."""
    pairs: int
    """Pairs of brackets that the live text prints, those around undecided proposals included."""
    words_inside: int
    """Live words inside a bracket or undecided, each counted once."""
    whole_text: bool
    """Whether a bracket around the whole text stands besides."""


def numbers(timeline: Timeline, at: int) -> Numbers:
    """Open points, bracket pairs and live words inside brackets, after entry ``at``."""
    moment = timeline.moment(at)
    printed = spans(moment)
    marked = [
        clause
        for clause in moment.clauses
        if clause.margin.tabled and (clause.brackets or clause.passage.pending)
    ]
    return Numbers(
        len(what_is_open(timeline, at)),
        sum(
            piece.sort is Sort.BRACKET_OPEN
            for clause in marked
            for piece in pieces(clause, Reading.OPEN, printed)
        ),
        sum(_words_inside(clause) for clause in marked),
        any(
            bracket.kind is BracketKind.WHOLE_TEXT
            for clause in marked
            for bracket in clause.brackets
        ),
    )


def _words_inside(clause: Clause) -> int:
    """Live words that a bracket covers, or that nobody has decided."""
    length = len(clause.passage.words)
    covered = [
        bracket.reach.within(length)
        for bracket in clause.brackets
        if bracket.kind is not BracketKind.WHOLE_TEXT
    ]
    return sum(
        len("".join(run.words for run in stretch).split())
        for stretch in _stretches(clause, covered)
    )


def _stretches(clause: Clause, covered: list[tuple[int, int]]) -> list[list[Run]]:
    """Live runs inside, neighbours together, cut where a bracket opens or closes."""
    passage = clause.passage
    cuts = sorted({0, len(clause.passage.words), *(place for pair in covered for place in pair)})
    found: list[list[Run]] = []
    joins = False
    for low, high in pairwise(cuts):
        inside = any(start <= low and high <= end for start, end in covered)
        for run in passage.between(low, high):
            if not run.live:
                continue
            if inside or run.pending:
                if joins:
                    found[-1].append(run)
                else:
                    found.append([run])
                joins = True
            else:
                joins = False
    return found
