"""A clause cut into pieces: words of one sort, and brackets where they are printed.

Brackets are objects on the record and become characters only here. How pieces make a line, and
lines the text, stands in `on_the_page`.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Bracket, BracketKind, How
from negotiation.text.passage import Mark, Run, Shown, Standing, marks_of
from negotiation.text.places import Reach
from negotiation.views.at_that_time import Moment
from negotiation.views.standing import stands_in


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


class Reading(enum.Enum):
    """Which text is wanted of a passage with its marks."""

    MARKED = "marked"
    """Everything, with its marks."""
    OPEN = "open"
    """What stands, pending proposals in brackets and their strikes visible."""
    LIVE = "live"
    """What stands with every pending proposal applied; only open points are in brackets."""
    BASE = "base"
    """As if nothing were proposed."""


@attrs.frozen
class AsProposedBy:
    """The reading in which one sponsor's undecided proposals are applied, and no others."""

    sponsor: str
    """A party's code, a proposal's symbol or its id."""


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


@attrs.frozen
class Spans:
    """The first and the last clause that each open point touches, in the order of the text."""

    first: Mapping[str, str]
    last: Mapping[str, str]
    wording_first: Mapping[tuple[str, int], str]
    """The same for every wording of a point that prints its wordings in pairs of their own."""
    wording_last: Mapping[tuple[str, int], str]


