"""What differs between two moments of one clause, word by word, and which entries made it so.

The later passage still holds every word of the earlier one, and each run knows when it was put in,
struck and decided: the changes are read off the runs in one pass. Only where the runs do not give
back the earlier text (an undo took words out, a page was read anew) are the two texts compared.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from negotiation.text.changes import Change, changes
from negotiation.text.passage import Mark, Passage, Run, Standing
from negotiation.text.search import on_boundary


@attrs.frozen
class Made:
    """A change of the words, and the entries that made it; none where the runs do not tell."""

    change: Change
    entries: tuple[int, ...]


@attrs.frozen
class _Segment:
    """A run with the stretch of each live text that it fills, empty where it is not live."""

    old: int
    old_end: int
    new: int
    new_end: int
    entries: tuple[int, ...]


def word_changes(old: str, new: str, later: Passage, since: int) -> tuple[Made, ...]:
    """The changes from ``old``, the live text after entry ``since``, to ``new``, that of later."""
    if old == new:
        return ()
    segments = _segments(later, since)
    if _reads(later, segments) != old:
        return tuple(Made(change, ()) for change in changes(old, new))
    refined = [
        one for hunk in _whole_words(old, new, _hunks(segments)) for one in _refined(old, new, hunk)
    ]
    turned = [one for one in segments if one.entries]
    return tuple(Made(one, _entries(one, turned)) for one in refined)


# -- off the runs ---------------------------------------------------------------------------------


def _segments(later: Passage, since: int) -> list[_Segment]:
    segments: list[_Segment] = []
    old = new = 0
    for run in later.runs:
        was, is_ = was_live(run, since), run.live
        size = len(run.words)
        old_end, new_end = old + size * was, new + size * is_
        entries = tuple(sorted(_turning(run, since))) if was is not is_ else ()
        segments.append(_Segment(old, old_end, new, new_end, entries))
        old, new = old_end, new_end
    return segments


def was_live(run: Run, since: int) -> bool:
    """Whether words of a later passage were read in the live text after an entry."""
    mark = run.inserted_by
    if mark is not None and (mark.entry > since or not _counted(mark, since)):
        return False
    return not any(strike.entry <= since and _counted(strike, since) for strike in run.struck_by)


def _counted(mark: Mark, since: int) -> bool:
    """Whether a mark had an effect after an entry."""
    for fate in reversed(mark.fates):
        if fate.entry <= since:
            return fate.standing in (Standing.PENDING, Standing.KEPT)
    return True


def _turning(run: Run, since: int) -> set[int]:
    """The entries by which a run came into the live text, or went out of it."""
    found: set[int] = set()
    mark = run.inserted_by
    for one in (*(() if mark is None else (mark,)), *run.struck_by):
        was = one.entry <= since and _counted(one, since)
        if was is one.counts:
            continue
        decided = [fate.entry for fate in one.fates if fate.entry > since]
        # What was new has its effect from the entry that made it; what was there, by a decision.
        found.add(one.entry if one.entry > since and one.counts else max(decided, default=0))
    return found - {0}


def _reads(later: Passage, segments: list[_Segment]) -> str:
    return "".join(
        run.words for run, one in zip(later.runs, segments, strict=True) if one.old < one.old_end
    )


def _hunks(segments: Iterable[_Segment]) -> list[tuple[int, int, int, int]]:
    """Stretches in which nothing stayed, as old start and end, new start and end."""
    hunks: list[tuple[int, int, int, int]] = []
    for one in segments:
        was, is_ = one.old < one.old_end, one.new < one.new_end
        if was is is_:
            continue
        last = hunks[-1] if hunks else None
        if last is not None and (last[1], last[3]) == (one.old, one.new):
            hunks[-1] = (last[0], one.old_end, last[2], one.new_end)
        else:
            hunks.append((one.old, one.old_end, one.new, one.new_end))
    return hunks


def _whole_words(
    old: str, new: str, hunks: list[tuple[int, int, int, int]]
) -> list[tuple[int, int, int, int]]:
    """The same stretches, widened where they cut a word, and joined where they then touch."""
    wide: list[tuple[int, int, int, int]] = []
    ceilings = [hunk[0] for hunk in hunks[1:]] + [len(old)]
    for (a, b, c, d), ceiling in zip(hunks, ceilings, strict=True):
        floor = wide[-1][1] if wide else 0
        while a > floor and c > 0 and (_inside(old, a) or _inside(new, c)):
            a, c = a - 1, c - 1
        while b < ceiling and d < len(new) and (_inside(old, b) or _inside(new, d)):
            b, d = b + 1, d + 1
        if wide and a <= wide[-1][1]:
            wide[-1] = (wide[-1][0], b, wide[-1][2], d)
        else:
            wide.append((a, b, c, d))
    return wide


def _inside(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    return not on_boundary(text, at) or (text[at - 1].isalnum() and text[at].isalnum())


def _refined(old: str, new: str, hunk: tuple[int, int, int, int]) -> list[Change]:
    """The changes within a stretch: long rewordings keep the words that both sides share."""
    a, b, c, d = hunk
    removed, inserted = old[a:b], new[c:d]
    if not removed or not inserted:
        return [Change(a, b, removed, c, d, inserted)]
    return [
        Change(
            a + one.start,
            a + one.end,
            one.removed,
            c + one.new_start,
            c + one.new_end,
            one.inserted,
        )
        for one in changes(removed, inserted)
    ]


def _entries(change: Change, turned: list[_Segment]) -> tuple[int, ...]:
    found: set[int] = set()
    for one in turned:
        if (one.old < change.end and change.start < one.old_end) or (
            one.new < change.new_end and change.new_start < one.new_end
        ):
            found |= set(one.entries)
    return tuple(sorted(found))
