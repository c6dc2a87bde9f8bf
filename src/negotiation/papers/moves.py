"""Paragraphs of a tracked page that were moved: one clause that changed its place.

A word processor notes a move as words struck here and put in there under one name. Where that is a
whole paragraph, the clause itself moved and keeps its words with their authors; where only a part
of one went, it stays a deletion and an insertion, and the record says whence the words were drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from negotiation.papers.docx.page import Touch
from negotiation.papers.draft import DraftClause, Origin


@attrs.frozen
class Moved:
    """A clause that stands elsewhere than in the base."""

    clause: DraftClause
    """As it stands now, its moved words told as the base words that they are."""
    origin: int
    """The key of the paragraph that it was in the base."""
    touch: Touch


@attrs.frozen
class Moves:
    """What was moved on a page, by the keys of clauses."""

    whole: dict[int, Moved]
    """For a paragraph as it stands now, the clause that moved."""
    drawn: dict[int, int]
    """For a paragraph that was put in, the one whose words went into it."""

    @property
    def left(self) -> dict[int, int]:
        """For a paragraph of the base that moved, the one that it is now."""
        return {one.origin: key for key, one in self.whole.items()}


def moves_of(clauses: Sequence[DraftClause]) -> Moves:
    """The moves of a page; a name that stands for several paragraphs at an end stands for none."""
    gone: dict[str, list[DraftClause]] = {}
    come: dict[str, list[DraftClause]] = {}
    for clause in clauses:
        for name in {run.taken_out.move for run in clause.runs if run.taken_out is not None}:
            if name:
                gone.setdefault(name, []).append(clause)
        for name in {run.put_in.move for run in clause.runs if run.put_in is not None}:
            if name:
                come.setdefault(name, []).append(clause)
    whole: dict[int, Moved] = {}
    drawn: dict[int, int] = {}
    taken: set[int] = set()
    for name, ends in come.items():
        left = {"".join(one.words.split()): one for one in gone.get(name, []) if _left(one, name)}
        for end in ends:
            start = left.get("".join(_brought(end, name).split()))
            if end.in_base or end.key in whole or end.key in drawn:
                continue
            if start is None or start.key in taken:
                rest = [one for one in left.values() if one.key not in taken]
                if len(rest) == 1 and len(ends) == 1:
                    drawn[end.key] = rest[0].key
                continue
            taken.add(start.key)
            if start.words != _brought(end, name):
                drawn[end.key] = start.key
                continue
            whole[end.key] = _one(start, end, name)
    return Moves(whole, drawn)


def _left(clause: DraftClause, name: str) -> bool:
    """Whether nothing but the move touched the words where they stood."""
    return bool(clause.runs) and all(
        run.put_in is None and run.taken_out is not None and run.taken_out.move == name
        for run in clause.runs
    )


def _brought(clause: DraftClause, name: str) -> str:
    return "".join(
        run.words for run in clause.runs if run.put_in is not None and run.put_in.move == name
    )


def _one(start: DraftClause, end: DraftClause, name: str) -> Moved:
    touches = [run.put_in for run in end.runs if run.put_in and run.put_in.move == name]
    touch = touches[0]
    runs = tuple(
        attrs.evolve(run, origin=Origin.BASE, put_in=None)
        if run.put_in is not None and run.put_in.move == name
        else run
        for run in end.runs
    )
    clause = attrs.evolve(
        end,
        runs=runs,
        in_base=True,
        base_label=start.base_label,
        relabelled=touch if end.label != (start.base_label or "") else None,
    )
    return Moved(clause, start.key, touch)
