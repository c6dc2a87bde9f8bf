"""Widgets that draw inked lines themselves, row by row, with looks taken from `app.tcss`.

`Inked` turns bits into strips; `Panel` is a fixed stack of lines. Panes that scroll are in files of
their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from negotiation_tui.draw import Bit, Ink, Line
from negotiation_tui.inked_app import InkedApp
from negotiation_tui.plain_letters import plainly
from negotiation_tui.wanted import AsWanted


class Inked(Widget):
    """A widget that draws with inks."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles_of: dict[Ink, Style] = {}

    def notify_style_update(self) -> None:
        """Forget looks that may have changed."""
        self._styles_of = {}
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a crop; without border and padding there is nothing to draw around them."""
        if self.styles.gutter.totals != (0, 0):
            return super().render_lines(crop)
        _, background = self.background_colors
        filters = self.get_line_filters()
        left, right = crop.column_span
        rows: list[Strip] = []
        for y in crop.line_range:
            row = self.render_line(y)
            for one in filters:
                row = row.apply_filter(one, background)
            rows.append(row if (left, right) == (0, row.cell_length) else row.crop(left, right))
        return rows

    def look(self, ink: Ink) -> Style:
        """The style of an ink on this widget's ground."""
        style = self._styles_of.get(ink)
        if style is None:
            style = self.rich_style
            if isinstance(self.app, InkedApp):
                style += self.app.look(ink)
            self._styles_of[ink] = style
        return style

    def strip(self, line: Iterable[Bit], width: int, under: Ink = Ink.PLAIN) -> Strip:
        """A line as a strip of exactly this width."""
        if isinstance(self.app, AsWanted) and self.app.wanted.ascii:
            line = plainly(tuple(line))
        segments = [Segment(words, self.look(ink | under)) for words, ink in line]
        return Strip(segments).adjust_cell_length(width, self.look(under))


class Panel(Inked):
    """A stack of lines that does not scroll."""

    lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Draw these lines from now on."""
        if lines != self.lines:
            self.lines = lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.size.width
        if y < len(self.lines):
            return self.strip(self.lines[y], width)
        return Strip.blank(width, self.look(Ink.PLAIN))
