"""How the text reads on the page: every clause as one line, in the reading that is asked for.

The pieces that a line is made of come from `pieces`. Colours, widths and line breaks are left to
who draws; file formats to the papers.
"""

from __future__ import annotations

from itertools import groupby

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.events import ClausePlaced
from negotiation.domain.terms import Kind
from negotiation.text.passage import Shown
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.pieces import Piece, Sort, pieces
from negotiation.views.readings import AsProposedBy, Reading, proposed_by, reading_named
from negotiation.views.signs import Spans, spans

__all__ = [
    "AsProposedBy",
    "Piece",
    "Printed",
    "Reading",
    "Sort",
    "Spans",
    "as_first_placed",
    "has_a_place",
    "line",
    "pieces",
    "print_clause",
    "proposed_by",
    "reading_named",
    "spans",
    "whole",
]


@attrs.frozen
class Printed:
    """One clause as it is printed; brackets that open before the label stand in ``label``."""

    clause: str
    kind: Kind
    level: int
    label: str
    words: str

    @property
    def line(self) -> str:
        """Label and words in one."""
        return self.label + self.between + self.words

    @property
    def between(self) -> str:
        """What parts label and words: a bracket that opens before words alone touches them."""
        return " " if self.words and self.label.strip("[{") else ""


def line(
    clause: Clause, reading: Reading | AsProposedBy, printed: Spans | None = None, level: int = 0
) -> str:
    """A clause as one line: label, words, brackets, `~~struck~~` and, marked, `++inserted++`."""
    return print_clause(clause, reading, printed, level).line


def print_clause(
    clause: Clause, reading: Reading | AsProposedBy, printed: Spans | None = None, level: int = 0
) -> Printed:
    """A clause as it is printed in a reading."""
    row = pieces(clause, reading, printed)
    opening = "".join(piece.words for piece in row if piece.before_label)
    rest = [piece for piece in row if not piece.before_label]
    words = "".join(
        f"{sign}{text}{sign}"
        for sign, group in groupby(rest, key=lambda piece: _sign(piece, reading))
        if (text := "".join(piece.words for piece in group))
    )
    return Printed(clause.id, clause.kind, level, opening + _label(clause, reading, row), words)


def whole(moment: Moment, reading: Reading | AsProposedBy) -> tuple[Printed, ...]:
    """The whole text in a reading, clauses without a place in it left out.

    The base comes in the order of the moment; `as_first_placed` gives the one it came in.
    """
    printed = spans(moment, reading)
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    return tuple(
        print_clause(clause, reading, printed, levels[clause.id])
        for clause in moment.clauses
        if has_a_place(clause, reading)
    )


def as_first_placed(timeline: Timeline, at: int) -> Moment:
    """A moment with the clauses in the order in which they came: no act moves the base."""
    moment = timeline.moment(at)
    order: list[str] = []
    for entry in timeline.entries[:at]:
        event = entry.event
        if isinstance(event, ClausePlaced) and event.clause not in order:
            known = event.after in order
            behind = order.index(event.after) + 1 if known else len(order) if event.after else 0
            order.insert(behind, event.clause)
    ranks = {clause: rank for rank, clause in enumerate(order)}
    return attrs.evolve(
        moment, clauses=tuple(sorted(moment.clauses, key=lambda one: ranks.get(one.id, 0)))
    )


def _sign(piece: Piece, reading: Reading | AsProposedBy) -> str:
    if piece.sort in (Sort.STRUCK, Sort.GONE):
        return "~~"
    inserted = piece.sort in (Sort.INSERTED, Sort.INSERTED_KEPT)
    return "++" if inserted and reading is Reading.MARKED else ""


def _label(clause: Clause, reading: Reading | AsProposedBy, row: tuple[Piece, ...]) -> str:
    if reading is Reading.BASE:
        return clause.base_label or ""
    label = clause.label
    if reading is Reading.MARKED and label:
        gone = bool(row) and all(piece.sort is Sort.GONE for piece in row)
        return f"~~{label}~~" if clause.margin.label_struck or gone else label
    return label


def has_a_place(clause: Clause, reading: Reading | AsProposedBy) -> bool:
    """Whether anything of a clause is printed in a reading."""
    if not clause.margin.tabled:
        return False
    runs = clause.passage.runs
    if reading is Reading.MARKED:
        return bool(runs) or bool(clause.label)
    if reading is Reading.BASE:
        if clause.kind is Kind.HEADER:
            return False
        return bool(clause.base_label) or any(run.inserted_by is None for run in runs)
    if reading in (Reading.OPEN, Reading.LIVE):
        strikes_shown = reading is Reading.OPEN
        # A label alone is a clause too, as the stub of a retired number; white space alone is what
        # is left of two paragraphs that were struck on both sides of a new mark between them.
        return any(
            (run.live and (strikes_shown or bool(run.words.strip())))
            or (strikes_shown and run.shown is not Shown.GONE)
            for run in runs
        ) or (not runs and bool(clause.label) and not clause.margin.deleted_by)
    words = clause.passage.as_proposed_by(proposed_by(clause, reading.sponsor))
    return bool(words) or (not runs and bool(clause.label))
