"""A clause cut into pieces: words of one sort, and brackets where they are printed.

Where the brackets stand is found in `signs`; how pieces make a line, and lines the text, stands in
`on_the_page`.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import attrs

from negotiation.domain.clause import Clause
from negotiation.text.passage import Mark, Run, Shown, Standing
from negotiation.views.readings import AsProposedBy, Reading, is_shown, proposed_by
from negotiation.views.signs import Sign, Spans, base_signs, signs_of


class Sort(enum.Enum):
    """What a piece of a printed clause is."""

    PLAIN = "plain"
    INSERTED = "inserted"
    """Put in by a proposal that nobody has decided."""
    INSERTED_KEPT = "inserted, kept"
    """Retained: plain words with an author."""
    STRUCK = "struck"
    """A strike that nobody has decided: always visible."""
    GONE = "gone"
    """Struck for good, or put in and not retained."""
    BRACKET_OPEN = "bracket opens"
    BRACKET_CLOSE = "bracket closes"


@attrs.frozen
class Piece:
    """Words of one sort, or one printed bracket, with the stretch of the passage they stand for."""

    words: str
    sort: Sort
    start: int
    end: int
    entry: int = 0
    """The entry that put the words in or struck them; 0 for base words and brackets."""
    source: str = ""
    """The proposal that the words, or the bracket around undecided words, belong to."""
    point: str = ""
    """The open point that a bracket belongs to."""
    before_label: bool = False
    """Whether a bracket opens before the label, not behind it."""


def pieces(
    clause: Clause, reading: Reading | AsProposedBy, printed: Spans | None = None
) -> tuple[Piece, ...]:
    """A clause in pieces, in order; ``printed`` says which brackets open and close elsewhere.

    Without it every bracket opens and closes in the clause, as if it stood alone.
    """
    if reading is Reading.BASE:
        row = [
            Piece(run.words, Sort.PLAIN, at, at + len(run.words))
            for at, run in clause.passage.pieces()
            if run.inserted_by is None
        ]
        return _woven(row, base_signs(clause)) if clause.printed else tuple(row)
    if isinstance(reading, AsProposedBy):
        return _as_proposed(clause, proposed_by(clause, reading.sponsor))
    hidden = reading is not Reading.MARKED
    row = [_piece(run, at) for at, run in clause.passage.pieces() if is_shown(run, reading)]
    undecided = reading is not Reading.LIVE and any(run.pending for run in clause.passage.runs)
    signs: list[Sign] = []
    if clause.brackets or undecided:
        signs = signs_of(clause, printed, live=hidden, undecided=undecided)
    if reading is Reading.LIVE:
        row = _closed_up(row, behind=_SPACES, apart_at=[sign.at for sign in signs])
    elif hidden:
        row = _closed_up(row)
    return _woven(row, sorted(signs, key=lambda sign: sign.key)) if signs else tuple(row)


def sort_of(run: Run) -> Sort:
    """The sort of a run's words."""
    shown = run.shown
    if shown is Shown.GONE:
        return Sort.GONE
    if shown is Shown.STRUCK:
        return Sort.STRUCK
    if run.inserted_by is None:
        return Sort.PLAIN
    pending = run.inserted_by.standing is Standing.PENDING
    return Sort.INSERTED if pending else Sort.INSERTED_KEPT


def mark_of(run: Run) -> Mark | None:
    """The mark that makes a run what it is: the strike that holds, or else the insertion."""
    mark = run.inserted_by
    if mark is not None and not mark.counts:
        return mark
    for strike in run.struck_by:
        if strike.standing is Standing.KEPT:
            return strike
    return next((strike for strike in run.struck_by if strike.counts), mark)


# -- words ----------------------------------------------------------------------------------------


def _piece(run: Run, at: int) -> Piece:
    mark = mark_of(run)
    if mark is None:
        return Piece(run.words, Sort.PLAIN, at, at + len(run.words))
    return Piece(run.words, sort_of(run), at, at + len(run.words), mark.entry, mark.source)


_SPACES = " \u00a0"


def _closed_up(
    row: list[Piece], behind: str = _SPACES + "([“‘", apart_at: Sequence[int] = ()
) -> list[Piece]:
    """The pieces without the second of two spaces that only hidden words kept apart.

    Behind such a letter a space goes, unless a sign will stand between them at one of these places.
    """
    shown: list[Piece] = []
    for piece in row:
        before = shown[-1] if shown else None
        low = before.end if before is not None else 0
        doubled = before is None or before.words[-1] in behind
        apart = piece.start > low and doubled and piece.words.startswith(" ")
        if apart and not any(low <= at <= piece.start for at in apart_at):
            piece = attrs.evolve(piece, words=piece.words[1:], start=piece.start + 1)
        if piece.words:
            shown.append(piece)
    return shown


def _as_proposed(clause: Clause, sources: frozenset[str]) -> tuple[Piece, ...]:
    def applies(mark: Mark) -> bool:
        standing = mark.standing
        pending = standing is Standing.PENDING and mark.source in sources
        return standing is Standing.KEPT or pending

    row: list[Piece] = []
    for at, run in clause.passage.pieces():
        mark = run.inserted_by
        if any(applies(strike) for strike in run.struck_by):
            continue
        if mark is None:
            row.append(Piece(run.words, Sort.PLAIN, at, at + len(run.words)))
        elif applies(mark):
            kept = mark.standing is Standing.KEPT
            sort = Sort.INSERTED_KEPT if kept else Sort.INSERTED
            row.append(Piece(run.words, sort, at, at + len(run.words), mark.entry, mark.source))
    return tuple(_closed_up(row))


def _woven(row: list[Piece], signs: list[Sign]) -> tuple[Piece, ...]:
    woven: list[Piece] = []
    waiting = iter(signs)
    sign = next(waiting, None)
    for piece in row:
        start = piece.start
        while sign is not None and sign.at < piece.end:
            if sign.at > start:
                woven.append(_cut(piece, start, sign.at))
                start = sign.at
            woven.append(_bracket(sign))
            sign = next(waiting, None)
        woven.append(_cut(piece, start, piece.end))
    while sign is not None:
        woven.append(_bracket(sign))
        sign = next(waiting, None)
    return tuple(woven)


def _cut(piece: Piece, start: int, end: int) -> Piece:
    if start == piece.start and end == piece.end:
        return piece
    words = piece.words[start - piece.start : end - piece.start]
    return attrs.evolve(piece, words=words, start=start, end=end)


def _bracket(sign: Sign) -> Piece:
    sort = Sort.BRACKET_OPEN if sign.opens else Sort.BRACKET_CLOSE
    at, source, point = sign.at, sign.source, sign.point
    return Piece(sign.words, sort, at, at, 0, source, point, sign.before_label)
