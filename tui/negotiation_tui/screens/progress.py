"""How open the text was, who and what keeps it open, and what is open the longest.

Two charts and three lists of one moment. It changes nothing and weighs no support.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.timer import Timer

from negotiation.desk import Desk
from negotiation.views.at_that_time import Timeline
from negotiation.views.progress import Part, by_block, by_party, longest_held, progress
from negotiation.views.what_is_open import OpenPoint
from negotiation_tui import before_the_room
from negotiation_tui.draw import Ink, Line, brief, fitted, spread, width_of
from negotiation_tui.page import Page, Pages
from negotiation_tui.wanted import AsWanted
from negotiation_tui.widgets.burn_down import Measure, burn_down_lines, count_on
from negotiation_tui.widgets.inked import Panel

_GAP = 2
_PAUSE = 0.01
"""Seconds that are the keys' between two slices of a long record."""


class ProgressScreen(ModalScreen[None]):
    """One page of charts and lists; Esc goes back."""

    DEFAULT_CSS = """
    ProgressScreen { background: $background; }
    ProgressScreen #progress { width: 100%; height: 100%; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,3,q", "close", "back")]

    def __init__(self, desk: Desk, pages: Pages, at: int, *, ascii: bool | None = None) -> None:
        """The page of one moment; in plain letters where its person wants them, or ``ascii``."""
        super().__init__()
        self.desk = desk
        self.shown = pages.page(at)
        self.ascii = ascii
        self._waits: Timer | None = None

    def compose(self) -> ComposeResult:
        """One panel, as large as the window."""
        yield Panel(id="progress")

    def on_mount(self) -> None:
        """Draw once there is a size."""
        self.call_after_refresh(self.draw)

    def on_resize(self, event: events.Resize) -> None:
        """Another size."""
        self.call_after_refresh(self.draw)

    def look_again(self, moved: str = "") -> None:
        """Somebody wrote meanwhile."""
        self.draw()

    def draw(self) -> None:
        """Everything, once the whole record is counted."""
        if not self.is_mounted:
            return
        width, height = self.size
        timeline = self.desk.timeline
        panel = self.query_one("#progress", Panel)
        if not count_on(timeline):
            told = f" Progress · {timeline.head:,} entries are being counted …"
            panel.show((fitted(((told, Ink.STRONG),), width),))
            self._waits = self._waits or self.set_timer(_PAUSE, self._go_on)
            return
        ascii = self.ascii
        if ascii is None:
            ascii = isinstance(self.app, AsWanted) and self.app.wanted.ascii
        panel.show(progress_lines(timeline, self.shown, width, height, ascii=ascii))

    def _go_on(self) -> None:
        self._waits = None
        self.draw()

    def action_close(self) -> None:
        """Back to the floor."""
        self.dismiss(None)


def progress_lines(
    timeline: Timeline, page: Page, width: int, height: int, *, ascii: bool = False
) -> tuple[Line, ...]:
    """The screen of one moment, at most ``height`` rows of ``width`` cells."""
    course = progress(timeline)
    half = max((width - _GAP) // 2, 1)
    chart = max((height - 7) // 3, 3)
    lists = max((height - chart - 7) // 2, 1)
    charts = [burn_down_lines(course, page.at, half, chart, one, ascii=ascii) for one in Measure]
    whole = page.moment.negotiation
    parties = [
        (whole.party(one.name).shown if one.name else "nobody on record", one.points)
        for one in by_party(page.points)
    ]
    blocks = _named(by_block(timeline, page.moment, page.points))
    head: Line = ((" Progress", Ink.STRONG), (f" · entry {page.at}/{timeline.head}", Ink.FAINT))
    if asked := before_the_room.counted(timeline.negotiation(timeline.head)):
        head = (*head, (f" · {asked}", Ink.STRONG))
    keys: Line = ((" Esc", Ink.LABEL), (" back", Ink.PLAIN))
    room = max(height - 6 - chart - lists, 1)
    lines: list[Line] = [
        fitted(head, width),
        *_beside(charts[0], charts[1], half),
        (),
        *_beside(
            _parts("Open points by party", parties, half, lists),
            _parts("Open points by block", blocks, half, lists),
            half,
        ),
        (),
        fitted(((" Open the longest", Ink.HEADING),), width),
        *_longest(longest_held(page.points, room), page, width),
    ]
    lines = lines[: height - 1]
    return (*lines, *((),) * (height - 1 - len(lines)), fitted(keys, width))


def _named(parts: Sequence[Part]) -> list[tuple[str, int]]:
    return [(one.name or "before the first heading", one.points) for one in parts]


def _parts(title: str, parts: list[tuple[str, int]], width: int, rows: int) -> list[Line]:
    """A title and at most ``rows`` rows; where there are more, the last says how many."""
    lines: list[Line] = [fitted(((f" {title}", Ink.HEADING),), width)]
    told = parts if len(parts) <= rows else parts[: rows - 1]
    for name, points in told:
        number = f"{points:>5} "
        name = brief(name, max(width - len(number), 1))
        lines.append(fitted(((number, Ink.STRONG), (name, Ink.PLAIN)), width))
    if left := parts[len(told) :]:
        points = sum(count for _, count in left)
        lines.append(fitted(((f"{points:>5} on {len(left)} more", Ink.FAINT),), width))
    if not parts:
        lines.append(fitted(((" Nothing is open.", Ink.FAINT),), width))
    return lines


def _longest(points: Sequence[OpenPoint], page: Page, width: int) -> list[Line]:
    lines: list[Line] = []
    for point in points:
        holders = ", ".join(page.moment.negotiation.party(code).shown for code in point.holders)
        acts = "1 act" if point.age == 1 else f"{point.age:,} acts"
        told = f" since entry {point.since}, {acts} ago "
        if holders:
            told = f" held by {brief(holders, max(width // 4, 8))} ·{told}"
        words = " ".join((point.words or point.struck).split())
        left: Line = (
            (f"{point.number:>5} ", Ink.LABEL),
            (f"{brief(point.where, max(width // 3, 8))} ", Ink.STRONG),
            (brief(words, width), Ink.PLAIN),
        )
        lines.append(spread(left, fitted(((told, Ink.FAINT),), width), width))
    return lines


def _beside(left: Sequence[Line], right: Sequence[Line], half: int) -> list[Line]:
    """Two columns in one row each."""
    rows: list[Line] = []
    for place in range(max(len(left), len(right))):
        first = left[place] if place < len(left) else ()
        second = right[place] if place < len(right) else ()
        gap = " " * (half - width_of(first) + _GAP)
        rows.append((*first, (gap, Ink.PLAIN), *second))
    return rows
