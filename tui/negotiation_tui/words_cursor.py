"""The cursor that goes from word to word of a clause, and the words that it selects.

Pure. Places are offsets in the passage with all its runs; words struck for good are passed over.
"""

from __future__ import annotations

import re

import attrs

from negotiation.domain.clause import Clause
from negotiation.text.passage import Passage, Shown
from negotiation.text.search import occurrences

_WORD = re.compile(r"\S+")
_EDGES = "[](){}“”\"'‘’«».,;:!?"


@attrs.frozen
class Selected:
    """Words of one clause, and which of their occurrences is meant."""

    clause: str
    start: int
    end: int
    words: str
    occurrence: int
    of: int = 1
    """How often they stand in the clause."""

    @property
    def said(self) -> str:
        """As people type it: ``the measures#2``; alone they stand only once."""
        words = self.words.replace("#", "\\#")
        return f"{words}#{self.occurrence}" if self.of > 1 else words


def words_of(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Where every word begins and ends that somebody may point at."""
    text: list[str] = []
    offsets: list[int] = []
    for at, run in passage.pieces():
        if run.shown is not Shown.GONE:
            text.append(run.words)
            offsets.extend(range(at, at + len(run.words)))
    read = "".join(text)
    return tuple(
        (offsets[found.start()], offsets[found.end() - 1] + 1) for found in _WORD.finditer(read)
    )


def word_at(passage: Passage, offset: int) -> int:
    """The number of the word at an offset, or of the nearest one behind it; -1 where none is."""
    row = words_of(passage)
    for index, (_, end) in enumerate(row):
        if offset < end:
            return index
    return len(row) - 1


def selected(clause: Clause, first: int, last: int) -> Selected | None:
    """The words from one to another, punctuation around them left out; ``None`` where none are.

    Words that cross a strike are named as the live text has them, as acts find them.
    """
    row = words_of(clause.passage)
    if not row:
        return None
    low, high = sorted((max(first, 0), max(last, 0)))
    start, end = row[min(low, len(row) - 1)][0], row[min(high, len(row) - 1)][1]
    passage = clause.passage
    live = passage.live_between(start, end)
    words = live or passage.standing_between(start, end)
    bare = words.strip(_EDGES) or words
    found = occurrences(passage, bare)
    for number, one in enumerate(found, start=1):
        if one.start < end and start < one.end:
            return Selected(clause.id, one.start, one.end, bare, number, len(found))
    return Selected(clause.id, start, end, words, 1)
