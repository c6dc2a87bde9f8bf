"""A clause as the page needs it: words and brackets in one row that serves every reading.

A cell is a piece of the marked reading that knows in which other readings it is shown. What a
reading leaves out is a matter of flags, so that the page needs no rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Alternative, Kind
from negotiation.text.passage import Run, Shown
from negotiation.views.on_the_page import has_a_place
from negotiation.views.pieces import Piece, Reading, Sort, Spans, pieces

SHOWN = {Reading.OPEN: 1, Reading.LIVE: 2, Reading.BASE: 4}
"""Flags of a cell: in which readings it is shown; the marked one shows them all."""
TRIMMED = {Reading.OPEN: 8, Reading.LIVE: 16, Reading.BASE: 32}
"""Flags of a cell: in which readings it is shown without its first space."""
BEFORE_LABEL = 64
"""Flag of a cell: a bracket that opens before the label."""
PLACED = {Reading.OPEN: 1, Reading.LIVE: 2, Reading.BASE: 4, Reading.MARKED: 8}
"""Flags of a face: in which readings the clause has a place."""
LABEL_STRUCK, PARKED, DELETED = 16, 32, 64
"""Flags of a face: how the clause stands."""
_BRACKETS = (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)


@attrs.frozen
class Cell:
    """Words of one history and one sort, or a bracket sign."""

    words: str
    sort: Sort
    flags: int
    run: Run | None
    """Whose words they are; none for a bracket."""
    thing: str = ""
    """The open point or the proposal that a bracket belongs to."""


@attrs.frozen
class Rival:
    """That the clause, or words in it, are one of several wordings of an open point."""

    point: str
    order: int
    whole: bool
    symbol: str
    sponsors: tuple[str, ...]


@attrs.frozen
class Face:
    """What is shown of a clause besides its words."""

    kind: Kind
    label: str
    base_label: str
    flags: int
    agreed: str
    """The level at which it is agreed; empty where it is not."""
    rivals: tuple[Rival, ...]


def face_of(clause: Clause, cells: tuple[Cell, ...]) -> Face:
    """The face of a clause whose cells these are."""
    flags = sum(flag for reading, flag in PLACED.items() if has_a_place(clause, reading))
    gone = bool(cells) and all(cell.sort is Sort.GONE for cell in cells)
    if clause.label and (clause.margin.label_struck or gone):
        flags |= LABEL_STRUCK
    if clause.margin.parked is not None:
        flags |= PARKED
    if clause.margin.deleted_by:
        flags |= DELETED
    return Face(
        clause.kind,
        clause.label,
        clause.base_label or "",
        flags,
        clause.agreement.level if clause.agreement is not None else "",
        tuple(_rival(clause, one) for one in clause.alternatives),
    )


def _rival(clause: Clause, one: Alternative) -> Rival:
    proposal = clause.proposal(one.proposal)
    symbol, sponsors = (proposal.symbol, proposal.sponsors) if proposal else ("", one.sponsors)
    return Rival(one.point, one.order, one.reach.whole, symbol, sponsors)


def cells_of(clause: Clause, printed: Spans) -> tuple[Cell, ...]:
    """The row of a clause, in the order in which it is printed."""
    printings = [(reading, pieces(clause, reading, printed)) for reading in SHOWN]
    starts = {
        reading: {piece.start for piece in row if piece.sort not in _BRACKETS}
        for reading, row in printings
    }
    signs = {
        reading: _in_turn([piece for piece in row if piece.sort in _BRACKETS])
        for reading, row in printings
    }
    run_at = _runs(clause)
    row: list[Cell] = []
    for piece in pieces(clause, Reading.MARKED, printed):
        if piece.sort in _BRACKETS:
            flags = sum(SHOWN[reading] for reading, shown in signs.items() if shown(piece))
            flags |= BEFORE_LABEL if piece.before_label else 0
            row.append(Cell(piece.words, piece.sort, flags, None, piece.point or piece.source))
        elif piece.words:
            begins, run = run_at(piece.start)
            flags = 0
            for reading in _readings_of(run):
                flags |= SHOWN[reading]
                # A space is dropped where only hidden words kept it from another one.
                if piece.start == begins and begins not in starts[reading]:
                    flags |= TRIMMED[reading]
            row.append(Cell(piece.words, piece.sort, flags, run))
    return tuple(row)


def _readings_of(run: Run) -> Iterator[Reading]:
    if run.shown is not Shown.GONE:
        yield Reading.OPEN
    if run.live:
        yield Reading.LIVE
    if run.inserted_by is None:
        yield Reading.BASE


def _in_turn(signs: list[Piece]) -> Callable[[Piece], bool]:
    """Whether a sign is the next one of these: they come in the same order in every reading."""
    waiting: Iterator[Piece] = iter(signs)
    following = next(waiting, None)

    def shown(piece: Piece) -> bool:
        nonlocal following
        if following is None or piece != following:
            return False
        following = next(waiting, None)
        return True

    return shown


def _runs(clause: Clause) -> Callable[[int], tuple[int, Run]]:
    """The run in which an offset stands, asked in ascending order."""
    row = clause.passage.pieces()
    at, run = next(row, (0, Run("")))

    def run_at(offset: int) -> tuple[int, Run]:
        nonlocal at, run
        while offset >= at + len(run.words):
            at, run = next(row)
        return at, run

    return run_at