def spans(moment: Moment, reading: Reading | AsProposedBy = Reading.OPEN) -> Spans:
    """Where the brackets of a moment open and close, among the clauses that a reading prints."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    paired: set[str] = set()
    wordings: list[tuple[tuple[str, int], str]] = []
    rows: list[dict[str, str]] = []
    for clause in moment.clauses:
        if not clause.brackets or not clause.margin.tabled or _left(clause, reading):
            continue
        rows.append(dict.fromkeys([one.point for one in clause.brackets], clause.id))
        for one in clause.alternatives:
            wordings.append(((one.point, one.order), clause.id))
            if not one.reach.whole:
                paired.add(one.point)
    for row in rows:
        last.update(row)
    for row in reversed(rows):
        first.update(row)
    apart = [wording for wording in wordings if wording[0][0] in paired]
    return Spans(first, last, dict(reversed(apart)), dict(apart))


class Signs:
    """The spans of the moments of one record: they stand until a bracket changes."""

    def __init__(self, reading: Reading = Reading.OPEN) -> None:
        """Nothing is known yet."""
        self._reading = reading
        self._last: tuple[tuple[Clause, ...], Spans] | None = None

    def spans(self, moment: Moment) -> Spans:
        """Where the brackets of a moment open and close."""
        last, clauses = self._last, moment.clauses
        alike = (
            last is not None
            and len(last[0]) == len(clauses)
            and all(
                one is other or _bracketed_alike(one, other, self._reading)
                for one, other in zip(last[0], clauses, strict=True)
            )
        )
        found = last[1] if last is not None and alike else spans(moment, self._reading)
        self._last = (clauses, found)
        return found


def _bracketed_alike(one: Clause, other: Clause, reading: Reading) -> bool:
    """Whether a clause opens and closes the same brackets in two of its states."""
    return (
        one.id == other.id
        and one.margin.tabled == other.margin.tabled
        and _left(one, reading) == _left(other, reading)
        and [(a.point, a.reach.whole) for a in one.brackets]
        == [(a.point, a.reach.whole) for a in other.brackets]
        and [(a.point, a.order, a.reach.whole) for a in one.alternatives]
        == [(a.point, a.order, a.reach.whole) for a in other.alternatives]
    )


def reading_named(name: str) -> Reading | AsProposedBy | None:
    """The reading that people call ``marked``, ``open``, ``live``, ``base`` or ``as:SPONSOR``."""
    if name.startswith("as:"):
        return AsProposedBy(name[3:]) if name[3:] else None
    return next((one for one in Reading if one.value == name), None)


def proposed_by(clause: Clause, sponsor: str) -> frozenset[str]:
    """The ids of the proposals on a clause that carry this code, symbol or id."""
    folded = sponsor.casefold()
    return frozenset(
        one.id
        for one in clause.proposals
        if folded in {one.id.casefold(), one.symbol.casefold()}
        or any(folded == code.casefold() for code in one.sponsors)
    )


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
        return _woven(row, _base_signs(clause)) if clause.printed else tuple(row)
    if isinstance(reading, AsProposedBy):
        return _as_proposed(clause, proposed_by(clause, reading.sponsor))
    hidden = reading is not Reading.MARKED
    row = [_piece(run, at) for at, run in clause.passage.pieces() if _shown(run, reading)]
    if hidden:
        row = _closed_up(row)
    undecided = reading is not Reading.LIVE and any(run.pending for run in clause.passage.runs)
    if not clause.brackets and not undecided:
        return tuple(row)
    signs = _signs(clause, printed, live=hidden, undecided=undecided)
    return _woven(row, sorted(signs, key=lambda sign: sign.key))


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


def _shown(run: Run, reading: Reading) -> bool:
    match reading:
        case Reading.MARKED:
            return True
        case Reading.OPEN:
            return run.shown is not Shown.GONE
        case Reading.LIVE:
            return run.live
        case Reading.BASE:
            return run.inserted_by is None


def _piece(run: Run, at: int) -> Piece:
    mark = mark_of(run)
    if mark is None:
        return Piece(run.words, Sort.PLAIN, at, at + len(run.words))
    return Piece(run.words, sort_of(run), at, at + len(run.words), mark.entry, mark.source)


def _closed_up(row: list[Piece]) -> list[Piece]:
    """The pieces without the second of two spaces that only hidden words kept apart."""
    shown: list[Piece] = []
    for piece in row:
        before = shown[-1] if shown else None
        apart = piece.start > (before.end if before is not None else 0)
        doubled = before is None or before.words[-1] in " \u00a0([“‘"
        if apart and doubled and piece.words.startswith(" "):
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


def _left(clause: Clause, reading: Reading | AsProposedBy) -> bool:
    """Whether nothing of the clause is on the page any more."""
    if reading is Reading.LIVE:
        return bool(clause.passage.runs) and not clause.passage.live
    return clause.passage.gone


# -- brackets -------------------------------------------------------------------------------------


@attrs.frozen
class _Printed:
    """A bracket sign at a place, with the key that puts signs at one place into order."""

    at: int
    key: tuple[int, int, int, int]
    piece: Piece


def _signs(clause: Clause, printed: Spans | None, *, live: bool, undecided: bool) -> list[_Printed]:
    """The signs of all brackets; in the live text none around words that are all gone."""
    length = len(clause.passage.words)
    signs: list[_Printed] = []
    covered: list[tuple[int, int]] = []
    for bracket in clause.brackets:
        if bracket.kind is BracketKind.WHOLE_TEXT:
            continue
        point = bracket.point
        opens = printed is None or printed.first.get(point, clause.id) == clause.id
        closes = printed is None or printed.last.get(point, clause.id) == clause.id
        covered.append(bracket.reach.within(length))
        inner = _own_pairs(clause, bracket, printed)
        if not inner and bracket.kind is BracketKind.OPTION:
            # "Option 1:" says on the page what a bracket would say.
            continue
        curly = bracket.kind is BracketKind.OUTER
        for reach, begins, ends in inner or [(bracket.reach, opens, closes)]:
            if live and begins and ends and not stands_in(clause, reach):
                continue
            low = -1 if reach.start is None else reach.start
            high = length + 1 if reach.end is None else reach.end
            signs += _pair(low, high, length, bracket.since, begins, ends, curly, point, "")
    for low, high, source in _undecided(clause, covered) if undecided else ():
        signs += _pair(low, high, length, 1 << 60, True, True, False, "", source)
    return signs


def _base_signs(clause: Clause) -> list[_Printed]:
    """The bracket signs that stood in the base already."""
    signs: list[_Printed] = []
    for one in clause.printed:
        if one.how not in (How.SIGN, How.SIGN_BEFORE):
            continue
        before = one.how is How.SIGN_BEFORE
        at = 0 if before else one.start
        sort = Sort.BRACKET_OPEN if one.label in "[{" else Sort.BRACKET_CLOSE
        piece = Piece(one.label, sort, at, at, before_label=before)
        signs.append(_Printed(at, (at, 0, 0, 0), piece))
    # Signs at one place stay in the order in which they are printed.
    return sorted(signs, key=lambda sign: sign.at)


def _own_pairs(
    clause: Clause, bracket: Bracket, printed: Spans | None
) -> list[tuple[Reach, bool, bool]]:
    """The wordings of a point that are printed in pairs of their own, with what opens and closes.

    Those are the wordings inside clauses: `[shall][should]`. Wordings that are whole clauses stand
    together in the one pair of their point. A wording may begin in one clause and end in another.
    """
    point = bracket.point
    own = [one for one in clause.alternatives if one.point == point]
    if printed is None:
        apart = any(not one.reach.whole for one in own)
        return [(one.reach, True, True) for one in own] if apart else []
    return [
        (
            one.reach,
            printed.wording_first[point, one.order] == clause.id,
            printed.wording_last[point, one.order] == clause.id,
        )
        for one in own
        if (point, one.order) in printed.wording_first
    ]


def _pair(
    low: int,
    high: int,
    length: int,
    since: int,
    opens: bool,
    closes: bool,
    curly: bool,
    point: str,
    source: str,
) -> list[_Printed]:
    """The signs of one bracket.

    At one place brackets close before others open, the inner one first; empty ones stay whole.
    """
    signs: list[_Printed] = []
    start, end = max(low, 0), min(high, length)
    if opens:
        piece = Piece(
            "{" if curly else "[", Sort.BRACKET_OPEN, start, start, 0, source, point, low < 0
        )
        signs.append(_Printed(start, (low, 1, -high, since), piece))
    if closes:
        piece = Piece("}" if curly else "]", Sort.BRACKET_CLOSE, end, end, 0, source, point)
        empty = low == high and opens
        signs.append(_Printed(end, (high, 2 if empty else 0, -low, -since), piece))
    return signs


def _undecided(clause: Clause, covered: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Stretches of undecided words outside every bracket, one for neighbours of one source."""
    found: list[tuple[int, int, str]] = []
    before: set[str] = set()
    others = False
    for at, run in clause.passage.pieces():
        if run.shown is Shown.GONE:
            continue
        end = at + len(run.words)
        sources = _pending_sources(run)
        if not sources or any(low <= at and end <= high for low, high in covered):
            before, others = set(), True
        elif sources & before:
            found[-1] = (found[-1][0], end, found[-1][2])
            before &= sources
        else:
            others = others or bool(found)
            found.append((at, end, min(sources)))
            before = sources
    if len(found) == 1 and not others:
        # The whole clause is undecided, and its label with it.
        return [(-1, len(clause.passage.words) + 1, found[0][2])]
    return found


def _pending_sources(run: Run) -> set[str]:
    return {
        mark.source or f"entry {mark.entry}"
        for mark in marks_of(run)
        if mark.standing is Standing.PENDING
    }


def _woven(row: list[Piece], signs: list[_Printed]) -> tuple[Piece, ...]:
    woven: list[Piece] = []
    waiting = iter(signs)
    sign = next(waiting, None)
    for piece in row:
        start = piece.start
        while sign is not None and sign.at < piece.end:
            if sign.at > start:
                woven.append(_cut(piece, start, sign.at))
                start = sign.at
            woven.append(sign.piece)
            sign = next(waiting, None)
        woven.append(_cut(piece, start, piece.end))
    while sign is not None:
        woven.append(sign.piece)
        sign = next(waiting, None)
    return tuple(woven)


def _cut(piece: Piece, start: int, end: int) -> Piece:
    if start == piece.start and end == piece.end:
        return piece
    words = piece.words[start - piece.start : end - piece.start]
    return attrs.evolve(piece, words=words, start=start, end=end)
