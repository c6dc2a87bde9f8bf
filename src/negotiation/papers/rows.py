"""A clause while its words come and go, and the edits that bring it from one act to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import attrs

from negotiation.domain.terms import How, Printed
from negotiation.papers.docx.page import Touch
from negotiation.papers.draft import DraftClause, DraftRun
from negotiation.papers.intake import printed_on
from negotiation.text.edit import Edit


@attrs.define
class Row:
    """A clause while its words come and go: which runs of it are there, and which are struck."""

    clause: DraftClause
    name: str
    base_place: int = 0
    """Where it comes in the base, among all paragraphs."""
    moves: Touch | None = None
    """Who moved it to where it stands, as long as that has not been told."""
    there: set[int] = attrs.field(factory=set)
    struck: set[int] = attrs.field(factory=set)
    tabled: bool = False

    @property
    def stands(self) -> bool:
        """Whether any word of it is there and not struck."""
        return any(
            index not in self.struck and self.clause.runs[index].words.strip()
            for index in self.there
        )


@attrs.define
class _Offsets:
    """Where the runs of a row stand among those that are there, asked from left to right."""

    row: Row
    run: int = 0
    length: int = 0

    def to(self, run: int) -> int:
        """Where a run stands, or would stand."""
        runs, there = self.row.clause.runs, self.row.there
        self.length += sum(len(runs[at].words) for at in range(self.run, run) if at in there)
        self.run = run
        return self.length


def edits_of(row: Row, born: Sequence[int], struck: Sequence[int]) -> Iterator[Edit]:
    """The edits of one act, each placed in the row that the last one left."""
    runs = row.clause.runs
    coming, going = set(born), set(struck)
    order = sorted(coming | going)
    offset = _Offsets(row).to
    index = 0
    while index < len(order):
        run = order[index]
        if run in coming:
            at = offset(run)
            yield Edit(at, at, "", runs[run].words)
            row.there.add(run)
            if run in going:
                yield Edit(at, at + len(runs[run].words), runs[run].words, "")
                row.struck.add(run)
            index += 1
            continue
        start = offset(run)
        removed = ""
        # Neighbours that go together are one stretch.
        while (
            index < len(order)
            and order[index] not in coming
            and (offset(order[index]) == start + len(removed))
        ):
            removed += runs[order[index]].words
            row.struck.add(order[index])
            index += 1
        end = start + len(removed)
        inserted = ""
        follows = index < len(order) and order[index] in coming and order[index] not in going
        if follows and offset(order[index]) == end:
            inserted = runs[order[index]].words
            row.there.add(order[index])
            index += 1
        yield Edit(start, end, removed, inserted)


def in_base(clause: DraftClause) -> Iterator[Printed]:
    """How the page prints the base words, by their places among themselves."""
    base = [run.put_in is None for run in clause.runs]
    before = _Before(clause.runs, base)
    for one in printed_on(clause):
        yield attrs.evolve(one, start=before(one.start), end=before(one.end))


class _Before:
    """How many letters of some of the runs stand before a place."""

    def __init__(self, runs: Sequence[DraftRun], counted: Sequence[bool]) -> None:
        lengths = [len(run.words) for run in runs]
        shares = [length if counts else 0 for length, counts in zip(lengths, counted, strict=True)]
        self._ends = list(accumulate(lengths, initial=0))
        self._counts = list(accumulate(shares, initial=0))

    def __call__(self, place: int) -> int:
        run = bisect_right(self._ends, place) - 1
        into = place - self._ends[run]
        counts = run + 1 < len(self._counts) and self._counts[run + 1] > self._counts[run]
        return self._counts[run] + (into if counts else 0)


def torn_in(row: Row) -> Iterator[Printed]:
    """How the page prints what is there of a clause that was put in."""
    runs = row.clause.runs
    before = _Before(runs, [index in row.there for index in range(len(runs))])
    for one in printed_on(row.clause):
        if one.how is How.SAID_ABOVE:
            yield one
        elif one.how is How.TORN:
            yield attrs.evolve(one, start=before(one.start), end=before(one.start))
