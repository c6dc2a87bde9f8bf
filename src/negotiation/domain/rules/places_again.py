"""A place of one passage, found again in another that has words more and words less."""

from __future__ import annotations

from negotiation.text.passage import Passage
from negotiation.text.places import Reach


def found_again(target: Passage, origin: Passage, reach: Reach) -> Reach:
    """A reach of one passage, found in another that has letters more and letters less.

    The start leans right and the end leans left, as they do when words come in at them.
    """
    if target is origin or reach.whole or target.words == origin.words:
        return reach
    theirs = {letter: place for place, letter in enumerate(_letters(target))}
    here = [theirs.get(letter) for letter in _letters(origin)]
    start, end = reach.start, reach.end
    if start is not None:
        start = next((one for one in here[start:] if one is not None), len(theirs))
    if end is not None:
        end = next((one + 1 for one in reversed(here[:end]) if one is not None), 0)
    if start is not None and end is not None and end < start:
        start = end
    return Reach(start, end)


def _letters(passage: Passage) -> list[tuple[int, int]]:
    """Each letter by the entry that brought it, and which of that entry's letters it is."""
    seen: dict[int, int] = {}
    row: list[tuple[int, int]] = []
    for run in passage.runs:
        by = 0 if run.inserted_by is None else run.inserted_by.entry
        first = seen.get(by, 0)
        seen[by] = first + len(run.words)
        row += [(by, count) for count in range(first, seen[by])]
    return row
