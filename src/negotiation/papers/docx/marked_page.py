"""The text of a moment as tracked changes against its base.

With every change accepted it reads as the live text, with every change rejected as the base: letter
for letter, so lines that only say whose words follow stand in the margin (`margin`). Leaves out
how it becomes a file (`writer`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import attrs

from negotiation.papers.docx.by_whom import ByWhom
from negotiation.papers.docx.looks import style_of
from negotiation.papers.docx.moves import Half, Row, rows
from negotiation.papers.docx.page import Paragraph, Place, Span, Touch
from negotiation.papers.docx.signs import Part, parts
from negotiation.text.passage import Run, Shown, Standing, marks_of
from negotiation.views.at_that_time import Moment
from negotiation.views.on_the_page import has_a_place
from negotiation.views.pieces import Piece, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans, spans


@attrs.define
class Anchors:
    """Where on the page a thing of the record is: from a place to a place."""

    found: dict[tuple[str, Half | None], tuple[Place, Place]] = attrs.field(factory=dict)

    def add(self, name: str, start: Place, end: Place, half: Half | None = None) -> None:
        """Let a thing reach from its earliest place to its latest."""
        low, _ = self.found.get((name, half), (start, end))
        self.found[name, half] = low, end

    def of(self, name: str, half: Half | None = None) -> tuple[Place, Place] | None:
        """Where a thing is; ``None`` where it is not on the page."""
        return self.found.get((name, half))


@attrs.frozen
class Marked:
    """The paragraphs of a text, and where its clauses and open points are on them."""

    paragraphs: tuple[Paragraph, ...]
    anchors: Anchors
    moved: tuple[str, ...] = ()
    """The clauses that stand twice: where they were, and where they are."""


def marked_page(moment: Moment, first: Moment, by_whom: ByWhom) -> Marked:
    """The text with its marks against the base; ``first`` has it in the order of the base."""
    row = rows(moment, first)
    page = _Page(moment, by_whom)
    for one in row:
        page.add(one)
    moved = tuple(one.clause.id for one in row if one.half is Half.CAME)
    return Marked(tuple(page.paragraphs), page.anchors, moved)


class _Page:
    def __init__(self, moment: Moment, by_whom: ByWhom) -> None:
        self._moment, self._by_whom = moment, by_whom
        self._printed = spans(moment, Reading.LIVE)
        self._levels = {placed.clause: placed.level for placed in moment.negotiation.order}
        self.paragraphs: list[Paragraph] = []
        self.anchors = Anchors()

    def add(self, row: Row) -> None:
        """The paragraphs of a clause at one of its places."""
        of = _Clause(row, self._printed, self._by_whom)
        mark = (None if of.base else of.came, None if of.live else of.went)
        style = style_of(of.clause.kind, self._levels.get(of.clause.id, 0), of.clause.passage.words)
        self._paragraph([*of.opening, *of.label(), *of.rest()], style, *mark)
        last = len(self.paragraphs) - 1
        end = Place(last, len(self.paragraphs[-1].words))
        self.anchors.add(of.clause.id, Place(last, 0), end, row.half)

    def _paragraph(
        self,
        signed: Iterable[_Signed],
        style: str,
        inserted: Touch | None = None,
        struck: Touch | None = None,
    ) -> None:
        number, at = len(self.paragraphs), 0
        row: list[Span] = []
        for one in signed:
            start, at = at, at + len(one.span.words)
            for name in one.about:
                self.anchors.add(name, Place(number, start), Place(number, at))
            alike = row and attrs.evolve(row[-1], words="") == attrs.evolve(one.span, words="")
            if alike:
                row[-1] = attrs.evolve(row[-1], words=row[-1].words + one.span.words)
            elif one.span.words:
                row.append(one.span)
        self.paragraphs.append(
            Paragraph(tuple(row), style, mark_inserted=inserted, mark_struck=struck)
        )


@attrs.frozen
class _Signed:
    """Words, and the open points that they are a sign of or are proposed in."""

    span: Span
    about: tuple[str, ...] = ()


class _Clause:
    """One clause at one of its places, as spans."""

    def __init__(self, row: Row, printed: Spans, by_whom: ByWhom) -> None:
        self.clause, self._half, self._by_whom = row.clause, row.half, by_whom
        clause = self.clause
        self.base = has_a_place(clause, Reading.BASE) and row.half is not Half.CAME
        self.live = has_a_place(clause, Reading.LIVE) and row.half is not Half.LEFT
        self.came, self.went = by_whom.came(clause), by_whom.went(clause)
        if row.half is not Half.STAYS:
            self.came = self.went = by_whom.moved(clause)
        self._starts = [at for at, _ in clause.passage.pieces()]
        if row.half is Half.LEFT:
            cut = pieces(clause, Reading.BASE, printed)
            self._parts = tuple(Part(one, base=True) for one in cut)
        else:
            self._parts = parts(clause, printed, base=self.base, live=self.live)
        self.opening = [self._sign(one) for one in self._parts if one.piece.before_label]

    def label(self) -> Iterator[_Signed]:
        """The label of the base and the present one, and the tab behind them."""
        clause, tab = self.clause, "\t" if self.clause.passage.runs else ""
        now = clause.label if self.live else ""
        before = (clause.base_label or "") if self.base else ""
        if not self.base and not self.live:
            if clause.label:
                yield _Signed(Span(clause.label + tab, self.came, self.went))
        elif now and now == before:
            yield _Signed(Span(now + tab))
        else:
            gone, new = self.went, self.came
            if self.base and self.live:
                gone = new = self._by_whom.labelled(clause)
            if before:
                yield _Signed(Span(before + ("" if now else tab), None, gone))
            if now:
                yield _Signed(Span(now + ("" if before else tab), new))
            if now and before and tab:
                yield _Signed(Span(tab))

    def rest(self) -> Iterator[_Signed]:
        """The words, and the brackets among them."""
        for part in self._parts:
            if part.piece.before_label:
                continue
            if part.sign:
                yield self._sign(part)
            else:
                run = self._run(part.piece)
                gone = run.inserted_by is None and run.shown is Shown.GONE
                if self._half is Half.CAME and gone:
                    # Struck words of the base are struck where the base has them.
                    continue
                yield _Signed(self._span(part.piece.words, run), tuple(_asked(run)))

    def _run(self, piece: Piece) -> Run:
        return self.clause.passage.runs[bisect_right(self._starts, piece.start) - 1]

    def _span(self, words: str, run: Run) -> Span:
        struck = self._by_whom.struck(self.clause, run)
        if run.inserted_by is not None:
            return Span(words, self._by_whom.marked(self.clause, run.inserted_by), struck)
        if self._half is Half.LEFT:
            struck = struck or self.went
        return Span(words, None if self.base else self.came, struck)

    def _sign(self, part: Part) -> _Signed:
        """A bracket is put in by whoever holds it; where its words are gone, it went with them."""
        piece, gone = part.piece, None if part.now else self.went
        about = (piece.point,) if piece.point else ()
        if not part.base:
            return _Signed(Span(piece.words, self._by_whom.signed(self.clause, piece), gone), about)
        if gone is not None and self.live:
            gone = self._by_whom.lifted(self.clause)
        return _Signed(Span(piece.words, None, gone), about)


def _asked(run: Run) -> Iterator[str]:
    """The proposals whose undecided words these are."""
    return (mark.source for mark in marks_of(run) if mark.standing is Standing.PENDING)
