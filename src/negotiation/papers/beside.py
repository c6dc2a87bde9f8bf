"""A whole page beside its base: every clause compared, every place carried over.

Takes the reading of the page alone and gives the reading that the base allows. Leaves out how two
clauses are compared: that is `threeway.py`.
"""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from negotiation.papers.alignment import aligned
from negotiation.papers.draft import (
    Anomaly,
    DraftAlternative,
    DraftClause,
    DraftNote,
    DraftPoint,
    Extent,
    Kind,
    Origin,
    Repair,
    Severity,
)
from negotiation.papers.page import LONGEST_QUOTED, Page
from negotiation.papers.passages import Passage
from negotiation.papers.threeway import Compared, Finding, compared, missing_clause, new_clause

_ANSWERED_BY_BASE = frozenset(("fused-text", "joined-words", "fused-number", "unbalanced-quotes"))
"""Faults that the base has itself are no faults of the page."""


@attrs.frozen
class Beside:
    """What a base makes of a page: the clauses, and how places on them are carried over."""

    clauses: tuple[DraftClause, ...]
    by_key: Mapping[int, Compared]
    anomalies: tuple[Anomaly, ...]

    def offset(self, clause: int | None, offset: int | None, *, end: bool) -> int | None:
        """Where an offset of the page alone stands in the reading beside the base."""
        if clause is None or offset is None or clause not in self.by_key:
            return offset
        return self.by_key[clause].carried(offset, end)

    def extent(self, extent: Extent) -> Extent:
        """The same share of a clause beside the base."""
        # An empty stretch stays empty, even where words come back at its place.
        empty = extent.start is not None and extent.start == extent.end
        return Extent(
            extent.clause,
            self.offset(extent.clause, extent.start, end=empty),
            self.offset(extent.clause, extent.end, end=True),
        )

    def alternative(self, one: DraftAlternative) -> DraftAlternative:
        """The same alternative beside the base."""
        last = one.clause if one.end_clause is None else one.end_clause
        empty = last == one.clause and one.start is not None and one.start == one.end
        return attrs.evolve(
            one,
            start=self.offset(one.clause, one.start, end=empty),
            end=self.offset(last, one.end, end=True),
        )

    def point(self, point: DraftPoint) -> DraftPoint:
        """The same open point beside the base."""
        return attrs.evolve(
            point,
            extents=tuple(self.extent(extent) for extent in point.extents),
            alternatives=tuple(self.alternative(one) for one in point.alternatives),
        )

    def note(self, note: DraftNote) -> DraftNote:
        """The same drafter's note beside the base."""
        compared_clause = self.by_key.get(note.clause)
        if compared_clause is None:
            return note
        carried = compared_clause.carried
        return DraftNote(note.clause, carried(note.start, False), carried(note.end, True))


def beside(page: Page, base: Sequence[DraftClause], alone: Sequence[Anomaly]) -> Beside:
    """The reading of a page beside the clauses of its base."""
    own = [passage.clause for passage in page.passages]
    pairs = aligned(own, base)
    by_key: dict[int, Compared] = {}
    clauses: list[DraftClause] = []
    found: list[Anomaly] = []
    cuts = _cuts(page.points)
    lost = _lost(pairs, len(base))
    key = len(own)
    for index in range(-1, len(own)):
        if index >= 0:
            passage = page.passages[index]
            if index in pairs:
                result = compared(passage, base[pairs[index]], cuts.get(passage.clause.key, ()))
                by_key[passage.clause.key] = result
                clauses.append(result.clause)
                found.extend(_told(page, passage, finding) for finding in result.findings)
                found.extend(_unmarked(page, passage, result))
            else:
                clauses.append(new_clause(passage.clause))
        for j in lost.get(index, ()):
            key += 1
            before = clauses[-1] if clauses else None
            line = before.end_line if before else 1
            clauses.append(missing_clause(base[j], key, line, base[j].level))
            if base[j].kind not in (Kind.HEADER, Kind.TITLE) and base[j].words:
                found.append(_missing(clauses[-1]))
    told = {(one.code, one.line, one.column) for one in found}
    fused = {one.clause for one in found if one.code == "fused-text"}
    result_by_key = {clause.key: clause for clause in clauses}
    kept = [
        _carried(one, by_key, result_by_key)
        for one in alone
        if (one.code, one.line, one.column) not in told
        and not (one.code == "fused-text" and one.clause in fused)
        and not _was_in_base(one, result_by_key)
    ]
    return Beside(tuple(clauses), by_key, (*kept, *found))


