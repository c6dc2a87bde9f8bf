"""The brackets and lines of a sheet, and whose hand each sign is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from negotiation.papers.blocks import Lines
from negotiation.papers.brackets import Brackets, brackets_of
from negotiation.papers.conventions import Conventions
from negotiation.papers.draft import DraftPoint
from negotiation.papers.marks import Marks, Pair, Span, brackets_only, signs_that_are_words
from negotiation.papers.sheet import Sheet, Stretch, late

_BRACKETS = "[]{}"


def lines_of_sheet(sheet: Sheet, source: str) -> Lines:
    """Every paragraph of the file is a line, the empty ones as well."""
    starts: list[int] = []
    at = 0
    for one in sheet.paragraphs:
        while len(starts) + 1 < one.number:
            starts.append(at)
        starts += [at + start for start in one.starts]
        at += len(one.words) + 1
    ends = [max(start, after - 1) for start, after in pairwise(starts)]
    return Lines(tuple(starts or (0,)), (*ends, len(source)))


class Touches:
    """Who put in, and who struck, the character at a place of the page."""

    def __init__(self, sheet: Sheet) -> None:
        """Those of a sheet."""
        self._starts: list[int] = []
        self._stretches: list[Stretch] = []
        at = 0
        for paragraph in sheet.paragraphs:
            for one in paragraph.stretches:
                self._starts.append(at)
                self._stretches.append(one)
                at += len(one.words)
            at += 1

    def at(self, place: int) -> Stretch:
        """The stretch that a place lies in."""
        return self._stretches[bisect_right(self._starts, place) - 1]


def marks_of_sheet(
    sheet: Sheet, source: str, ends: Sequence[int], conventions: Conventions
) -> tuple[Marks, Brackets]:
    """The living brackets of a sheet, paired; every other sign on it is a word."""
    living: list[tuple[int, str]] = []
    literal: list[tuple[int, str]] = []
    strikes: list[Span] = []
    words = bytearray(len(source))
    named = signs_that_are_words(source)
    at = 0
    for paragraph in sheet.paragraphs:
        for one in paragraph.stretches:
            if not one.live:
                strikes.append(Span(at, at + len(one.words), 0, 0))
            for place, letter in enumerate(one.words, at):
                if letter in _BRACKETS:
                    signs = living if one.live and place not in named else literal
                    signs.append((place, letter))
                elif one.live and not letter.isspace():
                    words[place] = 1
            at += len(one.words)
        at += 1
    marks = brackets_only(living, literal, strikes, ends)
    # A pair around nothing would be no sign of anything: its signs are words.
    empty = [pair for pair in marks.pairs if not any(words[pair.opened : pair.closed])]
    if empty:
        wordless = [(pair.opened, source[pair.opened]) for pair in empty]
        wordless += [(pair.closed, source[pair.closed]) for pair in empty]
        gone = {place for place, _ in wordless}
        pairs = tuple(pair for pair in marks.pairs if pair.opened not in gone)
        marks = attrs.evolve(marks, pairs=pairs, literal=tuple(sorted([*literal, *wordless])))
    return marks, brackets_of(source, marks, conventions)


def by_whom(
    points: Sequence[DraftPoint], lines: Lines, pairs: Sequence[Pair], touches: Touches
) -> Iterator[DraftPoint]:
    """The open points, each with whoever typed its bracket under tracking."""
    closed = {pair.opened: pair.closed for pair in pairs}
    for point in points:
        opened = lines.starts[point.line - 1] + point.column - 1
        if opened not in closed:
            yield point
            continue
        found = [touches.at(place).inserted for place in (opened, closed[opened])]
        known = [one for one in found if one is not None]
        yield attrs.evolve(point, placed=max(known, key=late)) if known else point
