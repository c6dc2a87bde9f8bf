"""A page of more paragraphs than any draft, or with more in one of them than anybody makes.

The record keeps a paragraph after every one of them, so what one paragraph holds costs its square;
what stands in many paragraphs does not.
"""

from __future__ import annotations

from collections import Counter

from negotiation.papers.draft import Draft
from negotiation.papers.page_text import NotReadable

MOST_CLAUSES = 8_000
"""Four hundred printed pages and more: what can be read and written in a few seconds."""
_MOST_BRACKETS = 2_000
_MOST_CHANGES = 2_000


def refuse_crowded(draft: Draft, name: str) -> None:
    """Raises `NotReadable` for a page that nobody could keep."""
    if len(draft.clauses) > MOST_CLAUSES:
        raise NotReadable(
            f"{name} holds {len(draft.clauses):,} paragraphs and a draft at most {MOST_CLAUSES:,}; "
            "receive it in parts."
        )
    brackets: Counter[int | None] = Counter()
    for point in draft.points:
        brackets.update(extent.clause for extent in point.extents)
        # Of a bracket after the other, each is a wording of one point.
        brackets.update(one.clause for one in point.alternatives)
    for clause in draft.clauses:
        changes = sum((run.put_in is not None) + (run.taken_out is not None) for run in clause.runs)
        for number, most, what in (
            (brackets[clause.key], _MOST_BRACKETS, "brackets"),
            (changes, _MOST_CHANGES, "tracked changes"),
        ):
            if number > most:
                raise NotReadable(
                    f"{name} holds {number:,} {what} in one paragraph (from line {clause.line} on) "
                    f"and a draft at most {most:,}; divide it, or settle some of them first."
                )