def _cuts(points: Sequence[DraftPoint]) -> dict[int, list[int]]:
    """Where brackets stand in the words of each clause."""
    cuts: dict[int, set[int]] = {}
    for point in points:
        shares = [(extent.clause, extent.start, extent.end) for extent in point.extents]
        for one in point.alternatives:
            if one.clause is not None and one.end_clause in (None, one.clause):
                shares.append((one.clause, one.start, one.end))
        for clause, start, end in shares:
            for offset in (start, end):
                if offset is not None:
                    cuts.setdefault(clause, set()).add(offset)
    return {clause: sorted(offsets) for clause, offsets in cuts.items()}


def _lost(pairs: Mapping[int, int], count: int) -> dict[int, list[int]]:
    """The base clauses that the page lacks, by the index of the page's clause that they follow."""
    page_of = {j: i for i, j in pairs.items()}
    lost: dict[int, list[int]] = {}
    after = -1
    for j in range(count):
        if j in page_of:
            after = page_of[j]
        else:
            lost.setdefault(after, []).append(j)
    return lost


def _told(page: Page, passage: Passage, finding: Finding) -> Anomaly:
    return page.in_words(
        finding.code,
        finding.severity,
        passage,
        finding.start,
        finding.end,
        finding.message,
        repair=finding.repair,
    )


def _unmarked(page: Page, passage: Passage, result: Compared) -> Iterator[Anomaly]:
    """Words that came in without any mark, in a clause that shows no change at all."""
    clause = result.clause
    if any(run.struck for run in clause.runs) or passage.main.block.underlined:
        return
    bracketed = {extent.clause for point in page.points for extent in point.extents}
    if clause.key in bracketed:
        return
    put_in = [
        run.words.strip()
        for run in clause.runs
        if run.origin is Origin.INSERTED and any(letter.isalnum() for letter in run.words)
    ]
    if not put_in:
        return
    words = ", ".join(f"“{one[:40]}”" for one in put_in[:5])
    at = passage.clause.words.find(put_in[0])
    yield page.in_words(
        "unmarked-insertion",
        Severity.DOUBTFUL,
        passage,
        max(0, at),
        max(0, at) + len(put_in[0]),
        f"The base does not have {words}, and the page does not mark it; read as inserted, with "
        "its underline lost. Confirm it.",
        repair=Repair("Read the words that the base does not have as inserted."),
    )


def _missing(clause: DraftClause) -> Anomaly:
    name = f"item {clause.label}" if clause.label else "a paragraph"
    return Anomaly(
        code="missing-clause",
        severity=Severity.DOUBTFUL,
        line=clause.line,
        column=1,
        end_line=clause.line,
        words=clause.words[:LONGEST_QUOTED],
        message=f"The base has {name} behind this line, and the page neither prints nor strikes "
        "it; read as struck. Confirm it, or say where it went.",
        repair=Repair("Read it as struck."),
        clause=clause.key,
    )


def _was_in_base(one: Anomaly, clauses: Mapping[int, DraftClause]) -> bool:
    clause = clauses.get(one.clause or 0)
    if clause is None or not clause.in_base or one.code not in _ANSWERED_BY_BASE:
        return False
    return not any(
        run.origin is Origin.INSERTED and not run.struck and run.words.strip()
        for run in clause.runs
    )


def _carried(
    one: Anomaly, by_key: Mapping[int, Compared], clauses: Mapping[int, DraftClause]
) -> Anomaly:
    """An anomaly of the page alone, its repair on the offsets of the new reading."""
    repair = one.repair
    if repair is not None and repair.edits:
        edits = tuple(
            attrs.evolve(
                edit,
                start=by_key[edit.clause].carried(edit.start, False),
                end=by_key[edit.clause].carried(edit.end, edit.start < edit.end),
            )
            if edit.clause in by_key
            else edit
            for edit in repair.edits
        )
        repair = attrs.evolve(repair, edits=edits)
    message = one.message
    clause = clauses.get(one.clause or 0)
    if one.code == "unlabelled-struck" and clause is not None:
        message = (
            f"The struck paragraph in line {one.line} has no label; beside the base it shows as "
            f"its item {clause.base_label or 'without a label'}. Confirm it."
            if clause.in_base
            else f"The struck paragraph in line {one.line} has no label and is not in the base; "
            "read as a proposal that was not retained. Confirm it."
        )
    return attrs.evolve(one, repair=repair, message=message)
