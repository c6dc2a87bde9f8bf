"""A page without signs of markup: its words, and for each stretch who put it in and who struck it.

That is how a Word file is handed to the reader of drafts. A paragraph of the sheet becomes one
clause; where a tracked paragraph mark joins or splits what people wrote, this file decides what
belongs together, so that neither reading loses a word or gains a break. Leaves out what the
paragraphs mean: that is for the reader.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import attrs

from negotiation.papers.docx.page import Comment, Paragraph, Place, Span, Touch, WordPage
from negotiation.papers.imprint import RECORD, imprint_of

_WHITE = str.maketrans(dict.fromkeys("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
"""Breaks inside a paragraph are white space of the same length."""


@attrs.frozen
class SheetParagraph:
    """What becomes one clause: a paragraph of the file, or several that tracked marks join."""

    stretches: tuple[Span, ...]
    first: Paragraph
    """The paragraph of the file whose style and label it has."""
    number: int
    """The number in the file of the first of them, from 1."""
    starts: tuple[int, ...] = (0,)
    """Where each paragraph of the file begins in its words."""

    @property
    def words(self) -> str:
        """All its words, struck ones included."""
        return "".join(one.words for one in self.stretches)

    @property
    def torn(self) -> tuple[int, ...]:
        """Where a tracked mark stands inside it: each is a space, as one."""
        return self.starts[1:]


@attrs.frozen
class Sheet:
    """A page as people wrote it."""

    paragraphs: tuple[SheetParagraph, ...]
    headers: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    by_hand: int = 0
    """How many stretches were struck or underlined by hand, and are read as marks."""
    tracked: bool = False

    def place(self, place: Place) -> tuple[int, int] | None:
        """The paragraph of the sheet, from 0, and the offset in it, of a place in the file."""
        index = bisect_right(self.paragraphs, place.paragraph, key=lambda one: one.number - 1) - 1
        if index < 0:
            return None
        one = self.paragraphs[index]
        behind = place.paragraph - (one.number - 1)
        return (index, one.starts[behind] + place.offset) if behind < len(one.starts) else None


def sheet_of(page: WordPage, *, by_hand: bool = True) -> Sheet:
    """The sheet of a Word file.

    Strikes and underlines by hand are marks where nothing is tracked and something is struck; an
    underline alone is a way of printing. ``by_hand`` says whether they are at all.
    """
    tracked = page.tracked
    drawn = by_hand and not tracked and _struck_by_hand(page)
    paragraphs = page.paragraphs
    found: list[SheetParagraph] = []
    for low, high in _clauses(paragraphs):
        found.append(_joined(paragraphs, low, high, drawn))
    marks = marked_by_hand(page)
    return Sheet(tuple(found), page.headers, _said(page), marks if drawn else 0, tracked)


def _said(page: WordPage) -> tuple[Comment, ...]:
    """The comments of people: what a file that was written here says of itself is no remark."""
    if imprint_of([" ".join(page.headers)]) is None:
        return page.comments
    return tuple(one for one in page.comments if one.author != RECORD)


def marked_by_hand(page: WordPage) -> int:
    """How many stretches of a file are struck or underlined by hand."""
    return sum(
        (span.drawn_struck or span.drawn_under) and bool(span.words.strip())
        for paragraph in page.paragraphs
        for span in paragraph.spans
    )


def _struck_by_hand(page: WordPage) -> bool:
    return any(
        span.drawn_struck and span.words.strip() for p in page.paragraphs for span in p.spans
    )


def _joined(paragraphs: Sequence[Paragraph], low: int, high: int, drawn: bool) -> SheetParagraph:
    stretches: list[Span] = []
    starts: list[int] = []
    length = 0
    for index in range(low, high):
        if index > low:
            before = paragraphs[index - 1]
            stretches.append(Span(" ", before.mark_inserted, before.mark_struck))
            length += 1
        starts.append(length)
        spans = paragraphs[index].spans
        for span in _drawn_across(spans) if drawn else spans:
            stretches.append(_stretch(span, drawn))
            length += len(span.words)
    named = next((p for p in paragraphs[low:high] if _any(p, live=True)), paragraphs[low])
    return SheetParagraph(tuple(_merged(stretches)), named, low + 1, tuple(starts))


def _drawn_across(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, white space looking as the words around it do: a pen leaves out tabs and spaces.

    At the beginning and the end of a paragraph it looks as the one word next to it.
    """
    worded = [one for one in spans if one.words.strip()]
    behind = 0
    for span in spans:
        if span.words.strip():
            behind += 1
            yield span
            continue
        near = worded[max(0, behind - 1) : behind + 1] if behind > 0 else worded[:1]
        struck = bool(near) and all(one.drawn_struck for one in near)
        under = bool(near) and all(one.drawn_under for one in near)
        yield attrs.evolve(
            span,
            drawn_struck=struck or (span.drawn_struck and not under),
            drawn_under=under or (span.drawn_under and not struck),
        )


def _stretch(span: Span, drawn: bool) -> Span:
    words = span.words.translate(_WHITE)
    if not drawn:
        return Span(words, span.inserted, span.struck)
    nobody = Touch("")
    return Span(words, nobody if span.drawn_under else None, nobody if span.drawn_struck else None)


def _merged(stretches: Sequence[Span]) -> Iterator[Span]:
    held: Span | None = None
    for one in stretches:
        if not one.words:
            continue
        if held is not None and (held.inserted, held.struck) == (one.inserted, one.struck):
            held = attrs.evolve(held, words=held.words + one.words)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _clauses(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """The paragraphs that are one clause, as (from, to).

    A tracked mark joins two paragraphs in one reading only. They are apart wherever that reading
    has words on one side of the mark at the most: so a paragraph that was put in or struck as a
    whole is a clause of its own, on whichever mark Word noted it.
    """
    count = len(paragraphs)
    bound = [False] * count
    for live in (False, True):
        low = 0
        while low < count:
            high = low
            while high + 1 < count and _runs_on(paragraphs[high], live):
                high += 1
            worded = [index for index in range(low, high + 1) if _any(paragraphs[index], live)]
            for index in range(worded[0], worded[-1]) if worded else ():
                bound[index] = True
            low = high + 1
    low = 0
    for index in range(count):
        if not bound[index]:
            yield low, index + 1
            low = index + 1


def _runs_on(paragraph: Paragraph, live: bool) -> bool:
    """Whether its mark is not there in a reading, so that the next paragraph goes on with it."""
    return (paragraph.mark_struck if live else paragraph.mark_inserted) is not None


def _any(paragraph: Paragraph, live: bool) -> bool:
    return any(
        (span.live if live else span.base) and bool(span.words.strip()) for span in paragraph.spans
    )


def late(touch: Touch) -> tuple[bool, float]:
    """The order in time of what somebody did; what has no date comes last."""
    return touch.when is None, touch.when.timestamp() if touch.when is not None else 0.0
