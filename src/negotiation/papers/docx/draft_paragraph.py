"""A paragraph of a Word file while it is being read, and where one ends for good."""

from __future__ import annotations

import enum
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
    length: int = 0
    _written: list[tuple[Span, list[str]]] = attrs.Factory(list)
    """Spans without their words, and the words of each as they come."""

    def write(self, words: str, like: Span) -> None:
        """Appends words; those with the same history as the last ones are one span with them."""
        self.length += len(words)
        if self._written and self._written[-1][0] == like:
            self._written[-1][1].append(words)
        else:
            self._written.append((like, [words]))

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is written so far."""
        return tuple(attrs.evolve(like, words="".join(words)) for like, words in self._written)

    @property
    def has_live(self) -> bool:
        """Whether any of its words stand."""
        return any(like.live for like, _ in self._written)

    @property
    def has_base(self) -> bool:
        """Whether any of its words stood before."""
        return any(like.base for like, _ in self._written)

    @property
    def whole(self) -> bool:
        """Whether its mark stands in every reading, so that it never runs into the next one."""
        return self.mark_inserted is None and self.mark_struck is None


class End(enum.Enum):
    """What ends a stretch of paragraphs: the end of a cell or a note, the start of a table."""

    NONE = "none"
    """It goes in this reading, so that the paragraphs before it run on into those behind it."""
    FIRM = "firm"
    """No paragraph runs on over it, but one without words may be gone."""
    KEPT = "kept"
    """The last paragraph is always there: a cell that stays holds one."""


def settle_live(chain: Sequence[Draft], end: End) -> None:
    """Ends a stretch of paragraphs as it reads with every change accepted.

    Its last mark cannot go while words stand before it, whatever the file says.
    """
    if chain and chain[-1].mark_struck and (end is End.KEPT or _left_live(chain)):
        chain[-1].mark_struck = None


def settle_base(chain: Sequence[Draft], end: End) -> None:
    """Ends a stretch of paragraphs as it reads with every change rejected."""
    if chain and chain[-1].mark_inserted and (end is End.KEPT or _left_base(chain)):
        chain[-1].mark_inserted = None


def _left_live(chain: Sequence[Draft]) -> bool:
    """Whether words are left in the last paragraph and in those that run into it."""
    for number, one in enumerate(reversed(chain)):
        if number and one.mark_struck is None:
            return False
        if one.has_live:
            return True
    return False


def _left_base(chain: Sequence[Draft]) -> bool:
    for number, one in enumerate(reversed(chain)):
        if number and one.mark_inserted is None:
            return False
        if one.has_base:
            return True
    return False
