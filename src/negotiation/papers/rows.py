"""A clause while its words come and go, and the edits that bring it from one act to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

    def offset(self, run: int) -> int:
        """Where a run stands, or would stand, among those that are there."""
        runs = self.clause.runs
        return sum(len(runs[index].words) for index in self.there if index < run)

    @property
    def stands(self) -> bool:
        """Whether any word of it is there and not struck."""
        return any(
            index not in self.struck and self.clause.runs[index].words.strip()
            for index in self.there
        )


def edits_of(row: Row, born: Sequence[int], struck: Sequence[int]) -> Iterator[Edit]:
    """The edits of one act, each placed in the row that the last one left."""
    runs = row.clause.runs
    coming, going = set(born), set(struck)
    order = sorted(coming | going)
    index = 0
    while index < len(order):
        run = order[index]
        if run in coming:
            at = row.offset(run)
            yield Edit(at, at, "", runs[run].words)
            row.there.add(run)
            if run in going:
                yield Edit(at, at + len(runs[run].words), runs[run].words, "")
                row.struck.add(run)
            index += 1
            continue
        start = row.offset(run)
        removed = ""
        # Neighbours that go together are one stretch.
        while (
            index < len(order)
            and order[index] not in coming
            and (row.offset(order[index]) == start + len(removed))
        ):
            removed += runs[order[index]].words
            row.struck.add(order[index])
            index += 1
        end = start + len(removed)
        inserted = ""
        follows = index < len(order) and order[index] in coming and order[index] not in going
        if follows and row.offset(order[index]) == end:
            inserted = runs[order[index]].words
            row.there.add(order[index])
            index += 1
        yield Edit(start, end, removed, inserted)


def in_base(clause: DraftClause) -> Iterator[Printed]:
    """How the page prints the base words, by their places among themselves."""
    for one in printed_on(clause):
        yield attrs.evolve(
            one, start=_before(clause.runs, one.start), end=_before(clause.runs, one.end)
        )


def _before(runs: Sequence[DraftRun], place: int) -> int:
    """How many letters of the base stand before a place."""
    count = at = 0
    for run in runs:
        if run.put_in is None:
            count += max(0, min(len(run.words), place - at))
        at += len(run.words)
    return count


def torn_in(row: Row) -> Iterator[Printed]:
    """How the page prints what is there of a clause that was put in."""
    for one in printed_on(row.clause):
        if one.how is How.SAID_ABOVE:
            yield one
        elif one.how is How.TORN:
            runs = row.clause.runs
            at = 0
            count = 0
            for index, run in enumerate(runs):
                if index in row.there:
                    count += max(0, min(len(run.words), one.start - at))
                at += len(run.words)
            yield attrs.evolve(one, start=count, end=count)
