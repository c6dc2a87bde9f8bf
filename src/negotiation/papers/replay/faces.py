"""A clause as the page needs it: words and brackets in one row that serves every reading.

A cell is a piece of the marked reading that knows in which other readings it is shown. What a
reading leaves out is a matter of flags, so that the page needs no rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Alternative, Kind
from negotiation.text.passage import Run, Shown
from negotiation.views.on_the_page import has_a_place
from negotiation.views.pieces import Piece, Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans

SHOWN = {Reading.OPEN: 1, Reading.LIVE: 2, Reading.BASE: 4}
"""Flags of a cell: in which readings it is shown."""
TRIMMED = {Reading.OPEN: 8, Reading.LIVE: 16, Reading.BASE: 32}
"""Flags of a cell: in which readings it is shown without its first space."""
BEFORE_LABEL, UNMARKED = 64, 128
"""Flags of a cell: a bracket that opens before the label; one that is not in the marked reading."""
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


@attrs.frozen
class Printings:
    """Where brackets open and close on the page: with undecided strikes in sight, and without."""

    open: Spans
    live: Spans

    def of(self, reading: Reading) -> Spans:
        """Those of a reading."""
        return self.live if reading is Reading.LIVE else self.open


def cells_of(clause: Clause, printed: Printings) -> tuple[Cell, ...]:
    """The row of a clause, in the order in which it is printed."""
    marked = pieces(clause, Reading.MARKED, printed.of(Reading.MARKED))
    printings = {reading: pieces(clause, reading, printed.of(reading)) for reading in SHOWN}
    starts = {
        reading: {piece.start for piece in row if piece.sort not in _BRACKETS}
        for reading, row in printings.items()
    }
    run_at = _runs(clause)
    row: list[Cell] = []
    for piece, shown in _with_signs(marked, printings):
        if piece.sort in _BRACKETS:
            flags = shown | (BEFORE_LABEL if piece.before_label else 0)
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


def _with_signs(
    marked: tuple[Piece, ...], printings: Mapping[Reading, tuple[Piece, ...]]
) -> Iterator[tuple[Piece, int]]:
    """The marked row, and the signs that only other readings have; each sign with its readings.

    Signs come in the same order in every reading. One that the marked row has not stands where its
    place is, behind what closes there.
    """
    signs = [piece for piece in marked if piece.sort in _BRACKETS]
    flags = [0] * len(signs)
    others: list[tuple[Piece, int]] = []
    for reading, row in printings.items():
        at = 0
        for piece in row:
            if piece.sort not in _BRACKETS:
                continue
            if piece in signs[at:]:
                at = signs.index(piece, at) + 1
                flags[at - 1] |= SHOWN[reading]
            else:
                others.append((piece, SHOWN[reading] | UNMARKED))
    others.sort(key=lambda one: one[0].start)
    shown = iter(flags)
    for piece in marked:
        opens, closes = (piece.sort is sort for sort in _BRACKETS)
        while others and not closes and _stands_before(others[0][0], piece, opens=opens):
            other = others.pop(0)
            if other[0].start > piece.start:
                yield _upto(piece, other[0].start), 0
                piece = _from(piece, other[0].start)
            yield other
        yield piece, next(shown) if piece.sort in _BRACKETS else 0
    yield from others


def _stands_before(sign: Piece, piece: Piece, *, opens: bool) -> bool:
    """Whether a sign stands before a piece, or inside it."""
    if opens:
        return sign.start < piece.start or (
            sign.start == piece.start and sign.sort is Sort.BRACKET_CLOSE
        )
    return sign.start < piece.end


def _upto(piece: Piece, at: int) -> Piece:
    return attrs.evolve(piece, words=piece.words[: at - piece.start], end=at)


def _from(piece: Piece, at: int) -> Piece:
    return attrs.evolve(piece, words=piece.words[at - piece.start :], start=at)


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
