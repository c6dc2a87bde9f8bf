"""The floor: the text, what is open, and the record, with the keys that walk and the keys that act.

A key moves the clause, the open point or the moment at hand and draws once.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from negotiation_tui.keys import KEYS, RARE
from negotiation_tui.screens.floor.live import Live
from negotiation_tui.screens.floor.seeing import Seeing
from negotiation_tui.screens.floor.state import WIDE
from negotiation_tui.screens.floor.walking import Walking
from negotiation_tui.screens.tour import TourStrip
from negotiation_tui.wanted import AsWanted
from negotiation_tui.widgets.clause_list import ClauseList
from negotiation_tui.widgets.ground import Frame, Row
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.text import TextPane
from negotiation_tui.widgets.timeline import TimelineBar


class Floor(Walking, Seeing, Live):
    """What the room sees, and the chair's keys."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it for instances
        (0, "-narrow"),
        (WIDE, "-wide"),
        (160, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it for instances
        (0, "-low"),
        (20, "-high"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        # What has no key waits under a name that no terminal sends: a key map may give it one.
        Binding(one.keys or f"no-key-{one.id}", one.action, one.does, show=False, id=one.id)
        for one in (*KEYS, *RARE)
    ]

    def compose(self) -> ComposeResult:
        """Header, list and text and side, timeline, what was said, keys."""
        yield Panel(id="header")
        with Frame(id="middle"):
            with Row(id="page"):
                yield ClauseList(id="list")
                yield TextPane(id="text")
            yield Panel(id="side")
        yield TimelineBar(id="timeline")
        yield TourStrip(self.rows)
        yield Panel(id="says")
        yield Panel(id="hints")

    def on_mount(self) -> None:
        """Stand where one stood, and draw."""
        self.begin()
        self.call_after_refresh(self.draw)
        if isinstance(self.app, AsWanted):
            self.says = self.app.wrong
            if self.app.tour:
                self.action_tour()

    def heard(self, key: str) -> bool:
        """The tour looks on; whether it keeps the key: Enter only, and Esc where it ends it."""
        return self.query_one(TourStrip).heard(key, live=self.past is None)

    def action_tour(self) -> None:
        """Six steps over the live floor."""
        self.query_one(TourStrip).begin()

    def on_resize(self, event: events.Resize) -> None:
        """Another size draws anew once everything has its place."""
        self.call_after_refresh(self.draw)

    def on_unmount(self) -> None:
        """Whoever starts again stands here."""
        self.note()
