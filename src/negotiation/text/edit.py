"""The one kind of change: a stretch of a passage replaced by other words.

Inserting and deleting are its two empty cases. An edit can be applied, stored, undone, and places
can be carried across it. The stored form holds the words it removed, so that applying it checks
itself: an edit that does not fit the passage is an error, never a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

import attrs

from negotiation.text.passage import Mark, Passage, Run, Shown, joined, marks_of


class DoesNotFit(ValueError):
    """The words at the place are not the words that the edit says it removes."""


@attrs.frozen
class Edit:
    """``removed`` struck between two offsets, and ``inserted`` placed behind it.

    Offsets are code points in the passage with all its runs. ``removed`` holds the words of the
    stretch that were not gone yet; words already gone lie between without being struck again.
    """

    start: int
    end: int
    removed: str = ""
    inserted: str = ""


def insertion(at: int, words: str) -> Edit:
    """An edit that only inserts."""
    return Edit(at, at, "", words)


def replacement(passage: Passage, start: int, end: int, words: str = "") -> Edit:
    """An edit of this passage that strikes what stands between two offsets."""
    return Edit(start, end, passage.standing_between(start, end), words)


def apply(passage: Passage, edit: Edit, mark: Mark) -> Passage:
    """The passage after the edit; ``mark`` says who made it.

    Raises `DoesNotFit` when the stretch lies outside the passage or holds other words.
    """
    start, end = edit.start, edit.end
    if not 0 <= start <= end:
        raise DoesNotFit(f"No stretch runs from {start} to {end}.")
    runs = passage.runs
    sizes = passage.sizes
    ends = list(accumulate(sizes))
    # The first run that the edit touches, and the offset at which it begins.
    first = bisect_right(ends, start)
    at = ends[first - 1] if first else 0
    index, count = first, len(runs)
    row: list[Run] = []
    tail: Run | None = None
    removed = ""
    if at < start and index < count:
        run = runs[index]
        row.append(Run(run.words[: start - at], run.inserted_by, run.struck_by, run.presumed))
        if start == end:
            words = run.words[start - at :]
            tail = Run(words, run.inserted_by, run.struck_by, run.presumed)
            at = start
            index += 1
    while at < end and index < count:
        run = runs[index]
        reached = at + len(run.words)
        words = run.words[max(start - at, 0) : end - at]
        if run.shown is Shown.GONE:
            row.append(Run(words, run.inserted_by, run.struck_by, run.presumed))
        else:
            removed += words
            row.append(Run(words, run.inserted_by, (*run.struck_by, mark), run.presumed))
        if reached > end:
            words = run.words[end - at :]
            tail = Run(words, run.inserted_by, run.struck_by, run.presumed)
        at = reached
        index += 1
    if at < end:
        raise DoesNotFit(f"The stretch from {start} to {end} runs past the end of the clause.")
    if removed != edit.removed:
        raise DoesNotFit(f"The clause reads “{removed}” where the edit removes “{edit.removed}”.")
    if edit.inserted:
        row.append(Run(edit.inserted, mark))
    if tail is not None:
        row.append(tail)
    # Only the seams can need joining: take one neighbour on each side along.
    left, right = max(first - 1, 0), index + 1
    seam = joined((*runs[left:first], *row, *runs[index:right]))
    return Passage(
        runs[:left] + seam + runs[right:],
        sizes[:left] + tuple([len(run.words) for run in seam]) + sizes[right:],
    )


def apply_all(passage: Passage, edits: Iterable[Edit], mark: Mark) -> Passage:
    """Several edits one after the other, each placed in the passage that the last one left."""
    for edit in edits:
        passage = apply(passage, edit, mark)
    return passage


def carried_start(place: int, edit: Edit) -> int:
    """Where a place that leans right stands after the edit: words put in at it stay before it."""
    return place + len(edit.inserted) if place >= edit.end else place


def carried_end(place: int, edit: Edit) -> int:
    """Where a place that leans left stands after the edit.

    Words put in at it stay behind it, unless they replace words that lay before it: a replaced
    stretch keeps its new words on its own side.
    """
    if place > edit.end or (place == edit.end and edit.start < edit.end):
        return place + len(edit.inserted)
    return place


@attrs.frozen
class StandsOn:
    """Why an entry cannot be taken out of a passage: a later entry rests on its words."""

    entry: int


def without(passage: Passage, entries: frozenset[int]) -> Passage | StandsOn:
    """The passage as if these entries had never been: their words, strikes and decisions taken out.

    Answers `StandsOn` with the first later entry that struck, split or decided what they made.
    Decisions are taken back only from the top: an earlier one under a later one stands.
    """
    if (blocker := _rests_on(passage, entries)) is not None:
        return StandsOn(blocker)
    row: list[Run] = []
    for run in passage.runs:
        inserted = run.inserted_by
        if inserted is not None:
            if inserted.entry in entries:
                continue
            inserted = _undecided(inserted, entries)
        struck = tuple(
            _undecided(strike, entries) for strike in run.struck_by if strike.entry not in entries
        )
        row.append(Run(run.words, inserted, struck, run.presumed))
    return Passage(joined(row))


def _undecided(mark: Mark, entries: frozenset[int]) -> Mark:
    fates = tuple(fate for fate in mark.fates if fate.entry not in entries)
    return mark if len(fates) == len(mark.fates) else attrs.evolve(mark, fates=fates)


def _rests_on(passage: Passage, entries: frozenset[int]) -> int | None:
    found: list[int] = []
    for run in passage.runs:
        for mark in marks_of(run):
            decided = [fate.entry for fate in mark.fates]
            mine = [place for place, entry in enumerate(decided) if entry in entries]
            # A mark made by these entries may be decided by them, but by nobody later; on their
            # decision about the mark of another, no later one may stand.
            top = 0 if mark.entry in entries else mine[0] if mine else len(decided)
            found += [entry for entry in decided[top:] if entry not in entries]
        inserted = run.inserted_by
        if inserted is not None and inserted.entry in entries:
            found += [strike.entry for strike in run.struck_by if strike.entry not in entries]
    for entry in entries:
        found += [other for other in _inside_of(passage, entry) if other not in entries]
    return min(found, default=None)


def _inside_of(passage: Passage, entry: int) -> list[int]:
    """The later entries whose words stand between words that this one put in as one stretch."""
    found: list[int] = []
    between: list[int] | None = None
    for run in passage.runs:
        mark = run.inserted_by
        if mark is None or mark.entry < entry:
            # Words never leave: around what was there before, these were two stretches.
            between = None
        elif mark.entry == entry:
            found += between or ()
            between = []
        elif between is not None:
            between.append(mark.entry)
    return found
