"""One page as read, for those who look for faults in it.

Holds the layers side by side and says where a word stands. Leaves out the faults themselves.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from negotiation.papers.blocks import Lines
from negotiation.papers.brackets import Brackets
from negotiation.papers.conventions import Conventions
from negotiation.papers.draft import (
    Anomaly,
    DraftClause,
    DraftPoint,
    Kind,
    PointKind,
    Repair,
    Severity,
)
from negotiation.papers.marks import Marks
from negotiation.papers.passages import Passage, Places, printed_place
from negotiation.papers.structure import Placed

LONGEST_QUOTED = 160
"""So much of the page is repeated in an anomaly."""


@attrs.frozen
class Page:
    """A page with everything that has been read from it."""

    source: str
    lines: Lines
    conventions: Conventions
    marks: Marks
    brackets: Brackets
    placed: tuple[Placed, ...]
    passages: tuple[Passage, ...]
    points: tuple[DraftPoint, ...]
    places: Places

    @cached_property
    def lists(self) -> tuple[tuple[Passage, ...], ...]:
        """The items that are counted together: same heading, same chapeau, same depth."""
        return tuple(tuple(siblings) for siblings in _sibling_lists(self))

    @cached_property
    def groups(self) -> dict[int, int]:
        """For each clause that is one of several wordings, the point that it belongs to."""
        return _grouped_clauses(self)

    def at_place(
        self,
        code: str,
        severity: Severity,
        at: int,
        message: str,
        *,
        words: str,
        live: bool = True,
        repair: Repair | None = None,
        related: Sequence[int] = (),
    ) -> Anomaly:
        """An anomaly at a place of the page."""
        held = self.places.place(at)
        return Anomaly(
            code=code,
            severity=severity,
            line=self.lines.line_of(at),
            column=self.lines.column_of(at),
            end_line=self.lines.line_of(at),
            words=words[:LONGEST_QUOTED],
            message=message,
            repair=repair,
            live=live,
            clause=held[0].clause.key if held else None,
            related=tuple(related),
        )

    def in_words(
        self,
        code: str,
        severity: Severity,
        passage: Passage,
        start: int,
        end: int,
        message: str,
        *,
        live: bool = True,
        repair: Repair | None = None,
        end_line: int | None = None,
        related: Sequence[int] = (),
    ) -> Anomaly:
        """An anomaly at a stretch of a clause's words."""
        at = printed_place(passage, start)
        last = max(at, printed_place(passage, max(start, end - 1)))
        return Anomaly(
            code=code,
            severity=severity,
            line=self.lines.line_of(at),
            column=self.lines.column_of(at),
            end_line=end_line or self.lines.line_of(last),
            words=passage.clause.words[start:end][:LONGEST_QUOTED],
            message=message,
            repair=repair,
            live=live,
            clause=passage.clause.key,
            related=tuple(related),
        )

    def whole(
        self, code: str, severity: Severity, passage: Passage, message: str, *, live: bool = True
    ) -> Anomaly:
        """An anomaly of a clause as a whole, shown where its printed line begins."""
        clause = passage.clause
        block = passage.main.block
        return Anomaly(
            code=code,
            severity=severity,
            line=block.line,
            column=1,
            end_line=clause.end_line,
            words=block.text[:LONGEST_QUOTED],
            message=message,
            live=live,
            clause=clause.key,
        )


def live_spans(clause: DraftClause) -> list[tuple[int, int]]:
    """The stretches of a clause that are not struck."""
    found: list[tuple[int, int]] = []
    at = 0
    for run in clause.runs:
        end = at + len(run.words)
        if not run.struck and end > at:
            found.append((at, end))
        at = end
    return found


def is_live(clause: DraftClause) -> bool:
    """Whether any word of a clause, or its label, is not struck."""
    return any(not run.struck and run.words.strip() for run in clause.runs) or (
        not clause.runs and not clause.label_struck
    )


def name_of(clause: DraftClause) -> str:
    """How people call a clause: by its label and its line."""
    if clause.label:
        return f"Item {clause.label} in line {clause.line}"
    return f"The paragraph in line {clause.line}"


def _sibling_lists(page: Page) -> Iterator[list[Passage]]:
    open_lists: dict[int, list[Passage]] = {}
    optional = _in_options(page)
    for passage in page.passages:
        clause = passage.clause
        if clause.key in optional:
            continue
        if clause.kind in (Kind.HEADING, Kind.CHAPEAU, Kind.TITLE, Kind.ENACTING):
            yield from open_lists.values()
            open_lists = {}
        elif clause.kind in (Kind.ITEM, Kind.PARAGRAPH):
            for level in [one for one in open_lists if one > clause.level]:
                yield open_lists.pop(level)
            open_lists.setdefault(clause.level, []).append(passage)
    yield from open_lists.values()


def _in_options(page: Page) -> set[int]:
    """The clauses that stand inside blocks of options: their labels start again at each option."""
    heads = {p.clause.key for p in page.passages if p.clause.kind is Kind.OPTION}
    return {
        extent.clause
        for point in page.points
        if point.kind is PointKind.OPTION and point.extents[0].clause in heads
        for extent in point.extents
    }


def _grouped_clauses(page: Page) -> dict[int, int]:
    groups: dict[int, int] = {}
    for point in page.points:
        if len(point.alternatives) > 1 and (
            point.kind is PointKind.OPTION or point.alternatives[0].start is None
        ):
            for extent in point.extents:
                groups.setdefault(extent.clause, point.key)
    return groups
