"""The brackets and lines of a sheet, and whose hand each sign is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from negotiation.papers.blocks import Lines
from negotiation.papers.brackets import Brackets, brackets_of
from negotiation.papers.conventions import Conventions
from negotiation.papers.docx import page as word
from negotiation.papers.draft import DraftPoint
from negotiation.papers.marks import Marks, Pair, Span, brackets_only, signs_that_are_words
from negotiation.papers.sheet import Sheet, late

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
        self._stretches: list[word.Span] = []
        at = 0
        for paragraph in sheet.paragraphs:
            for one in paragraph.stretches:
                self._starts.append(at)
                self._stretches.append(one)
                at += len(one.words)
            at += 1

    def at(self, place: int) -> word.Span:
        """The stretch that a place lies in."""
        return self._stretches[bisect_right(self._starts, place) - 1]


def marks_of_sheet(
    sheet: Sheet, source: str, ends: Sequence[int], conventions: Conventions
) -> tuple[Marks, Brackets]:
    """The living brackets of a sheet, paired; every other sign on it is a word."""
    living: list[tuple[int, str]] = []
    literal: list[tuple[int, str]] = []
    strikes: list[Span] = []
    live, base = bytearray(len(source)), bytearray(len(source))
    homeless: list[int] = []
    """The signs that nobody put in, in paragraphs without any words in the base."""
    named = signs_that_are_words(source)
    at = 0
    for paragraph in sheet.paragraphs:
        start = at
        own: list[int] = []
        for one in paragraph.stretches:
            if not one.live:
                strikes.append(Span(at, at + len(one.words), 0, 0))
            for place, letter in enumerate(one.words, at):
                if letter in _BRACKETS and one.live and place not in named:
                    living.append((place, letter))
                    own += [place] if one.base else []
                    continue
                if letter in _BRACKETS:
                    literal.append((place, letter))
                if not letter.isspace():
                    live[place] = one.live and letter not in _BRACKETS
                    base[place] = one.base
            at += len(one.words)
        homeless += own if not any(base[start:at]) else ()
        at += 1
    marks = brackets_only(living, literal, strikes, ends)

    empty = set(_empty_in_base(source, homeless, base))
    # The signs of a pair around nothing would be no sign of anything: they are words.
    gone = {
        place
        for pair in marks.pairs
        if not any(live[pair.opened : pair.closed])
        or not empty.isdisjoint((pair.opened, pair.closed))
        for place in (pair.opened, pair.closed)
    }
    if gone:
        pairs = tuple(pair for pair in marks.pairs if pair.opened not in gone)
        signs = [*literal, *((place, source[place]) for place in gone)]
        marks = attrs.evolve(marks, pairs=pairs, literal=tuple(sorted(signs)))
    return marks, brackets_of(source, marks, conventions)


def _empty_in_base(source: str, signs: Sequence[int], words: bytearray) -> Iterator[int]:
    """Those of these signs that open and close in the base without a word between them."""
    before = 0
    opened: list[int] = []
    for place in signs:
        if any(words[before:place]):
            opened = []
        before = place
        if source[place] in "[{":
            opened.append(place)
        elif opened:
            yield from (*opened, place)


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
