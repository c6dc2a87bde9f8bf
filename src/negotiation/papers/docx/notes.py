"""The footnotes and endnotes of a Word file: their numbers, in the order they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import attrs
from lxml import etree

from negotiation.papers.docx.draft_paragraph import Under
from negotiation.papers.docx.names import W, value
from negotiation.papers.docx.number_forms import written
from negotiation.papers.docx.page import Touch, Where


@attrs.frozen
class NoteCall:
    """A note as called in the text."""

    where: Where
    id: str
    number: str
    inserted: Touch | None
    """Who inserted its call, and with it the note."""
    struck: Touch | None
    """Who struck its call."""


@attrs.define
class NoteCalls:
    """The calls met so far."""

    forms: dict[Where, str] = attrs.Factory(dict)
    """How each kind is numbered; without a word about it, as Word does."""
    _known: dict[tuple[Where, str], NoteCall] = attrs.Factory(dict)
    _calls: dict[Where, list[NoteCall]] = attrs.Factory(lambda: defaultdict(list))

    def called(self, reference: etree._Element, under: Under) -> str:
        """The mark to print for a reference."""
        where = Where.FOOTNOTE if reference.tag == W + "footnoteReference" else Where.ENDNOTE
        id = value(reference, "id")
        found = self._known.get((where, id))
        if found is None:
            form = self.forms.get(where, "decimal" if where is Where.FOOTNOTE else "lowerRoman")
            found = NoteCall(
                where, id, written(len(self._calls[where]) + 1, form), under.inserted, under.struck
            )
            self._known[where, id] = found
            self._calls[where].append(found)
        return f"[^{found.number}]"

    def of(self, where: Where) -> Iterator[NoteCall]:
        """The calls of one kind in their order, with those met on the way."""
        calls = self._calls[where]
        at = 0
        while at < len(calls):
            yield calls[at]
            at += 1
