"""What a terminal shows that got every frame of an app, and nothing else.

The frames are taken where Textual would write them, so that what was held back before is missing
here too.
"""

from __future__ import annotations

import attrs
import pytest
from rich.console import RenderableType
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from tests.tui.room import strips_shown


@attrs.define
class Terminal:
    """The rows that were sent, and how often."""

    rows: list[Strip] = attrs.field(factory=list)
    frames: list[tuple[tuple[int, int, int], ...]] = attrs.field(factory=list)
    """The stretches of rows of every frame: row, first cell, behind the last one."""

    def take(self, update: object) -> None:
        """One frame."""
        if isinstance(update, LayoutUpdate):
            self.rows = [Strip.join(row) for row in update.strips]
            self.frames.append(tuple((y, 0, row.cell_length) for y, row in enumerate(self.rows)))
        else:
            assert isinstance(update, ChopsUpdate), update
            assert update.spans, "A frame without anything in it."
            for y, first, last in update.spans:
                self._write(update, y, first, last)
            self.frames.append(tuple(update.spans))

    def _write(self, update: ChopsUpdate, y: int, first: int, last: int) -> None:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            low, high = max(x, first), min(end, last)
            if strip is not None and low < high:
                row = self.rows[y]
                new = strip.crop(low - x, high - x)
                self.rows[y] = Strip.join([row.crop(0, low), new, row.crop(high)])

    def shows(self, screen: Screen) -> bool:
        """Whether the terminal shows what the screen should look like."""
        return [looks(row) for row in self.rows] == [looks(row) for row in strips_shown(screen)]


def looks(row: Strip) -> list[Segment]:
    """The words and looks of a row, wherever it was cut."""
    return list(row.simplify())


def watched(patch: pytest.MonkeyPatch) -> Terminal:
    """A terminal for the next app that opens."""
    terminal = Terminal()
    real = App._display

    def display(app: App, screen: Screen, renderable: RenderableType | None) -> None:
        if renderable is not None:
            terminal.take(renderable)
        real(app, screen, renderable)

    patch.setattr(App, "_display", display)
    return terminal
