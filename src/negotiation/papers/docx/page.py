"""What a Word file holds, as plain facts: paragraphs with every tracked change, and comments.

The reader (`reader.py`) makes these, the intake turns them into acts. Nothing here is accepted or
rejected yet: each stretch of words says who inserted and who struck it, and so does the mark at
the end of each paragraph. Offsets are code points in a paragraph's words, all spans together.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator

import attrs


@attrs.frozen
class Touch:
    """One tracked change: the person who marked it, and when."""

    author: str
    """The person in ``w:author``; not a party."""
    at: dt.datetime | None = None
    """The time as Word wrote it: to the minute, and local although it ends in Z."""
    utc: dt.datetime | None = None
    """The instant, where the file tells it (``w16du:dateUtc``)."""
    move: str = ""
    """The name of the move that it is one half of."""

    @property
    def when(self) -> dt.datetime | None:
        """The best time known, aware."""
        return self.utc or self.at


@attrs.frozen
class Span:
    """Words with one history: inserted by somebody or there before, struck by somebody or not."""

    words: str
    inserted: Touch | None = None
    struck: Touch | None = None
    drawn_struck: bool = False
    """Struck through by hand, with a font setting and no tracking."""
    drawn_under: bool = False
    """Underlined by hand."""

    @property
    def base(self) -> bool:
        """Whether the words were there before every tracked change."""
        return self.inserted is None

    @property
    def live(self) -> bool:
        """Whether the words are there with every tracked change accepted."""
        return self.struck is None


class Where(enum.Enum):
    """In which part of the file a paragraph stands."""

    BODY = "body"
    CELL = "table cell"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    TEXT_BOX = "text box"


@attrs.frozen
class Cell:
    """The place of a paragraph in a table; all three count from 0, tables in order of the file."""

    table: int
    row: int
    column: int


@attrs.frozen
class Paragraph:
    """One paragraph of the file, up to and with its mark."""

    spans: tuple[Span, ...] = ()
    style: str = ""
    """The name of its style (``w:style/w:name``), empty for the default one."""
    outline: int | None = None
    """Its outline level, from 0; ``None`` for body text."""
    label: str = ""
    """The label that Word prints before it with every change accepted; empty when it has none."""
    base_label: str = ""
    """The label with every change rejected."""
    depth: int = 0
    """The depth of its list or indent, from 0."""
    mark_inserted: Touch | None = None
    """Who inserted the paragraph mark at its end: rejected, the next paragraph joins this one."""
    mark_struck: Touch | None = None
    """Who struck the mark at its end: accepted, the next paragraph joins this one."""
    where: Where = Where.BODY
    cell: Cell | None = None
    note: str = ""
    """The number of the footnote or endnote that it belongs to, as printed at its reference."""

    @property
    def words(self) -> str:
        """All its words, struck ones included."""
        return "".join(span.words for span in self.spans)


@attrs.frozen
class Place:
    """A place in the file: a paragraph, by its number from 0, and an offset in its words."""

    paragraph: int
    offset: int


@attrs.frozen
class Comment:
    """A comment in the margin, and the words that it is about."""

    id: str
    author: str
    words: str
    start: Place
    end: Place
    at: dt.datetime | None = None
    utc: dt.datetime | None = None
    reply_to: str = ""
    """The id of the comment that it answers."""
    done: bool = False
    """Whether somebody has marked it as resolved."""

    @property
    def when(self) -> dt.datetime | None:
        """The best time known, aware."""
        return self.utc or self.at


@attrs.frozen
class LeftOut:
    """Something that the file holds and a record does not keep."""

    what: str
    """In the words of Word's own menus: ``picture``, ``change of formatting``."""
    count: int


@attrs.frozen
class WordPage:
    """A Word file as read."""

    paragraphs: tuple[Paragraph, ...]
    comments: tuple[Comment, ...] = ()
    headers: tuple[str, ...] = ()
    """The lines of its page headers: where a symbol is often printed; no part of the text."""
    left_out: tuple[LeftOut, ...] = ()

    @property
    def tracked(self) -> bool:
        """Whether anything in it is a tracked change."""
        return any(True for _ in self.touches())

    def touches(self) -> Iterator[Touch]:
        """Every tracked change of words and paragraph marks, in the order of the file."""
        for paragraph in self.paragraphs:
            for span in paragraph.spans:
                yield from (one for one in (span.inserted, span.struck) if one is not None)
            marks = (paragraph.mark_inserted, paragraph.mark_struck)
            yield from (one for one in marks if one is not None)


def accepted(page: WordPage) -> tuple[str, ...]:
    """The paragraphs' words with every tracked change accepted, labels left out."""
    return tuple(
        _joined(
            (
                "".join(span.words for span in one.spans if span.live),
                one.mark_struck is None,
            )
            for one in page.paragraphs
        )
    )


def rejected(page: WordPage) -> tuple[str, ...]:
    """The paragraphs' words with every tracked change rejected, labels left out."""
    return tuple(
        _joined(
            (
                "".join(span.words for span in one.spans if span.base),
                one.mark_inserted is None,
            )
            for one in page.paragraphs
        )
    )


def _joined(rows: Iterable[tuple[str, bool]]) -> Iterator[str]:
    held = ""
    for words, ends in rows:
        held += words
        if ends:
            yield held
            held = ""
    if held:
        yield held
