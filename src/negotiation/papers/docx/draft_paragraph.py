"""A paragraph of a Word file while it is being read, and where one ends for good."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from lxml import etree

from negotiation.papers.docx.page import Cell, Span, Touch, Where


@attrs.frozen
class Under:
    """What everything at one place of the file stands under."""

    inserted: Touch | None = None
    struck: Touch | None = None
    where: Where = Where.BODY
    cell: Cell | None = None
    note: str = ""
    link: bool = False
    """Inside a link, which Word underlines by itself."""

    def touched(self, inserted: Touch | None, struck: Touch | None) -> Under:
        """The same with one more tracked change around it: the inner one is the one that counts."""
        if inserted is None and struck is None:
            return self
        return attrs.evolve(self, inserted=inserted or self.inserted, struck=struck or self.struck)


@attrs.define(eq=False)
class Draft:
    """One paragraph in the making."""

    properties: etree._Element | None
    under: Under
    mark_inserted: Touch | None = None
    mark_struck: Touch | None = None
    spans: list[Span] = attrs.Factory(list)
    length: int = 0

    def write(self, span: Span) -> None:
        """Appends words; those with the same history as the last ones are one span with them."""
        if not span.words:
            return
        self.length += len(span.words)
        if self.spans and attrs.evolve(self.spans[-1], words=span.words) == span:
            self.spans[-1] = attrs.evolve(span, words=self.spans[-1].words + span.words)
        else:
            self.spans.append(span)

    @property
    def whole(self) -> bool:
        """Whether its mark stands in every reading, so that it never runs into the next one."""
        return self.mark_inserted is None and self.mark_struck is None


def settle(chain: Sequence[Draft], stays: bool) -> None:
    """Ends a stretch of paragraphs that can never run on: a cell, a note, what precedes a table.

    The last mark of such a stretch cannot go while words stand before it, whatever the file says,
    and in a cell that stays (`stays`) not even then.
    """
    if not chain:
        return
    last = chain[-1]
    if last.mark_struck and (stays or _left(chain, struck=True)):
        last.mark_struck = None
    if last.mark_inserted and (stays or _left(chain, struck=False)):
        last.mark_inserted = None


def _left(chain: Sequence[Draft], struck: bool) -> bool:
    """Whether words are left in the last paragraph and in those that run into it."""
    for number, one in enumerate(reversed(chain)):
        if number and (one.mark_struck if struck else one.mark_inserted) is None:
            return False
        if any(span.live if struck else span.base for span in one.spans):
            return True
    return False
