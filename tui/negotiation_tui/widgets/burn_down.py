"""How open the text was over time as a chart of block characters; pure, a few rows of inked bits.

The time goes by acts, from the first document on. What came after the moment is drawn faint.
"""

from __future__ import annotations

import enum
import time
from bisect import bisect_right

from negotiation.views.at_that_time import Timeline
from negotiation.views.progress import Progress, progress_within
from negotiation_tui.draw import Bit, Ink, Line, fitted, joined, width_of

_BLOCKS = " ▁▂▃▄▅▆▇█"
_LETTERS = " ...====#"
_AT_ONCE = 20
"""Entries that are counted while somebody waits for the chart, in less than a millisecond."""
_LEAST, _MOST = 3, 9
"""Rows of the chart beside the text, its numbers included."""


class Measure(enum.Enum):
    """What is counted."""

    POINTS = "open points"
    WORDS = "words inside brackets"


def count_on(timeline: Timeline, seconds: float = 0.004) -> bool:
    """Count on for about this long; whether a chart of the record can be drawn.

    A record of twenty thousand entries takes over half a second: it is counted in slices while no
    key waits, and every slice leaves the next key its time.
    """
    end = time.perf_counter() + seconds
    while progress_within(timeline, _AT_ONCE) is None:
        if time.perf_counter() >= end:
            return False
    return True


def brackets_over_time(
    timeline: Timeline, at: int, width: int, height: int, *, ascii: bool = False
) -> tuple[Line, ...] | None:
    """The chart that stands at the bottom of the side, with a title; empty where it has no room.

    ``height`` is that of the whole side. ``None`` while the record is not counted: `count_on`.
    """
    rows = min(height // 4, _MOST)
    if rows < _LEAST or width < 12:
        return ()
    counted = progress_within(timeline, _AT_ONCE)
    if counted is None:
        return None
    chart = burn_down_lines(counted, at, width, rows, Measure.WORDS, ascii=ascii)
    title = f"─ over time {'─' * width}"
    return (fitted(((title, Ink.FAINT),), width), *chart)


def burn_down_lines(
    progress: Progress,
    at: int,
    width: int,
    height: int,
    measure: Measure = Measure.POINTS,
    *,
    ascii: bool = False,
) -> tuple[Line, ...]:
    """``height`` rows: the chart, and one that says the numbers; none is wider than ``width``."""
    counted = progress.open_points if measure is Measure.POINTS else progress.words_inside
    ends = progress.ends
    rows = height - 1
    if width < 1 or height < 1:
        return ()
    if not ends:
        return (*((),) * rows, fitted((("Nothing is on record yet.", Ink.FAINT),), width))
    here = max(bisect_right(ends, at) - 1, 0)
    last = len(ends) - 1
    columns = [ends[round(column * last / max(width - 1, 1))] for column in range(width)]
    now = round(here * (width - 1) / last) if last else width - 1
    columns[now] = at
    most = max(max(counted[end] for end in columns), 1)
    # Whatever is open is seen: a single point among hundreds is still an eighth of a cell.
    heights = [-(-counted[end] * rows * 8 // most) for end in columns]
    blocks, later = (_LETTERS, ":") if ascii else (_BLOCKS, "░")
    lines: list[Line] = []
    for row in range(rows):
        floor = (rows - 1 - row) * 8
        bits: list[Bit] = []
        for column, tall in enumerate(heights):
            eighths = min(max(tall - floor, 0), 8)
            if column == now:
                sign = blocks[eighths] if eighths else ("|" if ascii else "│")
                bits.append((sign, Ink.STRONG | Ink.LABEL))
            elif column < now:
                bits.append((blocks[eighths], Ink.EDGE if eighths else Ink.PLAIN))
            else:
                bits.append((later if eighths else " ", Ink.FAINT))
        lines.append(joined(bits))
    numbers = [counted[ends[0]], counted[at], *([counted[ends[-1]]] if here < last else [])]
    lines.append(_caption([f"{one:,}" for one in numbers], measure, width, ascii=ascii))
    return tuple(lines)


def _caption(numbers: list[str], measure: Measure, width: int, *, ascii: bool) -> Line:
    """What the chart begins with, stands at, and ends with; the words give way to the numbers."""
    arrow, stop = (" -> ", ", ") if ascii else (" → ", " · ")
    named = zip(numbers, (" at start", " now", " at the end"), strict=False)
    long = arrow.join(number + when for number, when in named)
    bare, what = arrow.join(numbers), measure.value
    for told, of in ((long, what), (bare, what), (bare, what.split()[0])):
        line: Line = ((told, Ink.STRONG), (stop + of, Ink.FAINT))
        if width_of(line) <= width:
            return line
    return fitted(((bare, Ink.STRONG),), width)
