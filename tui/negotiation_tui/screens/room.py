"""The projector: one clause in large calm text, what just changed, a clock. Nobody writes here.

It follows the record and the note of what the chair shows, both asked ten times a second. When the
record cannot be read the last text stays, with the time since which it is not live. What may be
seen at all is decided in `room_lines`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from negotiation.desk import Desk, now
from negotiation.following import Follower
from negotiation_tui import before_the_room, room_lines
from negotiation_tui.faults import ANSWERS
from negotiation_tui.page import Pages
from negotiation_tui.widgets.inked import Panel

_LOOK = 0.1
"""Seconds between two looks at the record and the note."""
_AGAIN = 10
"""Looks between two tries to open a store that is not there yet."""

Reopen = Callable[[], Desk]


class RoomScreen(Screen[None]):
    """What the room sees of one desk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", show=False),
        Binding("t", "app.turn_theme", show=False),
    ]

    def __init__(
        self,
        desk: Desk | None,
        *,
        reopen: Reopen | None = None,
        clock: Callable[[], dt.datetime] = now,
        signs: bool = False,
    ) -> None:
        """The room of this desk; ``reopen`` finds one that is not there yet."""
        super().__init__()
        self.desk = desk
        self.pages = Pages(desk.timeline) if desk is not None else None
        self.follower = Follower(desk) if desk is not None else None
        self.reopen = reopen
        self.clock = clock
        self.signs = signs
        self.not_live = ""
        self.why = ""
        self.showing = room_lines.Showing()
        self._waits = 0
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        """Six stacks of lines; the one of what is asked is there only while something is."""
        yield Panel(id="header")
        yield Panel(id="room-above")
        yield Panel(id="room-text")
        yield Panel(id="room-asked")
        yield Panel(id="room-now")
        yield Panel(id="room-legend")
        yield Panel(id="room-clock")

    def on_mount(self) -> None:
        """Look, and go on looking."""
        self.look()
        self.set_interval(_LOOK, self.look)

    def on_resize(self) -> None:
        """The lines have another width."""
        self.call_after_refresh(self.draw)

    # -- following --------------------------------------------------------------------------------

    def look(self) -> None:
        """Read what is new, and draw it."""
        try:
            why = self._follow()
        except ANSWERS as answer:
            why = str(answer)
        except Exception as fault:  # whatever is wrong with a record, the last text stays
            why = f"The record cannot be read ({type(fault).__name__}: {fault})."
        if why:
            self._cut_off(why)
        else:
            self.not_live = self.why = ""
        self.draw()

    def _follow(self) -> str:
        """Read on; answers why the record is not live, or nothing."""
        follower = self.follower
        if follower is None:
            self._open()
            return ""
        looked = follower.look()
        if looked.back_to is not None and self.desk is not None:
            self.pages = Pages(self.desk.timeline)
        return follower.cut

    def _open(self) -> None:
        """Find the record that was not there yet when the room was opened."""
        self._waits -= 1
        if self.reopen is None or self._waits > 0:
            raise LookupError("there is none")
        self._waits = _AGAIN
        self.take(self.reopen())

    def take(self, desk: Desk) -> None:
        """Follow this desk from now on."""
        self.desk, self.pages, self.follower = desk, Pages(desk.timeline), Follower(desk)

    def _cut_off(self, why: str) -> None:
        if not self.not_live:
            self.not_live = f"NOT LIVE since {self._time()}"
            self.why = why

    def _time(self) -> str:
        return f"{self.clock().astimezone():%H:%M:%S}"

    # -- drawing ----------------------------------------------------------------------------------

    def draw(self) -> None:
        """The screen as it should be; what did not change is not painted."""
        if not self.is_mounted:
            return
        width = self.size.width
        pages = self.pages
        if not self.not_live and self.desk is not None and pages is not None:
            self.showing = room_lines.followed(pages, self.desk.kept("shown"))
        line = room_lines.footer(self._time(), self.showing, width)
        self.query_one("#room-clock", Panel).show((line,))
        head = pages.timeline.head if pages is not None else 0
        over: frozenset[str] = frozenset()
        if pages is not None:
            negotiation = pages.timeline.negotiation(self.showing.at)
            over = before_the_room.ended(negotiation, self.clock)
        wanted = (id(pages), head, self.showing, self.not_live, self.size, over)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self._draw_text(pages, head, over)

    def _draw_text(self, pages: Pages | None, head: int, over: frozenset[str]) -> None:
        width, showing = self.size.width, self.showing
        header = self.query_one("#header", Panel)
        header.set_class(showing.replay, "-replay")
        header.set_class(bool(self.not_live), "-cut")
        self.query_one("#room-legend", Panel).show((room_lines.legend(width, signs=self.signs),))
        if pages is None:
            header.show((room_lines.waiting(self.not_live, width),))
            self.query_one("#room-text", Panel).show(room_lines.plain(self.why, width))
            return
        page = pages.page(showing.at)
        clauses = room_lines.clauses_shown(page, showing)
        change = room_lines.last_change(pages, showing, clauses)
        header.show((room_lines.header(page, showing, head, self.not_live, width),))
        self.query_one("#room-above", Panel).show((room_lines.above(page, showing, width),))
        told = room_lines.now_lines(pages, change, width)
        told_in = self.query_one("#room-now", Panel)
        told_in.show(told)
        asked_in = self.query_one("#room-asked", Panel)
        asked = before_the_room.large(page.moment.negotiation, width, self.size.height // 3, over)
        if len(asked) != len(asked_in.lines):
            asked_in.styles.height = len(asked)
        asked_in.show(asked)
        text = self.query_one("#room-text", Panel)
        rows = max(self.size.height - _AROUND - len(asked), 1)
        text.show(room_lines.body(page, clauses, showing, change, (width, rows), signs=self.signs))


_AROUND = 8
"""Rows of the screen that are not text: header, headings, three for the change, legend, clock, and
an empty one."""
